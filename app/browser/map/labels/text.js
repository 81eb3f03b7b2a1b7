/* Sets label text: measures it, breaks it, and draws a placed block as SVG. Places nothing. */
import { svg } from "../../tools/dom.js";

const FAMILY = '"Noto Sans","Noto Sans Arabic","DejaVu Sans",sans-serif';
const LEADING = 1.22;
const BADGE_PX = 19;
const BADGE_GAP_PX = 5;

const fontOf = (line) =>
  `${line.italic ? "italic " : ""}${line.bold ? 700 : 400} ${line.size}px ${FAMILY}`;

/** Measures text with a canvas; forget() when fonts have arrived. */
function createRuler() {
  const ctx = /** @type {CanvasRenderingContext2D} */ (
    document.createElement("canvas").getContext("2d")
  );
  const widths = new Map();
  return {
    width(line) {
      const font = fontOf(line);
      const key = `${font}|${line.text}`;
      if (!widths.has(key)) {
        ctx.font = font;
        widths.set(key, ctx.measureText(line.text).width);
      }
      return widths.get(key) + (line.spacing || 0) * Math.max(0, line.text.length - 1);
    },
    forget: () => widths.clear(),
  };
}

/**
 * @param {any[]} lines {text, size, bold, italic, spacing, color}
 * @param {any} extra {cost, badges: {number, selected}[], badgeLine} badges follow one line
 */
function block(ruler, lines, extra = {}) {
  const badges = extra.badges || [];
  const badgesWidth = badges.length ? BADGE_GAP_PX + badges.length * BADGE_PX : 0;
  const badgeLine = extra.badgeLine || 0;
  const sized = lines.map((line) => ({
    ...line,
    width: ruler.width(line),
    height: line.size * LEADING,
  }));
  const widths = sized.map((line, i) => line.width + (i === badgeLine ? badgesWidth : 0));
  return {
    lines: sized,
    badges,
    badgesWidth,
    badgeLine,
    width: Math.ceil(Math.max(...widths)),
    height: Math.ceil(sized.reduce((sum, line) => sum + line.height, 0)),
    cost: extra.cost || 0,
  };
}

function lineX(align, rect, line, badgesWidth) {
  if (align === "start") return rect.left;
  if (align === "end") return rect.right - badgesWidth - line.width;
  return (rect.left + rect.right - badgesWidth - line.width) / 2;
}

/** Draw a placed block with its top left corner at the origin; badges come apart. */
function draw(place, halo) {
  const { rect, block: set, align } = place;
  const texts = [];
  const badges = [];
  let y = 0;
  set.lines.forEach((line, i) => {
    const beside = i === set.badgeLine ? set.badgesWidth : 0;
    const x = lineX(align, rect, line, beside) - rect.left;
    const props = {
      x: Math.round(x * 10) / 10,
      y: Math.round((y + line.size * 0.98) * 10) / 10,
      "font-size": line.size,
      "font-weight": line.bold ? 700 : 400,
      fill: line.color,
    };
    if (line.italic) props["font-style"] = "italic";
    if (line.spacing) props["letter-spacing"] = line.spacing;
    if (halo && !line.bare) {
      Object.assign(props, {
        stroke: "#fff",
        "stroke-opacity": 0.92,
        "stroke-width": 3,
        "paint-order": "stroke",
        "stroke-linejoin": "round",
      });
    }
    texts.push(svg("text", props, line.text));
    if (i === set.badgeLine) {
      set.badges.forEach((badge, n) => {
        badges.push({
          ...badge,
          x: x + line.width + BADGE_GAP_PX + 9 + n * BADGE_PX,
          y: y + line.height / 2,
        });
      });
    }
    y += line.height;
  });
  return { texts, badges };
}

export { block, createRuler, draw, FAMILY };
