/* Which features a table shows, in which order. Knows no page. */
import { folded } from "../../tools/letters.js";

const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

/** Numbers by size, texts as in a dictionary, what is empty last whichever way one sorts. */
function compare(column, down) {
  const sign = down ? -1 : 1;
  const numberOf = (feature) => feature.properties?.[column.key];
  return (a, b) => {
    const [one, two] = [column.show(a), column.show(b)];
    if (!one || !two) return one ? -1 : two ? 1 : 0;
    const [x, y] = [numberOf(a), numberOf(b)];
    if (typeof x === "number" && typeof y === "number") return sign * (x - y);
    return sign * collator.compare(one, two);
  };
}

/**
 * @param {any[]} features @param {any[]} columns
 * @param {any} wish {words: that every row has in some cell, sort: key of a column or "", down}
 */
export function rowsOf(features, columns, { words, sort, down }) {
  const said = folded(words).split(/\s+/).filter(Boolean);
  const textOf = (feature) => folded(columns.map((column) => column.show(feature)).join("\n"));
  const found = said.length
    ? features.filter((feature) => {
        const text = textOf(feature);
        return said.every((word) => text.includes(word));
      })
    : [...features];
  const column = columns.find(({ key }) => key === sort);
  return column ? found.sort(compare(column, down)) : found;
}
