/* Draws the features of a file on the map before they are added: dashed, in a pane of their own. */
import L from "leaflet";
import * as dom from "../../tools/dom.js";

const PANE = "cm-adding";
const Z_INDEX = "460";
const LOOK = {
  color: "#0A5A9C",
  weight: 2.4,
  opacity: 1,
  dashArray: "7 5",
  fillColor: "#0A5A9C",
  fillOpacity: 0.12,
};
const POINT = { radius: 6, weight: 2, dashArray: "3 2.5", fillOpacity: 0.25 };
const LAST_LAT = 85;
const PADDING_PX = 56;
const LEAST_PX = 420;

/**
 * @param {L.Map} map
 * @param {Element} root of the page, whose panels lie on the map
 * @returns `{show(shapes, swapped), look(), fit(bounds), back(), stay(), shown(on), clear()}`
 */
export function createPreviewMap(map, root) {
  /** @type {any} */
  let drawn = null;
  /** @type {any} */
  let pane = null;
  /** @type {any} */
  let before = null;

  function ready() {
    pane = map.getPane(PANE) || map.createPane(PANE);
    pane.style.zIndex = Z_INDEX;
    pane.style.pointerEvents = "none";
  }

  /** Room that is left beside the panel of the layers, where there is enough of it. */
  function beside() {
    const panel = root.querySelector(".cmp-layers");
    const own = map.getContainer().getBoundingClientRect();
    const right = panel ? panel.getBoundingClientRect().right - own.left : 0;
    return own.width - right > LEAST_PX ? Math.max(0, right) : 0;
  }

  function fit(bounds) {
    map.fitBounds(bounds, {
      paddingTopLeft: [beside() + PADDING_PX, PADDING_PX],
      paddingBottomRight: [PADDING_PX, PADDING_PX],
      maxZoom: 13,
      animate: !dom.calm(),
    });
  }

  function clear() {
    if (drawn) drawn.remove();
    drawn = null;
    if (pane) pane.replaceChildren();
  }

  return {
    clear,
    fit,
    /** @param {(object|null)[]} shapes GeoJSON geometries; `swapped` has the numbers of those in
        which latitude comes first */
    show(shapes, swapped) {
      clear();
      ready();
      const renderer = L.svg({ pane: PANE, padding: 0.5 });
      const within = (lat) => Math.max(-LAST_LAT, Math.min(LAST_LAT, lat));
      const look = {
        ...LOOK,
        pane: PANE,
        renderer,
        interactive: false,
        pmIgnore: true,
        className: "cmp-add-shape",
      };
      const layerOf = (coordsToLatLng) =>
        L.geoJSON(null, {
          ...look,
          style: () => look,
          coordsToLatLng,
          pointToLayer: (_feature, at) => L.circleMarker(at, { ...look, ...POINT }),
        });
      const right = layerOf(([x, y]) => L.latLng(within(y), x));
      const turned = layerOf(([x, y]) => L.latLng(within(x), y));
      shapes.forEach((geometry, number) => {
        if (geometry)
          (swapped.has(number) ? turned : right).addData(
            /** @type {any} */ ({ type: "Feature", properties: {}, geometry }),
          );
      });
      drawn = L.featureGroup([right, turned], { pmIgnore: true }).addTo(map);
    },
    /** Bring all of it into sight. */
    look() {
      const bounds = drawn?.getBounds();
      if (!bounds?.isValid()) return;
      before = before || { center: map.getCenter(), zoom: map.getZoom() };
      fit(bounds);
    },
    /** Look again at what was in sight before the first file. */
    back() {
      if (before) map.setView(before.center, before.zoom);
      before = null;
    },
    /** Take the drawing off the map while the tab is not shown. */
    shown(on) {
      if (drawn && on) drawn.addTo(map);
      else if (drawn) drawn.remove();
    },
    /** Stay where the map is now. */
    stay: () => (before = null),
  };
}
