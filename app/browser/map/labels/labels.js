/* Draws the labels that found room, their leaders, dots and claim numbers. Ranks nothing. */

import { svg } from "../../tools/dom.js";
import * as signs from "../signs/signs.js";
import { featureSpecs } from "./features.js";
import * as placing from "./placing.js";
import { createRuler, draw } from "./text.js";
import { baseSpecs, roomOf } from "./wanted.js";

const DIMMED_LABEL = 0.8;

/** @returns `{update(frame), hover(id), rects(), dropped(), forget()}` */
export function createLabels(panes, palette) {
  const ruler = createRuler();
  const root = panes.root("cm-labels").appendChild(svg("g", {}));
  const leaders = panes.root("cm-leaders").appendChild(svg("g", {}));
  const numbers = panes.root("cm-numbers").appendChild(svg("g", {}));
  const last = new Map();
  let held = [];
  /** @type {{ placed: any[], dropped: any[] }} */
  let result = { placed: [], dropped: [] };

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
    const d = signs.dOf(place.leader);
    const node = svg(
      "g",
      { opacity: place.spec.dimmed ? DIMMED_LABEL : 1 },
      svg("path", { d, stroke: "#fff", "stroke-width": 3, fill: "none" }),
      svg("path", { d, stroke: palette.ink, "stroke-width": 1, fill: "none" }),
    );
    leaders.append(anchor(node, place, frame, -place.rect.left, -place.rect.top));
  }

  function drawBadge(badge, place, frame, dx, dy) {
    const node = svg(
      "g",
      {
        class: "cmm-badge",
        "data-claim": badge.claim,
        opacity: place.spec.dimmed && !badge.selected ? DIMMED_LABEL : 1,
      },
      signs.badge(badge.number, palette.ink, badge.selected),
    );
    numbers.append(anchor(node, place, frame, dx, dy));
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
    if (spec.number) {
      const off = Math.min(spec.reachPx, 30) * 0.72;
      drawBadge(
        spec.number,
        place,
        frame,
        spec.x + off - place.rect.left,
        spec.y - off - place.rect.top,
      );
    }
    if (place.leader) drawLeader(place, frame);
    if (spec.place) drawDot(place, frame);
  }

  function update(frame) {
    panes.release(held);
    held = [];
    for (const group of [root, leaders, numbers]) group.replaceChildren();
    const room = roomOf(frame);
    const below = frame.namedBelow ? [] : baseSpecs(frame, ruler, room);
    const specs = [...featureSpecs(frame, ruler), ...below];
    for (const spec of specs) spec.last = last.get(spec.key);
    specs.sort((a, b) => a.rank - b.rank || a.order - b.order);
    result = placing.placeAll(specs, room);
    last.clear();
    for (const place of result.placed) {
      last.set(place.key, place.name);
      drawLabel(place, frame);
    }
    hover(frame);
  }

  /** A label that found no room is shown over all others while its feature is pointed at. */
  function hover(frame) {
    root.querySelector(".cmm-label-hover")?.remove();
    const id = frame.state.hover;
    if (!id || result.placed.some((p) => p.key === id)) return;
    const spec = featureSpecs(frame, ruler).find((s) => s.key === id);
    if (!spec) return;
    const room = placing.createRoom(frame.view, frame.model.document.label_prices, () => 0);
    room.rects.push(...frame.panelRects);
    const { placed } = placing.placeAll(
      [{ ...spec, unless: null, mostCost: 1e6, number: null }],
      room,
    );
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
    /** Rectangles of the placed labels, in map px. */
    rects: () => result.placed.map((p) => ({ key: p.key, ...p.rect })),
    placeOf: (id) => result.placed.find((p) => p.key === id) || null,
    dropped: () => result.dropped,
  };
}
