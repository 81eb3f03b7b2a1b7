/* Sets label text: measures it, breaks it, and draws a placed block as SVG. Places nothing. */
import { svg } from "../../tools/dom.js";

const FAMILY = '"Noto Sans","Noto Sans Arabic","DejaVu Sans",sans-serif';
const LEADING = 1.22;
/** A badge is as wide as it is high, or as its text needs; the selected claim's is larger. */
const BADGE_PX = 17;
const BADGE_AIR_PX = 9;
const BADGE_APART_PX = 2;
const BADGE_GAP_PX = 5;

/** Letters that join each other are not set apart, and begin at the right. */
const joined = (text) => /[\u0600-\u06ff]/.test(text);
const spacingOf = (line) => (joined(line.text) ? 0 : line.spacing || 0);

const fontOf = (line) =>
  `${line.italic ? "italic " : ""}${line.bold ? 700 : 400} ${line.size}px ${FAMILY}`;

/**
 * What a label says in the view's language, or in the usual one where it has no name in that.
 * @param {Label} label @returns {LabelWords}
 */
const wordsOf = (label, frame) => label.names[frame.state.view.label_language] ?? label;

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
      return widths.get(key) + spacingOf(line) * Math.max(0, line.text.length - 1);
    },
    forget: () => widths.clear(),
  };
}

/** A badge with its size; what `signs.badge` draws. */
function sizedBadge(ruler, badge) {
  const text = ruler.width({ text: badge.text, size: badge.selected ? 12 : 11, bold: true });
  const least = badge.selected ? BADGE_PX + 3 : BADGE_PX;
  return { ...badge, width: Math.ceil(Math.max(least, text + BADGE_AIR_PX)), height: least };
}

const sum = (numbers) => numbers.reduce((a, b) => a + b, 0);

/** Px from the top of a stacked block to its text. */
const heightAbove = (badges) => sum(badges.map((one) => one.height + 1));

/**
 * @param {any[]} lines {text, size, bold, italic, spacing, color}
 * @param {any} extra {cost, badges, badgeLine, stacked}: badges follow one line, or stand above
 *   all, each in a row of its own
 */
function block(ruler, lines, extra = {}) {
  const badges = (extra.badges || []).map((one) => sizedBadge(ruler, one));
  const stacked = Boolean(extra.stacked) || !lines.length;
  const row = BADGE_GAP_PX + sum(badges.map((one) => one.width + BADGE_APART_PX));
  const beside = stacked || !badges.length ? 0 : row;
  const badgeLine = extra.badgeLine || 0;
  const sized = lines.map((line) => ({
    ...line,
    width: ruler.width(line),
    height: line.size * LEADING,
  }));
  const widths = sized.map((line, i) => line.width + (i === badgeLine ? beside : 0));
  const above = stacked ? badges.map((one) => one.width) : [];
  const height = (stacked ? heightAbove(badges) : 0) + sum(sized.map((line) => line.height));
  return {
    lines: sized,
    badges,
    stacked,
    beside,
    badgeLine,
    width: Math.ceil(Math.max(...widths, ...above)),
    height: Math.ceil(Math.max(height, ...badges.map((one) => one.height))),
    cost: extra.cost || 0,
  };
}

const SHARE = { start: 0, middle: 0.5, end: 1 };

/** Where the badges of a placed block stand, by their middles, from its top left corner. */
function badgesAt({ rect, block: set, align }, after) {
  const out = [];
  let [left, top] = [after.x + BADGE_GAP_PX, 0];
  for (const one of set.badges) {
    const x = set.stacked ? (rect.right - rect.left - one.width) * SHARE[align] : left;
    out.push({ ...one, x: x + one.width / 2, y: set.stacked ? top + one.height / 2 : after.y });
    left += one.width + BADGE_APART_PX;
    top += one.height + 1;
  }
  return out;
}

/** Draw a placed block with its top left corner at the origin; badges come apart. */
function draw(place, halo) {
  const { rect, block: set, align } = place;
  const texts = [];
  /** Where the badges of a row begin. */
  const after = { x: 0, y: 0 };
  let y = set.stacked ? heightAbove(set.badges) : 0;
  set.lines.forEach((line, i) => {
    // A name left of its sign has its numbers on the far side.
    const beside = i === set.badgeLine ? set.beside : 0;
    const before = align === "end" ? beside : 0;
    const x = (rect.right - rect.left - beside - line.width) * SHARE[align] + before;
    const props = {
      x: Math.round(x * 10) / 10,
      y: Math.round((y + line.size * 0.98) * 10) / 10,
      "font-size": line.size,
      "font-weight": line.bold ? 700 : 400,
      fill: line.color,
    };
    if (line.italic) props["font-style"] = "italic";
    if (spacingOf(line)) props["letter-spacing"] = spacingOf(line);
    // The end of such a line is its left, where x is.
    if (joined(line.text)) Object.assign(props, { direction: "rtl", "text-anchor": "end" });
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
      const from = before ? x - beside - BADGE_GAP_PX : x + line.width;
      Object.assign(after, { x: from, y: y + line.height / 2 });
    }
    y += line.height;
  });
  return { texts, badges: badgesAt(place, after) };
}

export { block, createRuler, draw, FAMILY, sizedBadge, wordsOf };
