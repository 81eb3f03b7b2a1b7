/* Finds room for labels: candidates in order, the cheapest that hits nothing. Draws nothing. */
import { gapTo } from "./room.js";

const GAP_PX = 4;
const LABEL_PAD_PX = 2;
const LEADER_SPOTS = 8;
const FAR_SPOTS = 16;
const LEADER_WAYS = 12;
/** Numbers that find no room nearer are told outside a crowd, in free water or land. */
const FAR_LEADERS_PX = [22, 40, 64, 90, 120, 150];
/** What a leader may run over, in price: about three lines besides its own. */
const MOST_CROSSED = 20;
/** First choice wins over a slightly cheaper one, so that labels stay where they were. */
const STAY_BONUS = 2.5;
/** A name may be as near to a line of its own as to another: so much is not seen. */
const SAME_PX = 1;

const round = (n) => Math.round(n * 1e6) / 1e6;

const grow = (rect, by) => ({
  left: rect.left - by,
  top: rect.top - by,
  right: rect.right + by,
  bottom: rect.bottom + by,
});

/** The block's rectangle on one side of a point, a distance to the side and up or down. */
function blockBeside(x, y, side, far, block) {
  const left = x + side.x * far.x - (side.x > 0 ? 0 : side.x < 0 ? block.width : block.width / 2);
  const top = y + side.y * far.y - (side.y > 0 ? 0 : side.y < 0 ? block.height : block.height / 2);
  return { left, top, right: left + block.width, bottom: top + block.height };
}

const alignOf = (x) => (x > 0 ? "start" : x < 0 ? "end" : "middle");

function* pointCandidates({ x, y, body }, block, { sides }) {
  const far = { x: body.rx + body.padPx + GAP_PX, y: body.ry + body.padPx + GAP_PX };
  for (const side of sides) {
    // Round a disc a corner of the text is as far from it as a side.
    const toX = body.round && side.x && side.y ? side.x * Math.sqrt(1 - side.y * side.y) : side.x;
    const rect = blockBeside(x, y, { x: toX, y: side.y }, far, block);
    yield { name: `${side.x},${side.y}`, cost: side.price, rect, align: alignOf(side.x) };
  }
}

/** Where a line from the middle of a sign leaves it, in a direction. */
function rimOf({ x, y, glyph }, side) {
  const { rx, ry } = glyph;
  const far = glyph.round
    ? rx
    : Math.min(...[rx / Math.abs(side.x), ry / Math.abs(side.y)].filter(Number.isFinite));
  return [x + side.x * (far + 1), y + side.y * (far + 1)];
}

/** At the end of a leader that ends at a dot: on the sign's rim, or on the line. */
function* leaderCandidates(from, block, prices) {
  const lengths = from.far ? FAR_LEADERS_PX : prices.leaders_px;
  for (const length of lengths) {
    for (let i = 0; i < LEADER_WAYS; i += 1) {
      const angle = (i * 2 * Math.PI) / LEADER_WAYS;
      const side = { x: round(Math.cos(angle)), y: round(Math.sin(angle)) };
      const start = rimOf(from, side);
      const clear = from.clearPx || 0;
      const to = [start[0] + side.x * (length + clear), start[1] + side.y * (length + clear)];
      yield {
        name: `leader-${length}-${i}`,
        cost: prices.leader + length * prices.leader_per_px,
        rect: blockBeside(to[0], to[1], side, { x: 3, y: 3 }, block),
        align: alignOf(side.x),
        leader: [start, to],
      };
    }
  }
}

const POINT = { rx: 0, ry: 0, round: true };

/** A leader leaves from the sign, or from a few spots of a line, the wanted one first. */
function leaderStarts(spec) {
  if (spec.how !== "line") return [spec];
  const { far } = spec;
  return spec.spots
    .slice(0, far ? FAR_SPOTS : LEADER_SPOTS)
    .map(({ x, y }) => ({ x, y, glyph: POINT, far }));
}

/** Along a line: beside each of its spots, nearer to the wanted one first. */
function* lineCandidates(spec, block, { sides, beside }) {
  const far = { x: spec.reachPx + 3, y: spec.reachPx + 3 };
  for (const spot of spec.spots) {
    for (const [i, side] of sides.entries()) {
      yield {
        name: `${spot.name}-${i}`,
        cost: beside * i + spot.cost,
        rect: blockBeside(spot.x, spot.y, side, far, block),
        align: alignOf(side.x),
        spot,
      };
    }
  }
}

