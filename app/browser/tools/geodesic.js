/* Distances on the ellipsoid WGS 84, and a place's nearest position on a line. Longitude and
   latitude in degrees, metres. Lambert's formula for long lines: W. D. Lambert, "The distance
   between two widely separated points on the surface of the earth", Journal of the Washington
   Academy of Sciences 32 (1942); some metres off over a continent. Pure functions. */

/** @typedef {[number, number]} Position */

const EQUATOR_M = 6378137;
const FLATTENING = 1 / 298.257223563;
const RAD = Math.PI / 180;

/** The way between two positions by Lambert's formula. @returns metres */
function distanceM([lonA, latA], [lonB, latB]) {
  const reduced = (lat) => Math.atan((1 - FLATTENING) * Math.tan(lat * RAD));
  const [a, b] = [reduced(latA), reduced(latB)];
  const h =
    Math.sin((b - a) / 2) ** 2 +
    Math.cos(a) * Math.cos(b) * Math.sin(((lonB - lonA) * RAD) / 2) ** 2;
  const angle = 2 * Math.asin(Math.min(1, Math.sqrt(h)));
  if (angle === 0 || h >= 1) return EQUATOR_M * angle;
  const [p, q] = [(a + b) / 2, (b - a) / 2];
  const x =
    ((angle - Math.sin(angle)) * (Math.sin(p) * Math.cos(q)) ** 2) / Math.cos(angle / 2) ** 2;
  const y =
    ((angle + Math.sin(angle)) * (Math.cos(p) * Math.sin(q)) ** 2) / Math.sin(angle / 2) ** 2;
  return EQUATOR_M * (angle - (FLATTENING / 2) * (x + y));
}

function lengthM(run) {
  return run.slice(1).reduce((sum, at, i) => sum + distanceM(run[i], at), 0);
}

/**
 * The position of a line nearest to a place; between two vertices it is straight in degrees.
 * @param {Position[]} run @param {Position} at
 * @returns {{ alongM: number, offsetM: number }} from the line's start, and off it
 */
function nearestOn(run, at) {
  const scale = Math.cos(at[1] * RAD);
  const best = { alongM: 0, offsetM: run.length ? distanceM(run[0], at) : Infinity };
  let sum = 0;
  for (let i = 1; i < run.length; i += 1) {
    const [from, to] = [run[i - 1], run[i]];
    const [dx, dy] = [(to[0] - from[0]) * scale, to[1] - from[1]];
    const length = dx * dx + dy * dy;
    const dot = (at[0] - from[0]) * scale * dx + (at[1] - from[1]) * dy;
    const share = length ? Math.max(0, Math.min(1, dot / length)) : 0;
    /** @type {Position} */
    const point = [from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])];
    const offsetM = distanceM(point, at);
    if (offsetM < best.offsetM)
      Object.assign(best, { offsetM, alongM: sum + distanceM(from, point) });
    sum += distanceM(from, to);
  }
  return best;
}

export { distanceM, lengthM, nearestOn };
