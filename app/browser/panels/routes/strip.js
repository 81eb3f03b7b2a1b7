/* A way unrolled along its kilometres, as one small SVG: legs in their looks, crossings, countries. */
import * as signs from "../../map/signs/signs.js";
import { svg } from "../../tools/dom.js";
import * as words from "../../tools/words.js";

const HEIGHT_PX = 62;
const LINE_Y = 18;
const COUNTRY_Y = 38;
const EDGE_PX = 12;
const GLYPH = 0.8;
/** About what a letter of the country line takes; only to leave out names without room. */
const LETTER_PX = 6.2;

/** @param {Model} model */
function legPart(leg, model, xOf) {
  const [from, to] = [xOf(leg.from_km), xOf(leg.to_km)];
  const sign = leg.state.sign && model.sign(leg.state.sign);
  if (leg.drawn && sign && sign.type === "line") {
    return signs.strokes(sign, [{ d: `M${from},${LINE_Y}H${to}`, start: 0 }]);
  }
  return [svg("path", { d: `M${from},${LINE_Y}H${to}`, class: "cmp-strip-open" })];
}

/** Crossing and bridge of one kilometre are one sign, as on the map. @param {Model} model */
function linkParts(figures, model, xOf) {
  const on = figures.links.filter((spot) => spot.role === "on" && spot.state.sign);
  return on.map((spot) => {
    const sign = model.sign(spot.state.sign);
    if (sign?.type !== "point") return null;
    const at = `translate(${xOf(spot.km)},${LINE_Y}) scale(${GLYPH})`;
    return svg("g", { transform: at }, signs.glyph(sign));
  });
}

function countryParts(way, xOf) {
  const merged = [];
  for (const part of way.countries) {
    const last = merged[merged.length - 1];
    if (last && last.country === part.country) last.to_km = part.to_km;
    else merged.push({ ...part });
  }
  return merged.flatMap((part, i) => {
    const [from, to] = [xOf(part.from_km), xOf(part.to_km)];
    const name = routeCountry(part.country);
    const room = to - from - 6;
    const text =
      name.length * LETTER_PX <= room ? name : part.country.length * 8 <= room ? part.country : "";
    return [
      i
        ? svg("path", {
            d: `M${from},${COUNTRY_Y - 12}V${COUNTRY_Y + 4}`,
            class: "cmp-strip-border",
          })
        : null,
      text
        ? svg("text", { x: (from + to) / 2, y: COUNTRY_Y, class: "cmp-strip-country" }, text)
        : null,
    ];
  });
}

/** "AZ/IR" stands where it cannot be told which of the two. */
export const routeCountry = (code) => code.split("/").map(words.country).join(" or ");

/**
 * @param {any} figures from routeFigures @param {number} widthPx of the drawing
 * @param {Model} model
 */
export function routeStrip(model, way, figures, widthPx) {
  const inner = widthPx - 2 * EDGE_PX;
  const xOf = (km) => Math.round((EDGE_PX + (way.km ? km / way.km : 0) * inner) * 10) / 10;
  const name = (id) => (model.feature(id) || { name: id }).name;
  const box = {
    class: "cmp-strip",
    width: widthPx,
    height: HEIGHT_PX,
    viewBox: `0 0 ${widthPx} ${HEIGHT_PX}`,
  };
  return svg(
    "svg",
    { ...box, "aria-hidden": "true" },
    figures.gaps.map((gap) =>
      svg("path", {
        d: `M${xOf(gap.from_km)},${LINE_Y}H${xOf(gap.to_km)}`,
        class: "cmp-strip-gap",
      }),
    ),
    figures.legs.flatMap((leg) => legPart(leg, model, xOf)),
    linkParts(figures, model, xOf),
    countryParts(way, xOf),
    svg("text", { x: 0, y: 56, class: "cmp-strip-end" }, name(way.from)),
    svg("text", { x: widthPx, y: 56, class: "cmp-strip-end is-end" }, name(way.to)),
  );
}
