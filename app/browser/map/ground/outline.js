/* Decodes an outline and its waters into projected rings and lines. Draws nothing. */
import { boxOf, unitX, unitY } from "./mercator.js";
import { unpack } from "./packed.js";

/** Whole steps, the first from an origin and each other from the one before, as zoom-0 px. */
function walked(text, step, [west, south] = [0, 0]) {
  const steps = unpack(text);
  const xy = new Float64Array(steps.length);
  let [x, y] = [0, 0];
  for (let i = 0; i < steps.length; i += 2) {
    x += steps[i];
    y += steps[i + 1];
    xy[i] = unitX(x * step + west);
    xy[i + 1] = unitY(y * step + south);
  }
  return xy;
}

const boxed = (xy) => ({ xy, box: boxOf(xy) });

/** Join arcs by index (~i is arc i backwards) into one path. */
function stitch(indices, arcs) {
  let length = 0;
  for (const index of indices) length += arcs[index < 0 ? ~index : index].length - 2;
  const xy = new Float64Array(length + 2);
  let at = 0;
  for (const index of indices) {
    const arc = arcs[index < 0 ? ~index : index];
    const last = arc.length - 2;
    for (let i = 0; i <= last; i += 2) {
      const from = index < 0 ? last - i : i;
      xy[at + i] = arc[from];
      xy[at + i + 1] = arc[from + 1];
    }
    at += last;
  }
  return xy;
}

function signedArea(xy) {
  let sum = 0;
  for (let i = 0, j = xy.length - 2; i < xy.length; j = i, i += 2) {
    sum += xy[j] * xy[i + 1] - xy[i] * xy[j + 1];
  }
  return sum;
}

function reverse(xy) {
  const out = new Float64Array(xy.length);
  for (let i = 0; i < xy.length; i += 2) {
    out[i] = xy[xy.length - 2 - i];
    out[i + 1] = xy[xy.length - 1 - i];
  }
  return out;
}

/** Shells run one way and holes the other, so that one non-zero fill paints all land. */
function polygon(rings, arcs) {
  return rings.map((ring, i) => {
    const xy = stitch(unpack(ring), arcs);
    return boxed(signedArea(xy) > 0 !== (i === 0) ? reverse(xy) : xy);
  });
}

/**
 * @param {any} outline of a tier, as geo/outline/packing.py writes it
 * @returns `{countries: {iso, rings}[], borders: {a, b, lines}[], coast: object[]}`
 */
export function decodeOutline(outline) {
  const arcs = outline.arcs.map((arc) => walked(arc, outline.step, outline.origin));
  const line = (packed) => boxed(stitch(unpack(packed), arcs));
  return {
    countries: Object.entries(outline.countries).map(([iso, polygons]) => ({
      iso,
      rings: polygons.flatMap((rings) => polygon(rings, arcs)),
    })),
    borders: outline.borders.map(([a, b, ...lines]) => ({ a, b, lines: lines.map(line) })),
    coast: outline.coast.map(line),
  };
}

/**
 * @param {any} waters lakes and rivers of a tier, as geo/outline/packing.py writes them
 * @returns `{lakes: object[][], rivers: {name, rank, zooms, lines}[]}` each lake as its rings
 */
export function decodeWaters({ step, lakes, rivers }) {
  const line = (packed) => boxed(walked(packed, step));
  return {
    lakes: lakes.map((rings) => rings.map(line)),
    rivers: rivers.map((river) => ({ ...river, lines: river.lines.map(line) })),
  };
}
