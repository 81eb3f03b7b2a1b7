/* The labels of what stands at a point: whose name it is, and what is drawn there. Draws nothing. */
import { aloneBlock, featureBlocks } from "./blocks.js";
import { badgesOf } from "./numbers.js";
import { gapTo } from "./room.js";
import { sizedBadge } from "./text.js";

const DOT = { rx: 3.4, ry: 3.4, round: true };
/** Inside a wider ring there is room for names; a smaller one is kept clear. */
const WIDE_RING_PX = 30;
const LIT_RING_AT_MOST_PX = 70;
/** What gold adds to a sign. */
const GOLD_PX = 5;
/** Numbers that find no room beside their sign lie over so much of its edge. */
const OVER_EDGE_PX = 4;
const NUMBERS_APART_PX = 3;
/** Where the selected claim's number stands on its sign, in parts of the sign's reach. */
const ON_SIGN = 0.72;
const ON_SIGN_AT_MOST_PX = 30;

function glyphOf({ half }, place) {
  if (place.dotOf) return DOT;
  return { rx: half.x, ry: half.y, round: half.x === half.y };
}

/** The gold disc of a lit sign, or its gold ring where it is near enough to touch a label. */
const litReach = (stand) =>
  (stand.ringPx > LIT_RING_AT_MOST_PX ? Math.max(stand.glyphPx, 18) : stand.reachPx) + GOLD_PX;

/** Whether a stand is a dot of which no claim speaks: nobody takes a number near it for its own. */
const isPlain = ({ members }) =>
  members.every(({ feature }) => feature.kind === "town" && !feature.claims.length);

/** What is drawn at a stand, as labels must know it. */
export function bodyOf(stand, place) {
  const glyph = glyphOf(stand, place);
  const at = { x: stand.x, y: stand.y, owner: stand.key, padPx: 1, plain: isPlain(stand), glyph };
  const disc = (r) => ({ ...at, rx: r, ry: r, round: true });
  if (place.dotOf) return disc(DOT.rx);
  if (stand.state.lit) return disc(litReach(stand));
  const ring = stand.ringPx <= WIDE_RING_PX ? stand.ringPx : 0;
  return ring > glyph.rx ? disc(ring) : { ...at, ...glyph };
}

/** The member of a stand that lends its label to all: selected, lit, then by rank. */
function spokesman(stand, frame) {
  const weight = ({ feature }) => {
    const state = frame.stateOf(feature.id);
    const rank = feature.label ? feature.label.rank : 1e3;
    return rank - (state.selected ? 2e6 : state.lit ? 1e6 : 0);
  };
  return stand.members.reduce((a, b) => (weight(b) < weight(a) ? b : a));
}

const seen = ({ x, y }, { width, height }) => x > 0 && y > 0 && x < width && y < height;

/**
 * Of a feature with several marks one carries the name: that in sight with most room.
 * @param {Feature} feature
 */
function namedMark(frame, feature) {
  const marks = frame.stands.filter((s) => s.members[0].feature === feature && seen(s, frame.view));
  const others = frame.stands.filter((s) => !s.loose);
  const apart = (mark) =>
    Math.min(60, ...others.map((s) => Math.hypot(s.x - mark.x, s.y - mark.y)));
  return marks.reduce((a, b) => (b && apart(b) > apart(a) ? b : a), marks[0]);
}

/** The features whose numbers a stand carries: its own, and those that it stands for. */
function featuresOf(stand, place, frame) {
  if (place.dotOf) return [];
  const stands = place.members ? place.members.map((key) => frame.standOf.get(key)) : [stand];
  return stands.flatMap((one) => one.members.map((m) => m.feature));
}

/** Whether a stand speaks: in sight, and of a feature with several marks the one that is named. */
const speaks = (stand, frame) =>
  seen(stand, frame.view) &&
  (!stand.key.includes("#") || stand === namedMark(frame, stand.members[0].feature));

