/* Drawing on the map, from start to end: one shape at a time, with its bar, its undo and its snap.
   Gives a geometry back; what becomes of it is the form's. */

import * as mercator from "../../map/ground/mercator.js";
import { createDrawingBar } from "./bar.js";
import { digitsFor, rounded, runs, shapeOf, sizeWords } from "./geometry.js";
import { borderLines, createSnap } from "./snap.js";
import * as drawingTools from "./tools.js";

const TEXTS = {
  point: "Click where it stands. Drag the ring to move it.",
  points: "Drag the rings to move them.",
  line: "Click for each point of the line. To end it, click its last point again or choose Finish.",
  area: "Click for each corner of the area. To close it, click its first corner or choose Finish.",
  edit: "Drag a point to move it, a small point between two to add one. Right-click a point, or hold it, to take it away.",
  many: "Only the points near the pointer are shown. Right-click a point, or hold it, to take it away.",
};

/** Dim our own signs of a feature while another picture of it is on the map. */
function createVeil() {
  const sheet = new CSSStyleSheet();
  return {
    over(id) {
      const at = CSS.escape(id);
      const signs = `.corridormap .cmp-map :is([data-feature="${at}"],[data-label="${at}"],.leaflet-cm-gold-pane)`;
      sheet.replaceSync(`${signs}{opacity:.12!important}`);
      if (!document.adoptedStyleSheets.includes(sheet))
        document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    },
    off() {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
    },
  };
}

function textFor(shape, geometry) {
  if (geometry && shape !== "point") return "edit";
  return geometry && geometry.type === "MultiPoint" ? "points" : shape;
}

const LEAST = { point: 1, line: 2, area: 3 };

/** Draw what is new or move what is there; undo within it, then done or cancelled. */
function session(ctx, { shape, geometry, skip, onEnd }, end) {
  const map = ctx.leaflet;
  const tools = drawingTools;
  const borders = () => borderLines(ctx.outline, map.getCenter());
  const snap = createSnap(map, ctx.model.visible(ctx.store.get()), skip, borders);
  const past = [];
  let now = geometry || null;
  /** @type {any} */
  let tool = null;

  /** Decimal places that a click on this screen can stand for; a position that was snapped keeps its own. */
  function tidied(raw) {
    const at = map.getCenter();
    const metresPerPx = mercator.metresPerPx(at.lat, map.getZoom());
    return rounded(raw, digitsFor(metresPerPx), [
      ...snap.vertices(),
      ...(geometry ? runs(geometry).flat() : []),
    ]);
  }
  const show = (raw) => bar.size(raw ? sizeWords(raw) : "");
  function settle(next) {
    past.push(now);
    now = next;
    bar.canUndo(past.length > 0);
    bar.canFinish(Boolean(now));
    show(now);
  }
  function finish(result) {
    tool.destroy();
    bar.destroy();
    snap.destroy();
    end();
    onEnd(result);
  }
  function undo() {
    if (tool.undo) return tool.undo();
    if (!past.length) return null;
    now = past.pop();
    tool.set(now);
    bar.canUndo(past.length > 0);
    bar.canFinish(Boolean(now));
    return show(now);
  }
  function done() {
    if (tool.finish) tool.finish();
    else if (now) finish(past.length ? tidied(now) : now);
  }
  const drawing = !geometry && shape !== "point";
  const bar = createDrawingBar(map.getContainer(), {
    text: TEXTS[textFor(shape, geometry)],
    done: drawing ? "Finish" : "Done",
    onDone: done,
    onCancel: () => finish(null),
    onUndo: undo,
  });
  if (shape === "point") tool = tools.placePoints(map, geometry, snap, { change: settle });
  else if (geometry) tool = tools.editShape(map, geometry, { change: settle });
  else {
    tool = tools.drawShape(map, shape, {
      change(raw, placed) {
        show(raw);
        bar.canUndo(placed > 1);
        bar.canFinish(placed >= LEAST[shape]);
      },
      done: (raw) => finish(tidied(raw)),
    });
  }
  if (tool.many) bar.tell(TEXTS.many);
  bar.canFinish(Boolean(now));
  bar.focus();
  show(now);
  return { done, cancel: () => finish(null) };
}

/**
 * @param {any} ctx leaflet, model, outline
 * @returns `{start(options), look(geometry, skip), settle(), stop(), active()}`
 */
export function createDrawing(ctx) {
  const veil = createVeil();
  /** @type {any} */
  let current = null;
  /** @type {any} */
  let seen = null;
  const container = ctx.leaflet.getContainer();
  const root = () => container.closest(".corridormap");

  function unlook() {
    if (seen) seen();
    seen = null;
    veil.off();
  }

  /** Signs are no buttons while one draws over them, and two quick clicks are no zoom. */
  function mode(on) {
    container.classList.toggle("is-drawing", on);
    if (root()) root().toggleAttribute("data-drawing", on);
    if (ctx.layout && ctx.layout() === "phone") ctx.lower(on);
    const zoom = ctx.leaflet.doubleClickZoom;
    if (zoom) setTimeout(() => (on ? zoom.disable() : zoom.enable()), on ? 0 : 300);
  }

  const drawing = {
    /** @param {any} options {shape, geometry|null, skip: id|null, onEnd(geometry|null)} */
    start(options) {
      drawing.stop();
      unlook();
      if (options.geometry && options.skip) veil.over(options.skip);
      // Nothing is lit while one draws: gold and dimmed signs would stand in the way.
      const { selected } = ctx.store.get().view;
      if (selected) ctx.store.set({ claim: null, view: { selected: null } });
      mode(true);
      const end = () => {
        current = null;
        veil.off();
        mode(false);
        if (selected && selected === options.skip) ctx.store.set({ view: { selected } });
      };
      current = session(
        ctx,
        { ...options, shape: options.shape || shapeOf(options.geometry) },
        end,
      );
    },
    /** Show a geometry that is not in the document yet, in place of the feature's own sign. */
    look(geometry, skip) {
      if (current) return;
      unlook();
      if (!geometry) return;
      seen = drawingTools.preview(ctx.leaflet, geometry);
      if (skip) veil.over(skip);
    },
    /** End what is being drawn as if Done was chosen; what is no shape yet is dropped. */
    settle() {
      if (current) current.done();
      if (current) current.cancel();
    },
    stop() {
      if (current) current.cancel();
      unlook();
    },
    active: () => Boolean(current),
  };
  return drawing;
}
