/* Mounts the whole page on a Leaflet map: state, frame, map, panels, and the root's attributes. */
import { createMap } from "../map/map.js";
import { createModel, createStore } from "../map/store.js";
import { createFrame } from "./frame.js";
import { createPanels } from "./panels.js";

const FONT_WAIT_MS = 400;
const VIEW_CHANGED_AFTER_MS = 250;
const FACES = ['400 12px "Noto Sans"', '700 12px "Noto Sans"', 'italic 400 16px "Noto Sans"'];

function initialState(document, given) {
  const { corridor, layers } = document;
  const view = {
    bbox: null,
    layers: layers.filter((layer) => layer.visible).map((layer) => layer.id),
    date: corridor.as_of,
    since: null,
    selected: null,
    basemap: "outline",
    label_language: document.label_languages[0].code,
  };
  const known = Object.fromEntries(
    Object.entries(given || {}).filter(([key, value]) => key in view && value !== undefined),
  );
  const claim = given && document.claims.some((c) => c.id === given.claim) ? given.claim : null;
  return {
    view: { ...view, ...known },
    claim,
    hover: null,
    hoverClaim: null,
    notices: given?.notices || [],
  };
}

/**
 * Keep what a test, a server or a stylesheet may read off the root.
 * @param {Model} model @param {Store} store
 */
function keepAttributes(root, model, store) {
  const write = ({ view, claim }) => {
    const order = model.document.layers
      .map((layer) => layer.id)
      .filter((id) => view.layers.includes(id));
    root.dataset.layers = order.join(" ");
    root.dataset.selected = view.selected || "";
    root.dataset.date = view.date;
    root.dataset.language = view.label_language;
    root.dataset.since = view.since || "";
    root.dataset.claim = claim || "";
  };
  write(store.get());
  return store.subscribe(write);
}

/**
 * Tell the host every view, and the first: a page's address names the date and the layers of its
 * first view too, so that a link to it shows them once the corridor has others.
 * @param {Store} store
 */
function tellHost(host, store) {
  if (!host.viewChanged) return { first() {}, end() {} };
  let timer = 0;
  const tell = () => host.viewChanged({ ...store.get().view, claim: store.get().claim });
  const unsubscribe = store.subscribe((state, before) => {
    if (state.view === before.view && state.claim === before.claim) return;
    if (JSON.stringify(state.view) === JSON.stringify(before.view) && state.claim === before.claim)
      return;
    clearTimeout(timer);
    timer = setTimeout(tell, VIEW_CHANGED_AFTER_MS);
  });
  return {
    first: tell,
    end() {
      clearTimeout(timer);
      unsubscribe();
    },
  };
}

/** @returns {Promise<void>} */
const nextFrame = () => new Promise((done) => requestAnimationFrame(() => done()));

/** Fonts change every width, so labels wait for them a moment and no longer. */
function fontsReady() {
  if (!document.fonts?.load) return Promise.resolve();
  const all = Promise.all(FACES.map((face) => document.fonts.load(face))).catch(() => {});
  return Promise.race([all, new Promise((done) => setTimeout(done, FONT_WAIT_MS))]);
}

/**
 * @param {L.Map} leafletMap a bare map @param {HTMLElement} root holds the whole frame
 * @param {any} given {document, outline, view, host}, of a page made anew `now` too, and `still`
 *   where the map is to stay where it stands
 * @returns `{destroy(): void, store: object, map: object}`
 */
export function mount(leafletMap, root, given) {
  const host = given.host || {};
  const outline = given.outline || { tiers: [], countries: [], waters: [] };
  const model = createModel(given.document);
  const store = createStore(initialState(given.document, given.view));
  const frame = createFrame(root, model, host);
  const container = leafletMap.getContainer();
  frame.mapSlot.append(container);
  leafletMap.invalidateSize({ animate: false, pan: false });
  const map = createMap(leafletMap, model, store, outline, frame);
  const panels = createPanels(frame, model, store, map, host);
  const telling = tellHost(host, store);
  const ends = [keepAttributes(root, model, store), telling.end];
  let alive = true;

  function begin() {
    if (!alive) return;
    map.start(given.still);
    root.dataset.ready = "true";
    telling.first();
  }
  // Where a page is made anew, its fonts are there and no empty frame is to be seen.
  if (given.now) begin();
  else fontsReady().then(nextFrame).then(begin);

  return {
    store,
    map,
    model,
    frame,
    leaflet: leafletMap,
    destroy() {
      alive = false;
      for (const end of ends) end();
      panels.destroy();
      map.destroy();
      root.append(container);
      frame.destroy();
      delete root.dataset.ready;
    },
  };
}
