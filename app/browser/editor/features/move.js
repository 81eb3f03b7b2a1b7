/* The operations that put a feature into another layer: out of one file, into the other, and the
   annotations that name its file after it. Sends nothing. */

const fileOf = (layer) => `layers/${layer}.geojson`;
const listed = (value) => (Array.isArray(value) ? value : value ? [value] : []);

function names(target, layer, id) {
  return (
    Boolean(target) &&
    target.source === fileOf(layer) &&
    listed(target.selector).some(({ value }) => value === id)
  );
}

/** An annotation whose targets in one file are in the other; null if it has none there. */
function pointed(annotation, { id, from, to }) {
  const turn = (target) => (names(target, from, id) ? { ...target, source: fileOf(to) } : target);
  const { target } = annotation;
  if (!listed(target).some((one) => names(one, from, id))) return null;
  return { ...annotation, target: Array.isArray(target) ? target.map(turn) : turn(target) };
}

/** @param {any} draft @param {any} feature as it is to be @param {string} from @param {string} to layers */
export function moveOperations(draft, feature, from, to) {
  const move = { id: feature.id, from, to };
  const annotations = draft
    .annotations()
    .map((annotation) => pointed(annotation, move))
    .filter(Boolean);
  return [
    { op: "remove_feature", layer: from, id: feature.id },
    { op: "put_feature", layer: to, feature, was: null },
    ...annotations.map((annotation) => ({ op: "put_annotation", annotation })),
  ];
}
