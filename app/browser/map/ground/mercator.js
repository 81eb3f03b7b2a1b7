/* Web Mercator between degrees and the pixels of zoom 0. Knows no map and draws nothing. */

/** The world at zoom 0, px; all stored coordinates are in this unit. */
const WORLD_PX = 256;
const EQUATOR_M = 40075016.686;
const MAX_LAT = 85.0511287798;
const RAD = Math.PI / 180;

const unitX = (lon) => WORLD_PX * (lon / 360 + 0.5);

function unitY(lat) {
  const clamped = Math.max(-MAX_LAT, Math.min(MAX_LAT, lat));
  return WORLD_PX * (0.5 - Math.log(Math.tan(Math.PI / 4 + (clamped * RAD) / 2)) / (2 * Math.PI));
}

function latOf(y) {
  return (2 * Math.atan(Math.exp((0.5 - y / WORLD_PX) * 2 * Math.PI)) - Math.PI / 2) / RAD;
}

/** Project a list of [lon, lat] to {xy: Float64Array, box: [x0, y0, x1, y1]}. */
function path(positions) {
  const xy = new Float64Array(positions.length * 2);
  positions.forEach(([lon, lat], i) => {
    xy[2 * i] = unitX(lon);
    xy[2 * i + 1] = unitY(lat);
  });
  return { xy, box: boxOf(xy) };
}

function boxOf(xy) {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < xy.length; i += 2) {
    if (xy[i] < box[0]) box[0] = xy[i];
    if (xy[i + 1] < box[1]) box[1] = xy[i + 1];
    if (xy[i] > box[2]) box[2] = xy[i];
    if (xy[i + 1] > box[3]) box[3] = xy[i + 1];
  }
  return box;
}

const joinBoxes = (boxes) =>
  boxes.reduce(
    (a, b) => [
      Math.min(a[0], b[0]),
      Math.min(a[1], b[1]),
      Math.max(a[2], b[2]),
      Math.max(a[3], b[3]),
    ],
    [Infinity, Infinity, -Infinity, -Infinity],
  );

const lonOf = (x) => (x / WORLD_PX - 0.5) * 360;

const metresPerPx = (lat, zoom) => (EQUATOR_M * Math.cos(lat * RAD)) / (WORLD_PX * 2 ** zoom);

export { boxOf, joinBoxes, latOf, lonOf, metresPerPx, path, unitX, unitY };
