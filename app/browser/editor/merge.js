/* Puts a draft on a corridor that somebody else has changed: for each object that both have
   changed one version is chosen, everything else of both stays. Asks nobody and shows nothing. */
import { keyOf } from "./objects.js";

/** The layer that an operation makes, changes or remembers the file of. */
const layerOf = (op) =>
  op.op === "add_layer" ? op.layer.id : op.op === "put_columns" ? op.columns.id : op.layer;

/** The object that an operation leaves behind; null when it takes it away. */
function leftBy(op) {
  if (op.op.startsWith("remove_")) return null;
  if (op.op === "put_order") return { layers: op.layers };
  return (
    op.feature ||
    op.annotation ||
    op.source ||
    op.columns ||
    op.kind ||
    op.article ||
    op.corridor ||
    op.layer
  );
}

/**
 * The conflicts of an answer, with what each is about.
 * @param {any[]} ops the draft's operations @param {any[]} conflicts of the server's answer
 * @returns `{key, op, id, theirs, mine, now}[]` `mine` is what the draft makes of the object
 */
function conflictsOf(ops, conflicts) {
  return conflicts.map(({ op, id, theirs, now }) => {
    const key = keyOf(ops[op]);
    const last = ops.filter((one) => keyOf(one) === key).at(-1);
    return { key, op: ops[op], id, theirs, now, mine: leftBy(last) };
  });
}

/** A layer's id that is free, made of the one that was wanted. */
function freeId(id, taken) {
  for (let n = 2; ; n += 1) if (!taken.has(`${id}-${n}`)) return `${id}-${n}`;
}

/** An annotation whose targets in a layer's file point into that of another id. */
function retargeted(annotation, from, to) {
  const [file, other] = [`layers/${from}.geojson`, `layers/${to}.geojson`];
  const listed = [annotation.target].flat();
  return {
    ...annotation,
    target: listed.map((one) => (one.source === file ? { ...one, source: other } : one)),
  };
}

function renamed(op, from, to) {
  if (op.op === "put_annotation") return { ...op, annotation: retargeted(op.annotation, from, to) };
  if (op.op === "add_layer" && op.layer.id === from)
    return { ...op, layer: { ...op.layer, id: to } };
  if (op.op === "put_columns" && op.columns.id === from)
    return { ...op, columns: { ...op.columns, id: to } };
  return op.layer === from ? { ...op, layer: to } : op;
}

/**
 * Steps that can be put on the corridor as it is now.
 * @param {any[]} steps the draft's @param {any[]} found from `conflictsOf`
 * @param {(one: any) => boolean} keepsMine whether a conflict is settled for the draft
 * @param {Set<string>} layers ids of the layers there are now
 */
function resolve(steps, found, keepsMine, layers) {
  let made = steps.map((step) => ({ ...step, ops: [...step.ops] }));
  const each = (change) => {
    made = made.map((step) => ({ ...step, ops: step.ops.flatMap(change) }));
  };
  for (const one of found) {
    const mine = keepsMine(one);
    if (one.op.op === "add_layer") {
      const id = layerOf(one.op);
      if (mine) {
        const to = freeId(id, layers);
        each((op) => [renamed(op, id, to)]);
      } else each((op) => (layerOf(op) === id ? [] : [op]));
      continue;
    }
    let isFirst = true;
    each((op) => {
      if (keyOf(op) !== one.key) return [op];
      if (!mine) return [];
      const first = isFirst;
      isFirst = false;
      return [first ? { ...op, was: one.now } : op];
    });
  }
  return made.filter((step) => step.ops.length);
}

const said = (value) =>
  value === undefined ? "" : typeof value === "string" ? value : JSON.stringify(value);

/** The fields in which two versions of an object differ: [{field, theirs, mine}], as text. */
function differences(theirs, mine) {
  const flat = (object) => {
    const { properties, ...rest } = object || {};
    return { ...rest, ...properties };
  };
  const [a, b] = [flat(theirs), flat(mine)];
  const fields = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  return fields
    .map((field) => ({ field, theirs: said(a[field]), mine: said(b[field]) }))
    .filter((row) => row.theirs !== row.mine);
}

export { conflictsOf, differences, resolve };
