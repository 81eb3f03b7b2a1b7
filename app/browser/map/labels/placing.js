/* Finds room for labels: candidates in order, the cheapest that hits nothing. Draws nothing. */

const GAP_PX = 4;
const LABEL_PAD_PX = 2;
const SOFT_COST = 0.9;
const LEADER_PX = [22, 34, 48];
const LEADER_SPOTS = 8;
const BADGE_PX = 19;
/** First choice wins over a slightly cheaper one, so that labels stay where they were. */
const STAY_BONUS = 2.5;

/** @type {[string, number, number, number][]} */
const SIDES = [
  // [name, cost, x, y]: where the block's anchor lies seen from the sign, and its alignment
  ["right", 0, 1, 0],
  ["left", 1, -1, 0],
  ["above-left", 2.4, -0.7, -0.7],
  ["below-left", 2.8, -0.7, 0.7],
  ["above", 3.2, 0, -1],
  ["below", 3.4, 0, 1],
  ["above-right", 3, 0.7, -0.7],
  ["below-right", 3.2, 0.7, 0.7],
];

const meets = (a, b) =>
  a.left < b.right && a.right > b.left && a.top < b.bottom && a.bottom > b.top;

function meetsCircle(rect, circle) {
  const dx = Math.max(rect.left - circle.x, 0, circle.x - rect.right);
  const dy = Math.max(rect.top - circle.y, 0, circle.y - rect.bottom);
  return dx * dx + dy * dy < circle.r * circle.r;
}

/** What is taken already: the map's edge, panels, signs and labels. */
function createRoom(width, height, softSum) {
  const rects = [];
  const circles = [];
  return {
    rects,
    circles,
    width,
    height,
    softSum,
    free(rect, ignoreRects) {
      if (rect.left < 4 || rect.top < 3 || rect.right > width - 4 || rect.bottom > height - 3)
        return false;
      if (!ignoreRects && rects.some((other) => meets(rect, other))) return false;
      return !circles.some((circle) => meetsCircle(rect, circle));
    },
  };
}

const grow = (rect, by) => ({
  left: rect.left - by,
  top: rect.top - by,
  right: rect.right + by,
  bottom: rect.bottom + by,
});

/** The block's rectangle for a point on its edge in the direction (ux, uy). */
function blockAt(x, y, ux, uy, block) {
  const left = ux > 0.4 ? x : ux < -0.4 ? x - block.width : x - block.width / 2;
  const top = uy < -0.5 ? y - block.height : uy > 0.5 ? y : y - block.height / 2;
  return { left, top, right: left + block.width, bottom: top + block.height };
}

const alignOf = (ux) => (ux > 0.4 ? "start" : ux < -0.4 ? "end" : "middle");

function* pointCandidates(spec, block) {
  const reach = spec.reachPx + GAP_PX;
  for (const [name, cost, ux, uy] of SIDES) {
    if (spec.side && Math.sign(ux) !== spec.side) continue;
    const diagonal = ux !== 0 && uy !== 0;
    const away = diagonal ? reach * 0.78 : reach;
    yield {
      name,
      cost,
      rect: blockAt(
        spec.x + Math.sign(ux) * (diagonal ? away : ux ? reach : 0),
        spec.y + Math.sign(uy) * (diagonal ? away * 0.55 : uy ? reach - 2 : 0),
        ux,
        uy,
        block,
      ),
      align: alignOf(ux),
    };
  }
}

function* leaderCandidates(spec, block) {
  for (const length of LEADER_PX) {
    for (let i = 0; i < 12; i += 1) {
      const angle = (i * Math.PI) / 6;
      const [ux, uy] = [Math.cos(angle), Math.sin(angle)];
      const from = [spec.x + ux * (spec.reachPx + 1), spec.y + uy * (spec.reachPx + 1)];
      const to = [from[0] + ux * length, from[1] + uy * length];
      yield {
        name: `leader-${length}-${i}`,
        cost: 12 + length / 8,
        rect: blockAt(to[0] + ux * 3, to[1] + uy * 3, ux, uy, block),
        align: alignOf(ux),
        leader: [from, to],
      };
    }
  }
}

