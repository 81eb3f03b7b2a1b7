/* Point features that stand at one place, as one thing to draw and to keep apart. */
import * as mercator from "../ground/mercator.js";

/** Nearer than this two places are one on the screen. */
const APART_PX = 3;
const ORDER = { town: 0, node: 1, port: 1, tripoint: 1, bridge: 2, border_crossing: 3 };

const orderOf = (feature) => ORDER[feature.kind] ?? 1;

/** Whether a feature's own place is seen to be another than that of those it stands with. */
const isApart = (stand, [x, y], { to }) =>
  stand !== undefined && Math.hypot(x - stand.ux, y - stand.uy) * to.scale > APART_PX;

/**
 * Point features that stand at one place, as one thing to draw and to keep apart.
 * @param {Model} model
 */
export function standsOf(entries, frame, model) {
  const stands = new Map();
  for (const entry of entries) {
    const phase = frame.phases.get(entry.feature.id);
    const sign = phase && model.sign(phase.sign);
    if (sign?.type !== "point") continue;
    const { xy } = entry.paths[0];
    for (let i = 0; i < xy.length; i += 2) {
      const many = xy.length > 2;
      const key = many
        ? `${entry.feature.id}#${i / 2}`
        : entry.feature.kind === "town"
          ? entry.feature.id
          : isApart(stands.get(entry.feature.place), xy, frame.view)
            ? `${entry.feature.id} apart`
            : entry.feature.place;
      if (!stands.has(key)) {
        stands.set(key, {
          key,
          ux: xy[i],
          uy: xy[i + 1],
          lat: entry.lat,
          loose: many || entry.feature.kind === "town",
          members: [],
        });
      }
      stands.get(key).members.push({ feature: entry.feature, phase, sign });
    }
  }
  for (const stand of stands.values()) measure(stand, frame);
  return [...stands.values()];
}

/** Of two bridges at one place only the more important is drawn; the card tells of both. */
function onePerKind(members, frame) {
  const best = new Map();
  const weight = ({ feature }) => {
    const state = frame.stateOf(feature.id);
    return (
      (feature.label ? feature.label.rank : 1e3) - (state.selected ? 2e6 : state.lit ? 1e6 : 0)
    );
  };
  for (const member of members) {
    const other = best.get(member.feature.kind);
    if (!other || weight(member) < weight(other)) best.set(member.feature.kind, member);
  }
  return [...best.values()];
}

/** How far the widest of glyphs reaches to the sides, and the highest up and down. */
function halfOf(signs) {
  const most = (side) => Math.max(...signs.map((sign) => sign.half_px[side]));
  return { x: most(0), y: most(1) };
}

function measure(stand, frame) {
  stand.members.sort((a, b) => orderOf(a.feature) - orderOf(b.feature));
  const metres = Math.max(0, ...stand.members.map((m) => m.feature.position.ring_m || 0));
  const least = Math.max(...stand.members.map((m) => m.sign.ring_from_px));
  stand.glyphPx = Math.max(...stand.members.map((m) => m.sign.radius_px));
  stand.half = halfOf(stand.members.map((m) => m.sign));
  const truePx = metres / mercator.metresPerPx(stand.lat, frame.view.zoom);
  // A ring is as large as it is, or none: then the name says how far off the place may be.
  stand.ringPx = truePx < least ? 0 : truePx;
  stand.reachPx = Math.max(stand.glyphPx, stand.ringPx);
  const states = stand.members.map((m) => frame.stateOf(m.feature.id));
  stand.state = {
    lit: states.some((s) => s.lit),
    selected: states.some((s) => s.selected),
    hover: states.some((s) => s.hover),
    dimmed: states.every((s) => s.dimmed),
  };
  const labelRanks = stand.members.map((m) => (m.feature.label ? m.feature.label.rank : 1e6));
  stand.shown = onePerKind(stand.members, frame);
  stand.rank = Math.min(...labelRanks) - (stand.state.selected ? 2e6 : stand.state.lit ? 1e6 : 0);
}
