/* Decodes TopoJSON of the outline into projected rings and lines. Draws nothing. */
import { boxOf, unitX, unitY } from "./mercator.js";

/** Every arc as a Float64Array of zoom-0 px, deltas and scale undone. */
function decodeArcs(topology) {
  const scale = topology.transform ? topology.transform.scale : [1, 1];
  const shift = topology.transform ? topology.transform.translate : [0, 0];
  const delta = Boolean(topology.transform);
  return topology.arcs.map((arc) => {
    const xy = new Float64Array(arc.length * 2);
    let x = 0;
    let y = 0;
    for (let i = 0; i < arc.length; i += 1) {
      x = delta ? x + arc[i][0] : arc[i][0];
      y = delta ? y + arc[i][1] : arc[i][1];
      xy[2 * i] = unitX(x * scale[0] + shift[0]);
      xy[2 * i + 1] = unitY(y * scale[1] + shift[1]);
    }
    return xy;
  });
}

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
  return rings.map((indices, i) => {
    let xy = stitch(indices, arcs);
    if (signedArea(xy) > 0 !== (i === 0)) xy = reverse(xy);
    return { xy, box: boxOf(xy) };
  });
}

const members = (object) => {
  if (!object) return [];
  return object.type === "GeometryCollection" ? object.geometries : [object];
};

function lines(geometry, arcs) {
  if (!geometry.arcs) return [];
  const parts = geometry.type === "LineString" ? [geometry.arcs] : geometry.arcs;
  return parts
    .filter((indices) => indices.length)
    .map((indices) => {
      const xy = stitch(indices, arcs);
      return { xy, box: boxOf(xy) };
    });
}

function countries(object, arcs) {
  return members(object)
    .filter((g) => g.arcs?.length)
    .map((g) => {
      const polygons = g.type === "Polygon" ? [g.arcs] : g.arcs;
      return {
        iso: g.properties?.iso || g.id || "",
        rings: polygons.flatMap((rings) => polygon(rings, arcs)),
      };
    });
}

/**
 * @param {any} topology TopoJSON with the objects countries, borders and coast
 * @returns `{countries: {iso, rings}[], borders: {a, b, lines}[], coast: object[]}`
 */
export function decodeTopology(topology) {
  const arcs = decodeArcs(topology);
  const { objects } = topology;
  return {
    countries: countries(objects.countries, arcs),
    borders: members(objects.borders).map((g) => ({
      a: g.properties ? g.properties.a : "",
      b: g.properties ? g.properties.b : "",
      lines: lines(g, arcs),
    })),
    coast: members(objects.coast).flatMap((g) => lines(g, arcs)),
  };
}

/** Whole steps, the first from zero and each other from the one before, as zoom-0 px. */
function walked(steps, size) {
  const xy = new Float64Array(steps.length);
  let [lon, lat] = [0, 0];
  for (let i = 0; i < steps.length; i += 2) {
    lon += steps[i];
    lat += steps[i + 1];
    xy[i] = unitX(lon * size);
    xy[i + 1] = unitY(lat * size);
  }
  return { xy, box: boxOf(xy) };
}

/**
 * @param {any} waters lakes and rivers of a tier, as geo/outline/ground.py writes them; or none
 * @returns `{lakes: object[][], rivers: {name, rank, zooms, lines}[]}` each lake as its rings
 */
export function decodeWaters(waters) {
  const { step, lakes, rivers } = waters ?? { step: 1, lakes: [], rivers: [] };
  return {
    lakes: lakes.map((rings) => rings.map((ring) => walked(ring, step))),
    rivers: rivers.map((river) => ({
      ...river,
      lines: river.lines.map((line) => walked(line, step)),
    })),
  };
}
