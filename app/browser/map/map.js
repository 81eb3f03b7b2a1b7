/* The map: joins outline, shapes, points, labels and controls, and draws them once a frame. */
import L from "leaflet";
import * as words from "../tools/words.js";
import { createCamera } from "./camera.js";
import { createControls } from "./controls.js";
import { createBase } from "./ground/base.js";
import { createTiles } from "./ground/tiles.js";
import { createPainter } from "./painter.js";
import { createPanes } from "./panes.js";
import { pickOn } from "./picking.js";
import { createPointing } from "./pointing.js";
import { createSpots } from "./spots.js";

const same = (a, b) => a.length === b.length && a.every((v, i) => v === b[i]);

/** Draw once per frame however many things have changed. */
function createSchedule(paint) {
  let asked = 0;
  return {
    ask() {
      if (!asked)
        asked = requestAnimationFrame(() => {
          asked = 0;
          paint();
        });
    },
    cancel() {
      cancelAnimationFrame(asked);
    },
  };
}

function prepare(leafletMap) {
  leafletMap.options.zoomSnap = 0;
  leafletMap.options.minZoom = 3;
  leafletMap.options.maxZoom = 17;
  leafletMap.options.maxBoundsViscosity = 1;
  // Not by `setMaxBounds`, which also flies back after each move, and so into the fits of a resize.
  leafletMap.options.maxBounds = L.latLngBounds([-62, -200], [84.5, 200]);
  if (leafletMap.keyboard) leafletMap.keyboard.disable();
  if (leafletMap.zoomControl) leafletMap.zoomControl.remove();
  if (leafletMap.attributionControl) leafletMap.attributionControl.remove();
  leafletMap.getContainer().removeAttribute("tabindex");
}

/**
 * @param {any} frame mapSlot, and if it has them panelRects(), onPanels(fn), layout()
 * @returns mapApi
 * @param {Model} model @param {Store} store
 */
export function createMap(leafletMap, model, store, outline, frame) {
  const map = leafletMap;
  prepare(map);
  map.invalidateSize({ animate: false });
  const panes = createPanes(map);
  const moved = new Set();
  const moving = new Set();
  const container = map.getContainer();
  container.setAttribute("role", "group");
  const tiles = createTiles(map, model, store, () => paint());
  const base = createBase(map, outline, model.document.palette, model.document.own_countries);
  const root = frame.root || frame.mapSlot;
  const controls = createControls({
    map,
    model,
    root,
    home: () => camera.home(),
    tileCredit: tiles.credit,
  });
  controls.update();
  /** All that lies over the map, in px of it: panels, buttons, scale bar, credit. */
  const solidRects = () => [...(frame.panelRects ? frame.panelRects() : []), ...controls.rects()];
  const camera = createCamera(map, model, store, solidRects);
  const painter = createPainter(map, model, outline, {
    panes,
    base,
    frame,
    solidRects,
    tiles,
  });
  const pointing = createPointing({ map, model, store, painter });
  let viewId = 1;
  let started = false;

  function paint() {
    const size = map.getSize();
    // A map that has no room yet is drawn when it gets some.
    if (!started || !size.x || !size.y) return;
    pointing.keepFocus(() => painter.draw(store.get(), viewId));
    pointing.refresh();
    for (const listener of [...moved]) listener();
  }
  /** Panels also tell of changes that leave everything where it is: those need no drawing. */
  function repaint() {
    if (painter.isCurrent(store.get(), viewId)) return;
    paint();
  }
  const schedule = createSchedule(repaint);

  /** @param {State} state */
  function nameMap(state) {
    const date = words.date(state.view.date);
    container.setAttribute("aria-label", `Map of the corridor on ${date}`);
  }

  /** @param {State} state */
  function onState(state, before) {
    const [view, old] = [state.view, before.view];
    if (view.basemap !== old.basemap) {
      tiles.update(view.basemap);
      controls.update();
      paint();
    }
    if (view.date !== old.date) nameMap(state);
    const drawAll =
      !same(view.layers, old.layers) ||
      view.date !== old.date ||
      view.label_language !== old.label_language ||
      view.since !== old.since ||
      view.selected !== old.selected ||
      state.claim !== before.claim;
    if (drawAll) {
      pointing.closeList();
      schedule.ask();
    } else if (state.hover !== before.hover || state.hoverClaim !== before.hoverClaim)
      pointing.keepFocus(() => painter.hover(state));
  }

  function onMoveEnd() {
    if (!started) return;
    viewId += 1;
    camera.remember();
    schedule.ask();
  }

  function onResize() {
    onMoveEnd();
    const { selected } = store.get().view;
    if (started && selected) camera.uncover(selected);
  }

  const events = {
    moveend: onMoveEnd,
    resize: onResize,
    movestart: () => pointing.closeList(),
    move: () => moving.forEach((listener) => listener()),
    click: () => {
      const { claim, view } = store.get();
      if (claim || view.selected) store.set({ claim: null, view: { selected: null } });
    },
  };
  map.on(events);
  const unsubscribe = store.subscribe(onState);
  const unpanel = frame.onPanels ? frame.onPanels(() => schedule.ask()) : () => {};
  const watch = new ResizeObserver(() => camera.resized());
  watch.observe(container);
  tiles.update(store.get().view.basemap);
  controls.update();
  nameMap(store.get());

  return {
    show: camera.show,
    fit: camera.fit,
    home: camera.home,
    /** Show this extent as it was left, or with null the whole corridor. */
    look: camera.restore,
    zoomToLayer: camera.zoomToLayer,
    pointOf: painter.pointOf,
    litBoxes: painter.litBoxes,
    loose: painter.loose,
    labelRects: () => painter.labels.rects(),
    droppedLabels: () => painter.labels.dropped(),
    /** Which claims' numbers stand on the map, and which have a place in sight. */
    numbers: () => painter.labels.numbers(),
    uncover: camera.uncover,
    /** Dots for a while, of whoever asks: each has its own. */
    spots: () => createSpots(map),
    /** Have clicks on the map told and go no further. @returns the end of it */
    pick: (listener) => pickOn(map, listener),
    onMoved(listener) {
      moved.add(listener);
      return () => moved.delete(listener);
    },
    onMoving(listener) {
      moving.add(listener);
      return () => moving.delete(listener);
    },
    bbox: camera.bbox,
    /**
     * Set the first view and draw; once the panels stand, so that it is fitted around them.
     * @param {boolean} [still] the whole corridor is on the screen as it was left
     */
    start(still) {
      map.invalidateSize({ animate: false, pan: false });
      const { bbox } = store.get().view;
      if (still && !bbox) camera.stay();
      else camera.restore(bbox);
      started = true;
      base.show();
      camera.remember();
      controls.update();
      paint();
    },
    /** Draw at once: after fonts have arrived, or when a test wants no frame in between. */
    redraw() {
      painter.labels.forget();
      paint();
    },
    destroy() {
      schedule.cancel();
      watch.disconnect();
      unsubscribe();
      unpanel();
      map.off(events);
      pointing.destroy();
      controls.destroy();
      tiles.destroy();
      base.destroy();
      panes.destroy();
    },
  };
}
