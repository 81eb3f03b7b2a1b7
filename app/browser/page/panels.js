/* Puts the panels together, and says what each action of the reader does to the state. */

import { createArticle } from "../panels/article/article.js";
import { createCard } from "../panels/card/card.js";
import { createChanges } from "../panels/changes/changes.js";
import { createBibliography } from "../panels/evidence/bibliography.js";
import { createChecks } from "../panels/evidence/checks.js";
import { createCheckTable } from "../panels/evidence/table.js";
import { createFind } from "../panels/find/find.js";
import { createLayerPanel } from "../panels/layers/layers.js";
import { createMeasure } from "../panels/measure/measure.js";
import { createPromises } from "../panels/promises/promises.js";
import { createRoutes } from "../panels/routes/routes.js";
import { createTimeline } from "../panels/timeline/timeline.js";
import { onEscape } from "../tools/keyboard.js";
import * as words from "../tools/words.js";
import { createColumn } from "./column.js";
import { createHeader } from "./header.js";
import { createNotice } from "./notice.js";
import { createSheet } from "./sheet.js";

/**
 * What a reader can do; every panel acts through these and none writes the state itself.
 * @param {Model} model @param {Store} store
 */
function createActions(frame, model, store, mapApi) {
  const seen = () => new Set(model.visible(store.get()).map((feature) => feature.id));
  const order = model.document.layers.map((layer) => layer.id);

  function setLayers(ids, on) {
    const now = new Set(store.get().view.layers);
    for (const id of ids) on ? now.add(id) : now.delete(id);
    store.set({ view: { layers: order.filter((id) => now.has(id)) } });
  }

  const flights = new Set();
  function show(ids) {
    for (const listener of [...flights]) listener();
    mapApi.show(ids);
  }

  /** @param {Claim} claim */
  function light(claim, featureId) {
    const on = seen();
    const features = claim.features.filter((id) => on.has(id));
    const first = features.includes(featureId) ? featureId : features[0] || null;
    store.set({ claim: claim.id, hoverClaim: null, view: { selected: first } });
    if (features.length) show(features);
  }

  const actions = {
    /** Be told before a choice may start a flight. @returns the end of it */
    onFlight(listener) {
      flights.add(listener);
      return () => flights.delete(listener);
    },
    setLayers,
    setDate: (date) => store.set({ view: { date } }),
    /** Light what changed between a date and the map's, which may be set; null ends it. */
    compare: (since, date = store.get().view.date) => store.set({ view: { since, date } }),
    zoomToLayer: (id) => mapApi.zoomToLayer(id),
    hover: (id) => store.get().hover !== id && store.set({ hover: id }),
    hoverClaim: (id) => store.get().hoverClaim !== id && store.set({ hoverClaim: id }),
    clear() {
      const held = frame.slots.card.contains(document.activeElement) && store.get().view.selected;
      store.set({ claim: null, hover: null, hoverClaim: null, view: { selected: null } });
      if (held) focusFeature(held);
    },
    /** Select a claim and its first feature that is on the map; the selected one is let go. */
    selectClaim(id, featureId) {
      const claim = model.claim(id);
      if (store.get().claim === id && !featureId) return actions.clear();
      if (claim) light(claim, featureId);
    },
    /** Switch on and go back or forth in time as far as a claim's features need it. */
    showClaim(id) {
      const claim = model.claim(id);
      if (!claim) return;
      const features = claim.features.map(model.feature).filter((one) => one !== null);
      const date = store.get().view.date;
      const firsts = features
        .map((f) => f.phases[0]?.since)
        .filter(Boolean)
        .sort();
      setLayers(
        features.map((feature) => feature.layer),
        true,
      );
      if (firsts.length && firsts[0] > date) actions.setDate(firsts[0]);
      light(claim, null);
    },
    /** Select a feature that may be switched off or of another time: switch on, say the rest. */
    reachFeature(id) {
      const feature = model.feature(id);
      if (!feature) return;
      if (!store.get().view.layers.includes(feature.layer)) setLayers([feature.layer], true);
      actions.selectFeature(id);
    },
    selectFeature(id) {
      store.set({ hover: null, view: { selected: id } });
      if (seen().has(id)) show([id]);
    },
  };

  function focusFeature(id) {
    const signs = [...frame.mapSlot.querySelectorAll("[data-feature]")];
    const sign = signs.find((node) => node.getAttribute("data-feature") === id);
    if (sign) sign.focus({ preventScroll: true });
  }
  return actions;
}

/**
 * A selection outside the open claim closes the claim; every change is said aloud.
 * @param {Model} model @param {Store} store
 */
function keepInStep(frame, model, store) {
  return store.subscribe((state, before) => {
    const selected = state.view.selected;
    const claim = state.claim && model.claim(state.claim);
    if (selected !== before.view.selected && claim && state.claim === before.claim) {
      if (selected && !claim.features.includes(selected)) return store.set({ claim: null });
    }
    if (state.view.date !== before.view.date) frame.announce(words.date(state.view.date));
    const same = state.claim === before.claim && selected === before.view.selected;
    if (same && state.view.since === before.view.since) return;
    const lit = model.lit(state);
    const n = model.visible(state).filter((feature) => lit.has(feature.id)).length;
    const open = selected && model.feature(selected);
    const never = open && !open.claims.length && model.document.claims.length > 0;
    const name = open
      ? `, card of ${open.name} open${never ? ", not mentioned in the article" : ""}`
      : "";
    frame.announce(lit.size ? `${words.count(n, "feature")} lit${name}` : "Nothing selected");
  });
}

/**
 * Fill the frame with everything that is not the map.
 * @param {any} host what the embedding page can do: snapshot, copyLink, online
 * @param {Model} model @param {Store} store
 */
export function createPanels(frame, model, store, mapApi, host = {}) {
  const actions = createActions(frame, model, store, mapApi);
  const column = createColumn(frame);
  const table = createCheckTable(frame, model);
  const checks = createChecks(frame, model, store, actions, column, table.open);
  const promises = createPromises(frame, model, store, actions, column);
  const evidence = {
    openCheck: checks.show,
    openTable: table.open,
    openPromises: promises.open,
  };
  const bibliography = createBibliography(frame, model, store, column, host);
  const measure = createMeasure(frame, model, store, mapApi);
  const parts = [
    column,
    table,
    checks,
    promises,
    createHeader(frame, model, store, mapApi, host),
    createNotice(frame, model, store),
    createArticle(frame, model, store, mapApi, actions, column, evidence),
    createRoutes(frame, model, store, actions, column, host),
    createChanges(frame, model, store, actions, column),
    bibliography,
    createLayerPanel(frame, model, store, mapApi, actions, host),
    createTimeline(frame, model, store, actions),
    createSheet(frame, store, column),
    createCard(frame, model, store, mapApi, actions, evidence),
    measure,
    createFind(frame, model, store, mapApi, {
      actions,
      column,
      host,
      showSource: bibliography.show,
      measure: measure.open,
    }),
  ];
  const ends = [
    keepInStep(frame, model, store),
    onEscape(frame.root, () => {
      const { claim, view } = store.get();
      if (!claim && !view.selected && !view.since) return false;
      if (!claim && !view.selected) actions.compare(null);
      else actions.clear();
      return true;
    }),
  ];
  return { destroy: () => [...ends, ...parts.map((part) => part.destroy)].forEach((end) => end()) };
}
