/* Draws lines and areas, in every state, in their panes. Places no label and no point. */

import { svg } from "../../tools/dom.js";
import * as clip from "../ground/clip.js";
import * as mercator from "../ground/mercator.js";
import { featureName } from "./entries.js";
import { fillProps, strokeProps, strokes } from "./signs.js";

const GOLD_PX = 14;
const INK_PX = 1.5;
const AREA_GOLD_PX = 5;
const DIMMED_LINE = 0.55;

/** Put nodes into their panes in order, moving only those that stand wrong (focus stays). */
export function arrangeNodes(pairs) {
  const next = new Map();
  for (const [node, parent] of [...pairs].reverse()) {
    const before = next.get(parent) || null;
    if (node.parentNode !== parent || node.nextSibling !== before)
      parent.insertBefore(node, before);
    next.set(parent, node);
  }
}

/** @param {Feature} feature */
function wrapper(feature) {
  return svg("g", {
    class: "cmm-feature",
    "data-feature": feature.id,
    role: "button",
    tabindex: -1,
  });
}

function layerGroups(panes) {
  const add = (pane) => panes.root(pane).appendChild(svg("g", {}));
  return {
    areas: add("cm-areas"),
    bands: add("cm-bands"),
    dimmed: add("cm-dimmed"),
    inks: add("cm-gold"),
    golds: add("cm-gold"),
    hovers: add("cm-gold"),
    lines: add("cm-lines"),
  };
}

function underStroke(runs, color, width, opacity) {
  return runs.map((run) =>
    svg("path", {
      d: run.d,
      fill: "none",
      stroke: color,
      "stroke-width": width,
      "stroke-opacity": opacity,
      "stroke-linecap": "round",
      "stroke-linejoin": "round",
    }),
  );
}

/** What is pointed at stays the same node while states change: a click ends where it began. */
function dim(item, dimmed) {
  if (dimmed) item.look.setAttribute("opacity", DIMMED_LINE);
  else item.look.removeAttribute("opacity");
}

function drawLineSign(item, sign, env) {
  const hit = underStroke(item.runs, "#000", env.hitPx, 0);
  for (const path of hit) path.setAttribute("class", "cmm-hit");
  item.look = svg("g", {}, strokes(sign, item.runs));
  item.node.replaceChildren(item.look, ...hit);
}

function drawLineState(item, sign, state, env) {
  const { runs } = item;
  dim(item, state.dimmed);
  item.ink.replaceChildren(
    ...(state.selected ? underStroke(runs, env.palette.ink, GOLD_PX + 2 * INK_PX, 1) : []),
  );
  item.gold.replaceChildren(...(state.lit ? underStroke(runs, env.palette.gold, GOLD_PX, 1) : []));
  item.hover.replaceChildren(
    ...(state.hover ? underStroke(runs, env.palette.link, GOLD_PX, 0.35) : []),
  );
  const bandM = item.entry.feature.position.band_m;
  const bandPx = bandM ? bandM / mercator.metresPerPx(item.entry.lat, env.zoom) : 0;
  item.banded = bandM !== null && bandPx >= sign.band_from_px;
  const band = item.banded
    ? underStroke(
        runs,
        sign.band.color,
        Math.round(bandPx * 10) / 10,
        sign.band.opacity * (state.dimmed ? DIMMED_LINE : 1),
      )
    : [];
  item.band.replaceChildren(...band);
}

const areaPath = (item) => item.runs.map((run) => `${run.d}Z`).join("");
const areaEdge = (d, stroke) => svg("path", { d, fill: "none", ...strokeProps(stroke) });

function drawAreaSign(item, sign) {
  const d = areaPath(item);
  const fill = svg("path", {
    d,
    "fill-rule": "evenodd",
    class: "cmm-hit-fill",
    ...fillProps(sign.fill),
  });
  item.under = svg("g", {});
  item.look = svg(
    "g",
    {},
    fill,
    sign.strokes.map((stroke) => areaEdge(d, stroke)),
  );
  item.node.replaceChildren(item.under, item.look);
}

function drawAreaState(item, _sign, state, env) {
  const d = areaPath(item);
  const edge = (stroke) => areaEdge(d, stroke);
  const plain = (color, width, opacity = 1) => edge({ color, width_px: width, opacity });
  const under = [];
  if (state.selected) under.push(plain(env.palette.ink, AREA_GOLD_PX + 2 * INK_PX));
  if (state.lit) under.push(plain(env.palette.gold, AREA_GOLD_PX));
  if (state.hover) under.push(plain(env.palette.link, 8, 0.35));
  item.under.replaceChildren(...under);
  dim(item, state.dimmed);
}

const DRAWING = {
  lines: { sign: drawLineSign, state: drawLineState },
  areas: { sign: drawAreaSign, state: drawAreaState },
};

/**
 * @param {any} panes from createPanes @param {any[]} entries projected features
 * @returns `{update, item, destroy}`
 * @param {Model} model
 */
export function createShapes(model, panes, entries, palette) {
  const groups = layerGroups(panes);
  const items = new Map();
  for (const entry of entries) {
    const item = { entry, node: wrapper(entry.feature), runs: [], view: -1, drawn: "" };
    if (entry.shape === "lines") {
      for (const [key, group] of [
        ["band", "bands"],
        ["ink", "inks"],
        ["gold", "golds"],
        ["hover", "hovers"],
      ]) {
        item[key] = groups[group].appendChild(svg("g", {}));
      }
    }
    items.set(entry.feature.id, item);
  }

  function cut(item, view) {
    if (item.view === view.id) return;
    item.view = view.id;
    const { shape, paths } = item.entry;
    item.runs =
      shape === "lines"
        ? paths.flatMap((path) => clip.runs(path, view.to))
        : paths
            .filter((path) => !clip.misses(path.box, view.to))
            .map((path) => {
              const points = clip.ringPoints(path, view.to);
              return { points, d: clip.dOf(points), start: 0 };
            });
  }

  function hide(item) {
    if (item.node.parentNode) item.node.remove();
    for (const key of ["band", "ink", "gold", "hover"]) if (item[key]) item[key].replaceChildren();
    item.drawn = "";
  }

  function drawItem(item, sign, signKey, state, frame) {
    const drawing = DRAWING[item.entry.shape];
    const env = { palette, zoom: frame.view.zoom, hitPx: frame.hitPx };
    const drawn = `${signKey}|${frame.view.id}|${frame.hitPx}`;
    const same = drawn === item.drawn;
    if (!same) drawing.sign(item, sign, env);
    if (!same || state.key !== item.state) drawing.state(item, sign, state, env);
    item.drawn = drawn;
    item.state = state.key;
  }

  /** @param {any} frame {view, phases: Map id -> phase, stateOf(id), hitPx} */
  function update(frame) {
    const pairs = [];
    for (const item of items.values()) {
      const { feature, shape } = item.entry;
      const phase = frame.phases.get(feature.id);
      if (!phase) {
        hide(item);
        continue;
      }
      cut(item, frame.view);
      const state = frame.stateOf(feature.id);
      const sign = model.sign(phase.sign);
      if (sign && sign.type !== "point") drawItem(item, sign, phase.sign, state, frame);
      item.node.setAttribute("aria-label", featureName(model, feature, phase));
      pairs.push([
        item.node,
        shape === "areas" ? groups.areas : state.dimmed ? groups.dimmed : groups.lines,
      ]);
    }
    arrangeNodes(pairs);
  }

  return { update, item: (id) => items.get(id) || null, items };
}
