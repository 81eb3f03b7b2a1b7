/* Sets the names of rivers and seas along their curves, where the labels left room. */
import { freshId, svg } from "../../tools/dom.js";
import { STEP_PX } from "../ground/rivers.js";
import { seaCurves } from "../ground/seas.js";
import { FAMILY } from "./text.js";

/**
 * Size, spacing, how far above the line the baseline runs, and, of a name's length, how much it
 * goes to the right at least.
 */
const RIVER = { size: 12, spacing: 1, off: 0.42, steepest: 0.34 };
/** The middles of a sea's letters run on its curve, which may be nearly upright. */
const SEA = { off: -0.33, steepest: 0.17 };
const SEA_SPACINGS_EM = [0.7, 0.4, 0.12];
/** How far a name may turn. */
const MOST_BENT = 1.6;
const START_STEPS = 6;
const MOST_COST = 26;

/** The letters' squares beside a stretch that is walked from left to right. */
function squares(points, style) {
  const half = 0.6 * style.size;
  const off = (style.off + 0.35) * style.size;
  const out = [];
  for (let i = 0; i + 1 < points.length; i += 2) {
    const [[ax, ay], [bx, by]] = [points[i], points[i + 1]];
    const length = Math.hypot(bx - ax, by - ay) || 1;
    const [x, y] = [ax + ((by - ay) / length) * off, ay - ((bx - ax) / length) * off];
    out.push({ left: x - half, right: x + half, top: y - half, bottom: y + half });
  }
  return out;
}

function bent(points) {
  let sum = 0;
  for (let i = 2; i + 2 < points.length; i += 2) {
    const [a, b, c] = [points[i - 2], points[i], points[i + 2]];
    const turn = Math.atan2(c[1] - b[1], c[0] - b[0]) - Math.atan2(b[1] - a[1], b[0] - a[0]);
    sum += Math.abs(Math.atan2(Math.sin(turn), Math.cos(turn)));
  }
  return sum;
}

/** Where a name of a width may follow one of some runs, whatever else is on the map. */
function stretchesOf(runs, width, middle, style) {
  // Smoothing draws steps together, and a path that is too short loses its last letter.
  const steps = Math.ceil((1.2 * width + 16) / STEP_PX);
  const out = [];
  for (const run of runs) {
    for (let i = 0; i + steps < run.length; i += START_STEPS) {
      let points = run.slice(i, i + steps + 1);
      if (points[steps][0] < points[0][0]) points = points.reverse();
      if (points[steps][0] - points[0][0] < style.steepest * width) continue;
      const bend = bent(points);
      if (bend > MOST_BENT) continue;
      const [x, y] = points[steps >> 1];
      const price = 4 * bend + Math.hypot(x - middle.x, y - middle.y) / 100;
      out.push({ price, points, boxes: squares(points, style) });
    }
  }
  return out.sort((a, b) => a.price - b.price);
}

/** The cheapest stretch whose room is free, or null. */
function best(stretches, room) {
  /** @type {any} */
  let found = null;
  for (const { price, points, boxes } of stretches) {
    if (price > (found ? found.cost : MOST_COST)) break;
    if (!boxes.every((box) => room.free(box))) continue;
    const cost = boxes.reduce((sum, box) => sum + room.over(box), price);
    if (cost <= (found ? found.cost : MOST_COST)) found = { cost, points, boxes };
  }
  return found;
}

/** @returns `{x, y, node}` a name along a path, drawn about a place of map px */
function along(name, { points }, style, fill, halo) {
  const [x, y] = points[0];
  const id = freshId("along");
  const d = points.map(([px, py]) => `${(px - x).toFixed(1)} ${(py - y).toFixed(1)}`);
  const edge = halo && {
    stroke: "#fff",
    "stroke-width": 2.6,
    "stroke-linejoin": "round",
    "stroke-opacity": 0.85,
    "paint-order": "stroke",
  };
  const text = svg(
    "text",
    {
      "font-family": FAMILY,
      "font-size": style.size,
      "font-style": "italic",
      "letter-spacing": style.spacing,
      dy: `${-style.off}em`,
      fill,
      ...edge,
    },
    svg("textPath", { href: `#${id}` }, name),
  );
  const path = svg("path", { id, d: `M${d.join("L")}`, fill: "none" });
  return { x, y, node: svg("g", { class: "cmm-label cmm-along" }, path, text) };
}

/**
 * Names for the rivers that find room; their room is taken.
 * @param {any[]} rivers of ground/rivers.js
 * @returns `{x, y, node}[]` nodes drawn about a place of map px
 */
export function riverNames(rivers, { view, palette }, ruler, room) {
  const middle = { x: view.width / 2, y: view.height / 2 };
  const out = [];
  for (const river of rivers) {
    const width = () => ruler.width({ ...RIVER, text: river.name, italic: true });
    // Of the view alone: a switch of a layer finds them ready.
    river.stretches ??= stretchesOf(river.runs, width(), middle, RIVER);
    const spot = best(river.stretches, room);
    if (!spot) continue;
    room.rects.push(...spot.boxes);
    out.push(along(river.name, spot, RIVER, palette.water_label, true));
  }
  return out;
}

/** Where a sea's name may lie in its water, whatever else is on the map: by spacing. */
function inWater({ name, sea }, { view, ground }, ruler) {
  const curves = seaCurves(ground.masks, sea, view, STEP_PX);
  return SEA_SPACINGS_EM.map((spacing, i) => {
    const style = { ...SEA, size: sea.size, spacing: spacing * sea.size };
    const width = ruler.width({ ...style, text: name, italic: true });
    const stretches = curves.flatMap(({ price, points }) => {
      const middle = points[points.length >> 1];
      const found = stretchesOf([points], width, { x: middle[0], y: middle[1] }, style);
      return found.map((one) => ({ ...one, price: one.price + price + i }));
    });
    const held = stretches.filter(({ boxes }) => boxes.every(sea.holds));
    return { style, stretches: held.sort((a, b) => a.price - b.price) };
  });
}

/**
 * Names for the seas whose curve is free, in place of those that stand upright.
 * @param {any[]} placed labels @param {any} frame @param {any} room it is changed
 * @returns `{key, x, y, node}[]` keys of the labels that they stand for
 */
export function seaNames(placed, frame, ruler, room) {
  const out = [];
  for (const { key, spec, rect } of placed.filter((place) => place.spec.sea)) {
    frame.ground.seas ??= new Map();
    const ways = frame.ground.seas.get(key) ?? inWater(spec, frame, ruler);
    frame.ground.seas.set(key, ways);
    const own = room.rects.findIndex((r) => r.left === rect.left - 1 && r.top === rect.top - 1);
    const [held] = room.rects.splice(own, 1);
    const found = ways
      .map(({ style, stretches }) => ({ style, spot: best(stretches, room) }))
      .filter(({ spot }) => spot)
      .sort((a, b) => a.spot.cost - b.spot.cost)[0];
    room.rects.push(...(found ? found.spot.boxes : [held]));
    if (found)
      out.push({ key, ...along(spec.name, found.spot, found.style, frame.palette.water_label) });
  }
  return out;
}
