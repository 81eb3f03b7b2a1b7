/* The layer panel, which is the legend too: switches, counts, signs in words, base map. */
import { swatch } from "../../map/signs/swatch.js";
import { el, fill, freshId, icon } from "../../tools/dom.js";
import { languageChoice } from "../../tools/language.js";
import * as words from "../../tools/words.js";
import { legendRows } from "./legend.js";

/** A narrower or lower map than this starts with the panel folded. */
const FOLD_BELOW_PX = 520;
const FOLD_UNDER_PX = 400;
/** Of the stage's height: a panel with its key open may take no more. */
const HIGH_SHARE = 0.72;

/** West, south, east, north of a GeoJSON geometry; null when it holds no position. */
function boundsOf(geometry) {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  (function walk(coordinates) {
    if (typeof coordinates[0] !== "number") return coordinates.forEach(walk);
    const [lon, lat] = coordinates;
    box[0] = Math.min(box[0], lon);
    box[1] = Math.min(box[1], lat);
    box[2] = Math.max(box[2], lon);
    box[3] = Math.max(box[3], lat);
  })(geometry.coordinates || []);
  return box[0] <= box[2] ? box : null;
}

const meets = (a, b) => a[0] <= b[2] && a[2] >= b[0] && a[1] <= b[3] && a[3] >= b[1];

/** @param {Model} model */
function switchRow(layer, model, actions) {
  const id = freshId("count");
  const input = el("input.cmp-switch", {
    type: "checkbox",
    role: "switch",
    "aria-describedby": id,
    "data-layer": layer.id,
    onchange: (event) => actions.setLayers([layer.id], event.target.checked),
  });
  const count = el("span.cmp-layer-count", { id, "aria-hidden": "true" });
  const label = el(
    "label.cmp-layer-label",
    {},
    swatch(model, layer.swatch, 34, 22),
    el("span.cmp-layer-words", {}, el("span.cmp-layer-name", {}, layer.title), count),
    input,
  );
  const title = `Zoom to ${layer.title}`;
  const zoom = el(
    "button.cmp-layer-zoom",
    { "aria-label": title, title, onclick: () => actions.zoomToLayer(layer.id) },
    icon("zoom", 14),
  );
  return { layer, input, count, zoom, row: el("li.cmp-layer", {}, label, zoom) };
}

function groupRow(group, actions) {
  const input = el("input.cmp-group-box", {
    type: "checkbox",
    "data-group": group.id,
    onchange: (event) => actions.setLayers(group.layers, event.target.checked),
  });
  const name = el("span.cmp-group-name", {}, group.title);
  return {
    group,
    input,
    row: el("li.cmp-group", {}, el("label.cmp-group-label", {}, name, input)),
  };
}

/** @param {Model} model @param {Store} store */
function baseMapRow(model, store, host) {
  const all = model.document.basemaps || [];
  const maps = host.online === false ? all.filter((base) => !base.url) : all;
  if (maps.length < 2) {
    return {
      row: el("p.cmp-base", {}, "Base map", el("b.cmp-base-only", {}, "Outline, offline")),
      update() {},
    };
  }
  const select = el(
    "select.cmp-select",
    { onchange: () => store.set({ view: { basemap: select.value } }) },
    maps.map((base) => el("option", { value: base.id }, base.title)),
  );
  const row = el(
    "label.cmp-base",
    {},
    el("span.cmp-base-name", {}, "Base map"),
    select,
    icon("down", 12),
  );
  return { row, update: (state) => (select.value = state.view.basemap || "outline") };
}

/** @param {Model} model @param {Store} store */
function languageRow(model, store) {
  const { select, update } = languageChoice(model, store);
  if (!select) return { row: null, update };
  const name = el("span.cmp-base-name", {}, "Names");
  return { row: el("label.cmp-base.cmp-language", {}, name, select, icon("down", 12)), update };
}

function notesPart(layers) {
  const noted = layers.filter((layer) => (layer.notes || []).length);
  const notes = noted.flatMap((layer) => layer.notes);
  if (!notes.length) return null;
  return el(
    "details.cmp-notes",
    {},
    el("summary.cmp-notes-head", {}, `Not drawn: ${words.count(notes.length, "thing")}`),
    el(
      "ul.cmp-notes-list",
      {},
      notes.map((note) => el("li.cmp-note", {}, note)),
    ),
  );
}

