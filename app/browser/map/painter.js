/* Draws one state at the map's view: shapes, points, labels; and says where things stand. */
import { CELL_PX, lineGrid, outlineGrid, ownerMasks } from "./ground/field.js";
import { riverRuns } from "./ground/rivers.js";
import { createLabels } from "./labels/labels.js";
import { createNearby } from "./labels/nearby.js";
import { clusterStands } from "./signs/cluster.js";
import { projectFeature } from "./signs/entries.js";
import { createPoints } from "./signs/points.js";
import { createShapes } from "./signs/shapes.js";
import { standsOf } from "./signs/stands.js";
import { createWhereabouts } from "./whereabouts.js";

/** Lines are kept drawn this many views beyond each edge. */
const SHAPE_PAD = 1;
const HIT_PX = { fine: 16, coarse: 30 };

const same = (a, b) =>
  a.length === b.length &&
  a.every((r, i) => ["left", "top", "right", "bottom"].every((k) => Math.abs(r[k] - b[i][k]) < 1));
const coarse = () => matchMedia("(pointer: coarse)").matches;

function viewOf(map, id) {
  const size = map.getSize();
  const origin = map.getPixelOrigin();
  const shift = map.layerPointToContainerPoint([0, 0]);
  const zoom = map.getZoom();
  const [px, py] = [size.x * SHAPE_PAD, size.y * SHAPE_PAD];
  return {
    id,
    zoom,
    width: size.x,
    height: size.y,
    shift: { x: shift.x, y: shift.y },
    to: {
      scale: 2 ** zoom,
      x: origin.x,
      y: origin.y,
      x0: -shift.x - px,
      y0: -shift.y - py,
      x1: -shift.x + size.x + px,
      y1: -shift.y + size.y + py,
    },
  };
}

/**
 * What a state says about each feature: its phase if shown, and how it is lit.
 * @param {Model} model @param {State} state
 */
function readState(model, state) {
  const phases = new Map(
    model.visible(state).map((f) => [f.id, model.phaseAt(f, state.view.date)]),
  );
  const lit = model.lit(state);
  const anyLit = [...lit].some((id) => phases.has(id));
  const hovered = new Set(state.hover ? [state.hover] : []);
  const claim = state.hoverClaim && model.claim(state.hoverClaim);
  if (claim) for (const id of claim.features) hovered.add(id);
  const stateOf = (id) => {
    const flags = {
      lit: lit.has(id),
      selected: state.view.selected === id,
      dimmed: anyLit && !lit.has(id),
      hover: hovered.has(id),
    };
    return { ...flags, key: `${+flags.lit}${+flags.selected}${+flags.dimmed}${+flags.hover}` };
  };
  return { phases, stateOf };
}

/** Towns and the marks of a feature with several are dots of their own and crowd nothing. */
function standPlaces(stands, crowdPx) {
  const places = clusterStands(
    stands.filter((s) => !s.loose),
    crowdPx,
  );
  for (const stand of stands) if (stand.loose) places.set(stand.key, {});
  return places;
}

/**
 * Draws the state at the map's view. @returns `{draw, hover, ...questions about what is drawn}`
 * @param {Model} model
 */
