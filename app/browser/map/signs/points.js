/* Draws point signs with their rings, discs, dots and tags. Decides no place and no look. */

import { svg } from "../../tools/dom.js";
import { featureName } from "./entries.js";
import { arrangeNodes } from "./shapes.js";
import { glyph, ring, tag } from "./signs.js";

const HOVER_PX = 19;
const HOVER_SMALL_PX = 9;
const SMALL_GLYPH_PX = 5;
const DIMMED = 0.6;
/** Where a tag stands from its sign. */
export const TAG_PX = { x: 15, y: -13 };
const DOT_PX = 2.4;
const DOT_HIT_PX = { fine: 6, coarse: 10 };
const DOT_STATE_PX = 6.5;
/** A larger ring is drawn in gold itself: a disc of its size would hide the land. */
const DISC_AT_MOST_PX = 30;

function ringOf({ state, ringPx }, palette) {
  return svg("g", state.dimmed ? { opacity: DIMMED } : {}, ring(ringPx, palette.ink));
}

function underSigns(stand, palette) {
  const out = [];
  const { lit, selected, hover } = stand.state;
  const wide = stand.ringPx > DISC_AT_MOST_PX;
  const disc =
    (wide ? Math.max(stand.glyphPx, 18) : Math.max(stand.ringPx, Math.min(stand.glyphPx + 1, 18))) +
    4;
  if (lit) out.push(svg("circle", { r: disc, fill: palette.gold, "fill-opacity": 0.9 }));
  if (lit && wide) {
    out.push(
      svg("circle", { r: stand.ringPx, fill: "none", stroke: palette.gold, "stroke-width": 6 }),
    );
  }
  if (stand.ringPx) out.push(ringOf(stand, palette));
  const hoverPx = stand.glyphPx < SMALL_GLYPH_PX ? HOVER_SMALL_PX : HOVER_PX;
  if (hover && !lit) out.push(svg("circle", { r: hoverPx, fill: "#fff" }));
  if (hover)
    out.push(
      svg("circle", {
        r: Math.max(hoverPx, lit ? disc + 3 : 0),
        fill: "none",
        stroke: palette.link,
        "stroke-width": 2,
      }),
    );
  if (selected)
    out.push(svg("circle", { r: disc + 1, fill: "none", stroke: palette.ink, "stroke-width": 2 }));
  return out;
}

/** Where a pointer finds a member: the disc in the middle, the rest of the sign around it. */
function hitArea(stand, member, coarse) {
  const alone = stand.shown.length === 1;
  const small = member.feature.kind === "town";
  const inner = !alone && member.feature.kind === "border_crossing";
  const r = inner ? 9 : coarse ? 22 : small ? 9 : Math.max(12, member.sign.radius_px);
  return svg("circle", { r, class: "cmm-hit-fill", fill: "#000", "fill-opacity": 0 });
}

function signOf(stand, member, coarse) {
  const slash = !(
    member.feature.kind === "bridge" &&
    stand.shown.some((m) => m.feature.kind === "border_crossing")
  );
  const drawing = glyph(member.sign, { slash });
  if (!stand.state.dimmed) return [hitArea(stand, member, coarse), drawing];
  const casing = glyph(member.sign, { casing: true });
  return [hitArea(stand, member, coarse), casing, svg("g", { opacity: DIMMED }, drawing)];
}

/** Below a dot: gold if it is lit, a ring if it is pointed at or selected. */
function underDot({ lit, hover, selected }, palette) {
  const out = [];
  if (lit) out.push(svg("circle", { r: DOT_STATE_PX, fill: palette.gold }));
  if (hover || selected) {
    const stroke = hover ? palette.link : palette.ink;
    out.push(svg("circle", { r: DOT_STATE_PX, fill: "none", stroke, "stroke-width": 1.6 }));
  }
  return out;
}

/** What stands for a sign that others crowd out, at its place. */
function dotParts(stand, coarse, palette) {
  const hit = { class: "cmm-hit-fill", fill: "#000", "fill-opacity": 0 };
  return [
    svg("circle", { r: coarse ? DOT_HIT_PX.coarse : DOT_HIT_PX.fine, ...hit }),
    svg("circle", {
      r: DOT_PX,
      fill: palette.ink,
      stroke: "#fff",
      "stroke-width": 1,
      opacity: stand.state.dimmed ? DIMMED : 1,
    }),
  ];
}

