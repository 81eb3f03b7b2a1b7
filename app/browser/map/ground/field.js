/* What lies under a label: lines as cost, countries and sea as masks. Draws nothing on screen. */
import * as outlineTracing from "./base.js";
import * as clip from "./clip.js";
import * as mercator from "./mercator.js";

/** Side of a cell of the lines' grid. */
export const CELL_PX = 4;
const MASK_CELL_PX = 8;
const MIXED = 255;
const WEIGHTS = { line: 1, ownBorder: 1.3, border: 0.5, coast: 0.2, river: 0.2 };

/** Sums of a grid, so that the sum over any rectangle takes four reads. */
function integral(grid, columns, rows) {
  const sums = new Float64Array((columns + 1) * (rows + 1));
  for (let r = 0; r < rows; r += 1) {
    let row = 0;
    for (let c = 0; c < columns; c += 1) {
      row += grid[r * columns + c];
      sums[(r + 1) * (columns + 1) + c + 1] = sums[r * (columns + 1) + c + 1] + row;
    }
  }
  return sums;
}

function sumOver(sums, columns, rows, cellPx, rect) {
  const clamp = (v, most) => Math.max(0, Math.min(most, v));
  const c0 = clamp(Math.floor(rect.left / cellPx), columns);
  const c1 = clamp(Math.ceil(rect.right / cellPx), columns);
  const r0 = clamp(Math.floor(rect.top / cellPx), rows);
  const r1 = clamp(Math.ceil(rect.bottom / cellPx), rows);
  const w = columns + 1;
  return sums[r1 * w + c1] - sums[r0 * w + c1] - sums[r1 * w + c0] + sums[r0 * w + c0];
}

function createGrid(width, height) {
  const [columns, rows] = [Math.ceil(width / CELL_PX), Math.ceil(height / CELL_PX)];
  const grid = new Float32Array(columns * rows);
  /** @type {any} */
  let sums = null;
  return {
    /** Mark a line of x, y pairs in map px. */
    line(points, weight, shiftX = 0, shiftY = 0) {
      sums = null;
      for (let i = 2; i < points.length; i += 2) {
        const [ax, ay] = [points[i - 2] + shiftX, points[i - 1] + shiftY];
        const [bx, by] = [points[i] + shiftX, points[i + 1] + shiftY];
        if (
          Math.max(ax, bx) < 0 ||
          Math.min(ax, bx) > width ||
          Math.max(ay, by) < 0 ||
          Math.min(ay, by) > height
        )
          continue;
        const steps = Math.max(1, Math.ceil(Math.max(Math.abs(bx - ax), Math.abs(by - ay)) / 3));
        for (let s = 0; s <= steps; s += 1) {
          const c = Math.floor((ax + ((bx - ax) * s) / steps) / CELL_PX);
          const r = Math.floor((ay + ((by - ay) * s) / steps) / CELL_PX);
          if (c < 0 || r < 0 || c >= columns || r >= rows) continue;
          if (grid[r * columns + c] < weight) grid[r * columns + c] = weight;
        }
      }
    },
    sum(rect) {
      sums = sums || integral(grid, columns, rows);
      return sumOver(sums, columns, rows, CELL_PX, rect);
    },
  };
}

/** Tiers that can be seen: one whose window holds the view hides all below it. */
function seen(tiers, view) {
  let from = 0;
  tiers.forEach((tier, i) => {
    if (!tier.window) return;
    const [west, south, east, north] = tier.window;
    const { scale, x, y } = view.to;
    const px = (lon) => mercator.unitX(lon) * scale - x + view.shift.x;
    const py = (lat) => mercator.unitY(lat) * scale - y + view.shift.y;
    if (px(west) <= 0 && px(east) >= view.width && py(north) <= 0 && py(south) >= view.height)
      from = i;
  });
  return tiers.slice(from);
}

const targetOf = (view, cellPx) => ({
  scale: view.to.scale / cellPx,
  x: (view.to.x - view.shift.x) / cellPx,
  y: (view.to.y - view.shift.y) / cellPx,
  x0: 0,
  y0: 0,
  x1: view.width / cellPx,
  y1: view.height / cellPx,
});

/** The lines of the outline as cost, in map px. */
export function outlineGrid(tiers, view, own) {
  const grid = createGrid(view.width, view.height);
  const to = targetOf(view, 1);
  const mark = (lines, weight) => {
    for (const line of lines)
      if (!clip.misses(line.box, to)) grid.line(clip.thin(line.xy, to, 3), weight);
  };
  for (const tier of seen(tiers, view)) {
    mark(tier.coast, WEIGHTS.coast);
    for (const river of outlineTracing.riversAt(tier, view.to.scale))
      mark(river.lines, WEIGHTS.river);
    for (const border of tier.borders) {
      mark(
        border.lines,
        own.has(border.a) && own.has(border.b) ? WEIGHTS.ownBorder : WEIGHTS.border,
      );
    }
  }
  return grid;
}

export const lineGrid = (view) => createGrid(view.width, view.height);

