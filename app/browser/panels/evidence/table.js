/* All checks in one table: every value with its unit, its date, where it is from, and the rule. */

import { el, fill, freshId, icon } from "../../tools/dom.js";
import * as words from "../../tools/words.js";
import * as checkValues from "./values.js";

const parts = () => checkValues;

const HEADS = ["Value", "As of", "From", "Compared"];

/** @param {Model} model */
function valueRow(value, check, model) {
  const mark = parts().fitMark(value, check);
  return el(
    "tr.cmp-table-row",
    {},
    el(
      "td.cmp-cell.is-value",
      {},
      parts().said(value),
      value.about || value.note
        ? el("span.cmp-value-note", {}, ` ${[value.about, value.note].filter(Boolean).join("; ")}`)
        : null,
    ),
    el("td.cmp-cell.is-date", {}, parts().forDate(value)),
    el(
      "td.cmp-cell.is-from",
      {},
      parts().origin(value, model),
      value.place ? `, ${value.place}` : null,
    ),
    el(
      "td.cmp-cell.is-fit",
      { "data-fit": value.fit },
      mark.shape,
      mark.shape ? " " : null,
      mark.text,
    ),
  );
}

/** @param {Model} model */
function group(check, model) {
  const result = words.result(check);
  const claim = check.kind === "claim" ? model.claim(check.id) : null;
  const head = el(
    "tr.cmp-table-head",
    { "data-check": check.id, tabindex: -1 },
    el(
      "th.cmp-table-title",
      { scope: "rowgroup", colspan: HEADS.length },
      el("span.cmp-table-said", {}, claim ? `${claim.number}. ` : "", check.text),
      " ",
      el(
        "span.cmp-result",
        { "data-result": check.result },
        icon(result.icon, 12),
        " ",
        result.text,
      ),
    ),
  );
  const told = [check.counted && `Origins: ${check.counted}`, check.rule && `Rule: ${check.rule}`];
  const rules = told
    .filter(Boolean)
    .map((text) =>
      el("tr.cmp-table-row", {}, el("td.cmp-cell.is-rule", { colspan: HEADS.length }, text)),
    );
  const values = (check.values || []).map((value) => valueRow(value, check, model));
  return el("tbody.cmp-table-group", {}, head, values, rules);
}

/** @param {Model} model */
function build(model) {
  const checks = parts().inOrder(model.document.checks || [], model);
  return el(
    "table.cmp-table",
    {},
    el(
      "thead.cmp-table-top",
      {},
      el(
        "tr.cmp-table-row",
        {},
        HEADS.map((head) => el("th.cmp-table-col", { scope: "col" }, head)),
      ),
    ),
    checks.map((check) => group(check, model)),
  );
}

/**
 * @returns `{open(id), destroy()}` a dialog over the page; Escape closes it
 * @param {Model} model
 */
export function createCheckTable(frame, model) {
  const titleId = freshId("table");
  const body = el("div.cmp-dialog-body", {
    tabindex: 0,
    role: "group",
    "aria-labelledby": titleId,
  });
  const close = el(
    "button.cmp-icon-button.cmp-close",
    { "aria-label": "Close", onclick: () => dialog.close() },
    icon("close", 18),
  );
  const { title } = model.document.corridor;
  const dialog = el(
    "dialog.cmp-dialog",
    { "aria-labelledby": titleId },
    el(
      "div.cmp-dialog-head",
      {},
      el(
        "div.cmp-dialog-words",
        {},
        el("h2.cmp-dialog-title", { id: titleId }, "All checks"),
        el(
          "p.cmp-dialog-about",
          {},
          `${title}. Every number and date of the article that can be tested, and every figure on which sources differ.`,
        ),
      ),
      close,
    ),
    body,
  );
  // Escape is the dialog's own here, and no step back on the map.
  dialog.addEventListener("keydown", (event) => event.key === "Escape" && event.stopPropagation());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  frame.root.append(dialog);
  return {
    open(id) {
      if (!body.firstChild) fill(body, build(model));
      dialog.showModal();
      /** @type {NodeListOf<HTMLElement>} */
      const heads = body.querySelectorAll("[data-check]");
      const head = [...heads].find((node) => node.getAttribute("data-check") === id);
      body.scrollTop = head ? head.offsetTop - 36 : 0;
      (head || body).focus({ preventScroll: true });
    },
    destroy: () => dialog.remove(),
  };
}
