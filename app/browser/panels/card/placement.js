/* Where the card stands on the map, and the line from its sign to it. Knows no words. */
import { svg } from "../../tools/dom.js";

const GAP_PX = 12;
const CARD_PX = 392;
const ZOOM_PX = 34;
const SIGN_PX = 24;
const LEAST_HEIGHT_PX = 200;
const INSET_PX = 14;
const DOWN_PX = 40;
const CONTROLS = ".cmm-buttons, .cmm-scale, .cmm-credit, .leaflet-control";

function overlap(a, b) {
  const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  return wide > 0 && high > 0 ? wide * high : 0;
}

function relative(element, stage) {
  const r = element.getBoundingClientRect();
  const s = stage.getBoundingClientRect();
  return {
    left: r.left - s.left,
    top: r.top - s.top,
    right: r.right - s.left,
    bottom: r.bottom - s.top,
  };
}

/** The four places, best first; each a rectangle in px of the stage. */
function candidates(stage, size, layers, controls) {
  const w = stage.clientWidth;
  const h = stage.clientHeight;
  const at = (left, top) => ({ left, top, right: left + size.width, bottom: top + size.height });
  const beside = layers ? layers.right + GAP_PX : GAP_PX;
  const right = w - GAP_PX - size.width;
  /** As low as the credit and the scale bar leave room. */
  const low = (left) => {
    const under = controls.filter(
      (c) => c.top > h / 2 && c.left < left + size.width && c.right > left,
    );
    return Math.min(h - GAP_PX, ...under.map((c) => c.top - 8)) - size.height;
  };
  return [
    at(beside, low(beside)),
    at(right, low(right)),
    at(right - ZOOM_PX - GAP_PX, GAP_PX),
    at(GAP_PX, GAP_PX),
  ];
}

function outside(rect, stage) {
  const wide = Math.max(0, -rect.left) + Math.max(0, rect.right - stage.clientWidth);
  const high = Math.max(0, -rect.top) + Math.max(0, rect.bottom - stage.clientHeight);
  return wide * (rect.bottom - rect.top) + high * (rect.right - rect.left);
}

const clamp = (value, low, high) => Math.max(low, Math.min(high, value));

/** Where a leader may meet the card: nearest to the sign, then the sides clear of the corner. */
function anchors(rect, point) {
  const x = clamp(point.x, rect.left, rect.right);
  const y = clamp(point.y, rect.top, rect.bottom);
  const beside = { x, y: clamp(y, rect.top + DOWN_PX, rect.bottom - DOWN_PX) };
  const above = { x: clamp(x, rect.left + INSET_PX, rect.right - INSET_PX), y };
  if (point.y >= rect.top && point.y <= rect.bottom) return [beside];
  return point.x >= rect.left && point.x <= rect.right ? [above] : [above, beside];
}

/** Boxes of 6 px along a straight line. */
function boxesAlong(from, to) {
  const steps = Math.max(1, Math.round(Math.hypot(to.x - from.x, to.y - from.y) / 6));
  return Array.from({ length: steps + 1 }, (_, i) => {
    const x = from.x + ((to.x - from.x) * i) / steps;
    const y = from.y + ((to.y - from.y) * i) / steps;
    return { left: x - 3, top: y - 3, right: x + 3, bottom: y + 3 };
  });
}

/** How much of a leader lies on lit features, the sign's own surroundings left out. */
function crossing(point, end, lit) {
  const far = (box) => Math.hypot(box.left + 3 - point.x, box.top + 3 - point.y) > 2 * SIGN_PX;
  const away = boxesAlong(point, end).filter(far);
  return away.filter((box) => lit.some((other) => overlap(box, other))).length;
}

/**
 * Keep a card well placed among the lit features.
 * @returns `{place: function(): void, follow: function(object): boolean}` place() after the
 *   content or the lit features changed, follow() after the map was drawn
 */
export function createPlacement(frame, card, mapApi) {
  const { stage, slots } = frame;
  /** @type {any} */
  let rect = null;
  let leader = [];

  function obstacles() {
    const layers = slots.layers.offsetParent ? relative(slots.layers, stage) : null;
    const controls = [...slots.map.querySelectorAll(CONTROLS)]
      .filter((control) => control.offsetParent && control.offsetWidth > 0)
      .map((control) => relative(control, stage));
    return { layers, controls, lit: mapApi.litBoxes ? mapApi.litBoxes() : [] };
  }

  function cost(place, { layers, controls, lit }) {
    const over = (boxes) => boxes.reduce((sum, box) => sum + overlap(place, box), 0);
    const panel = layers ? 4 * overlap(place, layers) : 0;
    return panel + 2 * over(controls) + over(lit) + 8 * outside(place, stage);
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
    leader = [];
    if (!point || !rect || card.hidden) return;
    const inMap =
      point.x >= 0 && point.y >= 0 && point.x <= stage.clientWidth && point.y <= stage.clientHeight;
    const dot = { left: point.x, right: point.x + 1, top: point.y, bottom: point.y + 1 };
    if (!inMap || frame.panelRects().some((panel) => overlap(dot, panel))) return;
    const { lit } = obstacles();
    const ends = anchors(relative(card, stage), point).map((end) => ({
      ...end,
      on: crossing(point, end, lit),
    }));
    const end = ends.reduce((a, b) => (b.on < a.on ? b : a));
    const length = Math.hypot(end.x - point.x, end.y - point.y);
    const from = point.sign === false ? 0 : SIGN_PX;
    if (length <= from + 4) return;
    const x = point.x + ((end.x - point.x) * from) / length;
    const y = point.y + ((end.y - point.y) * from) / length;
    const d = `M${x.toFixed(1)},${y.toFixed(1)}L${end.x.toFixed(1)},${end.y.toFixed(1)}`;
    slots.leader.append(svg("path", { d, class: "cmp-leader-line" }));
    leader = boxesAlong({ x, y }, end);
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

  return { place, follow, drawLeader, leaderRects: () => leader };
}
