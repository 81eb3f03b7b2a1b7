/* Geometry as GeoJSON in longitude, latitude: its parts, its size on the ellipsoid, its digits.
   Pure functions; knows no map, no form and no text that a person writes. */
import { lengthM } from "../../tools/geodesic.js";

/** The ellipsoid WGS 84. */
const EQUATOR_M = 6378137;
const FLATTENING = 1 / 298.257223563;
const E = Math.sqrt(FLATTENING * (2 - FLATTENING));
const RAD = Math.PI / 180;
const SHAPES = {
  Point: "point",
  MultiPoint: "point",
  LineString: "line",
  MultiLineString: "line",
  Polygon: "area",
  MultiPolygon: "area",
};

const shapeOf = (geometry) => (geometry ? SHAPES[geometry.type] || null : null);

/** Positions of a geometry as runs: a line, a ring without its closing position, all points. */
function runs(geometry) {
  if (!geometry) return [];
  const { type, coordinates } = geometry;
  const open = (ring) => ring.slice(0, -1);
  if (type === "Point") return [[coordinates]];
  if (type === "MultiPoint" || type === "LineString") return [coordinates];
  if (type === "MultiLineString") return coordinates;
  if (type === "Polygon") return coordinates.map(open);
  return coordinates.flatMap((rings) => rings.map(open));
}

/** The inverse of `runs`: the geometry with these runs in place of its own. */
function withRuns(geometry, given) {
  const { type, coordinates } = geometry;
  const close = (ring) => [...ring, ring[0]];
  if (type === "Point") return { type, coordinates: given[0][0] };
  if (type === "MultiPoint" || type === "LineString") return { type, coordinates: given[0] };
  if (type === "MultiLineString") return { type, coordinates: given };
  if (type === "Polygon") return { type, coordinates: given.map(close) };
  let from = 0;
  const made = coordinates.map((rings) => {
    from += rings.length;
    return given.slice(from - rings.length, from).map(close);
  });
  return { type, coordinates: made };
}

/** A new geometry of one run. */
function ofRun(shape, run) {
  if (shape === "point") {
    return run.length === 1
      ? { type: "Point", coordinates: run[0] }
      : { type: "MultiPoint", coordinates: run };
  }
  if (shape === "line") return { type: "LineString", coordinates: run };
  const ring = signedM2(run) < 0 ? [...run].reverse() : run;
  return { type: "Polygon", coordinates: [[...ring, ring[0]]] };
}

/** The area between the equator and a latitude, of a strip one radian wide, in squares of the equator's radius. */
function stripTo(lat) {
  const s = Math.sin(lat * RAD);
  const curved = s / (1 - E * E * s * s) + Math.atanh(E * s) / E;
  return ((1 - E * E) * curved) / 2;
}

/** The area inside a ring: positive if it runs counter-clockwise, as GeoJSON wants. */
function signedM2(ring) {
  const sum = ring.reduce((total, [lon, lat], i) => {
    const [nextLon, nextLat] = ring[(i + 1) % ring.length];
    return total + ((nextLon - lon) * RAD * (stripTo(lat) + stripTo(nextLat))) / 2;
  }, 0);
  return -sum * EQUATOR_M * EQUATOR_M;
}
const areaM2 = (ring) => Math.abs(signedM2(ring));

function polygonsOf({ type, coordinates }) {
  return type === "Polygon" ? [coordinates] : coordinates;
}

/** Size as it is drawn. @returns `{vertices, lengthM?, areaM2?}` */
function measure(geometry) {
  const parts = runs(geometry);
  const vertices = parts.reduce((sum, run) => sum + run.length, 0);
  const shape = shapeOf(geometry);
  if (shape === "line")
    return { vertices, lengthM: parts.reduce((sum, run) => sum + lengthM(run), 0) };
  if (shape !== "area") return { vertices };
  const area = polygonsOf(geometry).reduce((sum, [outer, ...holes]) => {
    return (
      sum +
      areaM2(outer.slice(0, -1)) -
      holes.reduce((all, hole) => all + areaM2(hole.slice(0, -1)), 0)
    );
  }, 0);
  const round = parts.reduce((sum, run) => sum + lengthM([...run, run[0]]), 0);
  return { vertices, areaM2: area, lengthM: round };
}

const three = (value) => Number(value.toPrecision(3)).toLocaleString("en-GB");
const lengthWords = (m) => (m < 1000 ? `${three(m)} m` : `${three(m / 1000)} km`);
const areaWords = (m2) => (m2 < 1e5 ? `${three(m2)} m²` : `${three(m2 / 1e6)} km²`);

/** The size in words: "about", for it has three digits. The card measures it in full. */
function sizeWords(geometry) {
  const { vertices, lengthM: length, areaM2: area } = measure(geometry);
  const points = `${vertices} ${vertices === 1 ? "point" : "points"}`;
  if (area !== undefined)
    return `about ${areaWords(area)}, ${lengthWords(length)} round, ${points}`;
  return length === undefined ? points : `about ${lengthWords(length)}, ${points}`;
}

/** Decimal places of a degree that a click at this scale can stand for. */
function digitsFor(metresPerPx) {
  return Math.max(2, Math.min(6, Math.ceil(-Math.log10(metresPerPx / 111320))));
}

/** Round what is new to these digits; positions that were there before stay as they were. */
function rounded(geometry, digits, kept) {
  const known = new Map(kept.map((at) => [key(at), at]));
  const round = (at) => known.get(key(at)) || [tidy(at[0], digits), tidy(at[1], digits)];
  return withRuns(
    geometry,
    runs(geometry).map((run) => run.map(round)),
  );
}
const tidy = (degrees, digits) => Number(degrees.toFixed(digits));
const key = ([lon, lat]) => `${lon.toFixed(9)},${lat.toFixed(9)}`;

/** West, south, east, north. */
function bboxOf(geometry) {
  const all = runs(geometry).flat();
  const [lons, lats] = [all.map((at) => at[0]), all.map((at) => at[1])];
  return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
}

export {
  bboxOf,
  digitsFor,
  lengthWords,
  measure,
  ofRun,
  rounded,
  runs,
  shapeOf,
  sizeWords,
  tidy,
  withRuns,
};
