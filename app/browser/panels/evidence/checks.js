/* The checks panel: what was tested, with what result; each opens to its values and its rule. */

import { el, fill, icon, number, reveal } from "../../tools/dom.js";
import { roving } from "../../tools/keyboard.js";
import * as words from "../../tools/words.js";
import { laterNote, markLater } from "./later.js";
import * as checkValues from "./values.js";

const ENTRY = ".cmp-checked";

/** The results that occur, in the order of the filter, each with its icon, word and number. */
function kindsOf(checks, texts) {
  return Object.entries(words.RESULTS)
    .map(([id, icon]) => ({
      id,
      icon,
      text: texts[id],
      n: checks.filter((check) => check.result === id).length,
    }))
    .filter(({ n }) => n > 0);
}

/** @param {Model} model */
function entryOf(check, model, date, actions) {
  const claim = check.kind === "claim" ? model.claim(check.id) : null;
  const result = words.result(check);
  const button = el(
    "button.cmp-checked",
    { "aria-expanded": "false" },
    claim ? number(claim.number) : el("span.cmp-checked-dot", { "aria-hidden": "true" }),
    el(
      "span.cmp-checked-body",
      {},
      el("span.cmp-checked-text", {}, check.text),
      el(
        "span.cmp-result",
        { "data-result": check.result },
        icon(result.icon, 12),
        " ",
        result.text,
      ),
      laterNote(check.later, date),
    ),
  );
  const more = el("div.cmp-checked-more", { hidden: true });
  const item = el("li.cmp-checked-item", { "data-check": check.id }, button, more);
  const show = () => {
    if (claim) return actions.showClaim(claim.id);
    return actions.reachFeature(check.features[0]);
  };
  const canShow = claim
    ? claim.features.length > 0
    : check.features.some((id) => model.feature(id));
  const open = (on) => {
    if (on && !more.childNodes.length) {
      fill(
        more,
        checkValues.build(check, model),
        canShow ? el("button.cmp-text-button", { onclick: show }, "Show on the map") : null,
      );
    }
    more.hidden = !on;
    item.classList.toggle("is-open", on);
    button.setAttribute("aria-expanded", String(on));
  };
  button.addEventListener("click", () => {
    open(more.hidden);
    if (!more.hidden) reveal(item.closest(".cmp-column-body"), item);
  });
  return { check, claim, item, button, open };
}

function section(title, entries) {
  if (!entries.length) return null;
  const node = el(
    "section.cmp-check-group",
    {},
    el("h3.cmp-group-title", {}, title),
    el(
      "ul.cmp-check-list",
      {},
      entries.map((entry) => entry.item),
    ),
  );
  return { node, entries };
}

/**
 * @param {(id?: string) => void} openTable opens the table of all checks, at one of them
 * @param {Model} model @param {Store} store
 */
export function createChecks(frame, model, store, actions, column, openTable) {
  const checks = model.document.checks || [];
  if (!column.has("checks")) return { show() {}, destroy() {} };
  const entries = checkValues
    .inOrder(checks, model)
    .map((check) => entryOf(check, model, store.get().view.date, actions));
  const groups = [
    section(
      "What the article says",
      entries.filter((entry) => entry.check.kind === "claim"),
    ),
    section(
      "Figures of places and lines",
      entries.filter((entry) => entry.check.kind !== "claim"),
    ),
  ].filter((group) => group !== null);
  const off = new Set();
  const filters = kindsOf(checks, model.document.verdicts).map((kind) => {
    const button = el(
      "button.cmp-filter",
      { "aria-pressed": "true", "data-kind": kind.id },
      icon(kind.icon, 11),
      ` ${kind.text} `,
      el("span.cmp-filter-count", {}, kind.n),
    );
    button.addEventListener("click", () => {
      off.has(kind.id) ? off.delete(kind.id) : off.add(kind.id);
      update();
    });
    return { kind, button };
  });
  const box = el(
    "div.cmp-column-body",
    {},
    groups.map((group) => group.node),
  );
  fill(
    frame.slots.checks,
    el(
      "div.cmp-column-head",
      {},
      el("h2.cmp-subtitle", {}, "How it was checked"),
      el("button.cmp-text-button.cmp-head-action", { onclick: () => openTable() }, "All checks"),
      el(
        "div.cmp-filters",
        { role: "group", "aria-label": "Results to list" },
        filters.map((f) => f.button),
      ),
    ),
    box,
  );
  const stops = roving(box, `${ENTRY}, .cmp-checked-more a, .cmp-checked-more button`);

  function update() {
    for (const { kind, button } of filters)
      button.setAttribute("aria-pressed", String(!off.has(kind.id)));
    for (const entry of entries) entry.item.hidden = off.has(entry.check.result);
    for (const group of groups)
      group.node.hidden = group.entries.every((entry) => entry.item.hidden);
    stops.refresh();
  }

  /** @param {State} state */
  function mark(state) {
    for (const { check, claim, item } of entries) {
      const lit = claim ? claim.id === state.claim : check.features.includes(state.view.selected);
      item.classList.toggle("is-marked", lit);
      markLater(item, state.view.date);
    }
  }
  update();
  mark(store.get());
  return {
    /** Open one check in the column and bring it into sight. */
    show(id) {
      const entry = entries.find((candidate) => candidate.check.id === id);
      if (!entry) return;
      off.delete(entry.check.result);
      update();
      column.open("checks");
      entry.open(true);
      stops.refresh(entry.button);
      entry.button.focus({ preventScroll: true });
      reveal(box, entry.item);
    },
    destroy: store.subscribe(mark),
  };
}
