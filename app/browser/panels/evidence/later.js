/* Marks what is known only from after the day that the map shows. */
import { el } from "../../tools/dom.js";

const isLater = (since, date) => date < since;

const note = (later, date, text) =>
  el("span.cmp-later", { "data-since": later.since, hidden: !isLater(later.since, date) }, text);

/**
 * What is said behind a verdict or a figure; hidden where it was known by the date.
 * @param {Later | null} later @param {string} date ISO date of the view
 */
export const laterNote = (later, date) => later && note(later, date, ` (${later.text})`);

/** The same before an event. @param {Later} later @param {string} date */
export const laterLead = (later, date) => note(later, date, `${later.text} `);

/** Show and hide the notes below a node for another date of the view. */
export function markLater(node, date) {
  for (const note of node.querySelectorAll(".cmp-later"))
    note.hidden = !isLater(note.dataset.since, date);
}
