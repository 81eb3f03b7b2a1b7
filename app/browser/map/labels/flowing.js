/* Sets the names of rivers along their curves, where the labels left room: they give way to all. */
import { freshId, svg } from "../../tools/dom.js";
import { STEP_PX } from "../ground/rivers.js";
import { FAMILY } from "./text.js";

const SIZE_PX = 12;
const SPACING_PX = 1;
/** Of a name's length, how much it goes to the right at least, and how far it may turn. */
const STEEPEST = 0.34;
const MOST_BENT = 1.6;
const START_STEPS = 6;
const MOST_COST = 26;
const OFF_EM = 0.42;

/** The letters' squares beside a stretch that is walked from left to right. */
function squares(points) {
  const half = 0.6 * SIZE_PX;
  const off = (OFF_EM + 0.35) * SIZE_PX;
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

/** Where a name of a width may follow a river, whatever else is on the map. */
function stretchesOf(river, width, middle) {
  // Smoothing draws steps together, and a path that is too short loses its last letter.
  const steps = Math.ceil((1.2 * width + 16) / STEP_PX);
  const out = [];
  for (const run of river.runs) {
    for (let i = 0; i + steps < run.length; i += START_STEPS) {
      let points = run.slice(i, i + steps + 1);
      if (points[steps][0] < points[0][0]) points = points.reverse();
      if (points[steps][0] - points[0][0] < STEEPEST * width) continue;
      const bend = bent(points);
      if (bend > MOST_BENT) continue;
      const [x, y] = points[steps >> 1];
      const price = 4 * bend + Math.hypot(x - middle.x, y - middle.y) / 100;
      out.push({ price, points, boxes: squares(points) });
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

/**
 * Names for the rivers that find room; their room is taken.
 * @param {any[]} rivers of ground/rivers.js
 * @returns `{x, y, node}[]` nodes drawn about a place of map px
 */
export function riverNames(rivers, frame, ruler, room) {
  const { view, palette } = frame;
  const middle = { x: view.width / 2, y: view.height / 2 };
  const out = [];
  for (const river of rivers) {
    const line = { text: river.name, size: SIZE_PX, italic: true, spacing: SPACING_PX };
    // Of the view alone: a switch of a layer finds them ready.
    river.stretches ??= stretchesOf(river, ruler.width(line), middle);
    const spot = best(river.stretches, room);
    if (!spot) continue;
    room.rects.push(...spot.boxes);
    const [x, y] = spot.points[0];
    const id = freshId("river");
    const d = spot.points.map(([px, py]) => `${(px - x).toFixed(1)} ${(py - y).toFixed(1)}`);
    const text = svg(
      "text",
      {
        "font-family": FAMILY,
        "font-size": SIZE_PX,
        "font-style": "italic",
        "letter-spacing": SPACING_PX,
        dy: `${-OFF_EM}em`,
        fill: palette.water_label,
        stroke: "#fff",
        "stroke-width": 2.6,
        "stroke-linejoin": "round",
        "stroke-opacity": 0.85,
        "paint-order": "stroke",
      },
      svg("textPath", { href: `#${id}` }, river.name),
    );
    const path = svg("path", { id, d: `M${d.join("L")}`, fill: "none" });
    out.push({ x, y, node: svg("g", { class: "cmm-label cmm-river" }, path, text) });
  }
  return out;
}
