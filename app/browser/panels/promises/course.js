/* What was promised of a milestone, at the map's date: what it comes to, and each promise.
   States and words are the document's; here they are only looked up. */
import { el } from "../../tools/dom.js";
import * as words from "../../tools/words.js";
import { trend } from "./trend.js";

/** What holds at a date, of words that hold from a day on. @param {Turn[]} turns */
export function turnAt(turns, date) {
  return turns.filter((turn) => turn.since <= date).at(-1) || null;
}

/** The milestones of a feature that had been promised by a date. @param {Feature} feature */
export function promisedBy(feature, date) {
  return feature.promises.filter((course) => turnAt(course.turns, date));
}

/** "Opening: due end of 2030, open; put off twice". @param {PromiseCourse} course */
export function courseLine(course, date) {
  const turn = turnAt(course.turns, date);
  return el(
    "span.cmp-course-line",
    { "data-state": turn?.state || "" },
    el("b.cmp-bold", {}, `${course.label}: `),
    turn?.text || "",
  );
}

/**
 * The whole of a milestone: line, drawing, promises.
 * @param {PromiseCourse} course
 * @param {(ids: string[]) => any} sourcesOf nodes that name the sources
 */
export function courseBlock(course, date, sourcesOf) {
  const items = course.promises.map((promise) => {
    const turn = turnAt(promise.turns, date);
    const item = el(
      "li.cmp-promise",
      { "data-state": turn?.state || "" },
      el("span.cmp-promise-due", {}, promise.due_label),
      el(
        "span.cmp-promise-text",
        {},
        el("span.cmp-promise-state", {}, turn ? words.sentence(turn.text) : "Said later:"),
        ` ${promise.said_label}${promise.note ? ` (${promise.note})` : ""} `,
        el("span.cmp-promise-from", {}, sourcesOf(promise.sources)),
      ),
    );
    item.classList.toggle("is-later", !turn);
    return item;
  });
  return el(
    "section.cmp-course",
    {},
    el("h4.cmp-course-title", {}, courseLine(course, date)),
    trend(course, date, turnAt),
    el("ol.cmp-promise-list", {}, items),
  );
}
