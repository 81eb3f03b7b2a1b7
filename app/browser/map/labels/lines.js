/* The labels of lines and areas: beside the line, inside the area. Draws nothing. */
import { aloneBlock, featureBlocks } from "./blocks.js";
import * as names from "./names.js";
import { badgesOf } from "./numbers.js";
import { block, wordsOf } from "./text.js";

const SPOT_STEP_PX = 26;
/** So far from the wanted place along a line counts as a step of the prices. */
const FARTHER_PX = 50;
const SPOTS_AT_MOST = 36;
const SHORTEST_LINE_PX = 36;
/** Numbers on a line keep so far from the signs of others. */
const NUMBERS_APART_PX = 7;
/** Where another's line runs along, a number on the line says less whose it is. */
const SHARED = 12;

/** Spots along what is seen of a line, dearer the farther from the wanted place. */
function lineSpots(runs, view, wanted, along) {
  const seen = [];
  runs.forEach(({ points }, r) => {
    let gone = SPOT_STEP_PX / 2;
    for (let i = 2; i < points.length; i += 2) {
      const [ax, ay] = [points[i - 2] + view.shift.x, points[i - 1] + view.shift.y];
      const [bx, by] = [points[i] + view.shift.x, points[i + 1] + view.shift.y];
      const length = Math.hypot(bx - ax, by - ay);
      for (gone += length; gone >= SPOT_STEP_PX; gone -= SPOT_STEP_PX) {
        const t = length ? 1 - (gone - SPOT_STEP_PX) / length : 0;
        const [x, y] = [ax + (bx - ax) * t, ay + (by - ay) * t];
        if (x > 6 && y > 6 && x < view.width - 6 && y < view.height - 6)
          seen.push({ x, y, name: `${r}:${seen.length}` });
      }
    }
  });
  if (!seen.length) return [];
  const inView = wanted.x > 0 && wanted.y > 0 && wanted.x < view.width && wanted.y < view.height;
  const from = inView ? wanted : seen[Math.floor(seen.length / 2)];
  const every = Math.ceil(seen.length / SPOTS_AT_MOST);
  const spots = seen.filter((_, i) => i % every === 0);
  for (const spot of spots)
    spot.cost = (Math.hypot(spot.x - from.x, spot.y - from.y) / FARTHER_PX) * along;
  return spots.sort((a, b) => a.cost - b.cost);
}

/** A line too short for spots of its own has one, where it is seen. */
function shortSpot(runs, view) {
  for (const { points } of runs) {
    for (let i = 0; i < points.length; i += 2) {
      const [x, y] = [points[i] + view.shift.x, points[i + 1] + view.shift.y];
      if (x > 6 && y > 6 && x < view.width - 6 && y < view.height - 6)
        return [{ x, y, name: "short", cost: 0 }];
    }
  }
  return [];
}

/** Numbers on the line itself, where no name finds room beside it. */
function onLine(spec, badges, ruler, frame) {
  const near = (spot) => {
    const at = { left: spot.x - 6, right: spot.x + 6, top: spot.y - 6, bottom: spot.y + 6 };
    return frame.nearby.others(at, spec.feature.id) ? SHARED : 0;
  };
  return {
    ...spec,
    how: "centre",
    centres: spec.spots.map((spot) => ({ ...spot, cost: spot.cost + near(spot) })),
    holds: null,
    blocks: [aloneBlock(ruler, badges)],
    onOwn: true,
    apartPx: NUMBERS_APART_PX,
    leader: false,
    // At last beside the line, or at the end of a leader.
    fallback: { ...spec, blocks: [aloneBlock(ruler, badges)], far: true },
  };
}

