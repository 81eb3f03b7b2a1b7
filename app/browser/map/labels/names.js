/* Works out where names of countries, seas and areas may stand. Draws nothing. */
import * as mercator from "../ground/mercator.js";
import { block } from "./text.js";

const STEP_PX = 16;
const AREA_STEP_PX = 6;
/** Cost of standing off a sea's own place. */
const SEA_PER_PX = 0.015;
/** A corner of an area's name may stand on its edge: the line is drawn below the halo. */
const CORNER_PX = 5;
/** How far, in degrees, a sea's point may lie from the water it names: by the sea's rank. */
const SEA_REACH_DEG = [0, 30, 9, 3];
/** Lakes come after it: they are small, and their names lie level. */
const LAST_SEA_RANK = 3;

const toMap = (view, lon, lat) => ({
  x: mercator.unitX(lon) * view.to.scale - view.to.x + view.shift.x,
  y: mercator.unitY(lat) * view.to.scale - view.to.y + view.shift.y,
});

/** Spots in a grid over the view whose own cell passes a test. */
function* gridSpots(view, masks, test, wanted, perPx) {
  for (let y = STEP_PX; y < view.height; y += STEP_PX) {
    const row = Math.floor(y / masks.cellPx) * masks.columns;
    for (let x = STEP_PX; x < view.width; x += STEP_PX) {
      if (!test(row + Math.floor(x / masks.cellPx))) continue;
      yield { x, y, name: "", cost: Math.hypot(x - wanted.x, y - wanted.y) * perPx };
    }
  }
}

/** At the space nearest the middle. */
function inTwo(text) {
  const spaces = [...text.matchAll(/ /g)].map((m) => m.index);
  if (!spaces.length) return null;
  const half = spaces.reduce((a, b) =>
    Math.abs(b - text.length / 2) < Math.abs(a - text.length / 2) ? b : a,
  );
  return [text.slice(0, half), text.slice(half + 1)];
}

const cheapFirst = (spots) => [...spots].sort((a, b) => a.cost - b.cost);

/** Large where much of the view is the country's, small where little is. */
function countrySizes(share) {
  const sizes = [
    [17, 5],
    [15, 4],
    [13, 3],
  ];
  return sizes.slice(share > 0.2 ? 0 : share > 0.07 ? 1 : 2);
}

function countrySpec(country, { view, masks }, ruler, color) {
  const id = masks.idOf(country.iso);
  const middle = masks.middleOf(country.iso);
  if (!middle || middle.n < 40) return null;
  const inView = country.labels
    .map(([lon, lat]) => toMap(view, lon, lat))
    .filter((p) => p.x > 60 && p.y > 20 && p.x < view.width - 60 && p.y < view.height - 20);
  const wanted = inView[0] || middle;
  const text = country.name.toLocaleUpperCase("en");
  const [first, ...smaller] = countrySizes(middle.n / masks.owners.length);
  const lines = (size, spacing, parts) => parts.map((t) => ({ text: t, size, spacing, color }));
  const halves = inTwo(text);
  const blocks = [first, ...smaller].map(([size, spacing], i) =>
    block(ruler, lines(size, spacing, [text]), { cost: i * 2 }),
  );
  if (halves) blocks.push(block(ruler, lines(13, 3, halves), { cost: 5 }));
  return {
    key: `country:${country.iso}`,
    how: "centre",
    blocks,
    centres: cheapFirst(gridSpots(view, masks, (i) => masks.owners[i] === id, wanted, 0.02)),
    holds: (rect) =>
      masks.holds(country.iso, {
        left: rect.left - 8,
        right: rect.right + 8,
        top: rect.top - 5,
        bottom: rect.bottom + 5,
      }),
    x: wanted.x,
    y: wanted.y,
    kind: "country",
  };
}

/** The water that a sea's point lies in, or that nearest to it within reach (in cells). */
function waterAt(masks, at, taken, reach) {
  const { columns, rows, cellPx } = masks;
  const water = masks.waters();
  const [c0, r0] = [at.x / cellPx, at.y / cellPx];
  const most = Math.max(2, reach);
  const away = Math.hypot(Math.max(-c0, 0, c0 - columns), Math.max(-r0, 0, r0 - rows));
  if (away > most) return null;
  let found = 0;
  let near = most;
  for (let i = 0; i < water.of.length; i += 1) {
    if (!water.of[i] || taken.has(water.of[i])) continue;
    const d = Math.hypot((i % columns) - c0, Math.floor(i / columns) - r0);
    if (d < near) [near, found] = [d, water.of[i]];
  }
  return found ? water.parts[found] : null;
}

function holdsWater({ cellPx, columns, rows }, water, id, rect) {
  const [c0, c1] = [
    Math.max(0, Math.floor(rect.left / cellPx)),
    Math.min(columns, Math.ceil(rect.right / cellPx)),
  ];
  const [r0, r1] = [
    Math.max(0, Math.floor(rect.top / cellPx)),
    Math.min(rows, Math.ceil(rect.bottom / cellPx)),
  ];
  for (let r = r0; r < r1; r += 1)
    for (let c = c0; c < c1; c += 1) if (water.of[r * columns + c] !== id) return false;
  return c1 > c0 && r1 > r0;
}