/** Paint each country in a colour of its own, small, and read back who owns which cell. */
function readOwners(tiers, view, codes) {
  const [columns, rows] = [
    Math.ceil(view.width / MASK_CELL_PX),
    Math.ceil(view.height / MASK_CELL_PX),
  ];
  const canvas = document.createElement("canvas");
  canvas.width = columns;
  canvas.height = rows;
  const ctx = /** @type {CanvasRenderingContext2D} */ (
    canvas.getContext("2d", { alpha: false, willReadFrequently: true })
  );
  const to = targetOf(view, MASK_CELL_PX);
  const color = (id) => `rgb(${id},${(id * 37) % 256},${(id * 101) % 256})`;
  const paint = (id) => {
    ctx.fillStyle = color(id);
    ctx.fill("nonzero");
  };
  ctx.fillRect(0, 0, columns, rows);
  for (const tier of seen(tiers, view)) {
    ctx.save();
    if (!tier.window || outlineTracing.clipToWindow(ctx, tier, to)) {
      ctx.beginPath();
      ctx.rect(0, 0, columns, rows);
      paint(0);
      for (const country of tier.countries) {
        ctx.beginPath();
        outlineTracing.traceRings(ctx, country.rings, to, 0.4);
        paint(codes.get(country.iso) ?? MIXED);
      }
      for (const rings of tier.lakes) {
        ctx.beginPath();
        outlineTracing.traceRings(ctx, rings, to, 0.4);
        paint(0);
      }
    }
    ctx.restore();
  }
  const data = ctx.getImageData(0, 0, columns, rows).data;
  const owners = new Uint8Array(columns * rows);
  for (let i = 0; i < owners.length; i += 1) {
    const id = data[4 * i];
    // Where two countries share a cell the colours mix and the three channels disagree.
    const pure = data[4 * i + 1] === (id * 37) % 256 && data[4 * i + 2] === (id * 101) % 256;
    owners[i] = pure ? id : MIXED;
  }
  return { owners, columns, rows };
}

/** Sums of the columns and rows of each owner's cells. */
function middles(owners, columns) {
  const stats = new Map();
  for (let i = 0; i < owners.length; i += 1) {
    const stat = stats.get(owners[i]) ?? { n: 0, x: 0, y: 0 };
    stats.set(owners[i], stat);
    stat.n += 1;
    stat.x += i % columns;
    stat.y += Math.floor(i / columns);
  }
  return stats;
}

/** The waters of a mask: `of` gives each cell its water (0 on land), `parts` their sums. */
function waterParts(owners, columns) {
  const of = new Uint16Array(owners.length);
  const parts = [/** @type {any} */ (null)];
  for (let seed = 0; seed < owners.length; seed += 1) {
    if (owners[seed] !== 0 || of[seed]) continue;
    const part = { id: parts.length, n: 0, x: 0, y: 0 };
    parts.push(part);
    of[seed] = part.id;
    const stack = [seed];
    for (let cell = stack.pop(); cell !== undefined; cell = stack.pop()) {
      const c = cell % columns;
      part.n += 1;
      part.x += c;
      part.y += Math.floor(cell / columns);
      for (const next of [
        c > 0 ? cell - 1 : -1,
        c < columns - 1 ? cell + 1 : -1,
        cell - columns,
        cell + columns,
      ]) {
        if (next < 0 || next >= owners.length || owners[next] !== 0 || of[next]) continue;
        of[next] = part.id;
        stack.push(next);
      }
    }
  }
  return { of, parts };
}

/**
 * Masks of the view: which cells belong to a country, and which are water.
 * @param {string[]} isoCodes countries that can be named
 * @returns `{cellPx, columns, rows, owners, idOf, waters, holds, middleOf}` null stands for the sea
 */
export function ownerMasks(tiers, view, isoCodes) {
  const codes = new Map(isoCodes.slice(0, 250).map((iso, i) => [iso, i + 1]));
  const { owners, columns, rows } = readOwners(tiers, view, codes);
  const sums = new Map();
  const stats = middles(owners, columns);
  const idOf = (iso) => (iso === null ? 0 : codes.get(iso));
  function sumsOf(id) {
    if (!sums.has(id)) {
      const grid = new Uint8Array(owners.length);
      for (let i = 0; i < owners.length; i += 1) grid[i] = owners[i] === id ? 1 : 0;
      sums.set(id, integral(grid, columns, rows));
    }
    return sums.get(id);
  }
  /** @type {any} */
  let waters = null;
  return {
    cellPx: MASK_CELL_PX,
    columns,
    rows,
    owners,
    idOf,
    waters: () => (waters = waters || waterParts(owners, columns)),
    /** Whether every cell under a rectangle of map px belongs to one owner. */
    holds(iso, rect) {
      const c0 = Math.max(0, Math.floor(rect.left / MASK_CELL_PX));
      const c1 = Math.min(columns, Math.ceil(rect.right / MASK_CELL_PX));
      const r0 = Math.max(0, Math.floor(rect.top / MASK_CELL_PX));
      const r1 = Math.min(rows, Math.ceil(rect.bottom / MASK_CELL_PX));
      const all = (c1 - c0) * (r1 - r0);
      return all > 0 && sumOver(sumsOf(idOf(iso)), columns, rows, MASK_CELL_PX, rect) === all;
    },
    /** The middle of a country's cells in map px and their number, or null. */
    middleOf(iso) {
      const stat = stats.get(idOf(iso));
      if (!stat) return null;
      const px = (sum) => (sum / stat.n + 0.5) * MASK_CELL_PX;
      return { n: stat.n, x: px(stat.x), y: px(stat.y) };
    },
  };
}
