/* The middle of a sea in sight as curves of map px, for its name. Draws nothing. */
/** How far from its place, in degrees, a sea's name may stand: by the sea's rank. */
const REACH_DEG = [0, 20, 5, 2];
/** A water less than this many times as long as wide has no axis: its name lies level. */
const ROUND = 1.5;
/** Of the curve's ends against its middle. */
const MOST_SLOPE = 0.55;
/** Other curves beside the first, in parts of the water's half width. */
const ASIDE = [0, 0.35, -0.35, 0.7, -0.7];
const ASIDE_PRICE = 6;
const LEAST_CELLS = 40;
const BINS = 64;

/** How many cells each cell of a water is from its shore or the edge of the view. */
function depths({ of }, id, columns, rows) {
  const deep = new Float32Array(of.length);
  const at = (c, r) => (c < 0 || r < 0 || c >= columns || r >= rows ? 0 : deep[r * columns + c]);
  const sweep = (c, r, by) => {
    const i = r * columns + c;
    const straight = Math.min(at(c + by, r), at(c, r + by)) + 1;
    const slanting = Math.min(at(c + by, r + by), at(c - by, r + by)) + Math.SQRT2;
    deep[i] = Math.min(deep[i], straight, slanting);
  };
  for (let i = 0; i < of.length; i += 1) deep[i] = of[i] === id ? Infinity : 0;
  for (let r = 0; r < rows; r += 1) for (let c = 0; c < columns; c += 1) sweep(c, r, -1);
  for (let r = rows - 1; r >= 0; r -= 1) for (let c = columns - 1; c >= 0; c -= 1) sweep(c, r, 1);
  return deep;
}

/** The places of a water near a point, in px, each with the weight of its distance to the shore. */
function placesOf(masks, id, at, reachPx) {
  const { columns, rows, cellPx } = masks;
  const deep = depths(masks.waters(), id, columns, rows);
  const places = [];
  for (let i = 0; i < deep.length; i += 1) {
    if (!deep[i]) continue;
    const [x, y] = [((i % columns) + 0.5) * cellPx, (Math.floor(i / columns) + 0.5) * cellPx];
    if (Math.abs(x - at.x) < reachPx && Math.abs(y - at.y) < reachPx)
      places.push({ x, y, w: deep[i] });
  }
  return places;
}

/** Middle and long axis, rightwards. */
function axisOf(places) {
  let [w, x, y] = [0, 0, 0];
  for (const p of places) [w, x, y] = [w + p.w, x + p.x * p.w, y + p.y * p.w];
  [x, y] = [x / w, y / w];
  let [xx, xy, yy] = [0, 0, 0];
  for (const p of places) {
    const [dx, dy] = [p.x - x, p.y - y];
    [xx, xy, yy] = [xx + p.w * dx * dx, xy + p.w * dx * dy, yy + p.w * dy * dy];
  }
  const far = Math.hypot((xx - yy) / 2, xy);
  const long = (xx + yy) / 2 + far > ROUND ** 2 * ((xx + yy) / 2 - far);
  const turn = long ? Math.atan2(2 * xy, xx - yy) / 2 : 0;
  return { x, y, w, cos: Math.cos(turn), sin: Math.sin(turn), length: Math.sqrt((xx + yy) / w) };
}

/** The parabola s = level + tilt u + bend u² that passes places of a weight most closely. */
function parabola(rows) {
  const m = [0, 0, 0, 0, 0];
  const v = [0, 0, 0];
  for (const { u, s, w } of rows) {
    for (let k = 0; k < 5; k += 1) m[k] += w * u ** k;
    for (let k = 0; k < 3; k += 1) v[k] += w * s * u ** k;
  }
  const det = (a, b, c) =>
    a[0] * (b[1] * c[2] - b[2] * c[1]) -
    a[1] * (b[0] * c[2] - b[2] * c[0]) +
    a[2] * (b[0] * c[1] - b[1] * c[0]);
  const columns = [m.slice(0, 3), m.slice(1, 4), m.slice(2, 5)];
  const whole = det(columns[0], columns[1], columns[2]) || 1;
  return columns.map((_, k) => {
    const [a, b, c] = columns.map((column, i) => (i === k ? v : column));
    return det(a, b, c) / whole;
  });
}

/** Between which u nearly all of the weight lies. */
function ends(rows, whole) {
  const [low, high] = [Math.min(...rows.map((r) => r.u)), Math.max(...rows.map((r) => r.u))];
  const bins = new Float64Array(BINS);
  const step = (high - low) / BINS || 1;
  for (const { u, w } of rows) bins[Math.min(BINS - 1, Math.floor((u - low) / step))] += w;
  const reached = (order) => {
    let sum = 0;
    for (const i of order) {
      sum += bins[i];
      if (sum > 0.01 * whole) return i;
    }
    return 0;
  };
  const order = [...bins.keys()];
  return [low + reached(order) * step, low + (reached(order.reverse()) + 1) * step];
}

/**
 * @param {any} masks of the view @param {{ id: number, at: { x: number, y: number }, rank: number }}
 *   sea which water of the masks, and where its name belongs in map px
 * @returns `{price, points}[]` the best first; points are so many px apart
 */
export function seaCurves(masks, sea, view, stepPx) {
  const reachPx = (REACH_DEG[sea.rank] * view.to.scale * 256) / 360;
  const places = placesOf(masks, sea.id, sea.at, reachPx);
  if (places.length < LEAST_CELLS) return [];
  const { x, y, w, cos, sin, length } = axisOf(places);
  const rows = places.map((p) => ({
    u: ((p.x - x) * cos + (p.y - y) * sin) / length,
    s: (p.y - y) * cos - (p.x - x) * sin,
    w: p.w,
  }));
  const [level, tilt, bent] = parabola(rows);
  const [first, last] = ends(rows, w);
  const most = (MOST_SLOPE * length) / Math.max(1e-6, last - first);
  const bend = Math.max(-most, Math.min(most, bent));
  const rise = (u) => level + tilt * u + bend * u * u;
  let spread = 0;
  for (const row of rows) spread += row.w * (row.s - rise(row.u)) ** 2;
  const half = 2 * Math.sqrt(spread / w);
  const steps = Math.floor(((last - first) * length) / stepPx);
  return ASIDE.map((aside) => ({
    price: ASIDE_PRICE * Math.abs(aside),
    points: Array.from({ length: steps + 1 }, (_, i) => {
      const u = first + (i * stepPx) / length;
      const [t, s] = [u * length, rise(u) + aside * half];
      return [x + t * cos - s * sin, y + t * sin + s * cos];
    }),
  }));
}
