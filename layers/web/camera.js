/* Where the map looks: fits, flights and the extent kept in the view. Draws nothing. */
(function () {
  "use strict";
  const Corridormap = (window.Corridormap = window.Corridormap || {});
  const { mercator } = Corridormap;
  const { calm } = Corridormap.dom;

  const PADDING_PX = 16;
  const SIGN_PX = 26;
  const FLIGHT_S = 0.4;
  /** As near as a flight goes; an uncertain place is shown with land around its ring. */
  const NEAREST_ZOOM = 10.5;
  const POINT_ZOOM = 10.5;
  const RING_VIEWS = 6;

  const round5 = (n) => Math.round(n * 1e5) / 1e5;

  /** Features' places as zoom-0 px, thinned: enough to say what lies under a panel. */
  function samples(entries) {
    const out = [];
    for (const { paths } of entries) {
      for (const { xy } of paths) {
        const step = Math.max(1, Math.floor(xy.length / 2 / 60)) * 2;
        for (let i = 0; i < xy.length; i += step) out.push([xy[i], xy[i + 1]]);
      }
    }
    return out;
  }

  /** Centre and zoom that put a box of zoom-0 px into what the paddings leave of the view. */
  function fitInto(box, size, pad, mostZoom, leastZoom) {
    const [w, h] = [size.x - pad.left - pad.right, size.y - pad.top - pad.bottom];
    const zoom = Math.min(
      Math.log2(Math.max(40, w) / Math.max(1e-9, box[2] - box[0])),
      Math.log2(Math.max(40, h) / Math.max(1e-9, box[3] - box[1])),
    );
    const clamped = Math.max(leastZoom, Math.min(mostZoom, zoom));
    const scale = 2 ** clamped;
    return {
      zoom: clamped,
      x: (box[0] + box[2]) / 2 + (pad.right - pad.left) / 2 / scale,
      y: (box[1] + box[3]) / 2 + (pad.bottom - pad.top) / 2 / scale,
    };
  }

  /** Points of the target that a rectangle over the map would hide. */
  function hidden(points, rects, at, size) {
    const scale = 2 ** at.zoom;
    let count = 0;
    for (const [ux, uy] of points) {
      const x = (ux - at.x) * scale + size.x / 2;
      const y = (uy - at.y) * scale + size.y / 2;
      if (rects.some((r) => x > r.left - 8 && x < r.right + 8 && y > r.top - 8 && y < r.bottom + 8)) count += 1;
    }
    return count;
  }

  /** Try no panel space, then the space right of or above each panel; widest view wins. */
  function bestFit(box, points, rects, size, pad, most, least) {
    const tries = [pad];
    for (const rect of rects) {
      const wide = rect.right - rect.left;
      if (wide < 60 || rect.bottom - rect.top < 60) continue;
      const atLeft = rect.left < size.x / 2;
      tries.push(atLeft ? { ...pad, left: rect.right + PADDING_PX } : { ...pad, right: size.x - rect.left + PADDING_PX });
      tries.push({ ...pad, bottom: size.y - rect.top + PADDING_PX });
    }
    const fits = tries
      .filter((p) => p.left + p.right < size.x - 120 && p.top + p.bottom < size.y - 100)
      .map((p) => fitInto(box, size, p, most, least))
      .map((fit) => ({ ...fit, hidden: hidden(points, rects, fit, size) }));
    // A very small map leaves nothing beside its panels: then the panels must lie over it.
    if (!fits.length) return fitInto(box, size, pad, most, least);
    return fits.reduce((a, b) => (b.hidden < a.hidden || (b.hidden === a.hidden && b.zoom > a.zoom + 1e-6) ? b : a));
  }

  /** One point for each cell of a few px: a line of a thousand points hides nothing more. */
  function sparse(points, scale) {
    const cells = new Map(points.map((p) => [`${Math.round((p[0] * scale) / 10)},${Math.round((p[1] * scale) / 10)}`, p]));
    return [...cells.values()];
  }

  function clear(points, rects, at, size) {
    const scale = 2 ** at.zoom;
    return points.every(([ux, uy]) => {
      const x = (ux - at.x) * scale + size.x / 2;
      const y = (uy - at.y) * scale + size.y / 2;
      return x > SIGN_PX && y > SIGN_PX && x < size.x - SIGN_PX && y < size.y - SIGN_PX &&
        !rects.some((r) => x > r.left - SIGN_PX && x < r.right + SIGN_PX && y > r.top - SIGN_PX && y < r.bottom + SIGN_PX);
    });
  }

  /**
   * Move, then shrink, a view until no point lies under a panel: the least shrinking wins,
   * then the least move. Null when a third of the scale does not suffice.
   */
  function shifted(whole, points, rects, size) {
    const few = sparse(points, 2 ** whole.zoom);
    for (let less = 0; less <= 0.9; less += 0.06) {
      const zoom = whole.zoom - less;
      const px = 1 / 2 ** zoom;
      const moves = [];
      for (let i = -8; i <= 8; i += 1) for (let j = -8; j <= 8; j += 1) moves.push([(i * size.x) / 40, (j * size.y) / 40]);
      moves.sort((a, b) => Math.hypot(...a) - Math.hypot(...b));
      for (const [dx, dy] of moves) {
        const at = { zoom, x: whole.x + dx * px, y: whole.y + dy * px };
        if (clear(few, rects, at, size)) return at;
      }
    }
    return null;
  }

  /** @returns {{restore, remember, resized, show, fit, home, zoomToLayer, bbox}} */
  Corridormap.createCamera = function (map, model, store, frame, painterOf) {
    const even = (px) => ({ left: px, right: px, top: px, bottom: px });
    const rects = () => (frame.panelRects ? frame.panelRects() : []);
    const projected = new Map();
    const entryOf = (feature) => {
      if (!projected.has(feature.id)) projected.set(feature.id, Corridormap.projectFeature(feature));
      return projected.get(feature.id);
    };
    const entriesOf = (features) => features.map(entryOf).filter(Boolean);

    function bbox() {
      const b = map.getBounds();
      return [b.getWest(), b.getSouth(), b.getEast(), b.getNorth()].map(round5);
    }

    function go(fit, fly) {
      const center = L.latLng(mercator.latOf(fit.y), mercator.lonOf(fit.x));
      if (fly && !calm()) map.flyTo(center, fit.zoom, { duration: FLIGHT_S });
      else map.setView(center, fit.zoom, { animate: false });
    }

    const boxOf = ([west, south, east, north]) => [
      mercator.unitX(west), mercator.unitY(north), mercator.unitX(east), mercator.unitY(south),
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
      const whole = fitInto(box, size, even(PADDING_PX), map.getMaxZoom(), map.getMinZoom());
      go(shifted(whole, points, rects(), size) || bestFit(box, points, rects(), size, even(PADDING_PX), map.getMaxZoom(), map.getMinZoom()), fly !== false);
    }

    /** A point needs room around it: its ring several times, or a town's surroundings. */
    function roomy(entries) {
      const box = mercator.joinBoxes(entries.map((e) => e.box));
      const rings = entries.map((e) => e.feature.position.ring_m || 0);
      const least = Math.max(256 / 2 ** POINT_ZOOM, (Math.max(0, ...rings) / mercator.metresPerPx(entries[0].lat, 0)) * RING_VIEWS);
      const grow = (a, b) => [Math.min(a, (a + b - least) / 2), Math.max(b, (a + b + least) / 2)];
      const [x0, x1] = grow(box[0], box[2]);
      const [y0, y1] = grow(box[1], box[3]);
      return [x0, y0, x1, y1];
    }

    /** Whether a flight is needed: something out of sight, or all of it very small. */
    function needed(entries) {
      const size = map.getSize();
      const at = { zoom: map.getZoom(), x: mercator.unitX(map.getCenter().lng), y: mercator.unitY(map.getCenter().lat) };
      const scale = 2 ** at.zoom;
      const [x0, y0, x1, y1] = mercator.joinBoxes(entries.map((e) => e.box));
      const left = (x0 - at.x) * scale + size.x / 2;
      const right = (x1 - at.x) * scale + size.x / 2;
      const top = (y0 - at.y) * scale + size.y / 2;
      const bottom = (y1 - at.y) * scale + size.y / 2;
      const out = left < SIGN_PX || top < SIGN_PX || right > size.x - SIGN_PX || bottom > size.y - SIGN_PX;
      const small = right - left < size.x / 4 && bottom - top < size.y / 4;
      return out || hidden(samples(entries), rects(), at, size) > 0 || (small && at.zoom < fitTarget(entries).zoom - 0.75);
    }

    function fitTarget(entries) {
      const size = map.getSize();
      return bestFit(roomy(entries), samples(entries), rects(), size, even(PADDING_PX + SIGN_PX), NEAREST_ZOOM, map.getMinZoom());
    }

    function show(ids) {
      const entries = entriesOf(ids.map(model.feature).filter(Boolean));
      if (!entries.length || !map.getSize().x || !needed(entries)) return;
      go(fitTarget(entries), true);
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

    /** Keep the extent in the view, unless it differs by less than half a pixel. */
    function remember() {
      const now = bbox();
      const old = store.get().view.bbox;
      const half = (now[2] - now[0]) / Math.max(1, map.getSize().x) / 2;
      if (old && old.every((v, i) => Math.abs(v - now[i]) <= half)) return;
      store.set({ view: { bbox: now } });
    }

    return {
      restore, remember, show, fit, home, zoomToLayer, bbox,
      resized() {
        map.invalidateSize({ animate: false });
      },
    };
  };
})();
