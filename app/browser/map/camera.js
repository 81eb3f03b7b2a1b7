/* Where the map looks: fits, flights and the extent kept in the view. Draws nothing. */
import L from "leaflet";
import { calm } from "../tools/dom.js";
import {
  bestFit,
  fitInto,
  hidden,
  PADDING_PX,
  SIGN_PX,
  samples,
  seen,
  shifted,
  uncovered,
} from "./fitting.js";
import * as mercator from "./ground/mercator.js";
import { projectFeature } from "./signs/entries.js";

const FLIGHT_S = 0.4;
/** As near as a flight goes; an uncertain place is shown with land around its ring. */
const NEAREST_ZOOM = 10.5;
const POINT_ZOOM = 10.5;
const RING_VIEWS = 6;
/** As far out as a reader may go, unless the corridor is larger. */
const LEAST_ZOOM = 3;
const FARTHEST_ZOOM = 0;

const round5 = (n) => Math.round(n * 1e5) / 1e5;

/**
 * @returns `{restore, stay, remember, resized, show, fit, home, uncover, zoomToLayer, bbox}`
 * @param {Model} model @param {Store} store @param {() => any[]} rects what lies over the map
 */
export function createCamera(map, model, store, rects) {
  const even = (px) => ({ left: px, right: px, top: px, bottom: px });
  const projected = new Map();
  const entryOf = (feature) => {
    if (!projected.has(feature.id)) projected.set(feature.id, projectFeature(feature));
    return projected.get(feature.id);
  };
  const entriesOf = (features) => features.map(entryOf).filter(Boolean);

  /** @returns {Bbox} */
  function bbox() {
    const b = map.getBounds();
    return [round5(b.getWest()), round5(b.getSouth()), round5(b.getEast()), round5(b.getNorth())];
  }

  const now = () => ({
    zoom: map.getZoom(),
    x: mercator.unitX(map.getCenter().lng),
    y: mercator.unitY(map.getCenter().lat),
  });

  /** Where `home` went, to know whether the map is still there. @type {any} */
  let whole = null;

  /** Whether the whole corridor is what is shown: nobody has moved the map since. */
  function isHome() {
    if (!whole) return false;
    const at = now();
    const px = 2 ** at.zoom;
    return (
      Math.abs(at.zoom - whole.zoom) < 1e-3 &&
      Math.abs(at.x - whole.x) * px < 1 &&
      Math.abs(at.y - whole.y) * px < 1
    );
  }

  function go(fit, fly) {
    const center = L.latLng(mercator.latOf(fit.y), mercator.lonOf(fit.x));
    if (fly && !calm()) map.flyTo(center, fit.zoom, { duration: FLIGHT_S });
    else map.setView(center, fit.zoom, { animate: false });
  }

  const boxOf = ([west, south, east, north]) => [
    mercator.unitX(west),
    mercator.unitY(north),
    mercator.unitX(east),
    mercator.unitY(south),
  ];

  function fitBox(box, points, pad, fly, most = map.getMaxZoom()) {
    const size = map.getSize();
    if (!size.x || !size.y) return;
    go(bestFit(box, points, rects(), size, even(pad), most, map.getMinZoom()), fly);
  }

  function fit(extent, fly = true) {
    fitBox(boxOf(extent), [], PADDING_PX, fly);
  }

  /** All features in sight and none under a panel, as near as the whole extent allows. */
  function home(fly = true) {
    const { corridor } = model.document;
    const [west, south, east, north] = corridor.extent;
    const inside = ([x, y]) => {
      const [lon, lat] = [mercator.lonOf(x), mercator.latOf(y)];
      return lon >= west && lon <= east && lat >= south && lat <= north;
    };
    const size = map.getSize();
    if (!size.x || !size.y) return;
    const points = samples(entriesOf(model.visible(store.get()))).filter(inside);
    const box = boxOf(corridor.extent);
    const most = map.getMaxZoom();
    const fit = fitInto(box, size, even(PADDING_PX), most, FARTHEST_ZOOM);
    whole =
      shifted(fit, points, rects(), size) ||
      bestFit(box, points, rects(), size, even(PADDING_PX), most, FARTHEST_ZOOM);
    // A long corridor on a small screen is seen from farther out than others ever need. What the
    // map leaves may be farther out still, and would be brought nearer on the way.
    map.options.minZoom = Math.min(LEAST_ZOOM, whole.zoom, map.getZoom());
    go(whole, fly !== false);
  }

  /** A point needs room around it: its ring several times, or a town's surroundings. */
  function roomy(entries) {
    const box = mercator.joinBoxes(entries.map((e) => e.box));
    const rings = entries.map((e) => e.feature.position.ring_m || 0);
    const least = Math.max(
      256 / 2 ** POINT_ZOOM,
      (Math.max(0, ...rings) / mercator.metresPerPx(entries[0].lat, 0)) * RING_VIEWS,
    );
    const grow = (a, b) => [Math.min(a, (a + b - least) / 2), Math.max(b, (a + b + least) / 2)];
    const [x0, x1] = grow(box[0], box[2]);
    const [y0, y1] = grow(box[1], box[3]);
    return [x0, y0, x1, y1];
  }

  /** Whether a flight is needed: something out of sight, or all of it very small. */
  function needed(entries) {
    const size = map.getSize();
    const at = now();
    const scale = 2 ** at.zoom;
    const [x0, y0, x1, y1] = mercator.joinBoxes(entries.map((e) => e.box));
    const left = (x0 - at.x) * scale + size.x / 2;
    const right = (x1 - at.x) * scale + size.x / 2;
    const top = (y0 - at.y) * scale + size.y / 2;
    const bottom = (y1 - at.y) * scale + size.y / 2;
    const out =
      left < SIGN_PX || top < SIGN_PX || right > size.x - SIGN_PX || bottom > size.y - SIGN_PX;
    const small = right - left < size.x / 4 && bottom - top < size.y / 4;
    return (
      out ||
      hidden(samples(entries), rects(), at, size) > 0 ||
      (small && at.zoom < fitTarget(entries).zoom - 0.75)
    );
  }

  function fitTarget(entries) {
    const size = map.getSize();
    return bestFit(
      roomy(entries),
      samples(entries),
      rects(),
      size,
      even(PADDING_PX + SIGN_PX),
      NEAREST_ZOOM,
      map.getMinZoom(),
    );
  }

  function show(ids) {
    const entries = entriesOf(ids.map(model.feature).filter(Boolean));
    if (!entries.length || !map.getSize().x || !needed(entries)) return;
    go(fitTarget(entries), true);
  }

  /**
   * Bring a feature that was just chosen out from under the panels: all of it where that can be
   * done at this zoom, else the place of its name.
   */
  function uncover(id) {
    const feature = model.feature(id);
    const entry = feature && entryOf(feature);
    const size = map.getSize();
    if (!entry || !size.x || !size.y) return;
    const points = samples([entry]);
    const at = now();
    if (seen(points, at, size) && !hidden(points, rects(), at, size)) return;
    const [lon, lat] = feature.label ? feature.label.at : [NaN, NaN];
    const anchor = feature.label
      ? [[mercator.unitX(lon), mercator.unitY(lat)]]
      : points.slice(0, 1);
    const to = uncovered(at, points, rects(), size) || uncovered(at, anchor, rects(), size);
    if (to) go(to, true);
  }

  function zoomToLayer(id) {
    const entries = entriesOf(model.document.features.filter((f) => f.layer === id));
    if (entries.length) go(fitTarget(entries), true);
  }

  function restore(box) {
    if (!box) return home(false);
    const size = map.getSize();
    // The very extent that was left: no padding, and a zoom between the whole ones.
    go(fitInto(boxOf(box), size, even(0), map.getMaxZoom(), map.getMinZoom()), false);
  }

  /** Take what is on the screen for the whole corridor: a page made anew does not move the map. */
  function stay() {
    whole = now();
    map.options.minZoom = Math.min(LEAST_ZOOM, whole.zoom);
  }

  /**
   * Keep the extent in the view, unless it differs by less than half a pixel. The whole corridor
   * is null: a picture of it leaves no room for the panels of this page.
   */
  function remember() {
    const old = store.get().view.bbox;
    if (isHome()) {
      if (old) store.set({ view: { bbox: null } });
      return;
    }
    const box = bbox();
    const half = (box[2] - box[0]) / Math.max(1, map.getSize().x) / 2;
    if (old?.every((v, i) => Math.abs(v - box[i]) <= half)) return;
    store.set({ view: { bbox: box } });
  }

  return {
    restore,
    stay,
    remember,
    show,
    fit,
    home,
    uncover,
    zoomToLayer,
    bbox,
    /** The whole corridor stays whole whatever the size; a card that has opened moves nothing. */
    resized() {
      const all = whole !== null && store.get().view.bbox === null;
      const before = map.getSize();
      map.invalidateSize({ animate: false });
      if (all && !before.equals(map.getSize())) home(false);
    },
  };
}
