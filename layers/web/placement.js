/* Where the card stands on the map, and the line from its sign to it. Knows no words. */
(function () {
  "use strict";
  const Corridormap = (window.Corridormap = window.Corridormap || {});
  const { svg } = Corridormap.dom;

  const GAP_PX = 12;
  const CARD_PX = 392;
  const ZOOM_PX = 34;
  const SIGN_PX = 24;
  const LEAST_HEIGHT_PX = 200;
  const CONTROLS = ".cmm-buttons, .cmm-scale, .cmm-credit, .leaflet-control";

  function overlap(a, b) {
    const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    return wide > 0 && high > 0 ? wide * high : 0;
  }

  function relative(element, stage) {
    const r = element.getBoundingClientRect();
    const s = stage.getBoundingClientRect();
    return { left: r.left - s.left, top: r.top - s.top, right: r.right - s.left, bottom: r.bottom - s.top };
  }

  /** The four places, best first; each a rectangle in px of the stage. */
  function candidates(stage, size, layers, controls) {
    const w = stage.clientWidth;
    const h = stage.clientHeight;
    const at = (left, top) => ({ left, top, right: left + size.width, bottom: top + size.height });
    const low = h - GAP_PX - size.height;
    const corner = controls.filter((c) => c.bottom > h - 80 && c.right > w - 80);
    const foot = Math.min(h - GAP_PX, ...corner.map((c) => c.top - 8));
    const beside = layers ? layers.right + GAP_PX : GAP_PX;
    return [
      at(beside, low),
      at(w - GAP_PX - size.width, foot - size.height),
      at(w - GAP_PX - ZOOM_PX - GAP_PX - size.width, GAP_PX),
      at(GAP_PX, GAP_PX),
    ];
  }

  function outside(rect, stage) {
    const wide = Math.max(0, -rect.left) + Math.max(0, rect.right - stage.clientWidth);
    const high = Math.max(0, -rect.top) + Math.max(0, rect.bottom - stage.clientHeight);
    return wide * (rect.bottom - rect.top) + high * (rect.right - rect.left);
  }

  /** The point on a rectangle's edge nearest to a point outside it, clear of its corners. */
  function nearest(rect, point) {
    const inset = 14;
    const clamp = (value, low, high) => Math.max(low, Math.min(high, value));
    const x = clamp(point.x, rect.left, rect.right);
    const y = clamp(point.y, rect.top, rect.bottom);
    if (point.y < rect.top || point.y > rect.bottom) {
      return { x: clamp(x, rect.left + inset, rect.right - inset), y };
    }
    return { x, y: clamp(y, rect.top + inset, rect.bottom - inset) };
  }

  /**
   * Keep a card well placed among the lit features.
   * @returns {{place: function(): void, follow: function(object): boolean}} place() after the
   *   content or the lit features changed, follow() after the map was drawn
   */
  Corridormap.createPlacement = function (frame, card, mapApi) {
    const { stage, slots } = frame;
    let rect = null;

    function obstacles() {
      const layers = slots.layers.offsetParent ? relative(slots.layers, stage) : null;
      const controls = [...slots.map.querySelectorAll(CONTROLS)]
        .filter((control) => control.offsetParent && control.offsetWidth > 0)
        .map((control) => relative(control, stage));
      return { layers, controls, lit: mapApi.litBoxes ? mapApi.litBoxes() : [] };
    }

    function cost(place, { layers, controls, lit }) {
      const over = (boxes) => boxes.reduce((sum, box) => sum + overlap(place, box), 0);
      return (layers ? 4 * overlap(place, layers) : 0) + 2 * over(controls) + over(lit) + 8 * outside(place, stage);
    }

    function place() {
      if (card.hidden || frame.layout() === "phone") {
        rect = null;
        card.style.cssText = "";
        return drawLeader(null);
      }
      const widthPx = Math.min(CARD_PX, stage.clientWidth - 2 * GAP_PX);
      const most = Math.max(LEAST_HEIGHT_PX, Math.floor(stage.clientHeight / 2));
      card.style.cssText = `left:0;top:0;width:${widthPx}px;max-height:${most}px`;
      const size = { width: widthPx, height: card.offsetHeight };
      const around = obstacles();
      const places = candidates(stage, size, around.layers, around.controls);
      const costs = places.map((candidate) => cost(candidate, around));
      rect = places[costs.indexOf(Math.min(...costs))];
      shrinkAbove(around.layers);
      card.style.left = `${Math.round(Math.max(0, rect.left))}px`;
      card.style.top = `${Math.round(Math.max(0, rect.top))}px`;
    }

    /** On a small map a card at the top ends above the layer panel, if that leaves it readable. */
    function shrinkAbove(layers) {
      if (!layers || !overlap(rect, layers)) return;
      const roomPx = layers.top - GAP_PX - rect.top;
      if (roomPx >= LEAST_HEIGHT_PX) card.style.maxHeight = `${Math.floor(roomPx)}px`;
    }

    function drawLeader(point) {
      slots.leader.replaceChildren();
      if (!point || !rect || card.hidden) return;
      const inMap =
        point.x >= 0 && point.y >= 0 && point.x <= stage.clientWidth && point.y <= stage.clientHeight;
      const dot = { left: point.x, right: point.x + 1, top: point.y, bottom: point.y + 1 };
      if (!inMap || frame.panelRects().some((panel) => overlap(dot, panel))) return;
      const end = nearest(relative(card, stage), point);
      const length = Math.hypot(end.x - point.x, end.y - point.y);
      const from = point.sign === false ? 0 : SIGN_PX;
      if (length <= from + 4) return;
      const x = point.x + ((end.x - point.x) * from) / length;
      const y = point.y + ((end.y - point.y) * from) / length;
      const d = `M${x.toFixed(1)},${y.toFixed(1)}L${end.x.toFixed(1)},${end.y.toFixed(1)}`;
      slots.leader.append(svg("path", { d, class: "cmp-leader-line" }));
      if (!from) slots.leader.append(svg("circle", { cx: x, cy: y, r: 3, class: "cmp-leader-dot" }));
    }

    /**
     * After a move the card stays where it is unless it now hides what it speaks of.
     * @returns whether it went elsewhere
     */
    function follow(point) {
      const before = rect;
      if (!card.hidden && rect && cost(relative(card, stage), obstacles()) > 0) place();
      drawLeader(point);
      return Boolean(before && rect) && (before.left !== rect.left || before.top !== rect.top);
    }

    return { place, follow, drawLeader };
  };
})();
