/* The map's panes in drawing order, and how what is in them follows a zoom. Draws nothing. */
import L from "leaflet";
import { svg } from "../tools/dom.js";

/** From below to above; the tiles of an online base map lie at 200. */
const Z_INDEX = {
  "cm-base": 150,
  "cm-areas": 410,
  "cm-bands": 412,
  "cm-dimmed": 414,
  "cm-gold": 416,
  "cm-lines": 418,
  "cm-leaders": 420,
  "cm-points": 430,
  "cm-labels": 440,
  "cm-numbers": 450,
};
const STRETCHED = ["cm-areas", "cm-bands", "cm-dimmed", "cm-gold", "cm-lines"];
const GLIDING = ["cm-leaders", "cm-points", "cm-labels", "cm-numbers"];

function createRoots(map) {
  const roots = {};
  for (const [name, zIndex] of Object.entries(Z_INDEX)) {
    const pane = map.getPane(name) || map.createPane(name);
    pane.style.zIndex = String(zIndex);
    pane.style.pointerEvents = "none";
    if (name === "cm-base") continue;
    const kind = STRETCHED.includes(name) ? "cmm-svg leaflet-zoom-animated" : "cmm-svg";
    // The SVG is one px large and overflows: its user space is the map's layer points.
    roots[name] = svg("svg", { class: kind, width: 1, height: 1 });
    pane.replaceChildren(roots[name]);
  }
  return roots;
}

/**
 * Create the panes. Lines and areas are stretched while a zoom runs; things set with
 * `glide` keep their size and move with their place.
 */
export function createPanes(map) {
  const roots = createRoots(map);
  const gliding = new Set();
  let drawn = { zoom: map.getZoom(), origin: map.getPixelOrigin() };

  function stretch(zoom, origin) {
    const scale = map.getZoomScale(zoom, drawn.zoom);
    const offset = drawn.origin.multiplyBy(scale).subtract(origin);
    for (const name of STRETCHED) L.DomUtil.setTransform(roots[name], offset, scale);
  }

  function place(item, scale, origin) {
    const x = Math.round((item.x * scale - origin.x + item.dx) * 100) / 100;
    const y = Math.round((item.y * scale - origin.y + item.dy) * 100) / 100;
    item.node.style.transform = `translate(${x}px,${y}px)`;
  }

  function glideAll(zoom, origin) {
    const scale = 2 ** zoom;
    for (const item of gliding) place(item, scale, origin);
  }

  function animate(event) {
    const origin = map._getNewPixelOrigin(event.center, event.zoom);
    stretch(event.zoom, origin);
    glideAll(event.zoom, origin);
  }

  function follow() {
    stretch(map.getZoom(), map.getPixelOrigin());
    glideAll(map.getZoom(), map.getPixelOrigin());
  }

  const events = { zoomanim: animate, zoom: follow, viewreset: follow };
  map.on(events);

  return {
    root: (name) => roots[name],
    /** Call when lines and areas have been drawn anew for the map's zoom and origin. */
    settled() {
      drawn = { zoom: map.getZoom(), origin: map.getPixelOrigin() };
      stretch(drawn.zoom, drawn.origin);
    },
    /** Keep a node `dx, dy` px from a place (zoom-0 px) at every zoom. */
    glide(node, x, y, dx, dy) {
      node.classList.add("leaflet-zoom-animated");
      const item = { node, x, y, dx: dx || 0, dy: dy || 0 };
      gliding.add(item);
      place(item, 2 ** map.getZoom(), map.getPixelOrigin());
      return item;
    },
    release(items) {
      for (const item of items) gliding.delete(item);
    },
    destroy() {
      map.off(events);
      gliding.clear();
      for (const root of Object.values(roots)) root.replaceChildren();
    },
  };
}

export { GLIDING, STRETCHED };
