/* Draws point signs with their rings, discs, leaders and tags. Decides no place and no look. */

import { svg } from "../../tools/dom.js";
import { featureName } from "./entries.js";
import { arrangeNodes } from "./shapes.js";
import { glyph, ring, tag } from "./signs.js";

const HOVER_PX = 19;
const HOVER_SMALL_PX = 9;
const SMALL_GLYPH_PX = 5;
const DIMMED = 0.6;
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

/** From the true place to the middle of the sign, which covers its end. */
function leaderOf(place, palette) {
  const d = `M0,0L${place.dx},${place.dy}`;
  return [
    svg("path", { d, stroke: "#fff", "stroke-width": 3, fill: "none" }),
    svg("path", { d, stroke: palette.ink, "stroke-width": 1, fill: "none" }),
    svg("circle", { r: 2.4, fill: palette.ink, stroke: "#fff", "stroke-width": 1 }),
  ];
}

/**
 * @returns `{update, destroy}`
 * @param {Model} model
 */
export function createPoints(model, panes, palette) {
  const root = panes.root("cm-points");
  const under = root.appendChild(svg("g", {}));
  const signs = root.appendChild(svg("g", {}));
  const tags = root.appendChild(svg("g", {}));
  const leaders = panes.root("cm-leaders").appendChild(svg("g", {}));
  const wrappers = new Map();
  const marks = new Map();
  let held = [];

  const hold = (node, stand, dx, dy) => {
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
  function markOf(stand, member, coarse) {
    const key = `${stand.key}|${member.feature.id}`;
    const look = [
      member.phase.sign,
      stand.state.dimmed,
      coarse,
      stand.shown.map((m) => m.feature.kind),
    ].join("|");
    const mark = marks.get(key) ?? { node: svg("g", {}), look: "" };
    marks.set(key, mark);
    if (mark.look !== look) {
      mark.node.replaceChildren(...signOf(stand, member, coarse));
      mark.look = look;
    }
    return mark.node;
  }

  function drawTag(stand, place) {
    const names = `${place.tag} signs stand here: open the list`;
    const node = svg("g", {
      class: "cmm-tag",
      role: "button",
      tabindex: -1,
      "aria-label": names,
      "data-stand": stand.key,
    });
    node.append(
      svg("circle", { r: 13, class: "cmm-hit-fill", fill: "#000", "fill-opacity": 0 }),
      tag(place.tag, palette.ink),
    );
    tags.append(hold(node, stand, 15, -13));
  }

  function drawStand(stand, place, contents, coarse) {
    // A ring says where the place is, so it stays there when its sign moves aside.
    if (place.spread && stand.ringPx) under.append(hold(ringOf(stand, palette), stand, 0, 0));
    const sign = place.spread ? { ...stand, ringPx: 0 } : stand;
    under.append(hold(svg("g", {}, underSigns(sign, palette)), stand, place.dx, place.dy));
    if (place.spread)
      leaders.append(
        hold(
          svg("g", stand.state.dimmed ? { opacity: DIMMED } : {}, leaderOf(place, palette)),
          stand,
          0,
          0,
        ),
      );
    for (const member of stand.shown) {
      const mark = hold(markOf(stand, member, coarse), stand, place.dx, place.dy);
      if (!contents.has(member.feature)) contents.set(member.feature, { member, marks: [] });
      contents.get(member.feature).marks.push(mark);
    }
    if (place.tag) drawTag(stand, place);
  }

  /** @param {any[]} stands @param {Map<any, any>} places from clusterStands, by the stand's key */
  function update(stands, places, coarse) {
    panes.release(held);
    held = [];
    for (const group of [under, tags, leaders]) group.replaceChildren();
    const contents = new Map();
    const ordered = [...stands].sort(
      (a, b) => (a.loose ? 0 : 1) - (b.loose ? 0 : 1) || b.rank - a.rank,
    );
    for (const stand of ordered) {
      const place = places.get(stand.key);
      if (!place.hiddenBy) drawStand(stand, place, contents, coarse);
    }
    const pairs = [];
    for (const [feature, { member, marks: own }] of contents) {
      const node = wrapperOf(feature);
      if (node.children.length !== own.length || own.some((mark, i) => node.children[i] !== mark))
        node.replaceChildren(...own);
      node.setAttribute("aria-label", featureName(model, feature, member.phase));
      pairs.push([node, signs]);
    }
    const kept = new Set(pairs.map(([node]) => node));
    for (const node of [...signs.children]) if (!kept.has(node)) node.remove();
    arrangeNodes(pairs);
  }

  return { update, node: (id) => wrappers.get(id) || null };
}
