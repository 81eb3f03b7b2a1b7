/* Draws the labels that found room, their leaders, dots and claim numbers. Ranks nothing. */

import { svg } from "../../tools/dom.js";
import * as signs from "../signs/signs.js";
import { featureSpecs } from "./features.js";
import { riverNames, seaNames } from "./flowing.js";
import { placeAll } from "./placing.js";
import { createRoom } from "./room.js";
import { createRuler, draw } from "./text.js";
import { baseSpecs, roomOf } from "./wanted.js";

const DIMMED_LABEL = 0.8;
/** How often the labels are placed, for more claims in sight to have their numbers. */
const TRIES = 2;
/** So many more are worth the names that make room for them. */
const WORTH = 1.1;

const claimsOf = (badges) => new Set(badges.flatMap((badge) => badge.claims));

/** The numbers that a label carries in whatever form it finds its place. */
const badgesOf = ({ blocks, fallback }) =>
  [...blocks, ...(fallback?.blocks ?? [])].flatMap((one) => one.badges);

/**
 * Place the labels; where a claim in sight has found no room for its number, those that carry it
 * are placed before all others, if that marks a good deal more.
 */
function placeMarking(frame, specs, ruler) {
  const { lit } = frame.model.document.label_prices.ranks;
  const wanted = claimsOf(specs.flatMap(badgesOf));
  const first = new Set();
  /** @type {any} */
  let best = null;
  for (let tried = 0; tried < TRIES; tried += 1) {
    const { room, onSigns } = roomOf(frame, ruler);
    const rank = (spec) => (first.has(spec.key) ? Math.min(spec.rank, lit + 0.5) : spec.rank);
    const order = [...specs].sort((a, b) => rank(a) - rank(b) || a.order - b.order);
    const result = placeAll(order, room);
    const { marked } = room;
    for (const id of marked) wanted.add(id);
    if (!best || marked.size >= WORTH * best.marked.size)
      best = { ...result, marked, wanted, onSigns, room };
    const missing = [...wanted].filter((id) => !best.marked.has(id));
    if (!missing.length) break;
    for (const spec of specs)
      if (missing.some((id) => claimsOf(badgesOf(spec)).has(id))) first.add(spec.key);
  }
  return best;
}

