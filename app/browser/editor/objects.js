/* The objects of a corridor's files, and what operations make of them, as the server does it.
   Knows no page and asks no server. */

const ARTICLE = "article";
const CORRIDOR = "corridor";
const ORDER = "order";

/** What an operation changes: a word for the object, the same for all operations on it. */
function keyOf(op) {
  switch (op.op) {
    case "put_feature":
      return `layers/${op.layer}/${op.feature.id}`;
    case "remove_feature":
      return `layers/${op.layer}/${op.id}`;
    case "put_annotation":
      return `annotations/${op.annotation.id}`;
    case "remove_annotation":
      return `annotations/${op.id}`;
    case "put_source":
      return `sources/${op.source.id}`;
    case "put_kind":
      return `kinds/${op.kind.id}`;
    case "put_columns":
      return `columns/${op.columns.id}`;
    case "add_layer":
    case "put_layer":
      return `layer/${op.layer.id}`;
    case "remove_layer":
      return `layer/${op.id}`;
    case "put_corridor":
      return CORRIDOR;
    case "put_order":
      return ORDER;
    default:
      return ARTICLE;
  }
}

/** The hash of an object in the base, or null when it is not there. */
function hashIn({ hashes }, op) {
  switch (op.op) {
    case "put_feature":
      return hashes.layers[op.layer]?.[op.feature.id] || null;
    case "remove_feature":
      return hashes.layers[op.layer]?.[op.id] || null;
    case "put_annotation":
      return hashes.annotations[op.annotation.id] || null;
    case "remove_annotation":
      return hashes.annotations[op.id] || null;
    case "put_source":
      return hashes.sources[op.source.id] || null;
    case "put_kind":
      return hashes.kinds[op.kind.id] || null;
    case "put_columns":
      return hashes.columns[op.columns.id] || null;
    case "put_article":
      return hashes.article;
    case "put_corridor":
      return hashes.settings;
    case "put_order":
      return hashes.order;
    case "put_layer":
      return hashes.set[op.layer.id] || null;
    case "remove_layer":
      return hashes.whole[op.id] || null;
    default:
      return undefined;
  }
}

/** Operations that say what they found: needed once for each object, and never wrong twice. */
function withWas(base, ops, known) {
  const seen = new Set(known.map(keyOf));
  return ops.map((op) => {
    const key = keyOf(op);
    const was = seen.has(key) ? null : hashIn(base, op);
    seen.add(key);
    if (op.op === "add_layer" || op.was !== undefined) return op;
    return { ...op, was };
  });
}

/** An object with fields set; those that are null are taken out. */
const without = (fields, object) =>
  Object.fromEntries(
    Object.entries({ ...object, ...fields }).filter(([, value]) => value !== null),
  );

function putLayer(made, { color, label_color, ...entry }) {
  made.entries = made.entries.map((one) => (one.id === entry.id ? without(entry, one) : one));
  const look = Object.entries({ color, label_color }).filter(([, value]) => value !== undefined);
  if (look.length)
    made.looks.set(entry.id, without(Object.fromEntries(look), made.looks.get(entry.id) || {}));
}

const byId = (entries) => new Map(entries.map((entry) => [entry.id, entry]));

/**
 * The objects of a base with operations applied.
 * @returns `{layers: Map, entries: object[], looks: Map, settings: object, annotations: Map,
 *   sources: Map, kinds: Map, columns: Map, article: object}`
 *   `layers` gives for each id a map of features; `entries` are the layers as the manifest has them
 */
export function objectsOf(base, ops) {
  const made = {
    layers: new Map(Object.entries(base.layers).map(([id, features]) => [id, byId(features)])),
    entries: [...base.corridor.layers],
    annotations: byId(base.annotations),
    sources: byId(base.sources),
    kinds: byId(base.kinds),
    columns: byId(base.columns),
    article: { ...base.article },
    settings: { ...base.settings },
    looks: new Map(Object.entries(base.looks || {})),
  };
  const layer = (id) => {
    const features = made.layers.get(id) ?? new Map();
    made.layers.set(id, features);
    return features;
  };
  for (const op of ops) {
    if (op.op === "put_feature") layer(op.layer).set(op.feature.id, op.feature);
    else if (op.op === "remove_feature") layer(op.layer).delete(op.id);
    else if (op.op === "put_annotation") made.annotations.set(op.annotation.id, op.annotation);
    else if (op.op === "remove_annotation") made.annotations.delete(op.id);
    else if (op.op === "put_source") made.sources.set(op.source.id, op.source);
    else if (op.op === "put_kind") made.kinds.set(op.kind.id, op.kind);
    else if (op.op === "put_columns") made.columns.set(op.columns.id, op.columns);
    else if (op.op === "put_article") Object.assign(made.article, op.article);
    else if (op.op === "add_layer") {
      made.layers.set(op.layer.id, byId(op.features));
      made.entries.push(op.layer);
      if (op.source) made.sources.set(op.source.id, op.source);
      if (op.layer.color) made.looks.set(op.layer.id, { color: op.layer.color });
    } else if (op.op === "put_corridor") made.settings = without(op.corridor, made.settings);
    else if (op.op === "put_layer") putLayer(made, op.layer);
    else if (op.op === "remove_layer") {
      made.layers.delete(op.id);
      made.looks.delete(op.id);
      made.entries = made.entries.filter(({ id }) => id !== op.id);
    } else if (op.op === "put_order") {
      const at = (id) => (op.layers.includes(id) ? op.layers.indexOf(id) : op.layers.length);
      made.entries.sort((a, b) => at(a.id) - at(b.id));
    }
  }
  return made;
}

export { keyOf, withWas };
