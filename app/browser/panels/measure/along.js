/* How far two places are apart: straight, and along the lines of the map, with the bounds within
   which it may lie. The bounds of a whole line are the server's (geo/lines/length_range.py); of
   a part of one they shrink with it, but not what its ends are unsure by. Draws nothing. */
import { lengthM, nearestOn } from "../../tools/geodesic.js";

/** @typedef {{ at: [number, number], name: string, feature: Feature | null }} End */
/** @typedef {{ title: string, lowKm: number, highKm: number | null }} Along */

/** What stands farther off a line is not on it; as layers/routes/places.py has it. */
const FARTHEST_M = 10000;
const NEAR_M = 5000;
const KM = 1000;

/** Bounds of a share of a line. */
function shareOf(share, lowKm, highKm, uncertaintyM) {
  const ends = (2 * uncertaintyM) / KM;
  return {
    lowKm: Math.max(0, (lowKm + ends) * share - ends),
    highKm: highKm === null ? null : Math.max(0, highKm - ends) * share + ends,
  };
}

const unsure = (feature) => (feature ? feature.position.uncertainty_m : 0);

/** Between two spots of a route's way. @param {Model} model */
function alongWay(model, route, way, a, b) {
  const kmOf = (end) => way.spots.find((spot) => spot.feature === end.feature?.id)?.km;
  const [one, other] = [kmOf(a), kmOf(b)];
  if (one === undefined || other === undefined || one === other) return null;
  const [from, to] = [Math.min(one, other), Math.max(one, other)];
  const overlap = (part) => Math.min(to, part.to_km) - Math.max(from, part.from_km);
  const legs = way.legs.filter((leg) => overlap(leg) > 0);
  let lowKm = 0;
  /** @type {number | null} */
  let highKm = way.gaps.some((gap) => overlap(gap) > 0) ? null : 0;
  for (const leg of legs) {
    const share = overlap(leg) / (leg.to_km - leg.from_km);
    const part = shareOf(share, leg.low_km, leg.high_km, unsure(model.feature(leg.feature)));
    lowKm += part.lowKm;
    highKm = highKm === null || part.highKm === null ? null : highKm + part.highKm;
  }
  if (!legs.length) return null;
  const single = legs.length === 1 ? model.feature(legs[0].feature) : null;
  const title = single ? `the ${single.name}` : `${route.title}, ${way.title}`;
  return { line: single ? single.id : null, title, lowKm, highKm };
}

/** Between two places on or near one mapped line. @param {Model} model */
function alongLine(model, line, a, b) {
  const bounds = model.document.measured[line.id];
  const { type, coordinates } = line.geometry || {};
  const runs = { LineString: [coordinates], MultiLineString: coordinates }[type];
  if (!bounds || !runs) return null;
  const whole = runs.reduce((sum, run) => sum + lengthM(run), 0);
  const near = (end) => Math.min(FARTHEST_M, NEAR_M + unsure(line) + unsure(end.feature));
  for (const run of runs) {
    const [one, other] = [nearestOn(run, a.at), nearestOn(run, b.at)];
    if (one.offsetM > near(a) || other.offsetM > near(b) || one.alongM === other.alongM) continue;
    const share = Math.abs(one.alongM - other.alongM) / whole;
    const part = shareOf(share, bounds.low_km, bounds.high_km, unsure(line));
    return { line: line.id, title: `the ${line.name}`, ...part };
  }
  return null;
}

/** @param {Model} model @param {End} a @param {End} b @returns {Along[]} */
function alongLines(model, a, b) {
  const ways = (model.document.routes || []).flatMap((route) =>
    route.ways.map((way) => alongWay(model, route, way, a, b)).filter(Boolean),
  );
  const taken = new Set(ways.map(({ line }) => line));
  const lines = model.document.features
    .filter((feature) => !taken.has(feature.id))
    .map((feature) => alongLine(model, feature, a, b))
    .filter(Boolean);
  const seen = new Set();
  return [...ways, ...lines]
    .filter(({ title }) => !seen.has(title) && seen.add(title))
    .map(({ title, lowKm, highKm }) => ({ title, lowKm, highKm }));
}

/** From click to click, with what the places themselves are unsure by. @param {End[]} ends */
function straight(ends) {
  const km = lengthM(ends.map(({ at }) => at)) / KM;
  const slackM = ends
    .slice(1)
    .reduce((sum, end, i) => sum + unsure(end.feature) + unsure(ends[i].feature), 0);
  return { lowKm: Math.max(0, km - slackM / KM), highKm: km + slackM / KM };
}

export { alongLines, straight };
