/* What was due when, on the axis of the date control: of the feature selected, or of all that are on,
   quietly. States and words are the document's; what nobody had said by the map's date is left out. */
import { svg } from "../../tools/dom.js";
import * as words from "../../tools/words.js";
import { turnAt } from "../promises/course.js";

const Y = 34;
const RADIUS_PX = { quiet: 1.7, own: 3.4 };

/**
 * The due days that a state shows, and whether they are of the feature selected.
 * @param {Model} model @param {State} state
 * @returns {{own: boolean, days: {day: number, date: string, label: string, text: string, state: string}[]}}
 */
export function duesOf(model, { view }) {
  /** @type {DueDay[]} */
  const all = model.document.dates.dues;
  const on = new Set(view.layers);
  const selected = all.filter((due) => due.feature === view.selected);
  const own = selected.some((due) => turnAt(due.turns, view.date));
  const days = (own ? selected : all).flatMap((due) => {
    const turn = turnAt(due.turns, view.date);
    const feature = model.feature(due.feature);
    if (!turn || !feature || !(own || on.has(feature.layer))) return [];
    const { date } = due;
    const text = `${feature.name}: ${turn.text}`;
    const label = words.dateShort(date);
    return [{ day: words.dayOf(date), date, label, text, state: turn.state }];
  });
  return { own, days };
}

/** @param {ReturnType<typeof duesOf>} dues */
export function dueMarks({ own, days }, xOf) {
  const r = own ? RADIUS_PX.own : RADIUS_PX.quiet;
  return days.map((due) => {
    const at = { cx: xOf(due.day).toFixed(1), cy: Y, r, "data-due": due.date };
    const look = { class: own ? "cmp-due" : "cmp-due is-quiet", "data-state": due.state };
    return svg("circle", { ...at, ...look }, svg("title", {}, due.text));
  });
}

/** What is due of the feature selected, to be read aloud. @param {ReturnType<typeof duesOf>} dues */
export function duesAloud({ own, days }) {
  return own ? days.map((due) => `${due.text}.`).join(" ") : "";
}
