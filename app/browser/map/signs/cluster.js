/* Decides what signs do that stand too close: spread in a column, or share a tag. */

/** Two bridges' brackets are wider than discs: nearer than this they cannot be told apart. */
const NEAR_BRACKETS_PX = 20;
const BRACKETS_FROM_PX = 12;
const FREE_PX = 200;
const AWAY_PX = 64;
const APART_PX = 39;
const SPREAD_AT_MOST = 4;
const SIGN_PX = 20;

function isNear(a, b, crowdPx) {
  const both = Math.min(a.glyphPx || 0, b.glyphPx || 0) > BRACKETS_FROM_PX;
  return Math.hypot(a.x - b.x, a.y - b.y) < (both ? NEAR_BRACKETS_PX : crowdPx);
}

/** Groups of stands in which each is near another. */
function groupsOf(stands, crowdPx) {
  const left = new Set(stands);
  const groups = [];
  for (const first of stands) {
    if (!left.delete(first)) continue;
    const group = [first];
    for (const one of group) {
      for (const other of [...left]) {
        if (isNear(one, other, crowdPx) && left.delete(other)) group.push(other);
      }
    }
    groups.push(group);
  }
  return groups;
}

const middle = (group, key) => group.reduce((sum, stand) => sum + stand[key], 0) / group.length;

function columnRect(group, side) {
  const [x, y] = [middle(group, "x"), middle(group, "y")];
  const half = (group.length * APART_PX) / 2;
  const near = x + side * (AWAY_PX - SIGN_PX);
  const far = x + side * (SIGN_PX + FREE_PX);
  return {
    left: Math.min(near, far),
    right: Math.max(near, far),
    top: y - half,
    bottom: y + half,
  };
}

const meets = (a, b) =>
  a.left < b.right && a.right > b.left && a.top < b.bottom && a.bottom > b.top;

function spread(group, side, out) {
  const [x, y] = [middle(group, "x"), middle(group, "y")];
  const ordered = [...group].sort((a, b) => a.y - b.y || a.x - b.x);
  ordered.forEach((stand, i) => {
    const toX = x + side * AWAY_PX;
    const toY = y + (i - (group.length - 1) / 2) * APART_PX;
    out.set(stand.key, { dx: toX - stand.x, dy: toY - stand.y, spread: side });
  });
}

function share(group, out) {
  const first = group.reduce((a, b) => (b.rank < a.rank ? b : a));
  const members = [...group].sort((a, b) => a.rank - b.rank).map((stand) => stand.key);
  for (const stand of group) {
    out.set(
      stand.key,
      stand === first ? { dx: 0, dy: 0, tag: group.length, members } : { hiddenBy: first.key },
    );
  }
}

/**
 * @param {any[]} stands {key, x, y, rank, glyphPx} places with signs, in px of the map
 * @param {(box: any, but: Set<any>) => boolean} isFree whether a rectangle holds nothing else
 * @param {number} crowdPx signs nearer than this are a crowd
 * @returns {Map<string, object>} key -> {dx, dy} and spread (-1 left, 1 right), tag with
 *   members, or hiddenBy
 */
export function clusterStands(stands, isFree, crowdPx) {
  const out = new Map();
  const columns = [];
  const isRoom = (rect, keys) => isFree(rect, keys) && !columns.some((other) => meets(rect, other));
  for (const group of groupsOf(stands, crowdPx)) {
    if (group.length === 1) {
      out.set(group[0].key, { dx: 0, dy: 0 });
      continue;
    }
    const keys = new Set(group.map((stand) => stand.key));
    const side =
      group.length > SPREAD_AT_MOST
        ? undefined
        : [1, -1].find((s) => isRoom(columnRect(group, s), keys));
    if (side) {
      columns.push(columnRect(group, side));
      spread(group, side, out);
    } else share(group, out);
  }
  return out;
}