/** A leader leaves from the sign, or from a few spots of a line, the wanted one first. */
function leaderStarts(spec) {
  if (spec.how !== "line") return [spec];
  return spec.spots.slice(0, LEADER_SPOTS).map(({ x, y }) => ({ x, y, reachPx: 3 }));
}

/** Along a line: beside each of its spots, nearer to the wanted one first. */
function* lineCandidates(spec, block) {
  for (const spot of spec.spots) {
    for (const [name, cost, ux, uy] of SIDES) {
      const off = spec.reachPx + (ux && uy ? 1 : 3);
      yield {
        name: `${spot.name}-${name}`,
        cost: cost * 0.3 + spot.cost,
        rect: blockAt(
          spot.x + Math.sign(ux) * off * (ux && uy ? 0.8 : 1),
          spot.y + Math.sign(uy) * off * (ux && uy ? 0.6 : 1),
          ux,
          uy,
          block,
        ),
        align: alignOf(ux),
      };
    }
  }
}

/** Centred on given places (areas, countries, seas). */
function* centreCandidates(spec, block) {
  for (const spot of spec.centres) {
    const rect = blockAt(spot.x, spot.y, 0, 0, block);
    if (spec.holds && !spec.holds(rect)) continue;
    yield { name: spot.name, cost: spot.cost, rect, align: "middle" };
  }
}

const CANDIDATES = { point: pointCandidates, line: lineCandidates, centre: centreCandidates };

function leaderIsFree(leader, room, spec) {
  const [[ax, ay], [bx, by]] = leader;
  for (let i = 1; i <= 6; i += 1) {
    const [x, y] = [ax + ((bx - ax) * i) / 6, ay + ((by - ay) * i) / 6];
    const spot = { left: x - 2, right: x + 2, top: y - 2, bottom: y + 2 };
    if (room.rects.some((rect) => meets(spot, rect))) return false;
    if (room.circles.some((c) => c.owner !== spec.key && meetsCircle(spot, c))) return false;
  }
  return true;
}

function search(candidates, spec, block, room, best, extra) {
  for (const candidate of candidates) {
    const stay = spec.last === `${candidate.name}` ? STAY_BONUS : 0;
    const base = candidate.cost + extra - stay;
    if (best && base >= best.cost) continue;
    const rect = grow(candidate.rect, LABEL_PAD_PX);
    if (!room.free(rect)) continue;
    if (candidate.leader && !leaderIsFree(candidate.leader, room, spec)) continue;
    const cost = base + SOFT_COST * room.softSum(rect) * (spec.softness || 1);
    if (!best || cost < best.cost) best = { ...candidate, cost, block, key: spec.key, spec };
  }
  return best;
}

/**
 * @param {any} spec {key, how: "point" | "line" | "centre", blocks, mostCost, leader}
 * @returns the cheapest place, or null when there is none under the label's own limit
 */
function placeOne(spec, room) {
  /** @type {any} */
  let best = null;
  for (const block of spec.blocks) {
    best = search(CANDIDATES[spec.how](spec, block), spec, block, room, best, block.cost || 0);
    // A good place for the fuller text is better than a perfect one for less of it.
    if (best && best.cost <= (block.cost || 0) + 4) break;
  }
  if (spec.leader && (!best || best.cost > 16)) {
    for (const block of spec.blocks.slice(-2)) {
      for (const from of leaderStarts(spec)) {
        best = search(leaderCandidates(from, block), spec, block, room, best, block.cost || 0);
      }
    }
  }
  return best && best.cost <= spec.mostCost ? best : null;
}

/** Place all specs, which come in order of rank. @returns `{placed: object[], dropped: string[]}` */
function placeAll(specs, room) {
  const placed = [];
  const dropped = [];
  for (const spec of specs) {
    const wanted = !spec.unless?.(placed);
    const place =
      wanted && (placeOne(spec, room) || (spec.fallback && placeOne(spec.fallback, room)));
    if (!place) {
      dropped.push(spec.key);
      continue;
    }
    placed.push(place);
    room.rects.push(grow(place.rect, 1));
    if (spec.dotPx) room.circles.push({ x: spec.x, y: spec.y, r: spec.dotPx, owner: spec.key });
  }
  return { placed, dropped };
}

export { BADGE_PX, createRoom, grow, meets, meetsCircle, placeAll };
