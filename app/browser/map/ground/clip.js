/* Thins and cuts projected rings and lines to a target rectangle. Draws nothing. */

/**
 * A target is {scale, x, y, x0, y0, x1, y1}: zoom-0 px times `scale` minus (x, y) are
 * target px; the rectangle x0 to y1 is what will be seen.
 */
const CLIP_MARGIN_PX = 12;

const misses = (box, to) =>
  box[2] * to.scale - to.x < to.x0 ||
  box[0] * to.scale - to.x > to.x1 ||
  box[3] * to.scale - to.y < to.y0 ||
  box[1] * to.scale - to.y > to.y1;

const inside = (box, to) =>
  box[0] * to.scale - to.x >= to.x0 &&
  box[2] * to.scale - to.x <= to.x1 &&
  box[1] * to.scale - to.y >= to.y0 &&
  box[3] * to.scale - to.y <= to.y1;

/** Points in px of the target, leaving out those nearer than `step` to the one before. */
function thin(xy, to, step) {
  const out = [];
  let px = Infinity;
  let py = Infinity;
  const last = xy.length - 2;
  for (let i = 0; i <= last; i += 2) {
    const x = xy[i] * to.scale - to.x;
    const y = xy[i + 1] * to.scale - to.y;
    if (Math.abs(x - px) + Math.abs(y - py) < step && i !== last) continue;
    out.push(x, y);
    px = x;
    py = y;
  }
  return out;
}

/** Cut a closed ring to one half plane (Sutherland-Hodgman). */
function cut(points, axis, limit, sign) {
  const out = [];
  const n = points.length;
  for (let i = 0; i < n; i += 2) {
    const j = i === 0 ? n - 2 : i - 2;
    const now = sign * (points[i + axis] - limit);
    const before = sign * (points[j + axis] - limit);
    if (now > 0 !== before > 0) {
      const t = before / (before - now);
      out.push(
        points[j] + t * (points[i] - points[j]),
        points[j + 1] + t * (points[i + 1] - points[j + 1]),
      );
    }
    if (now > 0) out.push(points[i], points[i + 1]);
  }
  return out;
}

function clipRing(points, to) {
  let cutOut = cut(points, 0, to.x0 - CLIP_MARGIN_PX, 1);
  cutOut = cut(cutOut, 0, to.x1 + CLIP_MARGIN_PX, -1);
  cutOut = cut(cutOut, 1, to.y0 - CLIP_MARGIN_PX, 1);
  return cut(cutOut, 1, to.y1 + CLIP_MARGIN_PX, -1);
}

const RUN_LIMIT_PX = 12000;

function lengthOf(points) {
  let length = 0;
  for (let i = 2; i < points.length; i += 2) {
    length += Math.hypot(points[i] - points[i - 2], points[i + 1] - points[i - 1]);
  }
  return length;
}

const dOf = (points) => {
  let d = "";
  for (let i = 0; i < points.length; i += 2) {
    d += `${i ? "L" : "M"}${Math.round(points[i] * 10) / 10},${Math.round(points[i + 1] * 10) / 10}`;
  }
  return d;
};

/**
 * The runs of a line that come near the target, each with its distance from the line's
 * start, so that dashes stand still however much of the line is left out.
 */
function runs(path, to) {
  if (misses(path.box, to)) return [];
  const points = thin(path.xy, to, 0.6);
  if (lengthOf(points) < RUN_LIMIT_PX) return [{ points, d: dOf(points), start: 0 }];
  const out = [];
  /** @type {any} */
  let run = null;
  let length = 0;
  for (let i = 2; i < points.length; i += 2) {
    const [ax, ay, bx, by] = [points[i - 2], points[i - 1], points[i], points[i + 1]];
    const away =
      Math.max(ax, bx) < to.x0 ||
      Math.min(ax, bx) > to.x1 ||
      Math.max(ay, by) < to.y0 ||
      Math.min(ay, by) > to.y1;
    if (away) run = null;
    else if (run) run.points.push(bx, by);
    else {
      run = { points: [ax, ay, bx, by], start: length };
      out.push(run);
    }
    length += Math.hypot(bx - ax, by - ay);
  }
  return out.map((r) => ({ ...r, d: dOf(r.points) }));
}

/** A closed ring as target px, cut to the target where it is much larger. */
function ringPoints(path, to) {
  const points = thin(path.xy, to, 0.6);
  return inside(path.box, to) || lengthOf(points) < RUN_LIMIT_PX ? points : clipRing(points, to);
}

export { clipRing, dOf, inside, misses, ringPoints, runs, thin };