/** @returns `{update(frame), hover(id), rects(), dropped(), forget()}` */
export function createLabels(panes, palette) {
  const ruler = createRuler();
  const root = panes.root("cm-labels").appendChild(svg("g", {}));
  const leaders = panes.root("cm-leaders").appendChild(svg("g", {}));
  const numbers = panes.root("cm-numbers").appendChild(svg("g", {}));
  const last = new Map();
  let held = [];
  /** @type {{ placed: any[], dropped: any[], marked: Set<string>, wanted: Set<string> }} */
  let result = { placed: [], dropped: [], marked: new Set(), wanted: new Set() };

  function anchor(node, place, frame, dx, dy) {
    const { spec } = place;
    // Labels glide with the place they name, or with where they stand.
    const [x, y] = spec.how === "point" ? [spec.x, spec.y] : [place.rect.left, place.rect.top];
    const { to, shift } = frame.view;
    const [ux, uy] = [(x - shift.x + to.x) / to.scale, (y - shift.y + to.y) / to.scale];
    held.push(panes.glide(node, ux, uy, place.rect.left - x + dx, place.rect.top - y + dy));
    return node;
  }

  function drawDot(place, frame) {
    const { spec } = place;
    const props = { fill: palette.place_label, stroke: "#fff", "stroke-width": 1 };
    const dot = spec.place.capital
      ? svg("rect", { x: -2.5, y: -2.5, width: 5, height: 5, ...props })
      : svg("circle", { r: 2.3, ...props });
    root.append(
      anchor(svg("g", {}, dot), place, frame, spec.x - place.rect.left, spec.y - place.rect.top),
    );
  }

  function drawLeader(place, frame) {
    const { leader, spec } = place;
    const d = signs.dOf(leader);
    const [[cx, cy]] = leader;
    const node = svg(
      "g",
      {
        class: "cmm-leader",
        "data-label": spec.feature.id,
        opacity: spec.dimmed ? DIMMED_LABEL : 1,
      },
      svg("path", { d, stroke: "#fff", "stroke-width": 3, fill: "none" }),
      svg("path", { d, stroke: palette.ink, "stroke-width": 1, fill: "none" }),
      svg("circle", { cx, cy, r: 2.4, fill: palette.ink, stroke: "#fff", "stroke-width": 1 }),
    );
    leaders.append(anchor(node, place, frame, -place.rect.left, -place.rect.top));
  }

  /** @param {string} of the feature at whose sign, line or area the numbers stand */
  function badgeNode(badge, of, opacity) {
    const claims = badge.claims.join(" ");
    const props = { class: "cmm-badge", "data-claims": claims, "data-of": of, opacity };
    return svg("g", props, signs.badge(badge, palette.ink));
  }

  function drawBadge(badge, place, frame, dx, dy) {
    const { spec } = place;
    const opacity = spec.dimmed && !badge.selected ? DIMMED_LABEL : 1;
    numbers.append(anchor(badgeNode(badge, spec.feature.id, opacity), place, frame, dx, dy));
  }

  function drawOnSign({ badge, of, stand, x, y }) {
    const node = badgeNode(badge, of, 1);
    held.push(panes.glide(node, stand.ux, stand.uy, x - stand.x, y - stand.y));
    numbers.append(node);
  }

  function drawLabel(place, frame, into = root) {
    const { spec } = place;
    const { texts, badges } = draw(place, spec.kind !== "water");
    const group = svg("g", { class: spec.feature ? "cmm-label cmm-label-feature" : "cmm-label" });
    if (spec.feature) {
      group.setAttribute("data-label", spec.feature.id);
      group.append(
        svg("rect", {
          x: 0,
          y: 0,
          width: place.block.width,
          height: place.block.height,
          fill: "#000",
          "fill-opacity": 0,
        }),
      );
    }
    if (spec.dimmed) group.setAttribute("opacity", String(DIMMED_LABEL));
    group.append(...texts);
    into.append(anchor(group, place, frame, 0, 0));
    for (const badge of badges) drawBadge(badge, place, frame, badge.x, badge.y);
    if (place.leader) drawLeader(place, frame);
    if (spec.place) drawDot(place, frame);
  }

  function drawAlong(names, { view: { to, shift } }) {
    for (const { x, y, node } of names) {
      const [ux, uy] = [(x - shift.x + to.x) / to.scale, (y - shift.y + to.y) / to.scale];
      held.push(panes.glide(root.appendChild(node), ux, uy, 0, 0));
    }
  }

  function update(frame) {
    panes.release(held);
    held = [];
    for (const group of [root, leaders, numbers]) group.replaceChildren();
    const own = featureSpecs(frame, ruler);
    const below = frame.namedBelow ? [] : baseSpecs(frame, ruler, roomOf(frame, ruler).room);
    const specs = [...own, ...below];
    for (const spec of specs) spec.last = last.get(spec.key);
    const placed = placeMarking(frame, specs, ruler);
    const seas = frame.namedBelow ? [] : seaNames(placed.placed, frame, ruler, placed.room);
    const curved = new Set(seas.map(({ key }) => key));
    result = { ...placed, placed: placed.placed.filter(({ key }) => !curved.has(key)) };
    last.clear();
    for (const place of result.placed) {
      last.set(place.key, place.name);
      drawLabel(place, frame);
    }
    for (const number of placed.onSigns) drawOnSign(number);
    drawAlong(seas, frame);
    const rivers = frame.namedBelow ? [] : frame.ground.rivers;
    drawAlong(riverNames(rivers, frame, ruler, placed.room), frame);
    hover(frame);
  }

  /** A label that found no room is shown over all others while its feature is pointed at. */
  function hover(frame) {
    root.querySelector(".cmm-label-hover")?.remove();
    const id = frame.state.hover;
    if (!id || result.placed.some((p) => p.key === id)) return;
    const spec = featureSpecs(frame, ruler).find((s) => s.key === id);
    if (!spec) return;
    const room = createRoom(frame.view, frame.model.document.label_prices, () => 0);
    room.rects.push(...frame.panelRects);
    const blocks = spec.blocks.filter((block) => block.lines.length && !block.stacked);
    const free = { ...spec, blocks, unless: null, mostCost: 1e6, fallback: null };
    const { placed } = placeAll([free], room);
    if (!placed.length) return;
    const group = root.appendChild(svg("g", { class: "cmm-label-hover" }));
    drawLabel(
      { ...placed[0], leader: null, block: { ...placed[0].block, badges: [] } },
      frame,
      group,
    );
  }

  return {
    update,
    hover,
    forget: ruler.forget,
    /** Ids of the claims whose numbers stand on the map, and of all that have a place in sight. */
    numbers: () => ({ marked: result.marked, inSight: result.wanted }),
    /** Rectangles of the placed labels, in map px. */
    rects: () => result.placed.map((p) => ({ key: p.key, ...p.rect })),
    placeOf: (id) => result.placed.find((p) => p.key === id) || null,
    dropped: () => result.dropped,
  };
}
