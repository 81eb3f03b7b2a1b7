/* A feature as the map needs it: its geometry projected, its name in words. Draws nothing. */
import * as mercator from "../ground/mercator.js";

const SHAPES = {
  Point: "points",
  MultiPoint: "points",
  LineString: "lines",
  MultiLineString: "lines",
  Polygon: "areas",
  MultiPolygon: "areas",
};
const PARTS = {
  Point: (c) => [[c]],
  MultiPoint: (c) => [c],
  LineString: (c) => [c],
  MultiLineString: (c) => c,
  Polygon: (c) => c,
  MultiPolygon: (c) => c.flat(),
};

/**
 * A feature with its geometry projected once: {feature, shape, paths, box, lat}.
 * @param {Feature} feature
 */
export function projectFeature(feature) {
  const { type, coordinates } = feature.geometry || {};
  const shape = SHAPES[type];
  if (!shape) return null;
  const paths = PARTS[type](coordinates).map(mercator.path);
  const box = mercator.joinBoxes(paths.map((p) => p.box));
  return { feature, shape, paths, box, lat: mercator.latOf((box[1] + box[3]) / 2) };
}

/**
 * The words a screen reader says for a feature.
 * @param {Model} model @param {Feature} feature @param {Phase} phase
 */
export function featureName(model, feature, phase) {
  const parts = [feature.name, phase.status_label.toLowerCase()];
  const { quality, label } = feature.position;
  if (label) parts.push(`position ${quality}`, label);
  const numbers = feature.claims
    .map((id) => model.claim(id))
    .filter((claim) => claim !== null)
    .map((claim) => claim.number);
  if (numbers.length)
    parts.push(`${numbers.length > 1 ? "claims" : "claim"} ${numbers.join(", ")}`);
  return parts.join(", ");
}
