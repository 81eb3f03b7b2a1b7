/* Works out where names of countries, seas and areas may stand. Draws nothing. */
(function () {
  "use strict";
  const Corridormap = (window.Corridormap = window.Corridormap || {});
  const { mercator } = Corridormap;
  const { block } = Corridormap.text;

  const STEP_PX = 16;
  const AREA_STEP_PX = 14;
  /** How far a sea's own point may lie outside the view and still name what is seen of it. */
  const SEA_REACH_VIEWS = 1.2;

  const toMap = (view, lon, lat) => ({
    x: mercator.unitX(lon) * view.to.scale - view.to.x + view.shift.x,
    y: mercator.unitY(lat) * view.to.scale - view.to.y + view.shift.y,
  });

  /** The middle of what a mask holds, in map px, with the number of its cells. */
  function centroid(masks, test) {
    let [n, sx, sy] = [0, 0, 0];
    for (let i = 0; i < masks.owners.length; i += 1) {
      if (!test(i)) continue;
      n += 1;
      sx += i % masks.columns;
      sy += Math.floor(i / masks.columns);
    }
    return n ? { n, x: (sx / n + 0.5) * masks.cellPx, y: (sy / n + 0.5) * masks.cellPx } : null;
  }

  /** Spots in a grid over the view whose own cell passes a test. */
  function* gridSpots(view, masks, test, wanted, perPx) {
    for (let y = STEP_PX; y < view.height; y += STEP_PX) {
      const row = Math.floor(y / masks.cellPx) * masks.columns;
      for (let x = STEP_PX; x < view.width; x += STEP_PX) {
        if (!test(row + Math.floor(x / masks.cellPx))) continue;
        yield { x, y, name: "", cost: Math.hypot(x - wanted.x, y - wanted.y) * perPx };
      }
    }
  }

  const cheapFirst = (spots) => [...spots].sort((a, b) => a.cost - b.cost);

  /** Large where much of the view is the country's, small where little is. */
  function countrySizes(share) {
    const sizes = [[17, 5], [15, 4], [13, 3]];
    return sizes.slice(share > 0.2 ? 0 : share > 0.07 ? 1 : 2);
  }

  function countrySpec(country, view, masks, ruler, color) {
    const id = masks.idOf(country.iso);
    const middle = centroid(masks, (i) => masks.owners[i] === id);
    if (!middle || middle.n < 40) return null;
    const inView = country.labels.map(([lon, lat]) => toMap(view, lon, lat))
      .filter((p) => p.x > 60 && p.y > 20 && p.x < view.width - 60 && p.y < view.height - 20);
    const wanted = inView[0] || middle;
    const text = country.name.toLocaleUpperCase("en");
    const [first, ...smaller] = countrySizes(middle.n / masks.owners.length);
    const lines = (size, spacing, parts) => parts.map((t) => ({ text: t, size, spacing, color }));
    const words = text.split(" ");
    const blocks = [first, ...smaller].map(([size, spacing], i) => block(ruler, lines(size, spacing, [text]), { cost: i * 2 }));
    if (words.length > 1) blocks.push(block(ruler, lines(13, 3, words), { cost: 5 }));
    return {
      key: `country:${country.iso}`, how: "centre", blocks, mostCost: 30, softness: 2.5, rank: 6,
      centres: cheapFirst(gridSpots(view, masks, (i) => masks.owners[i] === id, wanted, 0.02)),
      holds: (rect) => masks.holds(country.iso, { left: rect.left - 8, right: rect.right + 8, top: rect.top - 5, bottom: rect.bottom + 5 }),
      x: wanted.x, y: wanted.y, reachPx: 0, kind: "country",
    };
  }

  /** Cells of the water that a sea's point lies in, or that lies nearest to it at the edge. */
  function seaCells(masks, view, at, taken) {
    const { columns, rows, cellPx, owners } = masks;
    const clamp = (v, most) => Math.max(0, Math.min(most, Math.floor(v)));
    const [c0, r0] = [clamp(at.x / cellPx, columns - 1), clamp(at.y / cellPx, rows - 1)];
    let seed = -1;
    let near = Infinity;
    const reach = Math.max(columns, rows) / 2;
    for (let i = 0; i < owners.length; i += 1) {
      if (owners[i] !== 0 || taken[i]) continue;
      const d = Math.hypot((i % columns) - c0, Math.floor(i / columns) - r0);
      if (d < near) [near, seed] = [d, i];
    }
    if (seed < 0 || near > reach / 2) return null;
    const cells = new Set([seed]);
    for (const cell of cells) {
      const c = cell % columns;
      for (const next of [c > 0 ? cell - 1 : -1, c < columns - 1 ? cell + 1 : -1, cell - columns, cell + columns]) {
        if (next >= 0 && next < owners.length && owners[next] === 0) cells.add(next);
      }
    }
    return cells;
  }

  function holdsCells({ cellPx, columns, rows }, cells, rect) {
    const [c0, c1] = [Math.max(0, Math.floor(rect.left / cellPx)), Math.min(columns, Math.ceil(rect.right / cellPx))];
    const [r0, r1] = [Math.max(0, Math.floor(rect.top / cellPx)), Math.min(rows, Math.ceil(rect.bottom / cellPx))];
    for (let r = r0; r < r1; r += 1) for (let c = c0; c < c1; c += 1) if (!cells.has(r * columns + c)) return false;
    return c1 > c0 && r1 > r0;
  }

  function seaSpec(water, view, masks, ruler, color, taken) {
    const at = toMap(view, water.at[0], water.at[1]);
    const away = Math.max(-at.x, at.x - view.width, 0) / view.width + Math.max(-at.y, at.y - view.height, 0) / view.height;
    if (away > SEA_REACH_VIEWS) return null;
    const small = (water.rank || 1) > 2;
    if (small && away > 0) return null;
    const cells = seaCells(masks, view, at, taken);
    if (!cells || cells.size < 30) return null;
    for (const cell of cells) taken[cell] = 1;
    const inside = away === 0 ? at : centroid(masks, (i) => cells.has(i));
    const lines = (size, parts) => parts.map((t) => ({ text: t, size, spacing: size > 12 ? 2 : 1, italic: true, color, bare: true }));
    const size = small ? 12 : 16;
    const words = water.name.split(" ");
    const blocks = [block(ruler, lines(size, [water.name]))];
    if (words.length > 1) blocks.push(block(ruler, lines(size, words), { cost: 1 }));
    if (size > 12) blocks.push(block(ruler, lines(13, words.length > 1 ? words : [water.name]), { cost: 3 }));
    return {
      key: `water:${water.name}`, how: "centre", blocks, mostCost: 30, softness: 2, rank: 7,
      centres: cheapFirst(gridSpots(view, masks, (i) => cells.has(i), inside, 0.015)),
      holds: (rect) => holdsCells(masks, cells, { left: rect.left - 4, right: rect.right + 4, top: rect.top, bottom: rect.bottom }),
      x: inside.x, y: inside.y, reachPx: 0, kind: "water",
    };
  }

  function pointIn(rings, x, y) {
    let odd = false;
    for (const points of rings) {
      for (let i = 0, j = points.length - 2; i < points.length; j = i, i += 2) {
        const [xi, yi, xj, yj] = [points[i], points[i + 1], points[j], points[j + 1]];
        if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) odd = !odd;
      }
    }
    return odd;
  }

  /** Rings of an area in map px, coarse: a label needs no more. */
  function coarseRings(runs, shift) {
    return runs.map(({ points }) => {
      const out = [];
      for (let i = 0; i < points.length; i += 2) {
        const [x, y] = [points[i] + shift.x, points[i + 1] + shift.y];
        const last = out.length - 2;
        if (last >= 0 && Math.abs(x - out[last]) + Math.abs(y - out[last + 1]) < 4) continue;
        out.push(x, y);
      }
      return out;
    });
  }

  /** Where an area's own name may stand inside what is seen of it. */
  function areaSpots(runs, view, wanted) {
    const rings = coarseRings(runs, view.shift);
    const box = mercator.boxOf(rings.flat());
    const spots = [];
    for (let y = Math.max(8, box[1]); y < Math.min(view.height, box[3]); y += AREA_STEP_PX) {
      for (let x = Math.max(8, box[0]); x < Math.min(view.width, box[2]); x += AREA_STEP_PX) {
        if (pointIn(rings, x, y)) spots.push({ x, y, name: "", cost: Math.hypot(x - wanted.x, y - wanted.y) * 0.03 });
      }
    }
    const corners = (rect) => [[rect.left, rect.top], [rect.right, rect.top], [rect.left, rect.bottom], [rect.right, rect.bottom]];
    return {
      centres: cheapFirst(spots),
      holds: (rect) => corners(rect).every(([x, y]) => pointIn(rings, x, y)),
    };
  }

  Corridormap.names = { countrySpec, seaSpec, areaSpots, toMap };
})();