export function createPainter(map, model, outline, parts) {
  const { panes, base, frame, solidRects, tiles } = parts;
  const { palette, own_countries: ownCountries } = model.document;
  const own = new Set(ownCountries);
  const entries = model.document.features.map(projectFeature).filter((entry) => entry !== null);
  const shapes = createShapes(
    model,
    panes,
    entries.filter((e) => e.shape !== "points"),
    palette,
  );
  const points = createPoints(model, panes, palette);
  const labels = createLabels(panes, palette);
  const pointEntries = entries.filter((e) => e.shape === "points");
  const countryNames = new Map((outline.countries || []).map((c) => [c.iso, c.name]));
  /** @type {{ view: any, [more: string]: any }} */
  let cache = { view: null };
  /** @type {any} */
  let drawn = null;

  function groundOf(view) {
    if (cache.view && cache.view.id === view.id) return cache;
    cache = {
      view,
      outlineGrid: outlineGrid(base.tiers, view, own),
      rivers: riverRuns(base.tiers, view),
      masks: ownerMasks(
        base.tiers,
        view,
        (outline.countries || []).map((c) => c.iso),
      ),
    };
    return cache;
  }

  function linesOf(view, phases) {
    const grid = lineGrid(view);
    const nearby = createNearby(view);
    for (const item of shapes.items.values()) {
      const { feature, shape } = item.entry;
      if (!phases.has(feature.id)) continue;
      for (const run of item.runs) {
        grid.line(run.points, 1, view.shift.x, view.shift.y);
        if (shape === "lines") nearby.line(run.points, feature.id);
      }
    }
    return { grid, nearby };
  }

  const leaderRects = () => (frame.leaderRects ? frame.leaderRects() : []);

  /**
   * Whether what is on the screen already shows this state among these panels.
   * @param {State} state
   */
  function isCurrent(state, viewId) {
    if (!drawn || drawn.view.id !== viewId) return false;
    const [now, then] = [state.view, drawn.state.view];
    return (
      now.layers === then.layers &&
      now.date === then.date &&
      now.selected === then.selected &&
      now.label_language === then.label_language &&
      state.claim === drawn.state.claim &&
      same(solidRects(), drawn.panelRects) &&
      same(leaderRects(), drawn.leaderRects)
    );
  }

  const { crowd_px, over_line_per_px } = model.document.label_prices;
  const perCell = CELL_PX * over_line_per_px;

  /** @param {State} state */
  function draw(state, viewId) {
    const view = viewOf(map, viewId);
    const { phases, stateOf } = readState(model, state);
    const touch = coarse();
    const now = {
      view,
      state,
      phases,
      stateOf,
      model,
      palette,
      outline,
      hitPx: touch ? HIT_PX.coarse : HIT_PX.fine,
    };
    shapes.update(now);
    panes.settled();
    const { grid: lines, nearby } = linesOf(view, phases);
    const ground = groundOf(view);
    now.stands = standsOf(pointEntries, now, model);
    for (const stand of now.stands) {
      stand.x = stand.ux * view.to.scale - view.to.x + view.shift.x;
      stand.y = stand.uy * view.to.scale - view.to.y + view.shift.y;
    }
    now.panelRects = solidRects();
    now.leaderRects = leaderRects();
    now.places = standPlaces(now.stands, crowd_px);
    now.standOf = new Map(now.stands.map((stand) => [stand.key, stand]));
    points.update(now.stands, now.places, touch);
    Object.assign(now, {
      shapes,
      nearby,
      namedBelow: tiles.named(),
      ground,
      countryName: (iso) => countryNames.get(iso) || "",
      over: (rect) => perCell * (lines.sum(rect) + ground.outlineGrid.sum(rect)),
    });
    labels.update(now);
    drawn = now;
  }

  /** Only the states of signs have changed: labels stay where they are. @param {State} state */
  function hover(state) {
    if (!drawn) return;
    const { stateOf } = readState(model, state);
    Object.assign(drawn, { state, stateOf });
    shapes.update(drawn);
    const before = drawn.stands;
    drawn.stands = standsOf(pointEntries, drawn, model);
    drawn.stands.forEach((stand, i) => Object.assign(stand, { x: before[i].x, y: before[i].y }));
    drawn.standOf = new Map(drawn.stands.map((stand) => [stand.key, stand]));
    points.update(drawn.stands, drawn.places, coarse());
    labels.hover(drawn);
  }

  const where = createWhereabouts(map, shapes, viewOf, () => drawn);

  /** Whether a ring is on the screen, and a band: a legend explains no other. */
  function loose() {
    if (!drawn) return { ring: false, band: false };
    const { view, stands, phases } = drawn;
    const seen = ({ x, y, ringPx: r }) =>
      x > -r && y > -r && x < view.width + r && y < view.height + r;
    const bands = [...shapes.items.values()].filter((item) => item.banded && item.runs.length);
    return {
      ring: stands.some((stand) => stand.ringPx > 0 && seen(stand)),
      band: bands.some((item) => phases.has(item.entry.feature.id)),
    };
  }

  return {
    draw,
    hover,
    loose,
    isCurrent,
    labels,
    ...where,
    membersOf: (key) => drawn.places.get(key).members.flatMap((k) => drawn.standOf.get(k).members),
  };
}
