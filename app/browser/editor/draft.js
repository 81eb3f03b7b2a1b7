/* The draft: operations over a base, with undo and redo. The server says what they make of the
   corridor; what it refuses changes nothing. Shows nothing itself. */
import { keyOf, objectsOf, withWas } from "./objects.js";
import { withOwnKinds } from "./own_kinds.js";

const plain = (value) => JSON.parse(JSON.stringify(value));
const opsOf = (steps) => steps.flatMap((step) => step.ops);

/**
 * @param {any} edit host.edit
 * @param {any} kept where it is kept between reloads
 * @param {any} on show(document), meet(answer, steps) when somebody else changed the same,
 *   moved(files) when the corridor has changed under the draft, brought() after a new change,
 *   free() a promise that holds once the page may be drawn anew
 */
export function createDraft(edit, kept, on) {
  const listeners = new Set();
  /** @type {any} */
  let base = null;
  let steps = [];
  let undone = [];
  let notes = [];
  /** @type {any} */
  let objects = null;
  let isKept = true;
  /** @type {Promise<any>} */
  let busy = Promise.resolve();
  let waiting = 0;

  function changed() {
    objects = objectsOf(base, opsOf(steps));
    if (steps.length) isKept = kept.write({ base: base.revision, files: base.files, steps });
    else {
      kept.clear();
      isKept = true;
    }
    tell();
  }
  const tell = () => [...listeners].forEach((listener) => listener());

  /**
   * Work after what is under way, as each request builds on the answer to the last; the bar waits
   * meanwhile.
   * @template T @param {() => Promise<T>} work @returns {Promise<T>}
   */
  function inTurn(work) {
    waiting += 1;
    tell();
    const done = busy.then(work).finally(() => {
      waiting -= 1;
      tell();
    });
    busy = done.catch(() => {});
    return done;
  }

  /** An answer, once what it changes may be drawn. @template T @param {Promise<T>} asked */
  const free = (asked) => asked.finally(on.free);

  const wish = (list) => ({ base: base.revision, files: base.files, ops: opsOf(list) });

  /** Show what steps make of the corridor, and make them the draft's. */
  async function become(next, over = []) {
    const answer = await free(edit.draft(wish(next)));
    const moved = answer.revision !== base.revision;
    if (moved) base = await free(edit.base());
    steps = next;
    undone = over;
    notes = answer.findings;
    on.show(answer.document);
    changed();
    if (moved) on.moved(answer.changed);
    return answer;
  }

  /** What a refusal says of the operations that were just brought. */
  function findingsOf(error, first) {
    const told = error.told?.findings || [];
    if (!told.length)
      return [
        {
          file: "",
          feature: "",
          field: "",
          problem: error.message,
          remedy: "",
          op: null,
          severity: "error",
        },
      ];
    return told.map((one) => ({
      ...one,
      op: one.op !== null && one.op >= first ? one.op - first : null,
    }));
  }

  /** @returns `{ok, findings}`; a refusal leaves everything as it was */
  async function attempt(next, over, first) {
    try {
      const answer = await become(next, over);
      const own = answer.findings.map((one) => ({
        ...one,
        op: one.op !== null && one.op >= first ? one.op - first : null,
      }));
      return { ok: true, findings: own.filter((one) => one.op !== null) };
    } catch (error) {
      if (error.status === 409) on.meet(error.told, next);
      return { ok: false, findings: findingsOf(error, first), conflict: error.status === 409 };
    }
  }

  const was = (map, key) => map?.[key] || null;

  const draft = {
    /** Take the base from the server; a draft's operations stay. */
    async open() {
      await kept.open();
      base = base || (await edit.base());
      objects = objectsOf(base, []);
      tell();
    },
    isOpen: () => base !== null,
    /** Bring operations; each gets the hash of what it changes. */
    push: (ops, label) =>
      inTurn(async () => {
        const before = opsOf(steps);
        const step = { ops: withWas(base, plain(ops), before), label: label || "" };
        const outcome = await attempt([...steps, step], [], before.length);
        if (outcome.ok) on.brought();
        return outcome;
      }),
    undo: () =>
      inTurn(async () => {
        if (!steps.length) return { ok: true, findings: [] };
        return attempt(steps.slice(0, -1), [...undone, steps.at(-1)], 0);
      }),
    redo: () =>
      inTurn(async () => {
        if (!undone.length) return { ok: true, findings: [] };
        return attempt([...steps, undone.at(-1)], undone.slice(0, -1), opsOf(steps).length);
      }),
    canUndo: () => steps.length > 0 && waiting === 0,
    canRedo: () => undone.length > 0 && waiting === 0,
    nextUndo: () => (steps.length ? steps.at(-1).label : ""),
    nextRedo: () => (undone.length ? undone.at(-1).label : ""),
    count: () => steps.length,
    labels: () => steps.map((step) => step.label),
    isBusy: () => waiting > 0,
    isKept: () => isKept,
    /** What `validate` will say of the draft and did not say of the corridor. */
    notes: () => notes,
    base: () => base,
    revision: () => base?.revision,
    /** Which objects differ from the base, as words for them. */
    touched: () => new Set(opsOf(steps).map(keyOf)),
    feature(id) {
      for (const [layer, features] of objects.layers) {
        if (features.has(id))
          return { layer, feature: features.get(id), was: was(base.hashes.layers[layer], id) };
      }
      return null;
    },
    features: (layer) => [...(objects.layers.get(layer) || new Map()).values()],
    annotation: (id) =>
      objects.annotations.has(id)
        ? { annotation: objects.annotations.get(id), was: was(base.hashes.annotations, id) }
        : null,
    annotations: () => [...objects.annotations.values()],
    sources: () => [...objects.sources.values()],
    source: (id) =>
      objects.sources.has(id)
        ? { source: objects.sources.get(id), was: was(base.hashes.sources, id) }
        : null,
    /** How files became layers, one for each layer. */
    columns: () => [...objects.columns.values()],
    layers: () => objects.entries,
    article: () => objects.article,
    /** What corridor.toml says of the corridor as a whole. */
    settings: () => objects.settings,
    /** The colours that style.toml gives a layer. */
    look: (layer) => objects.looks.get(layer) || {},
    kinds: () => [...objects.kinds.values()],
    /** The words of the form, with the kinds that the draft adds. */
    form: () => withOwnKinds(base.form, draft.kinds()),
    steps: () => steps,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    /** The draft that was kept, if there is one: {count, at}, to be taken up again. */
    restore: () =>
      inTurn(async () => {
        const found = await kept.read();
        if (!found) return null;
        const now = base;
        // As it was kept: so the server can tell what has changed since.
        base = { ...now, revision: found.base, files: found.files || now.files };
        const outcome = await attempt(found.steps, [], 0);
        if (!outcome.ok) {
          // Not on the map, but not lost either: undo takes away what cannot be done any more.
          base = now;
          steps = found.steps;
          changed();
        }
        return { ...outcome, count: found.steps.length, at: found.at };
      }),
    /** Take the corridor as it is now, with other steps in the place of the draft's. */
    rebase: (next) =>
      inTurn(async () => {
        const before = base;
        base = await edit.base();
        const outcome = await attempt(next, [], 0);
        if (!outcome.ok) base = before;
        return outcome;
      }),
    /** Look whether the corridor has changed under the draft, and put the draft on it. */
    refresh: () => inTurn(() => attempt(steps, undone, 0)),
    /** @returns the server's answer; throws what it says when it does not save */
    save: () =>
      inTurn(async () => {
        const answer = await edit.save(wish(steps));
        steps = [];
        undone = [];
        notes = [];
        base = await free(edit.base());
        changed();
        return answer;
      }),
    zip: (list = steps, revision = null) =>
      edit.zip({ ...wish(list), ...(revision ? { base: revision } : {}) }),
    discard: () => inTurn(() => attempt([], [], 0)),
  };
  return draft;
}
