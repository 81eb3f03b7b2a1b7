/* What is in the way of labels: the map's edge, panels, signs, labels and leaders. Draws nothing. */

const EDGE_PX = { x: 4, y: 3 };
const BODIES_CELL_PX = 48;
const LEADER_CELL_PX = 4;
const LEADER_HALF_PX = 2;

const meets = (a, b) =>
  a.left < b.right && a.right > b.left && a.top < b.bottom && a.bottom > b.top;

/** How far a rectangle is from what is drawn at a place: a disc, or a glyph's own box. */
function gapTo(rect, { x, y, rx, ry, round }) {
  const dx = Math.max(rect.left - x, 0, x - rect.right);
  const dy = Math.max(rect.top - y, 0, y - rect.bottom);
  if (round) return Math.max(0, Math.hypot(dx, dy) - rx);
  return Math.hypot(Math.max(0, dx - rx), Math.max(0, dy - ry));
}

/** Whether two straight lines cross; those that share an end do not. */
function cross([a, b], [c, d]) {
  const side = (p, q, r) => (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0]);
  return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
}

function crossesRect(leader, { left, top, right, bottom }) {
  const inside = ([x, y]) => x > left && x < right && y > top && y < bottom;
  const corners = [
    [left, top],
    [right, top],
    [right, bottom],
    [left, bottom],
  ];
  return leader.some(inside) || corners.some((at, i) => cross(leader, [at, corners[(i + 1) % 4]]));
}

/** Signs and dots by where they are: a label asks only for those near it. */
function createBodies() {
  const cells = new Map();
  const range = (from, to) => [Math.floor(from / BODIES_CELL_PX), Math.floor(to / BODIES_CELL_PX)];
  function* keys(left, top, right, bottom) {
    const [c0, c1] = range(left, right);
    const [r0, r1] = range(top, bottom);
    for (let r = r0; r <= r1; r += 1) for (let c = c0; c <= c1; c += 1) yield r * 1e4 + c;
  }
  return {
    add(body) {
      const { x, y, padPx } = body;
      const [w, h] = [body.rx + padPx, body.ry + padPx];
      for (const key of keys(x - w, y - h, x + w, y + h)) {
        const there = cells.get(key) ?? [];
        there.push(body);
        cells.set(key, there);
      }
    },
    /** Whether a test holds for a body that a rectangle, grown by some px, comes near. */
    some(rect, byPx, test) {
      const { left, top, right, bottom } = rect;
      for (const key of keys(left - byPx, top - byPx, right + byPx, bottom + byPx))
        if (cells.get(key)?.some(test)) return true;
      return false;
    },
  };
}

/**
 * @param {{ width: number, height: number }} view @param {LabelPrices} prices
 * @param {(rect: any) => number} over what a label pays for what it covers
 * @param {any} nearby whose line passes where, or null
 */
export function createRoom({ width, height }, prices, over, nearby = null) {
  /** @type {any[]} */
  const rects = [];
  const bodies = createBodies();
  /** @type {any[]} */
  const leaders = [];
  /** @type {Set<string>} */
  const marked = new Set();
  return {
    rects,
    /** Claims whose numbers have their place already. */
    marked,
    /** Signs and dots: {x, y, rx, ry, round, padPx, owner}; padPx is kept clear around them. */
    bodies,
    prices,
    over,
    nearby,
    /** Whether a rectangle touches nothing; the sign of `but` it may touch. */
    free(rect, but = null) {
      if (rect.left < EDGE_PX.x || rect.right > width - EDGE_PX.x) return false;
      if (rect.top < EDGE_PX.y || rect.bottom > height - EDGE_PX.y) return false;
      return !(
        rects.some((other) => meets(rect, other)) ||
        bodies.some(rect, 0, (body) => body.owner !== but && gapTo(rect, body) < body.padPx) ||
        leaders.some((leader) => crossesRect(leader, rect))
      );
    },
    /** Whether a leader runs over no label, no other leader and no sign but its own. */
    leaderIsFree(leader, own) {
      if (leaders.some((other) => cross(leader, other))) return false;
      const [[ax, ay], [bx, by]] = leader;
      const steps = Math.ceil(Math.hypot(bx - ax, by - ay) / LEADER_CELL_PX);
      for (let i = 0; i <= steps; i += 1) {
        const [x, y] = [ax + ((bx - ax) * i) / steps, ay + ((by - ay) * i) / steps];
        const at = { left: x, right: x, top: y, bottom: y };
        const hits = (rect) =>
          x > rect.left - LEADER_HALF_PX &&
          x < rect.right + LEADER_HALF_PX &&
          y > rect.top - LEADER_HALF_PX &&
          y < rect.bottom + LEADER_HALF_PX;
        if (rects.some(hits)) return false;
        // It may pass through the ring round a place, but not through what is drawn there. Towns
        // stand close on a line: it may pass beside their dots.
        const touches = (body) =>
          body.owner !== own &&
          gapTo(at, { ...body, ...body.glyph }) <= (body.plain ? 0 : LEADER_HALF_PX);
        if (bodies.some(at, LEADER_HALF_PX, touches)) return false;
      }
      return true;
    },
    /** What a leader pays for the lines that it runs over. */
    overAlong([[ax, ay], [bx, by]]) {
      const steps = Math.ceil(Math.hypot(bx - ax, by - ay) / LEADER_CELL_PX);
      let cost = 0;
      // What it begins on is its own line.
      for (let i = 2; i < steps; i += 1) {
        const [x, y] = [ax + ((bx - ax) * i) / steps, ay + ((by - ay) * i) / steps];
        cost += over({ left: x, top: y, right: x + 1, bottom: y + 1 });
      }
      return cost;
    },
    /** Keep the room of a placed label, with its leader and the dot drawn with it. */
    take({ rect, leader, spec, block }) {
      for (const badge of block.badges) for (const id of badge.claims) marked.add(id);
      rects.push({
        left: rect.left - 1,
        top: rect.top - 1,
        right: rect.right + 1,
        bottom: rect.bottom + 1,
      });
      if (leader) leaders.push(leader);
      if (spec.dotPx) bodies.add({ ...spec.body, owner: spec.owner });
    },
  };
}

export { gapTo, meets };