/** The selected claim's number on its sign. @returns `{badge, x, y, of, body, stand}` or null */
export function numberOnSign(stand, place, frame, ruler) {
  if (!stand.state.lit || place.dotOf || !speaks(stand, frame)) return null;
  const [badge] = badgesOf(frame, featuresOf(stand, place, frame), true);
  if (!badge?.selected) return null;
  const sized = sizedBadge(ruler, badge);
  const off = Math.min(litReach(stand), ON_SIGN_AT_MOST_PX) * ON_SIGN;
  // A tag stands at the upper right.
  const [x, y] = [stand.x + (place.count ? -off : off), stand.y - off];
  const body = { x, y, rx: sized.width / 2, ry: sized.height / 2, owner: stand.key, padPx: 1 };
  return { badge: sized, x, y, of: stand.members[0].feature.id, body, stand };
}

/** Numbers that lie over the edge of their own sign, where there is no room beside it. */
const overEdge = (spec, blocks) => ({
  ...spec,
  blocks,
  body: {
    ...spec.body,
    rx: Math.max(0, spec.glyph.rx - OVER_EDGE_PX - 4),
    ry: Math.max(0, spec.glyph.ry - OVER_EDGE_PX - 4),
    padPx: 0,
  },
  onOwn: true,
  apartPx: NUMBERS_APART_PX,
  leader: false,
  unless: null,
  fallback: { ...spec, blocks, leader: true, far: true, unless: null },
});

/** Whether a dot lies clear of the sign that speaks for it, so that a leader may end there. */
function isClear(stand, place, frame) {
  const lead = frame.standOf.get(place.dotOf);
  const dot = { left: stand.x, right: stand.x, top: stand.y, bottom: stand.y };
  return gapTo(dot, bodyOf(lead, frame.places.get(lead.key))) > DOT.rx;
}

/**
 * @param {(placed: any[], name: string, x: number, y: number) => boolean} said whether a name is
 *   set already near a place
 */
export function standSpec(stand, place, frame, ruler, said) {
  if (!speaks(stand, frame)) return null;
  if (place.dotOf && !isClear(stand, place, frame)) return null;
  const { feature, phase } = spokesman(stand, frame);
  const { x, y } = stand;
  const town = feature.kind === "town";
  const state = frame.stateOf(feature.id);
  const { lit } = stand.state;
  const prices = frame.model.document.label_prices;
  const badges = badgesOf(frame, featuresOf(stand, place, frame), !lit);
  const blocks = featureBlocks(ruler, feature, phase, {
    prices,
    selected: state.selected,
    badges,
    plain: town,
    short: Boolean(place.dotOf),
    second: frame.palette.text_second,
    drawn: stand.ringPx > 0,
    frame,
  });
  if (!blocks.length) return null;
  const usual = town ? prices.ranks.place - 0.5 : prices.ranks.feature;
  const body = bodyOf(stand, place);
  const glyph = glyphOf(stand, place);
  const spec = {
    key: feature.id,
    feature,
    how: "point",
    x,
    y,
    ux: stand.ux,
    uy: stand.uy,
    body,
    glyph,
    clearPx: Math.max(0, body.rx - glyph.rx),
    blocks,
    // A town of the corridor comes before those of the base map.
    rank: state.selected ? prices.ranks.selected : state.lit ? prices.ranks.lit : usual,
    order: feature.label ? feature.label.rank : 1e3,
    mostCost: town && !state.lit && !badges.length ? prices.most_place : prices.most,
    leader: !town,
    dimmed: stand.state.dimmed && !town,
    owner: stand.key,
    unless:
      town && !badges.length && feature.label
        ? (placed) => said(placed, feature.label?.text ?? "", x, y)
        : null,
    onOwn: false,
    apartPx: 0,
    fallback: /** @type {any} */ (null),
  };
  if (badges.length) spec.fallback = overEdge(spec, [aloneBlock(ruler, badges)]);
  return spec;
}
