/* What a drawn position is drawn to: the vertices and the lines of other features, and of the
   borders, near the view. Draws nothing that can be seen. */
import L from "leaflet";
import { latOf, lonOf } from "../../map/ground/mercator.js";
import { decodeOutline } from "../../map/ground/outline.js";
import { runs, shapeOf } from "./geometry.js";

const SNAP_PX = 12;
/** More would make the pointer slow; the nearest features come first. */
const MOST_VERTICES = 3000;
const UNSEEN = {
  opacity: 0,
  fillOpacity: 0,
  weight: 0,
  interactive: false,
  snapIgnore: false,
  pmIgnore: true,
};

/** A run of positions as pieces that touch the box, so that long lines cost only what is near. */
function piecesNear(run, closed, box) {
  const ring = closed ? [...run, run[0]] : run;
  const pieces = [];
  let piece = [];
  for (let i = 1; i < ring.length; i += 1) {
    const [a, b] = [ring[i - 1], ring[i]];
    const misses =
      Math.max(a[0], b[0]) < box.west ||
      Math.min(a[0], b[0]) > box.east ||
      Math.max(a[1], b[1]) < box.south ||
      Math.min(a[1], b[1]) > box.north;
    if (misses) {
      if (piece.length) pieces.push(piece);
      piece = [];
    } else piece = piece.length ? [...piece, b] : [a, b];
  }
  if (piece.length) pieces.push(piece);
  return pieces;
}

const decoded = new WeakMap();

function bordersOf(tier) {
  if (decoded.has(tier)) return decoded.get(tier);
  const degrees = (value) => Number(value.toFixed(6));
  const toLine = ({ xy }) =>
    Array.from({ length: xy.length / 2 }, (_, i) => [
      degrees(lonOf(xy[2 * i])),
      degrees(latOf(xy[2 * i + 1])),
    ]);
  const lines = decodeOutline(tier.outline).borders.flatMap((border) => border.lines.map(toLine));
  decoded.set(tier, lines);
  return lines;
}

/** The borders as lines of longitude, latitude: those of the most detailed tier round a place. */
export function borderLines(outline, { lat, lng }) {
  const holds = ({ window: box }) =>
    !box || (box[0] <= lng && lng <= box[2] && box[1] <= lat && lat <= box[3]);
  const tier = (outline?.tiers || []).filter(holds).at(-1);
  return tier ? bordersOf(tier) : [];
}

/**
 * @param {L.Map} map
 * @param {any[]} features those on the map @param {string|null} skip the one being drawn
 * @param {() => number[][][]} borders lines of longitude, latitude
 */
export function createSnap(map, features, skip, borders = () => []) {
  const group = L.layerGroup();
  let points = [];
  let lines = [];
  let borderLines = [];

  function gather() {
    const bounds = map.getBounds().pad(0.2);
    const box = {
      west: bounds.getWest(),
      east: bounds.getEast(),
      south: bounds.getSouth(),
      north: bounds.getNorth(),
    };
    const within = ([lon, lat]) =>
      lon >= box.west && lon <= box.east && lat >= box.south && lat <= box.north;
    points = [];
    lines = [];
    borderLines = [];
    let count = 0;
    const add = (to, run, closed) => {
      for (const piece of piecesNear(run, closed, box)) {
        count += piece.length;
        if (count <= MOST_VERTICES) to.push(piece);
      }
    };
    for (const feature of features) {
      if (feature.id === skip || !feature.geometry) continue;
      const shape = shapeOf(feature.geometry);
      for (const run of runs(feature.geometry)) {
        if (shape === "point") points.push(...run.filter(within));
        else add(lines, run, shape === "area");
      }
    }
    for (const line of borders()) add(borderLines, line, false);
    group.clearLayers();
    for (const [lon, lat] of points)
      group.addLayer(L.circleMarker([lat, lon], { ...UNSEEN, radius: 1 }));
    for (const line of [...lines, ...borderLines])
      group.addLayer(
        L.polyline(
          line.map(([lon, lat]) => [lat, lon]),
          UNSEEN,
        ),
      );
  }
  gather();
  group.addTo(map);
  map.on("moveend", gather);

  const px = ([lon, lat]) => map.latLngToContainerPoint([lat, lon]);

  /** The nearest of some vertices in reach, or null. */
  function nearestVertex(vertices, at) {
    /** @type {any} */
    let best = null;
    for (const position of vertices) {
      const distance = px(position).distanceTo(at);
      if (distance <= SNAP_PX && (!best || distance < best.distance)) best = { position, distance };
    }
    return best?.position;
  }
  function nearestOn(all, at) {
    /** @type {any} */
    let best = null;
    for (const line of all) {
      for (let i = 1; i < line.length; i += 1) {
        const on = L.LineUtil.closestPointOnSegment(at, px(line[i - 1]), px(line[i]));
        const distance = on.distanceTo(at);
        if (distance <= SNAP_PX && (!best || distance < best.distance)) best = { on, distance };
      }
    }
    if (!best) return null;
    const { lng, lat } = map.containerPointToLatLng(best.on);
    return [lng, lat];
  }

  return {
    /** Positions that a drawn one may have been set on exactly. */
    vertices: () => [...points, ...[...lines, ...borderLines].flat()],
    /** What is near a place, in reach of the pointer: signs before lines, these before borders. */
    nearest(latlng) {
      const at = map.latLngToContainerPoint(latlng);
      return (
        nearestVertex(points, at) ||
        nearestVertex(lines.flat(), at) ||
        nearestOn(lines, at) ||
        nearestVertex(borderLines.flat(), at) ||
        nearestOn(borderLines, at)
      );
    },
    destroy() {
      map.off("moveend", gather);
      group.remove();
    },
  };
}
export { SNAP_PX };
