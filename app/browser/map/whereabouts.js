/* Says where features stand on the screen, for cards, leaders and keys. Draws nothing. */
import * as names from "./labels/names.js";

function boxesAlong(runs, view) {
  const out = [];
  for (const { points } of runs) {
    let [lx, ly] = [NaN, NaN];
    for (let i = 0; i < points.length; i += 2) {
      const [x, y] = [points[i] + view.shift.x, points[i + 1] + view.shift.y];
      if (x < 0 || y < 0 || x > view.width || y > view.height) continue;
      if (Math.hypot(x - lx, y - ly) < 20) continue;
      [lx, ly] = [x, y];
      out.push({ left: x - 10, top: y - 10, right: x + 10, bottom: y + 10 });
    }
  }
  return out;
}

/** @param {() => any} drawn the frame that is on the screen, or null */
export function createWhereabouts(map, shapes, viewOf, drawn) {
  const current = (stand) => {
    const { scale, x, y } = { scale: 2 ** map.getZoom(), ...map.getPixelOrigin() };
    const shift = map.layerPointToContainerPoint([0, 0]);
    return { x: stand.ux * scale - x + shift.x, y: stand.uy * scale - y + shift.y };
  };

  const standOf = (id) => drawn()?.stands.find((s) => s.members.some((m) => m.feature.id === id));

  function standPoint(key) {
    const stand = drawn()?.stands.find((s) => s.key === key);
    return stand ? current(stand) : null;
  }

  /** Where a feature is drawn, in px of the map; the middle of what is seen of a line. */
  function pointOf(id) {
    if (!drawn()?.phases.has(id)) return null;
    const stand = standOf(id);
    if (stand) return current(stand);
    const item = shapes.item(id);
    return item ? middleOf(item) : null;
  }

  function middleOf(item) {
    const { view } = drawn();
    const { feature } = item.entry;
    if (feature.label) {
      const at = names.toMap(viewOf(map, 0), ...feature.label.at);
      if (at.x > 0 && at.y > 0 && at.x < view.width && at.y < view.height) return at;
    }
    const seen = [];
    for (const { points: p } of item.runs) {
      for (let i = 0; i < p.length; i += 2) {
        const [x, y] = [p[i] + view.shift.x, p[i + 1] + view.shift.y];
        if (x > 0 && y > 0 && x < view.width && y < view.height) seen.push({ x, y });
      }
    }
    return seen[Math.floor(seen.length / 2)] || null;
  }

  /** Small rectangles that together cover what is drawn of the lit features. */
  function litBoxes() {
    if (!drawn()) return [];
    const out = [];
    for (const stand of drawn().stands) {
      if (!stand.state.lit) continue;
      const [x, y, r] = [stand.x, stand.y, Math.min(stand.reachPx, 60) + 4];
      out.push({ left: x - r, top: y - r, right: x + r, bottom: y + r });
    }
    for (const item of shapes.items.values()) {
      const { feature } = item.entry;
      if (drawn().phases.has(feature.id) && drawn().stateOf(feature.id).lit)
        out.push(...boxesAlong(item.runs, drawn().view));
    }
    return out;
  }

  return { pointOf, standPoint, litBoxes };
}
