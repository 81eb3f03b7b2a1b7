/* The labels that features want: their text, rank and where they may stand. Draws nothing. */

import * as names from "./names.js";
import { block } from "./text.js";

const SPOT_STEP_PX = 26;
/** So far from the wanted place along a line counts as a step of the prices. */
const FARTHER_PX = 50;
const SPOTS_AT_MOST = 36;
const SHORTEST_LINE_PX = 36;
const SAME_NAME_PX = 70;
/** Inside a wider ring there is room for names; a smaller one is kept clear. */
const WIDE_RING_PX = 30;
const LIT_RING_AT_MOST_PX = 70;

const plain = (text) =>
  ` ${text
    .toLocaleLowerCase("en")
    .normalize("NFD")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim()} `;

const near = (rect, x, y, px) =>
  Math.hypot(
    Math.max(rect.left - x, 0, x - rect.right),
    Math.max(rect.top - y, 0, y - rect.bottom),
  ) < px;

/** A name that a feature's label nearby already says is not set again. */
function saidAlready(placed, name, x, y) {
  const wanted = plain(name);
  return placed.some(
    (p) =>
      p.spec.feature?.label &&
      plain(p.spec.feature.label.text).includes(wanted) &&
      near(p.rect, x, y, SAME_NAME_PX),
  );
}

function badgesOf(frame, features, onSign) {
  const ids = new Set(features.flatMap((f) => f.claims));
  const out = [];
  for (const id of ids) {
    const claim = frame.model.claim(id);
    const selected = frame.state.claim === id;
    if (!claim || (selected && onSign) || (!selected && frame.phone)) continue;
    out.push({ number: claim.number, selected, claim: id });
  }
  return out.sort((a, b) => a.number - b.number).slice(0, 4);
}

/** @param {Feature} feature @param {Phase} phase */
function featureBlocks(ruler, feature, phase, options) {
  const { selected, badges, second2 } = options;
  const { label } = feature;
  if (!label) return [];
  const size = selected ? 13.5 : options.plain ? 12 : 12;
  const main = (text) => ({ text, size, bold: !options.plain, color: label.color });
  const row = selected ? phase.second_selected : phase.second;
  const second = options.plain ? "" : row;
  const under = second ? [{ text: second, size: selected ? 11.5 : 11, color: second2 }] : [];
  const halves = label.halves.length ? label.halves : null;
  const blocks = [];
  const { broken, second_row } = options.prices;
  const add = (lines, cost, badgeLine = 0) =>
    blocks.push(block(ruler, lines, { cost, badges, badgeLine }));
  if (under.length) add([main(label.text), ...under], 0);
  if (under.length && halves) add([...halves.map(main), ...under], broken, 1);
  const lost = under.length ? second_row : 0;
  add([main(label.text)], lost);
  if (halves) add(halves.map(main), lost + broken, 1);
  return blocks;
}

const rankOf = (state, ranks, usual) =>
  state.selected ? ranks.selected : state.lit ? ranks.lit : ranks[usual];

/** The member of a stand that lends its label to all: selected, lit, then by rank. */
function spokesman(stand, frame) {
  const named = stand.members.filter((m) => m.feature.label);
  const weight = (m) => {
    const state = frame.stateOf(m.feature.id);
    return m.feature.label.rank - (state.selected ? 2e6 : state.lit ? 1e6 : 0);
  };
  return named.length ? named.reduce((a, b) => (weight(b) < weight(a) ? b : a)) : null;
}

/**
 * Of a feature with several marks one carries the name: that in sight with most room.
 * @param {Feature} feature
 */
function namedMark(frame, feature) {
  const marks = frame.stands.filter((s) => s.members[0].feature === feature);
  const seen = marks.filter(
    (s) => s.x > 0 && s.y > 0 && s.x < frame.view.width && s.y < frame.view.height,
  );
  const others = frame.stands.filter((s) => !s.loose);
  const apart = (mark) =>
    Math.min(60, ...others.map((s) => Math.hypot(s.x - mark.x, s.y - mark.y)));
  return seen.length ? seen.reduce((a, b) => (apart(b) > apart(a) ? b : a)) : marks[0];
}

/** A lit sign's gold disc, or the gold ring where it is near enough to touch a label. */
const litReach = (stand) =>
  (stand.ringPx > LIT_RING_AT_MOST_PX ? Math.max(stand.glyphPx, 18) : stand.reachPx) + 6;

