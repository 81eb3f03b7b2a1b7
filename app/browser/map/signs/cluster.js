/* Decides which signs crowd: the most important is drawn, of the others a dot at their places. */

/** Two bridges' brackets are wider than discs: nearer than this they cannot be told apart. */
const NEAR_BRACKETS_PX = 20;
const BRACKETS_FROM_PX = 12;

function isNear(a, b, crowdPx) {
  const both = Math.min(a.glyphPx || 0, b.glyphPx || 0) > BRACKETS_FROM_PX;
  return Math.hypot(a.x - b.x, a.y - b.y) < (both ? NEAR_BRACKETS_PX : crowdPx);
}

/**
 * The most important takes those near to it, then the most important of the rest: so every dot
 * stands near the sign that speaks for it, and no two signs that are drawn are near each other.
 * @param {any[]} stands {key, x, y, rank, glyphPx} places with signs, in px of the map
 * @param {number} crowdPx signs nearer than this are a crowd
 * @returns {Map<string, any>} key -> {} alone, {count, members} of the sign that is drawn for a
 *   crowd, or {dotOf: its key}
 */
export function clusterStands(stands, crowdPx) {
  const left = [...stands].sort((a, b) => a.rank - b.rank || (a.key < b.key ? -1 : 1));
  const out = new Map();
  for (const lead of left) {
    if (out.has(lead.key)) continue;
    const others = left.filter(
      (one) => one !== lead && !out.has(one.key) && isNear(lead, one, crowdPx),
    );
    for (const one of others) out.set(one.key, { dotOf: lead.key });
    const members = [lead, ...others].map((one) => one.key);
    out.set(lead.key, others.length ? { count: members.length, members } : {});
  }
  return out;
}
