/* The left column: the article, and what stands behind it, as tabs. Shows no content itself.
   On a phone the article is a tab of the sheet, and the rest is the tab beside it. */
import { createTabs } from "../tools/tabs.js";

const TITLES = {
  reading: "Article",
  checks: "Checks",
  routes: "Routes",
  changes: "Changes",
  promises: "Promises",
  sources: "Sources",
};

/**
 * @returns column: has(id), open(id) brings a panel into sight wherever it is, isOpen(id),
 *   onOpen(fn) is told the id of every panel that comes into sight, and whether the reader chose it
 */
export function createColumn(frame) {
  const { slots } = frame;
  const present = frame.columnPanels;
  const listeners = new Set();
  const entries = present.map((id) => ({ id, title: TITLES[id], panel: slots[id] }));
  const tabs = createTabs(entries, {
    label: "Article and evidence",
    onChoose: (id) => choose(id, true),
  });
  tabs.bar.classList.add("is-column");
  tabs.bar.hidden = present.length < 2;
  slots.article.prepend(tabs.bar);
  for (const id of Object.keys(TITLES)) if (!present.includes(id)) slots[id].hidden = true;

  const phone = () => frame.layout() === "phone";
  const evidence = present.filter((id) => id !== "reading");

  /** Whether the article was open here when its tab went to the phone's sheet. */
  let left = false;

  function choose(id, byReader = false) {
    left = false;
    tabs.choose(id);
    if (phone()) slots.reading.hidden = false;
    for (const listener of listeners) listener(id, byReader);
  }

  /** On a phone the article has a tab of its own, so here one of the others is open meanwhile. */
  function suit() {
    const tab = tabs.tab("reading");
    if (tab) tab.hidden = phone();
    const current = (left && "reading") || tabs.current() || present[0];
    const leaves = phone() && current === "reading" && evidence.length > 0;
    choose(leaves ? evidence[0] : current);
    left = leaves;
  }

  const off = frame.onLayout(suit);
  const column = {
    has: (id) => present.includes(id),
    isOpen: (id) => (phone() && id === "reading") || tabs.current() === id,
    open(id) {
      if (!present.includes(id)) return;
      if (id !== "reading" || !phone()) choose(id);
      if (phone() && frame.openSheet) frame.openSheet(id === "reading" ? "article" : "evidence");
    },
    /** The sheet says so when the article comes into sight in it. */
    shown: (id) => listeners.forEach((listener) => listener(id)),
    onOpen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    destroy: off,
  };
  suit();
  return column;
}