/** @param {Model} model @param {Store} store */
export function createLayerPanel(frame, model, store, mapApi, actions, host) {
  const { layers, groups, boundary_note, credits } = model.document;
  const id = freshId("layers");
  const extents = new Map(model.document.features.map((f) => [f.id, boundsOf(f.geometry)]));
  const switches = new Map(layers.map((layer) => [layer.id, switchRow(layer, model, actions)]));
  const boxes = groups.filter((group) => group.layers.length > 1).map((g) => groupRow(g, actions));
  const every = layers.map((layer) => layer.id);
  const key = el("ul.cmp-key");
  const keyPart = el(
    "details.cmp-key-part",
    { open: true },
    el("summary.cmp-key-head", {}, "How to read the signs", icon("down", 12)),
    key,
  );
  const base = baseMapRow(model, store, host);
  const language = languageRow(model, store);
  const allButton = el("button.cmp-text-button", {
    onclick: () => actions.setLayers(every, !anyOn()),
  });
  const turn = { "aria-controls": id, onclick: () => setFolded(!folded) };
  const fold = el("button.cmp-icon-button.cmp-fold", turn, icon("down", 14));
  const notes = el("div.cmp-notes-box");
  let folded = false;
  let explained = "";

  const rows = groups.flatMap((group) => [
    ...boxes.filter((box) => box.group === group).map((box) => box.row),
    ...group.layers
      .map((layerId) => switches.get(layerId))
      .filter((one) => one !== undefined)
      .map((one) => one.row),
  ]);
  const body = el(
    "div.cmp-layers-body",
    { id },
    el("ul.cmp-layer-list", {}, rows),
    keyPart,
    notes,
    language.row,
    base.row,
    el("p.cmp-boundary", {}, [boundary_note, ...(credits || [])].filter(Boolean).join(". ")),
  );
  fill(
    frame.slots.layers,
    el("div.cmp-layers-head", {}, el("h2.cmp-panel-title", {}, "Layers"), allButton, fold),
    body,
  );

  const near = (f, { view: { bbox } }) =>
    !bbox || !extents.get(f.id) || meets(extents.get(f.id), bbox);
  const anyOn = () => store.get().view.layers.length > 0;

  function setFolded(on) {
    folded = on;
    body.hidden = on;
    fold.setAttribute("aria-expanded", String(!on));
    fold.setAttribute("aria-label", on ? "Open the layer panel" : "Fold the layer panel");
    frame.slots.layers.classList.toggle("is-folded", on);
    frame.panelsChanged();
  }

  /** @param {State} state */
  function updateSwitch(entry, state) {
    const on = state.view.layers.includes(entry.layer.id);
    entry.input.checked = on;
    const there = model.document.features.filter(
      (f) => f.layer === entry.layer.id && model.phaseAt(f, state.view.date),
    );
    const lost = on && there.length > 0 && !there.some((f) => near(f, state));
    entry.count.textContent = lost ? `${there.length}, none in view` : String(there.length);
    entry.row.classList.toggle("is-off", !on);
    entry.row.classList.toggle("is-lost", lost);
  }

  /** @param {any} box @param {State} state */
  function updateGroup({ group, input }, state) {
    const on = group.layers.filter((layerId) => state.view.layers.includes(layerId)).length;
    input.checked = on === group.layers.length;
    input.indeterminate = on > 0 && on < group.layers.length;
  }

  /** @param {State} state */
  function updateKey(state) {
    const screen = { near: (f) => near(f, state), ...mapApi.loose() };
    const { said, rows: explanations } = legendRows(model, state, screen);
    if (said === explained) return;
    explained = said;
    const now = explanations();
    keyPart.hidden = now.length === 0;
    fill(key, now);
  }

  /** @param {State} state */
  function updateNotes(state) {
    const on = layers.filter((layer) => state.view.layers.includes(layer.id));
    const wasOpen = notes.querySelector("[open]") !== null;
    fill(notes, notesPart(on));
    const more = notes.querySelector("details");
    if (wasOpen && more) more.open = true;
  }

  /** @param {State} state @param {State} [before] */
  function update(state, before) {
    const view = state.view;
    const same =
      before &&
      ["bbox", "layers", "date", "basemap", "label_language"].every(
        (k) => view[k] === before.view[k],
      );
    if (same) return;
    switches.forEach((entry) => updateSwitch(entry, state));
    boxes.forEach((box) => updateGroup(box, state));
    allButton.textContent = view.layers.length ? "Hide all" : "Show all";
    base.update(state);
    language.update(state);
    updateKey(state);
    if (!before || view.layers !== before.view.layers) updateNotes(state);
  }
  /** Where the stage is small, or the layers many, the key starts closed: a card needs room. */
  function suit() {
    const small = frame.stage.clientWidth < 760 || frame.stage.clientHeight < 640;
    const phone = frame.layout() === "phone";
    keyPart.open = phone || !small;
    setFolded(
      !phone &&
        (frame.stage.clientWidth < FOLD_BELOW_PX || frame.stage.clientHeight < FOLD_UNDER_PX),
    );
    const high = () =>
      !phone && frame.slots.layers.offsetHeight > HIGH_SHARE * frame.stage.clientHeight;
    if (high()) keyPart.open = false;
    if (high() && small) setFolded(true);
  }
  update(store.get());
  suit();
  const offLayout = frame.onLayout(suit);
  const off = store.subscribe(update);
  // Rings and bands come and go with the scale: known once the map is drawn.
  const offMoved = mapApi.onMoved(() => updateKey(store.get()));
  return { destroy: () => [off, offMoved, offLayout].forEach((end) => end()) };
}
