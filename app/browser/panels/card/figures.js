/* The figures on a card: what sources give, what the map measures, and where they differ. */
import { el, icon } from "../../tools/dom.js";
import * as words from "../../tools/words.js";
import { laterNote } from "../evidence/later.js";

const SIZES = new Set(["Length", "Width"]);

const row = (term, ...content) => [el("dt.cmp-term", {}, term), el("dd.cmp-fact", {}, ...content)];

/**
 * The checks of a feature's figures, by the label that the card gives them.
 * @param {Feature} feature @param {Model} model
 */
function checksOf(feature, model) {
  const checks = (model.document.checks || []).filter(
    (check) => check.kind === "figure" && check.features.includes(feature.id),
  );
  const labels = new Set(feature.facts.map((fact) => fact.label));
  const byLabel = new Map();
  for (const check of checks) {
    // Sizes give length and width together, and a length alone stands beside them.
    const label = labels.has("Size") && SIZES.has(check.figure) ? "Size" : check.figure;
    byLabel.set(label, [...(byLabel.get(label) || []), check]);
  }
  return byLabel;
}

/** "Sources differ", on the card, once for each check; it opens how that was found. */
function differs(checks, date, evidence) {
  return (checks || []).map((check, _, all) => {
    const result = words.result(check);
    const about = all.length > 1 ? ` (${check.about || check.figure.toLowerCase()})` : "";
    const open = { onclick: () => evidence.openCheck(check.id), title: "How this was checked" };
    const text = `${result.text}${about}`;
    return el(
      "button.cmp-differs",
      open,
      el("span.cmp-result", { "data-result": check.result }, icon(result.icon, 11), " ", text),
      laterNote(check.later, date),
    );
  });
}

/**
 * The length on the map with its range, and the lengths of sources that do not fit it.
 * @param {Feature} feature @param {Model} model
 */
function measured(feature, model) {
  const found = model.document.measured?.[feature.id];
  if (!found) return null;
  const text = `Not in this range: ${found.outside.join(", ")}`;
  const mark = el(
    "span.cmp-result",
    { "data-result": "map_differs" },
    icon("differs", 11),
    " ",
    text,
  );
  return row(
    "Measured",
    el("span.cmp-value", {}, found.text),
    found.outside.length ? el("span.cmp-value", {}, mark) : null,
  );
}

/**
 * Figures of one quantity stand together: several sources, several values.
 * @param {Feature} feature @param {Model} model @param {State} state
 */
function build(feature, marks, model, state, evidence) {
  const { date } = state.view;
  const checks = checksOf(feature, model);
  const groups = new Map();
  for (const fact of feature.facts) {
    if (!groups.has(fact.label)) groups.set(fact.label, []);
    const later = laterNote(fact.later, date);
    const value = el("span.cmp-value", {}, fact.text, later, " ", marks(fact.sources));
    groups.get(fact.label).push(value);
  }
  const rows = [...groups].map(([label, values]) =>
    row(label, values, differs(checks.get(label), date, evidence)),
  );
  for (const [label, found] of checks)
    if (!groups.has(label)) rows.push(row(label, differs(found, date, evidence)));
  // What the map itself says stands first, and in sight; what sources say may be long.
  const length = measured(feature, model);
  if (length) rows.unshift(length);
  const { position } = feature;
  if (position?.text) rows.unshift(row("Position", position.text));
  return rows.some(Boolean) ? el("dl.cmp-facts", {}, rows) : null;
}

export { build, row };
