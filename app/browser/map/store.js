/* State of one map document, and what can be read off it. Draws nothing, knows no DOM. */

/**
 * @param {State} initial
 * @returns {Store}
 */
export function createStore(initial) {
  /** @type {Readonly<State>} */
  let state = Object.freeze({ ...initial, view: Object.freeze({ ...initial.view }) });
  /** @type {Set<(state: State, before: State) => void>} */
  const listeners = new Set();
  return {
    get: () => state,
    /** Merge a patch; `patch.view` is merged into the view. Listeners run at once. */
    set(patch) {
      const view = patch.view ? { ...state.view, ...patch.view } : state.view;
      const next = Object.freeze({ ...state, ...patch, view: Object.freeze(view) });
      const before = state;
      state = next;
      for (const listener of [...listeners]) listener(state, before);
    },
    /** @returns a function that ends the subscription */
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/**
 * Read-only questions about a document.
 * @param {CorridorDocument} document
 * @returns {Model}
 */
export function createModel(document) {
  const features = new Map(document.features.map((f) => [f.id, f]));
  const claims = new Map(document.claims.map((c) => [c.id, c]));
  const layers = new Map(document.layers.map((l) => [l.id, l]));
  /** @type {Map<string, Feature[]>} */
  const places = new Map();
  for (const feature of document.features) {
    const there = places.get(feature.place) ?? [];
    there.push(feature);
    places.set(feature.place, there);
  }
  /** @type {Model} */
  const model = {
    document,
    feature: (id) => features.get(id) || null,
    claim: (id) => claims.get(id) || null,
    layer: (id) => layers.get(id) || null,
    sign: (key) => document.signs[key],
    /** The phase of a feature at an ISO date, or null before its first event. */
    phaseAt(feature, date) {
      /** @type {Phase | null} */
      let current = null;
      for (const phase of feature.phases) if (phase.since <= date) current = phase;
      return current;
    },
    /** Features that the state shows: their layer is on and they exist at the date. */
    visible(state) {
      const on = new Set(state.view.layers);
      return document.features.filter(
        (f) => on.has(f.layer) && model.phaseAt(f, state.view.date) !== null,
      );
    },
    /** All features that stand where this one stands, itself included. */
    samePlace: (feature) => places.get(feature.place) ?? [],
    /** The changes between two ISO dates, whichever is the earlier. */
    changes(one, other) {
      const [start, end] = one < other ? [one, other] : [other, one];
      return document.changes.rows.filter((row) => start < row.since && row.since <= end);
    },
    /** Ids of the lit: of the selected claim, or else of what changed, and the selected one. */
    lit(state) {
      /** @type {Set<string>} */
      const ids = new Set();
      const claim = state.claim && claims.get(state.claim);
      const { since, date } = state.view;
      if (claim) for (const id of claim.features) ids.add(id);
      else if (since)
        for (const row of model.changes(since, date)) if (row.lights) ids.add(row.feature);
      if (state.view.selected) ids.add(state.view.selected);
      return ids;
    },
  };
  return model;
}
