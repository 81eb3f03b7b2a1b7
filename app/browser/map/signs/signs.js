/* Turns a sign of the document into SVG: glyphs, strokes, rings, swatches. Decides no look. */
import { svg } from "../../tools/dom.js";

const round = (n) => Math.round(n * 100) / 100;

function strokeProps(stroke) {
  if (!stroke) return { stroke: "none" };
  const props = {
    stroke: stroke.color,
    "stroke-width": stroke.width_px,
    "stroke-linejoin": "round",
    "stroke-linecap": stroke.cap || "butt",
  };
  if (stroke.opacity !== undefined && stroke.opacity !== 1)
    props["stroke-opacity"] = stroke.opacity;
  if (stroke.dash_px?.length) {
    props["stroke-dasharray"] = stroke.dash_px.join(" ");
    if (stroke.dash_offset_px) props["stroke-dashoffset"] = stroke.dash_offset_px;
  }
  return props;
}

function fillProps(fill) {
  if (!fill) return { fill: "none" };
  return fill.opacity === undefined || fill.opacity === 1
    ? { fill: fill.color }
    : { fill: fill.color, "fill-opacity": fill.opacity };
}

const dOf = (points, closed) =>
  points.map(([x, y], i) => `${i ? "L" : "M"}${round(x)},${round(y)}`).join("") +
  (closed ? "Z" : "");

const isCircle = (part) => part.radius_px !== undefined;

function partElement(part) {
  const look = { ...fillProps(part.fill), ...strokeProps(part.stroke) };
  if (!isCircle(part)) return svg("path", { d: dOf(part.points_px, part.closed), ...look });
  const [x, y] = part.center_px;
  const r = part.radius_px;
  if (!part.half) return svg("circle", { cx: x, cy: y, r, ...look });
  return svg("path", { d: `M${x},${y - r}A${r},${r} 0 0 0 ${x},${y + r}Z`, ...look });
}

const isWhite = (color) => /^#f{3}(f{3})?$/i.test(color || "");
const isCasing = (part) =>
  (!part.fill || isWhite(part.fill.color)) && (!part.stroke || isWhite(part.stroke.color));

/** A slash through the middle: it marks a bridge out of use, and a disc above it says the same. */
const isSlash = (part) =>
  !isCircle(part) &&
  !part.closed &&
  part.points_px.length === 2 &&
  Math.abs(part.points_px[0][0] + part.points_px[1][0]) < 0.01 &&
  Math.abs(part.points_px[0][1] + part.points_px[1][1]) < 0.01;

/** @param {any} sign a point sign @param {any} only {casing} or {slash: false} */
function glyph(sign, { casing = false, slash = true } = {}) {
  const parts = sign.parts.filter((p) => (!casing || isCasing(p)) && (slash || !isSlash(p)));
  return svg("g", {}, parts.map(partElement));
}

/** The ring of an approximate place: dotted ink, `radius` in px. */
function ring(radius, ink) {
  return svg("circle", {
    r: round(radius),
    fill: ink,
    "fill-opacity": 0.07,
    stroke: ink,
    "stroke-width": 1.3,
    "stroke-dasharray": "0.1 3.4",
    "stroke-linecap": "round",
    "pointer-events": "none",
  });
}

/** Strokes along one or more runs; each run starts `start` px into the whole line. */
function strokes(sign, runs) {
  return sign.strokes.flatMap((stroke) =>
    runs.map((run) => {
      const path = svg("path", { d: run.d, fill: "none", ...strokeProps(stroke) });
      if (run.start && stroke.dash_px?.length) {
        path.setAttribute(
          "stroke-dashoffset",
          String(round((stroke.dash_offset_px || 0) + run.start)),
        );
      }
      return path;
    }),
  );
}

function tag(count, ink) {
  const text = svg(
    "text",
    { y: 3.9, "text-anchor": "middle", "font-size": 11, "font-weight": 700, fill: ink },
    `×${count}`,
  );
  const width = count > 9 ? 26 : 20;
  return svg(
    "g",
    {},
    svg("rect", {
      x: -width / 2,
      y: -7.5,
      width,
      height: 15,
      rx: 3,
      fill: "#fff",
      stroke: ink,
      "stroke-width": 1.3,
    }),
    text,
  );
}

/** Claims' numbers or ranges: ink and larger for the selected one. Its middle at the origin. */
function badge({ text, width, height, selected }, ink) {
  const words = svg(
    "text",
    {
      y: selected ? 4.2 : 3.8,
      "text-anchor": "middle",
      "font-size": selected ? 12 : 11,
      "font-weight": 700,
      fill: selected ? "#fff" : ink,
    },
    text,
  );
  const [w, h] = [width - 1, height - 1];
  const shape = { x: -w / 2, y: -h / 2, width: w, height: h, rx: h / 2 };
  const look = selected
    ? { fill: ink, stroke: "#fff", "stroke-width": 1.5 }
    : { fill: "#fff", stroke: ink, "stroke-width": 1.4 };
  return svg("g", {}, svg("rect", { ...shape, ...look }), words);
}

const runOf = (points) => [{ d: dOf(points), start: 0 }];

/** A small picture of a sign for lists, as an <svg> of the given size in px. */
function swatch(sign, width, height) {
  const box = svg("svg", {
    width,
    height,
    viewBox: `0 0 ${width} ${height}`,
    "aria-hidden": "true",
    focusable: "false",
  });
  if (sign.type === "point") {
    const fit = Math.min(1, (Math.min(width, height) - 1) / (2 * sign.radius_px));
    box.append(
      svg(
        "g",
        { transform: `translate(${width / 2},${height / 2}) scale(${round(fit)})` },
        glyph(sign),
      ),
    );
  } else if (sign.type === "line") {
    box.append(
      ...strokes(
        sign,
        runOf([
          [2, height / 2],
          [width - 2, height / 2],
        ]),
      ),
    );
  } else {
    const h = Math.min(13, height - 3);
    const [w, y] = [Math.min(20, width - 4), (height - h) / 2];
    const x = (width - w) / 2;
    const d = `M${x},${y}H${x + w}V${y + h}H${x}Z`;
    box.append(svg("path", { d, ...fillProps(sign.fill) }));
    for (const stroke of sign.strokes)
      box.append(svg("path", { d, fill: "none", ...strokeProps(stroke) }));
  }
  return box;
}

export { badge, dOf, fillProps, glyph, ring, strokeProps, strokes, swatch, tag };