function standSpec(stand, place, frame, ruler) {
  const member = spokesman(stand, frame);
  if (!member || place.hiddenBy) return null;
  const { feature, phase } = member;
  if (stand.key.includes("#") && stand !== namedMark(frame, feature)) return null;
  const town = feature.kind === "town";
  const state = frame.stateOf(feature.id);
  const prices = frame.model.document.label_prices;
  const lit = stand.state.lit;
  const badges = town
    ? []
    : badgesOf(
        frame,
        stand.members.map((m) => m.feature),
        true,
      );
  const x = stand.x + place.dx;
  const y = stand.y + place.dy;
  return {
    key: feature.id,
    feature,
    how: "point",
    x,
    y,
    ux: stand.ux,
    uy: stand.uy,
    reachPx: lit
      ? litReach(stand)
      : stand.ringPx > WIDE_RING_PX
        ? stand.glyphPx + 3
        : stand.reachPx,
    side: place.spread || 0,
    blocks: featureBlocks(ruler, feature, phase, {
      prices,
      selected: state.selected,
      badges,
      plain: town,
      second2: frame.palette.text_second,
    }),
    // A town of the corridor comes before those of the base map.
    rank: rankOf(state, prices.ranks, town ? "place" : "feature") - (town ? 0.5 : 0),
    order: feature.label.rank,
    mostCost: town && !state.lit ? prices.most_place : prices.most,
    leader: !town && !place.spread,
    dimmed: stand.state.dimmed && !town,
    owner: stand.key,
    unless: town ? (placed) => saidAlready(placed, feature.label.text, x, y) : null,
    number: lit
      ? badgesOf(
          frame,
          stand.members.map((m) => m.feature),
          false,
        ).find((b) => b.selected)
      : null,
  };
}

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

/** @param {Phase} phase */
function lineSpec(item, phase, frame, ruler) {
  const { feature } = item.entry;
  const state = frame.stateOf(feature.id);
  const prices = frame.model.document.label_prices;
  const wanted = names.toMap(frame.view, ...feature.label.at);
  const spots = lineSpots(item.runs, frame.view, wanted, prices.along);
  if (spots.length * SPOT_STEP_PX < SHORTEST_LINE_PX && !state.selected) return null;
  const badges = badgesOf(frame, [feature], false);
  const [first] = spots;
  return (
    first && {
      key: feature.id,
      feature,
      how: "line",
      spots,
      x: first.x,
      y: first.y,
      reachPx: 7,
      blocks: featureBlocks(ruler, feature, phase, {
        prices,
        selected: state.selected,
        badges,
        second2: feature.label.color,
      }),
      rank: rankOf(state, prices.ranks, "feature"),
      order: feature.label.rank,
      mostCost: prices.most,
      leader: state.lit,
      dimmed: state.dimmed,
    }
  );
}

function areaSpec(item, _phase, frame, ruler) {
  const { feature } = item.entry;
  const { label } = feature;
  const state = frame.stateOf(feature.id);
  const prices = frame.model.document.label_prices;
  const wanted = names.toMap(frame.view, ...label.at);
  if (item.spotsOf !== item.runs)
    Object.assign(item, {
      spotsOf: item.runs,
      spots: names.areaSpots(item.runs, frame.view, wanted),
    });
  const { spots } = item;
  const caps = {
    text: label.text.toLocaleUpperCase("en"),
    size: state.selected ? 14 : 13,
    bold: true,
    spacing: 1.5,
    color: label.color,
  };
  const country = feature.countries.length === 1 && frame.countryName(feature.countries[0]);
  const under = country ? [{ text: `(${country})`, size: 11, color: label.color }] : [];
  const common = {
    key: feature.id,
    feature,
    x: wanted.x,
    y: wanted.y,
    rank: rankOf(state, prices.ranks, "area"),
    order: label.rank,
    mostCost: prices.most,
    softness: 0.3,
    dimmed: state.dimmed,
  };
  const blocks = [
    block(ruler, [caps, ...under]),
    block(ruler, [caps], { cost: 3 }),
    block(ruler, [{ ...caps, size: 12, spacing: 1 }, ...under], { cost: 3 }),
    block(ruler, [{ ...caps, size: 11, spacing: 0.5 }], { cost: 7 }),
  ];
  // Too small to hold its name: then beside its edge, like a line's.
  const edge = {
    ...common,
    how: "line",
    spots: lineSpots(item.runs, frame.view, wanted, prices.along),
    reachPx: 4,
    softness: 1,
    blocks: [blocks[3]],
  };
  return {
    ...common,
    how: "centre",
    ...spots,
    reachPx: 0,
    blocks,
    fallback: edge.spots.length ? edge : null,
  };
}

function featureSpecs(frame, ruler) {
  const specs = frame.stands.map((stand) =>
    standSpec(stand, frame.places.get(stand.key), frame, ruler),
  );
  for (const item of frame.shapes.items.values()) {
    const { feature, shape } = item.entry;
    const phase = frame.phases.get(feature.id);
    if (!phase || !feature.label || !item.runs.length) continue;
    specs.push((shape === "areas" ? areaSpec : lineSpec)(item, phase, frame, ruler));
  }
  return specs.filter((spec) => spec?.blocks.length);
}

export { featureSpecs, litReach, saidAlready, WIDE_RING_PX };