function seaSpec(water, { view, masks }, ruler, color, taken) {
  const at = toMap(view, water.at[0], water.at[1]);
  const away = at.x < 0 || at.y < 0 || at.x > view.width || at.y > view.height;
  const small = (water.rank || 1) > 2;
  const perDegree = (view.to.scale * 256) / 360;
  const reach = (SEA_REACH_DEG[Math.min(3, water.rank || 1)] * perDegree) / masks.cellPx;
  const part = waterAt(masks, at, away ? taken : new Set(), away ? reach : 0);
  if (!part || part.n < 30) return null;
  taken.add(part.id);
  const all = masks.waters();
  const inside = away
    ? { x: (part.x / part.n + 0.5) * masks.cellPx, y: (part.y / part.n + 0.5) * masks.cellPx }
    : at;
  const lines = (size, parts) =>
    parts.map((t) => ({
      text: t,
      size,
      spacing: size > 12 ? 2 : 1,
      italic: true,
      color,
      bare: true,
    }));
  const size = small ? 12 : view.zoom < 5.5 ? 14 : 16;
  const halves = inTwo(water.name);
  const blocks = [block(ruler, lines(size, [water.name]))];
  if (halves) blocks.push(block(ruler, lines(size, halves), { cost: 1 }));
  if (size > 12) blocks.push(block(ruler, lines(12, halves || [water.name]), { cost: 3 }));
  const mostPx = away ? Infinity : small ? 60 : 260;
  const holds = (rect) => holdsWater(masks, all, part.id, rect);
  return {
    key: `water:${water.name}`,
    how: "centre",
    blocks,
    centres: cheapFirst(
      gridSpots(view, masks, (i) => all.of[i] === part.id, inside, SEA_PER_PX),
    ).filter((spot) => spot.cost <= mostPx * SEA_PER_PX),
    holds: (rect) => holds({ ...rect, left: rect.left - 4, right: rect.right + 4 }),
    x: inside.x,
    y: inside.y,
    kind: "water",
    name: water.name,
    sea: (water.rank || 1) <= LAST_SEA_RANK && {
      id: part.id,
      at,
      rank: water.rank || 1,
      size,
      holds,
    },
  };
}

function pointIn(rings, x, y) {
  let odd = false;
  for (const points of rings) {
    for (let i = 0, j = points.length - 2; i < points.length; j = i, i += 2) {
      const [xi, yi, xj, yj] = [points[i], points[i + 1], points[j], points[j + 1]];
      if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) odd = !odd;
    }
  }
  return odd;
}

/** Rings of an area in map px, coarse: a label needs no more. */
function coarseRings(runs, shift) {
  return runs.map(({ points }) => {
    const out = [];
    for (let i = 0; i < points.length; i += 2) {
      const [x, y] = [points[i] + shift.x, points[i + 1] + shift.y];
      const last = out.length - 2;
      if (last >= 0 && Math.abs(x - out[last]) + Math.abs(y - out[last + 1]) < 4) continue;
      out.push(x, y);
    }
    return out;
  });
}

/** Where an area's own name may stand inside what is seen of it. */
function areaSpots(runs, view, wanted) {
  const rings = coarseRings(runs, view.shift);
  const box = mercator.boxOf(rings.flat());
  const spots = [];
  for (let y = Math.max(8, box[1]); y < Math.min(view.height, box[3]); y += AREA_STEP_PX) {
    for (let x = Math.max(8, box[0]); x < Math.min(view.width, box[2]); x += AREA_STEP_PX) {
      if (pointIn(rings, x, y))
        spots.push({ x, y, name: "", cost: Math.hypot(x - wanted.x, y - wanted.y) * 0.03 });
    }
  }
  const corners = ({ left, right, top, bottom }) =>
    [left + CORNER_PX, right - CORNER_PX].flatMap((x) =>
      [top + CORNER_PX, bottom - CORNER_PX].map((y) => [x, y]),
    );
  return {
    centres: cheapFirst(spots),
    holds: (rect) => corners(rect).every(([x, y]) => pointIn(rings, x, y)),
  };
}

/** Whether a place of the map lies in one of the areas, given by their drawn runs. */
function areaTest(allRuns, view) {
  const all = allRuns.map((runs) => {
    const rings = coarseRings(runs, view.shift);
    return { rings, box: mercator.boxOf(rings.flat()) };
  });
  const near = (box, x, y) => x > box[0] && y > box[1] && x < box[2] && y < box[3];
  return (x, y) => all.some(({ rings, box }) => near(box, x, y) && pointIn(rings, x, y));
}

export { areaSpots, areaTest, countrySpec, seaSpec, toMap };
