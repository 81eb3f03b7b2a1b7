/* What a feature's label says, in the forms it may take: rows, halves, numbers beside or above. */
import { block, wordsOf } from "./text.js";

const SIZE_PX = { name: 12, selected: 13.5, second: 11, secondSelected: 11.5 };

/** Claim numbers without a name. */
export const aloneBlock = (ruler, badges, cost = 0) => block(ruler, [], { badges, cost });

/**
 * The forms of a feature's label with their prices, the best first.
 * @param {Feature} feature @param {Phase} phase
 * @param {{ selected: boolean, badges: any[], plain?: boolean, short?: boolean, second: string,
 *   prices: LabelPrices, drawn: boolean, frame: any }} options plain: as a place of the base map;
 *   short: the name alone; drawn: a ring or band shows how well its place is known
 */
export function featureBlocks(ruler, feature, phase, options) {
  const { selected, badges, plain, prices } = options;
  const { label } = feature;
  const words = label && wordsOf(label, options.frame);
  const alone = badges.length ? [aloneBlock(ruler, badges, prices.number_alone)] : [];
  if (!label || !words) return badges.length ? [aloneBlock(ruler, badges)] : [];
  const size = selected ? SIZE_PX.selected : SIZE_PX.name;
  const main = (text) => ({ text, size, bold: !plain, color: label.color });
  const atRest = options.drawn ? phase.second : phase.second_undrawn;
  const row = selected ? phase.second_selected : atRest;
  const under =
    plain || options.short || !row
      ? []
      : [
          {
            text: row,
            size: selected ? SIZE_PX.secondSelected : SIZE_PX.second,
            color: options.second,
          },
        ];
  const names = [{ lines: [main(words.text)], cost: 0, badgeLine: 0 }];
  if (words.halves.length)
    names.push({ lines: words.halves.map(main), cost: prices.broken, badgeLine: 1 });
  const forms = [];
  if (under.length)
    for (const name of names) forms.push({ ...name, lines: [...name.lines, ...under] });
  const lost = under.length ? prices.second_row : 0;
  for (const name of names) forms.push({ ...name, cost: name.cost + lost });
  const above = badges.length
    ? forms.map((form) => ({ ...form, stacked: true, cost: form.cost + prices.stacked }))
    : [];
  const blocks = [...forms, ...above].map(({ lines, ...form }) =>
    block(ruler, lines, { ...form, badges }),
  );
  return [...blocks, ...alone];
}