/**
 * @returns `{update, destroy}`
 * @param {Model} model
 */
export function createPoints(model, panes, palette) {
  const root = panes.root("cm-points");
  const under = root.appendChild(svg("g", {}));
  // A dot that a sign covers is told by the sign.
  const dots = root.appendChild(svg("g", {}));
  const signs = root.appendChild(svg("g", {}));
  const tags = root.appendChild(svg("g", {}));
  const wrappers = new Map();
  const marks = new Map();
  let held = [];

  const hold = (node, stand, dx = 0, dy = 0) => {
    held.push(panes.glide(node, stand.ux, stand.uy, dx, dy));
    return node;
  };

  /** @param {Feature} feature */
  function wrapperOf(feature) {
    if (!wrappers.has(feature.id)) {
      wrappers.set(
        feature.id,
        svg("g", {
          class: "cmm-feature",
          "data-feature": feature.id,
          role: "button",
          tabindex: -1,
        }),
      );
    }
    return wrappers.get(feature.id);
  }

  /** A mark is drawn anew only when it looks different: a click must end on what it began on. */
  function markOf(stand, member, coarse, dot) {
    const key = `${stand.key}|${member.feature.id}`;
    const look = [
      dot,
      member.phase.sign,
      stand.state.dimmed,
      coarse,
      stand.shown.map((m) => m.feature.kind),
    ].join("|");
    const mark = marks.get(key) ?? { node: svg("g", {}), look: "" };
    marks.set(key, mark);
    if (mark.look !== look) {
      mark.node.replaceChildren(
        ...(dot ? dotParts(stand, coarse, palette) : signOf(stand, member, coarse)),
      );
      mark.look = look;
    }
    return mark.node;
  }

  function drawTag(stand, place) {
    const names = `${place.count} signs stand here: open the list`;
    const node = svg("g", {
      class: "cmm-tag",
      role: "button",
      tabindex: -1,
      "aria-label": names,
      "data-stand": stand.key,
    });
    node.append(
      svg("circle", { r: 13, class: "cmm-hit-fill", fill: "#000", "fill-opacity": 0 }),
      tag(place.count, palette.ink),
    );
    tags.append(hold(node, stand, TAG_PX.x, TAG_PX.y));
  }

  function drawStand(stand, place, contents, coarse) {
    const dot = Boolean(place.dotOf);
    const below = svg(
      "g",
      { "data-stand": stand.key },
      dot ? underDot(stand.state, palette) : underSigns(stand, palette),
    );
    under.append(hold(below, stand));
    for (const member of stand.shown) {
      const mark = hold(markOf(stand, member, coarse, dot), stand);
      const { feature } = member;
      if (!contents.has(feature)) contents.set(feature, { member, marks: [], dot });
      contents.get(feature).marks.push(mark);
    }
    if (place.count) drawTag(stand, place);
  }

  /** @param {any[]} stands @param {Map<any, any>} places from clusterStands, by the stand's key */
  function update(stands, places, coarse) {
    panes.release(held);
    held = [];
    for (const group of [under, tags]) group.replaceChildren();
    const contents = new Map();
    const ordered = [...stands].sort(
      (a, b) => (a.loose ? 0 : 1) - (b.loose ? 0 : 1) || b.rank - a.rank,
    );
    for (const stand of ordered) drawStand(stand, places.get(stand.key), contents, coarse);
    const pairs = [];
    for (const [feature, { member, marks: own, dot }] of contents) {
      const node = wrapperOf(feature);
      if (node.children.length !== own.length || own.some((mark, i) => node.children[i] !== mark))
        node.replaceChildren(...own);
      node.setAttribute("aria-label", featureName(model, feature, member.phase));
      pairs.push([node, dot ? dots : signs]);
    }
    const kept = new Set(pairs.map(([node]) => node));
    for (const node of [...signs.children, ...dots.children]) if (!kept.has(node)) node.remove();
    arrangeNodes(pairs);
  }

  return { update, node: (id) => wrappers.get(id) || null };
}
