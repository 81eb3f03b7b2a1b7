/* The rivers in sight as smooth lines of map px, for their names. Draws nothing. */
import { riversAt } from "./base.js";
import { misses, thin } from "./clip.js";
import { unitX, unitY } from "./mercator.js";

const STEP_PX = 4;
/** Half the width of the window that smooths a line, in steps. */
const SMOOTH = 8;
const EDGE_PX = 6;

/** Runs of a line that pass a test, as lists of [x, y]. */
function runsOf(points, test) {
  const runs = [[]];
  for (let i = 0; i < points.length; i += 2) {
    const run = runs[runs.length - 1];
    if (test(points[i], points[i + 1])) run.push([points[i], points[i + 1]]);
    else if (run.length) runs.push([]);
  }
  return runs.filter((run) => run.length > 1);
}

/** Points at even steps along a line. */
function even(run) {
  const out = [run[0]];
  let left = STEP_PX;
  for (let i = 1; i < run.length; i += 1) {
    let [[ax, ay], [bx, by]] = [run[i - 1], run[i]];
    let length = Math.hypot(bx - ax, by - ay);
    while (length >= left) {
      [ax, ay] = [ax + ((bx - ax) * left) / length, ay + ((by - ay) * left) / length];
      out.push([ax, ay]);
      length -= left;
      left = STEP_PX;
    }
    left -= length;
  }
  return out;
}

function smooth(points) {
  return points.map((_, i) => {
    let [x, y, sum] = [0, 0, 0];
    for (let k = -SMOOTH; k <= SMOOTH; k += 1) {
      const weight = 1 + Math.cos((Math.PI * k) / (SMOOTH + 1));
      const [px, py] = points[Math.max(0, Math.min(points.length - 1, i + k))];
      x += px * weight;
      y += py * weight;
      sum += weight;
    }
    return [x / sum, y / sum];
  });
}

/**
 * @param {any[]} tiers from below to above: a tier's window hides what lies below it
 * @returns `{name, rank, runs}[]`, the larger rivers first; runs are points 4 px apart
 */
export function riverRuns(tiers, view) {
  const { scale, x, y } = view.to;
  const toX = (ux) => ux * scale - x + view.shift.x;
  const toY = (uy) => uy * scale - y + view.shift.y;
  const to = { scale, x: x - view.shift.x, y: y - view.shift.y };
  const frame = { ...to, x0: 0, y0: 0, x1: view.width, y1: view.height };
  const hidden = [];
  const found = new Map();
  const seen = (px, py) =>
    px > EDGE_PX &&
    py > EDGE_PX &&
    px < view.width - EDGE_PX &&
    py < view.height - EDGE_PX &&
    !hidden.some((w) => px > w.left && px < w.right && py > w.top && py < w.bottom);
  for (const tier of [...tiers].reverse()) {
    for (const river of riversAt(tier, scale)) {
      const lines = river.lines.filter((line) => !misses(line.box, frame));
      const runs = lines.flatMap((line) => runsOf(thin(line.xy, frame, 2), seen));
      const { name, rank } = river;
      const known = found.get(name) ?? { name, rank, runs: [] };
      known.runs.push(...runs.map((run) => smooth(even(run))));
      found.set(name, known);
    }
    if (!tier.window) continue;
    const [west, south, east, north] = tier.window;
    hidden.push({
      left: toX(unitX(west)),
      right: toX(unitX(east)),
      top: toY(unitY(north)),
      bottom: toY(unitY(south)),
    });
  }
  return [...found.values()].sort((a, b) => a.rank - b.rank);
}

export { STEP_PX };
