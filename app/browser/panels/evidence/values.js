/* The parts of a check: its result, the values it leans on, and the rule in words. */

import { el, icon, link } from "../../tools/dom.js";
import * as words from "../../tools/words.js";
import { laterNote } from "./later.js";

/** How a value stands to the one tested: the icon, and the word where it is not the fit's own. */
const FITS = {
  claim: { icon: "", text: "tested" },
  agrees: { icon: "agrees", text: "fits" },
  differs: { icon: "differs" },
  "other unit": { icon: "differs" },
  "not comparable": { icon: "unlike" },
  "says nothing": { icon: "untested" },
};
const MAP = "map";

/** How a value stands to the one tested: a sign, and the word for it. */
function fitMark(value, check) {
  // Where a figure's own sources differ from each other, none of them is the one tested.
  if (check.kind === "figure" && value.fit !== "agrees")
    return { shape: null, text: "", fit: value.fit };
  const known = FITS[value.fit] || FITS["says nothing"];
  const text = [known.text || value.fit, value.why].filter(Boolean).join(": ");
  return { shape: known.icon ? icon(known.icon, 11) : null, text, fit: value.fit };
}

/**
 * Where a value is from: the article, a source with its address, or the map itself.
 * @param {Model} model
 */
function origin(value, model) {
  const named = value.sources.map((id) => {
    if (id === MAP) return el("span.cmp-from", {}, "measured on the map");
    const csl = model.document.sources[id];
    if (!csl) return null;
    const source = words.source(csl);
    return el("span.cmp-from", {}, link(source.url, { title: source.text }, source.short));
  });
  const all = named.filter(Boolean);
  const list = all.flatMap((node, i) => (i ? ["; ", node] : [node]));
  return value.fit === "claim" ? ["The article: ", list] : list;
}

/** The claims by their numbers, then the figures as they come. @param {Model} model */
function inOrder(checks, model) {
  const numberOf = (check) => (model.claim(check.id) || { number: Infinity }).number;
  return [...checks].sort((a, b) => numberOf(a) - numberOf(b) || 0);
}

/** A number, a date or words: only the first two speak for themselves. */
const said = (value) =>
  el(value.unit === "words" ? "span.cmp-value-words" : "b.cmp-value-text", {}, value.text);

const forDate = (value) => (value.date ? words.dateShort(value.date) : "");

/** The date a value speaks of, unless its one source is of that very day. @param {Model} model */
function asOf(value, model) {
  const date = forDate(value);
  const [only, ...more] = value.sources.map((id) => model.document.sources[id]).filter(Boolean);
  return date && (more.length || !only || words.source(only).date !== date) ? `as of ${date}` : "";
}

/** @param {Model} model */
function line(value, check, model) {
  const mark = fitMark(value, check);
  const about = [value.about, value.note, asOf(value, model), value.why].filter(Boolean).join("; ");
  const body = el(
    "span.cmp-value-said",
    {},
    said(value),
    about ? el("span.cmp-value-note", {}, value.unit === "words" ? ", " : " ", about) : null,
    el("span.cmp-value-from", {}, origin(value, model), value.place ? `, ${value.place}` : null),
  );
  if (!mark.text) return el("li.cmp-value-line.is-plain", {}, body);
  const fit = el(
    "span.cmp-value-fit",
    { title: mark.text },
    mark.shape,
    el("span.cmp-only-read", {}, mark.text),
  );
  return el("li.cmp-value-line", { "data-fit": value.fit }, fit, body);
}

/** The result of a check at a date: its icon and its words, then what was found. */
export function checkLine(check, date, { open = false } = {}) {
  const result = words.result(check);
  const verdict = el(
    "span.cmp-result",
    { "data-result": check.result },
    icon(result.icon, 12),
    " ",
    result.text,
  );
  const later = laterNote(check.later, date);
  const node = el(open ? "p.cmp-check.is-open" : "span.cmp-check", {}, verdict, later);
  const found = check.text || "";
  if (found) node.append(open ? ": " : " · ", open ? words.sentence(found) : found);
  return node;
}

/** The values of a check as a list, and its rule. @param {Model} model */
function build(check, model) {
  const lines = (check.values || []).map((value) => line(value, check, model));
  return [
    lines.length ? el("ul.cmp-value-lines", {}, lines) : null,
    check.counted
      ? el("p.cmp-rule", {}, el("b.cmp-rule-head", {}, "Origins"), ` ${check.counted}`)
      : null,
    check.rule ? el("p.cmp-rule", {}, el("b.cmp-rule-head", {}, "Rule"), ` ${check.rule}`) : null,
  ];
}

export { build, fitMark, forDate, inOrder, origin, said };
