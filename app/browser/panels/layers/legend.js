/* The legend's rows: what the signs mean, and only of the signs that are now on the map. */
import { ring as ringSign } from "../../map/signs/signs.js";
import { swatch } from "../../map/signs/swatch.js";
import { el, svg } from "../../tools/dom.js";

const isPoint = (key) => key.startsWith("point/");
const isEnd = (key) => key.startsWith("point/end-");

/**
 * What is on the screen, as far as the legend speaks of it. Towns are no signs to explain.
 * @param {Model} model @param {State} state
 * @param {{ near(feature: Feature): boolean, ring: boolean, band: boolean }} screen
 */
function inventory(model, state, { near, ring, band }) {
  const shown = model.visible(state).filter((feature) => feature.kind !== "town" && near(feature));
  const signs = shown.flatMap((feature) => {
    const phase = model.phaseAt(feature, state.view.date);
    return phase ? [{ look: phase.look, key: phase.sign, type: model.sign(phase.sign)?.type }] : [];
  });
  return {
    has: (look, type) => signs.some((s) => s.look === look && (!type || s.type === type)),
    of: (start) => signs.some((sign) => sign.key.startsWith(start)),
    ring,
    band,
  };
}

function applies(entry, there) {
  if (entry.extra) return there[entry.extra];
  return entry.look ? there.has(entry.look) : there.of(entry.of);
}

/**
 * The signs of a row that stand for something shown: no disc where only a line is.
 * @param {Model} model
 */
function signsOf(entry, model, there) {
  if (!entry.look) return entry.signs;
  const fits = (key) => there.has(entry.look, model.sign(key)?.type);
  const fitting = entry.signs.filter(fits);
  return fitting.length ? fitting : entry.signs;
}

/**
 * A sign inside its ring, or on its band, as the map draws an uncertain place.
 * @param {Model} model
 */
function loose(picture, extra, model) {
  const ink = model.document.palette?.ink || "#16233B";
  const box = picture.querySelector("svg");
  if (!box) return picture;
  if (extra === "ring") {
    const ring = ringSign(10, ink);
    const [x, y] = ["width", "height"].map((side) => Number(box.getAttribute(side)) / 2);
    box.prepend(svg("g", { transform: `translate(${x},${y})` }, ring));
  } else {
    box.prepend(
      svg("path", { d: "M2,9H36", stroke: ink, "stroke-opacity": 0.16, "stroke-width": 16 }),
    );
  }
  return picture;
}

/** @param {any} given @param {number} at @param {Model} model */
function cell({ keys, extra }, at, model) {
  const wide = at === 0 ? 30 : 38;
  const high = (keys.length && isPoint(keys[0]) ? 20 : 16) + (extra ? 2 : 0);
  const pictures = keys.map((key) => {
    const picture = swatch(model, key, wide, high);
    return extra ? loose(picture, extra, model) : picture;
  });
  return el("span.cmp-key-cell", {}, pictures);
}

/**
 * @param {any[]} pair {keys: string[], extra: string} what stands in the row's two cells
 * @param {Model} model
 */
function row(pair, text, model) {
  const cells = pair.map((part, at) => cell(part, at, model));
  return el("li.cmp-key-row", {}, cells, el("span.cmp-key-text", {}, text));
}

/** @param {Model} model */
function plainRow(entry, model, there) {
  const keys = signsOf(entry, model, there);
  const points = keys.filter((key) => isPoint(key) && !isEnd(key));
  // A piece of a line stands where lines do.
  const lines = keys.filter((key) => !points.includes(key));
  const pair = [
    { keys: points, extra: "" },
    { keys: lines, extra: "" },
  ];
  return row(pair, entry.text, model);
}

/**
 * Ring and band say the same of points and lines: one row where both are on the map.
 * @param {Model} model
 */
function looseRow(entries, model) {
  const of = (extra) => entries.find((entry) => entry.extra === extra);
  const [ring, band] = [of("ring"), of("band")];
  if (!ring && !band) return [];
  const both = ring && band && ring.text.endsWith("ring") && band.text.endsWith("band");
  const text = both ? `${ring.text} or band` : (ring || band).text;
  const pair = [
    { keys: ring ? ring.signs : [], extra: "ring" },
    { keys: band ? band.signs : [], extra: "band" },
  ];
  return [row(pair, text, model)];
}

/**
 * @returns `{said, rows}`: what is explained, as a word that changes with it, and list items
 * @param {Model} model @param {State} state @param {any} screen what is in sight, see `inventory`
 */
export function legendRows(model, state, screen) {
  const there = inventory(model, state, screen);
  const entries = model.document.legend.filter((entry) => applies(entry, there));
  const extra = entries.filter((entry) => entry.extra);
  const plain = entries.filter((entry) => !entry.extra);
  const keys = plain.map((entry) => [entry.text, signsOf(entry, model, there)]);
  return {
    said: JSON.stringify([keys, extra.map((entry) => entry.text)]),
    rows: () => [...plain.map((entry) => plainRow(entry, model, there)), ...looseRow(extra, model)],
  };
}
