/* Dots that stand on the map for a while, and the line through them: a place that is no feature,
   what a reader measures. Names go in as text; knows no panel and no state. */
import L from "leaflet";
import { el } from "../tools/dom.js";

const PANE = "cm-spots";

/** @typedef {{ at: [number, number], name: string }} Spot longitude and latitude in degrees */

export function createSpots(map) {
  const pane = map.getPane(PANE) || map.createPane(PANE);
  pane.style.zIndex = "445";
  pane.style.pointerEvents = "none";
  const group = L.layerGroup().addTo(map);
  const latLng = ([lon, lat]) => L.latLng(lat, lon);

  /** @param {Spot} spot */
  function dot({ at, name }) {
    const label = name ? el("span.cmm-spot-name", { dir: "auto" }, name) : null;
    const html = el("div.cmm-spot", { "data-spot": name }, label);
    const icon = L.divIcon({ html, className: "", iconSize: [0, 0] });
    return L.marker(latLng(at), { icon, pane: PANE, interactive: false, keyboard: false });
  }

  return {
    /** Show these and nothing else. @param {Spot[]} spots @param {[number, number][][]} [lines] */
    set(spots, lines = []) {
      group.clearLayers();
      for (const run of lines) {
        const style = { pane: PANE, interactive: false, color: "#0a5a9c", weight: 3 };
        L.polyline(run.map(latLng), { ...style, dashArray: "2 6" }).addTo(group);
      }
      for (const spot of spots) dot(spot).addTo(group);
    },
    destroy: () => group.remove(),
  };
}
