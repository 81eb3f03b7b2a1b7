/* Decides what signs do that stand closer than 14 px: spread in a column, or share a tag. */
(function () {
  "use strict";
  const Corridormap = (window.Corridormap = window.Corridormap || {});

  const NEAR_PX = 14;
  const FREE_PX = 200;
  const AWAY_PX = 64;
  const APART_PX = 39;
  const SPREAD_AT_MOST = 4;

  /** Groups of stands in which each is nearer than 14 px to another. */
  function groupsOf(stands) {
    const left = new Set(stands);
    const groups = [];
    for (const first of stands) {
      if (!left.delete(first)) continue;
      const group = [first];
      for (const one of group) {
        for (const other of [...left]) {
          if (Math.hypot(one.x - other.x, one.y - other.y) >= NEAR_PX) continue;
          left.delete(other);
          group.push(other);
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
    const near = x + side * (AWAY_PX - 22);
    const far = x + side * (AWAY_PX - 22 + FREE_PX);
    return { left: Math.min(near, far), right: Math.max(near, far), top: y - half, bottom: y + half };
  }

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
      out.set(stand.key, stand === first ? { dx: 0, dy: 0, tag: group.length, members } : { hiddenBy: first.key });
    }
  }

  /**
   * @param {{key, x, y, rank}[]} stands places with signs, in px of the map
   * @param {function(object, Set): boolean} isFree whether a rectangle holds nothing else
   * @returns {Map<string, object>} key -> {dx, dy} and spread (-1 left, 1 right), tag with
   *   members, or hiddenBy
   */
  Corridormap.clusterStands = function (stands, isFree) {
    const out = new Map();
    for (const group of groupsOf(stands)) {
      if (group.length === 1) {
        out.set(group[0].key, { dx: 0, dy: 0 });
        continue;
      }
      const keys = new Set(group.map((stand) => stand.key));
      const side = group.length > SPREAD_AT_MOST
        ? undefined
        : [1, -1].find((s) => isFree(columnRect(group, s), keys));
      if (side) spread(group, side, out);
      else share(group, out);
    }
    return out;
  };
})();