/** Centred on given places: areas, countries, seas, and numbers on their own sign or line. */
function* centreCandidates(spec, block) {
  for (const spot of spec.centres) {
    const rect = blockBeside(spot.x, spot.y, { x: 0, y: 0 }, { x: 0, y: 0 }, block);
    if (spec.holds && !spec.holds(rect)) continue;
    yield { name: spot.name, cost: spot.cost, rect, align: "middle" };
  }
}

const CANDIDATES = { point: pointCandidates, line: lineCandidates, centre: centreCandidates };

/** Px from a candidate to its own sign or line; nothing of what stands on it or in its area. */
function ownGap({ rect, spot }, spec) {
  if (spec.how === "centre") return 0;
  if (spot) return gapTo(rect, { ...POINT, x: spot.x, y: spot.y });
  return Math.min(gapTo(rect, spec.body), gapTo(rect, { ...spec.glyph, x: spec.x, y: spec.y }));
}

/** Whether a label stands nearer to its own sign or line than to any other's. */
function isNearest(candidate, spec, room) {
  const { rect, spot } = candidate;
  const own = ownGap(candidate, spec);
  const apart = spec.apartPx || 0;
  const near = (body) =>
    body.owner !== spec.owner && gapTo(rect, body) < (body.plain ? own : Math.max(own, apart));
  if (room.bodies.some(rect, Math.max(own, apart), near)) return false;
  return !spot || !room.nearby?.others(grow(rect, own - SAME_PX), spec.feature.id);
}

function search(candidates, spec, block, room, best) {
  for (const candidate of candidates) {
    const stay = spec.last === `${candidate.name}` ? STAY_BONUS : 0;
    const base = candidate.cost + block.cost - stay;
    if (best && base >= best.cost) continue;
    const rect = grow(candidate.rect, LABEL_PAD_PX);
    if (!room.free(rect, spec.onOwn ? spec.owner : null)) continue;
    let cost = base + (spec.onOwn ? 0 : room.over(rect));
    if (best && cost >= best.cost) continue;
    if (candidate.leader) {
      if (!room.leaderIsFree(candidate.leader, spec.owner)) continue;
      const crossed = room.overAlong(candidate.leader);
      if (crossed > MOST_CROSSED) continue;
      cost += crossed;
    } else if (!isNearest(candidate, spec, room)) continue;
    if (!best || cost < best.cost) best = { ...candidate, cost, block, key: spec.key, spec };
  }
  return best;
}

/**
 * @param {any} spec {key, how: "point" | "line" | "centre", blocks, mostCost, leader}
 * @returns the cheapest place, or null when there is none under the label's own limit
 */
function placeOne(spec, room) {
  const { prices } = room;
  // Numbers far from their feature are worth it once.
  const told = (one) => one.badges.every((b) => b.claims.every((id) => room.marked.has(id)));
  if (spec.far && spec.blocks.every(told)) return null;
  const named = spec.blocks.filter((block) => block.lines.length);
  /** @type {any} */
  let best = null;
  for (const block of spec.blocks) {
    best = search(CANDIDATES[spec.how](spec, block, prices), spec, block, room, best);
    // A good place for the fuller text is better than a perfect one for less of it.
    if (best && best.cost <= block.cost + prices.second_row) break;
  }
  if (spec.leader && (!best || best.cost > prices.leader)) {
    for (const block of spec.far ? spec.blocks : named.slice(0, 2)) {
      for (const from of leaderStarts(spec))
        best = search(leaderCandidates(from, block, prices), spec, block, room, best);
    }
  }
  if (best && best.cost <= spec.mostCost) return best;
  return spec.fallback ? placeOne(spec.fallback, room) : null;
}

/** Place all specs, which come in order of rank. @returns `{placed: object[], dropped: string[]}` */
function placeAll(specs, room) {
  const placed = [];
  const dropped = [];
  for (const spec of specs) {
    const place = spec.unless?.(placed) ? null : placeOne(spec, room);
    if (!place) {
      dropped.push(spec.key);
      continue;
    }
    placed.push(place);
    room.take(place);
  }
  return { placed, dropped };
}

export { placeAll };
