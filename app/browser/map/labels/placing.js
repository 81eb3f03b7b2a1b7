/* Finds room for labels: candidates in order, the cheapest that hits nothing. Draws nothing. */

const GAP_PX = 4;
const LABEL_PAD_PX = 2;
const LEADER_SPOTS = 8;
const BADGE_PX = 19;
/** First choice wins over a slightly cheaper one, so that labels stay where they were. */
const STAY_BONUS = 2.5;

const round = (n) => Math.round(n * 1e6) / 1e6;

const meets = (a, b) =>
  a.left < b.right && a.right > b.left && a.top < b.bottom && a.bottom > b.top;

function meetsCircle(rect, circle) {
  const dx = Math.max(rect.left - circle.x, 0, circle.x - rect.right);
  const dy = Math.max(rect.top - circle.y, 0, circle.y - rect.bottom);
  return dx * dx + dy * dy < circle.r * circle.r;
}

/**
 * What is taken already: the map's edge, panels, signs and labels.
 * @param {{ width: number, height: number }} view @param {LabelPrices} prices
 * @param {(rect: any) => number} over what a label pays for what it covers
 */
function createRoom({ width, height }, prices, over) {
  const rects = [];
  const circles = [];
  return {
    rects,
    circles,
    width,
    height,
    prices,
    over,
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

/** The block's rectangle on one side of a point, a distance away. */
function blockBeside(x, y, side, far, block) {
  const left = x + side.x * far - (side.x > 0 ? 0 : side.x < 0 ? block.width : block.width / 2);
  const top = y + side.y * far - (side.y > 0 ? 0 : side.y < 0 ? block.height : block.height / 2);
  return { left, top, right: left + block.width, bottom: top + block.height };
}

const alignOf = (x) => (x > 0 ? "start" : x < 0 ? "end" : "middle");

function* pointCandidates(spec, block, { sides }) {
  for (const side of sides) {
    if (spec.side && Math.sign(side.x) !== spec.side) continue;
    yield {
      name: `${side.x},${side.y}`,
      cost: side.price,
      rect: blockBeside(spec.x, spec.y, side, spec.reachPx + GAP_PX, block),
      align: alignOf(side.x),
    };
  }
}

function* leaderCandidates(spec, block, prices) {
  for (const length of prices.leaders_px) {
    for (let i = 0; i < 12; i += 1) {
      const angle = (i * Math.PI) / 6;
      const side = { x: round(Math.cos(angle)), y: round(Math.sin(angle)) };
      const from = [spec.x + side.x * (spec.reachPx + 1), spec.y + side.y * (spec.reachPx + 1)];
      const to = [from[0] + side.x * length, from[1] + side.y * length];
      yield {
        name: `leader-${length}-${i}`,
        cost: prices.leader + length * prices.leader_per_px,
        rect: blockBeside(to[0], to[1], side, 3, block),
        align: alignOf(side.x),
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
function* lineCandidates(spec, block, { sides, beside }) {
  for (const spot of spec.spots) {
    for (const [i, side] of sides.entries()) {
      yield {
        name: `${spot.name}-${i}`,
        cost: beside * i + spot.cost,
        rect: blockBeside(spot.x, spot.y, side, spec.reachPx + 3, block),
        align: alignOf(side.x),
      };
    }
  }
}

/** Centred on given places (areas, countries, seas). */
function* centreCandidates(spec, block) {
  for (const spot of spec.centres) {
    const rect = blockBeside(spot.x, spot.y, { x: 0, y: 0 }, 0, block);
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
    const cost = base + room.over(rect) * (spec.softness || 1);
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
    best = search(
      CANDIDATES[spec.how](spec, block, room.prices),
      spec,
      block,
      room,
      best,
      block.cost || 0,
    );
    // A good place for the fuller text is better than a perfect one for less of it.
    if (best && best.cost <= (block.cost || 0) + room.prices.second_row) break;
  }
  if (spec.leader && (!best || best.cost > room.prices.leader)) {
    for (const block of spec.blocks.slice(-2)) {
      for (const from of leaderStarts(spec)) {
        best = search(
          leaderCandidates(from, block, room.prices),
          spec,
          block,
          room,
          best,
          block.cost || 0,
        );
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
