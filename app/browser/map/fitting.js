/* Works out centre and zoom so that what matters is in sight beside the panels. Moves nothing. */

const PADDING_PX = 16;
const SIGN_PX = 26;
/** How much farther out a first view may be, in zooms, so that no panel hides a part of it. */
const LEAST_ZOOM_BY = 2;

/** Features' places as zoom-0 px, thinned: enough to say what lies under a panel. */
function samples(entries) {
  const out = [];
  for (const { paths } of entries) {
    for (const { xy } of paths) {
      const step = Math.max(1, Math.floor(xy.length / 2 / 60)) * 2;
      for (let i = 0; i < xy.length; i += step) out.push([xy[i], xy[i + 1]]);
    }
  }
  return out;
}

/** Centre and zoom that put a box of zoom-0 px into what the paddings leave of the view. */
function fitInto(box, size, pad, mostZoom, leastZoom) {
  const [w, h] = [size.x - pad.left - pad.right, size.y - pad.top - pad.bottom];
  const zoom = Math.min(
    Math.log2(Math.max(40, w) / Math.max(1e-9, box[2] - box[0])),
    Math.log2(Math.max(40, h) / Math.max(1e-9, box[3] - box[1])),
  );
  const clamped = Math.max(leastZoom, Math.min(mostZoom, zoom));
  const scale = 2 ** clamped;
  return {
    zoom: clamped,
    x: (box[0] + box[2]) / 2 + (pad.right - pad.left) / 2 / scale,
    y: (box[1] + box[3]) / 2 + (pad.bottom - pad.top) / 2 / scale,
  };
}

/** Points of the target that a rectangle over the map would hide. */
function hidden(points, rects, at, size) {
  const scale = 2 ** at.zoom;
  let count = 0;
  for (const [ux, uy] of points) {
    const x = (ux - at.x) * scale + size.x / 2;
    const y = (uy - at.y) * scale + size.y / 2;
    if (rects.some((r) => x > r.left - 8 && x < r.right + 8 && y > r.top - 8 && y < r.bottom + 8))
      count += 1;
  }
  return count;
}

/** Whether any of the points is in the view. */
function seen(points, at, size) {
  const scale = 2 ** at.zoom;
  return points.some(
    ([ux, uy]) =>
      Math.abs(ux - at.x) * scale < size.x / 2 && Math.abs(uy - at.y) * scale < size.y / 2,
  );
}

/** Try no panel space, then the space right of or above each panel; widest view wins. */
function bestFit(box, points, rects, size, pad, most, least) {
  const tries = [pad];
  for (const rect of rects) {
    const wide = rect.right - rect.left;
    if (wide < 60 || rect.bottom - rect.top < 60) continue;
    const atLeft = rect.left < size.x / 2;
    tries.push(
      atLeft
        ? { ...pad, left: rect.right + PADDING_PX }
        : { ...pad, right: size.x - rect.left + PADDING_PX },
    );
    tries.push({ ...pad, bottom: size.y - rect.top + PADDING_PX });
  }
  const fits = tries
    .filter((p) => p.left + p.right < size.x - 120 && p.top + p.bottom < size.y - 100)
    .map((p) => fitInto(box, size, p, most, least))
    .map((fit) => ({ ...fit, hidden: hidden(points, rects, fit, size) }));
  // A very small map leaves nothing beside its panels: then the panels must lie over it.
  if (!fits.length) return fitInto(box, size, pad, most, least);
  return fits.reduce((a, b) =>
    b.hidden < a.hidden || (b.hidden === a.hidden && b.zoom > a.zoom + 1e-6) ? b : a,
  );
}

/** One point for each cell of a few px: a line of a thousand points hides nothing more. */
function sparse(points, scale) {
  const cells = new Map(
    points.map((p) => [`${Math.round((p[0] * scale) / 10)},${Math.round((p[1] * scale) / 10)}`, p]),
  );
  return [...cells.values()];
}

function clear(points, rects, at, size) {
  const scale = 2 ** at.zoom;
  return points.every(([ux, uy]) => {
    const x = (ux - at.x) * scale + size.x / 2;
    const y = (uy - at.y) * scale + size.y / 2;
    return (
      x > SIGN_PX &&
      y > SIGN_PX &&
      x < size.x - SIGN_PX &&
      y < size.y - SIGN_PX &&
      !rects.some(
        (r) =>
          x > r.left - SIGN_PX &&
          x < r.right + SIGN_PX &&
          y > r.top - SIGN_PX &&
          y < r.bottom + SIGN_PX,
      )
    );
  });
}

/**
 * Move, then shrink, a view until no point lies under a panel: the least shrinking wins,
 * then the least move. Null when a quarter of the scale does not suffice.
 */
function shifted(whole, points, rects, size) {
  const few = sparse(points, 2 ** whole.zoom);
  for (let less = 0; less <= LEAST_ZOOM_BY; less += 0.06) {
    const zoom = whole.zoom - less;
    const px = 1 / 2 ** zoom;
    const moves = [];
    for (let i = -8; i <= 8; i += 1)
      for (let j = -8; j <= 8; j += 1) moves.push([(i * size.x) / 40, (j * size.y) / 40]);
    moves.sort((a, b) => Math.hypot(...a) - Math.hypot(...b));
    for (const [dx, dy] of moves) {
      const at = { zoom, x: whole.x + dx * px, y: whole.y + dy * px };
      if (clear(few, rects, at, size)) return at;
    }
  }
  return null;
}

const MOVE_PX = 24;

/** The least move, at its zoom, that brings all points out from under the panels; or null. */
function uncovered(at, points, rects, size) {
  const few = sparse(points, 2 ** at.zoom);
  const px = 1 / 2 ** at.zoom;
  const moves = [];
  for (let dx = -size.x / 2; dx <= size.x / 2; dx += MOVE_PX)
    for (let dy = -size.y / 2; dy <= size.y / 2; dy += MOVE_PX) moves.push([dx, dy]);
  moves.sort((a, b) => Math.hypot(...a) - Math.hypot(...b));
  for (const [dx, dy] of moves) {
    const there = { zoom: at.zoom, x: at.x + dx * px, y: at.y + dy * px };
    if (clear(few, rects, there, size)) return there;
  }
  return null;
}

export { bestFit, fitInto, hidden, PADDING_PX, SIGN_PX, samples, seen, shifted, uncovered };
