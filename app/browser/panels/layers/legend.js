/* The legend's rows: what the signs mean, and only of the signs that are now on the map. */
import { ring as ringSign } from "../../map/signs/signs.js";
import { swatch } from "../../map/signs/swatch.js";
import { el, svg } from "../../tools/dom.js";

const isPoint = (key) => key.startsWith("point/");

/**
 * What the state shows, as far as the legend speaks of it. Towns are no signs to explain.
 * @param {Model} model @param {State} state
 */
function inventory(model, state) {
  const shown = model.visible(state).filter((feature) => feature.kind !== "town");
  const signs = shown.flatMap((feature) => {
    const phase = model.phaseAt(feature, state.view.date);
    return phase ? [{ look: phase.look, type: model.sign(phase.sign)?.type }] : [];
  });
  const has = (look, type) => signs.some((s) => s.look === look && (!type || s.type === type));
  return {
    has,
    lines: signs.some((sign) => sign.type === "line"),
    ring: shown.some((feature) => feature.position?.ring_m),
    band: shown.some((feature) => feature.position?.band_m),
  };
}

function applies(entry, there) {
  if (entry.extra) return there[entry.extra];
  return entry.look ? there.has(entry.look) : there.lines;
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
  const points = keys.filter(isPoint);
  // Two signs of one sort share a row: railway in the first cell, road in the second.
  const others = keys.filter((key) => !isPoint(key));
  const [first, second] = points.length ? [points, others] : [keys.slice(0, -1), keys.slice(-1)];
  const pair = [
    { keys: first, extra: "" },
    { keys: second, extra: "" },
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
 * @returns the rows that the state needs, as list items
 * @param {Model} model @param {State} state
 */
export function legendRows(model, state) {
  const there = inventory(model, state);
  const entries = (model.document.legend || []).filter((entry) => applies(entry, there));
  const plain = entries
    .filter((entry) => !entry.extra)
    .map((entry) => plainRow(entry, model, there));
  return [
    ...plain,
    ...looseRow(
      entries.filter((entry) => entry.extra),
      model,
    ),
  ];
}