/** @param {any} item @param {Phase} phase */
export function lineSpec(item, phase, frame, ruler) {
  /** @type {Feature} */
  const feature = item.entry.feature;
  const state = frame.stateOf(feature.id);
  const prices = frame.model.document.label_prices;
  const at = feature.label ? feature.label.at : [NaN, NaN];
  const wanted = names.toMap(frame.view, at[0], at[1]);
  const found = lineSpots(item.runs, frame.view, wanted, prices.along);
  const spots = found.length ? found : shortSpot(item.runs, frame.view);
  const [first] = spots;
  if (!first) return null;
  const badges = badgesOf(frame, [feature], true);
  const short = found.length * SPOT_STEP_PX < SHORTEST_LINE_PX && !state.selected;
  const blocks = short
    ? []
    : featureBlocks(ruler, feature, phase, {
        prices,
        selected: state.selected,
        badges,
        second: feature.label ? feature.label.color : frame.palette.text_second,
        drawn: item.banded,
        frame,
      });
  const { ranks } = prices;
  const named = blocks.filter((one) => one.lines.length);
  const spec = {
    key: feature.id,
    feature,
    how: "line",
    spots,
    x: first.x,
    y: first.y,
    reachPx: 7,
    blocks: named,
    rank: state.selected ? ranks.selected : state.lit ? ranks.lit : ranks.feature,
    order: feature.label ? feature.label.rank : 1e3,
    mostCost: prices.most,
    leader: true,
    dimmed: state.dimmed,
    owner: feature.id,
    fallback: /** @type {any} */ (null),
  };
  if (badges.length) spec.fallback = onLine(spec, badges, ruler, frame);
  return named.length || spec.fallback ? spec : null;
}

function areaBlocks(feature, state, badges, frame, ruler) {
  const { label } = feature;
  const caps = {
    text: wordsOf(label, frame).capitals,
    size: state.selected ? 14 : 13,
    bold: true,
    spacing: 1.5,
    color: label.color,
  };
  const country = feature.countries.length === 1 && frame.countryName(feature.countries[0]);
  const under = country ? [{ text: `(${country})`, size: 11, color: label.color }] : [];
  return [
    block(ruler, [caps, ...under], { badges }),
    block(ruler, [caps], { badges, cost: 3 }),
    block(ruler, [{ ...caps, size: 12, spacing: 1 }, ...under], { badges, stacked: true, cost: 3 }),
    block(ruler, [{ ...caps, size: 11, spacing: 0.5 }], { badges, stacked: true, cost: 7 }),
  ];
}

/** @param {any} item */
export function areaSpec(item, _phase, frame, ruler) {
  /** @type {Feature} */
  const feature = item.entry.feature;
  const { label } = feature;
  const state = frame.stateOf(feature.id);
  const prices = frame.model.document.label_prices;
  const badges = badgesOf(frame, [feature], true);
  const at = label ? label.at : [NaN, NaN];
  const wanted = names.toMap(frame.view, at[0], at[1]);
  if (item.spotsOf !== item.runs)
    Object.assign(item, {
      spotsOf: item.runs,
      spots: names.areaSpots(item.runs, frame.view, wanted),
    });
  const edge = lineSpots(item.runs, frame.view, wanted, prices.along);
  const inside = item.spots.centres;
  const first = inside[0] || edge[0];
  if (!first || !(label || badges.length)) return null;
  const { ranks } = prices;
  const common = {
    key: feature.id,
    feature,
    x: wanted.x,
    y: wanted.y,
    rank: state.selected ? ranks.selected : state.lit ? ranks.lit : ranks.area,
    order: label ? label.rank : 1e3,
    mostCost: prices.most,
    dimmed: state.dimmed,
    owner: feature.id,
  };
  const alone = badges.length
    ? {
        ...common,
        how: "centre",
        centres: [...inside, ...edge],
        holds: null,
        blocks: [aloneBlock(ruler, badges)],
        onOwn: true,
        apartPx: NUMBERS_APART_PX,
      }
    : null;
  if (!label) return alone;
  const blocks = areaBlocks(feature, state, badges, frame, ruler);
  // Too small to hold its name: then beside its edge, like a line's.
  const beside = edge.length
    ? { ...common, how: "line", spots: edge, reachPx: 4, blocks: [blocks[3]], fallback: alone }
    : alone;
  return { ...common, how: "centre", ...item.spots, blocks, fallback: beside };
}
