/* Marks what is known only from after the day that the map shows. */
import { el } from "../../tools/dom.js";

const isLater = (since, date) => date < since;

/**
 * What is said behind a verdict, a figure or an event; hidden where it was known by the date.
 * @param {Later | null} later @param {string} date ISO date of the view
 */
export function laterNote(later, date) {
  if (!later) return null;
  const props = { "data-since": later.since, hidden: !isLater(later.since, date) };
  return el("span.cmp-later", props, ` (${later.text})`);
}

/** Show and hide the notes below a node for another date of the view. */
export function markLater(node, date) {
  for (const note of node.querySelectorAll(".cmp-later"))
    note.hidden = !isLater(note.dataset.since, date);
}
