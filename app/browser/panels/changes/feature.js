/* One feature in the changes panel: what it was and is, and each change with its sources. */
import { swatch } from "../../map/signs/swatch.js";
import { el, link } from "../../tools/dom.js";
import * as words from "../../tools/words.js";

/** @param {Model} model */
function sourceLinks(ids, model) {
  const named = ids
    .map((id) => model.document.sources[id])
    .filter(Boolean)
    .map((csl) => words.source(csl))
    .map((source) => link(source.url, { title: source.text }, source.short));
  return named.flatMap((node, i) => (i ? ["; ", node] : [node]));
}

/** The status at both dates, or at the one if it stayed. @param {Feature} feature */
function statusText(feature, { model, one, other }) {
  if (feature.lasting && feature.history.length < 2) return "";
  const label = (date) => model.phaseAt(feature, date)?.status_label.toLowerCase() || "not known";
  const [before, after] = [label(one), label(other)];
  return before === after ? after : `${before} → ${after}`;
}

/** @param {DatedChange} row @param {Model} model */
function changeLine(row, model) {
  const sources = sourceLinks(row.sources, model);
  const item = el(
    "li.cmp-change",
    {},
    el("time.cmp-change-date", { datetime: row.since }, row.date_label),
    el(
      "span.cmp-change-text",
      {},
      row.text,
      sources.length ? el("span.cmp-change-from", {}, sources) : null,
    ),
  );
  item.classList.toggle("is-told", !row.lights);
  return item;
}

/**
 * @param {any} feature @param {DatedChange[]} rows
 * @param {{model: Model, actions: any, one: string, other: string, on: Set<string>}} given
 */
export function featureChanges(feature, rows, given) {
  const { model, actions, other, on } = given;
  const phase = model.phaseAt(feature, other) || feature.phases[0];
  const button = el(
    "button.cmp-feature",
    {
      "data-for": feature.id,
      onclick: () => actions.reachFeature(feature.id),
      onpointerenter: () => actions.hover(feature.id),
      onpointerleave: () => actions.hover(null),
      onfocus: () => actions.hover(feature.id),
      onblur: () => actions.hover(null),
    },
    swatch(model, phase?.sign, 30, 22),
    el("span.cmp-feature-name", {}, feature.name),
    el("span.cmp-aside", {}, statusText(feature, given)),
  );
  button.classList.toggle("is-out", !on.has(feature.layer));
  return el(
    "li.cmp-change-feature",
    {},
    button,
    el(
      "ul.cmp-change-list",
      {},
      rows.map((row) => changeLine(row, model)),
    ),
  );
}
