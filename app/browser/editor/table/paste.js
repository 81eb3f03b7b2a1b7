/* Rows of a spreadsheet on their way into a layer: what they would change is shown first, and what
   is not understood is listed. Sends nothing itself. */
import { el, fill } from "../../tools/dom.js";
import { count } from "../../tools/words.js";
import { planOf } from "./pasted.js";

/** Nobody reads more at once. */
const MOST_TOLD = 50;

/**
 * @param {any} options {layer() -> what planOf needs, onTake(plan) -> Promise<boolean>, onClose()}
 * @returns `{element, open(text)}`
 */
export function createPaste({ layer, onTake, onClose }) {
  const kept = new Set();
  const area = el("textarea.cmf-input.cmt-paste-text", {
    "aria-label": "Rows of a spreadsheet",
    rows: 4,
    spellcheck: "false",
    placeholder: "Copy the rows with their head in the spreadsheet, and paste them here.",
    oninput: look,
  });
  const told = el("div.cmt-plan", { role: "status" });
  const take = el("button.cmf-button.is-main", { onclick: send }, "Take these rows");
  const element = el(
    "section.cmt-paste",
    { "aria-label": "Paste rows", hidden: true },
    el(
      "p.cmf-hint",
      {},
      "The first row names the columns. Rows are matched by id; a row without one becomes a new feature if it has lat and lon. An empty cell changes nothing. A status comes with status_date and status_sources.",
    ),
    area,
    told,
    el("div.cmf-actions", {}, take, el("button.cmf-button", { onclick: close }, "Cancel")),
  );
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    close();
  });
  /** @type {any} */
  let plan = null;

  function ownColumn({ unknown, why }) {
    if (why) return el("li", { dir: "auto" }, `${unknown}: left out. ${why}.`);
    const box = el("input", {
      type: "checkbox",
      onchange: () => {
        kept[box.checked ? "add" : "delete"](unknown);
        look();
      },
    });
    box.checked = kept.has(unknown);
    return el(
      "li",
      {},
      el("label", { dir: "auto" }, box, ` ${unknown}: left out. Keep it as a column of your own`),
    );
  }

  function look() {
    plan = area.value.trim() ? planOf(area.value, { ...layer(), kept }) : null;
    const n = plan ? plan.changes.length + plan.fresh.length : 0;
    take.disabled = !n;
    if (!plan) {
      fill(told);
      return;
    }
    const parts = [
      plan.changes.length && `${count(plan.changes.length, "feature")} changed`,
      plan.fresh.length && `${count(plan.fresh.length, "new feature")}`,
      plan.same && `${count(plan.same, "row")} as it is already`,
    ].filter(Boolean);
    const troubles = plan.troubles.slice(0, MOST_TOLD);
    const more = plan.troubles.length - troubles.length;
    const columns = [
      ...[...kept].map((name) => ({ unknown: name })),
      ...plan.unknown.filter(({ unknown }) => !kept.has(unknown)),
    ];
    fill(
      told,
      el(
        "p.cmt-plan-head",
        {},
        parts.length ? `${parts.join(", ")}.` : "Nothing of it can be taken.",
      ),
      columns.length
        ? [
            el("p.cmf-sub-title", {}, "Columns that this table does not have"),
            el("ul.cmt-plan-list", {}, columns.map(ownColumn)),
          ]
        : null,
      troubles.length
        ? [
            el("p.cmf-sub-title", {}, `Not understood, and left out: ${plan.troubles.length}`),
            el(
              "ul.cmt-plan-list",
              {},
              troubles.map((one) => el("li", { dir: "auto" }, one)),
              more > 0 ? el("li", {}, `and ${more} more`) : null,
            ),
          ]
        : null,
    );
  }

  async function send() {
    if (!plan) return;
    take.disabled = true;
    const taken = await onTake(plan);
    take.disabled = false;
    if (taken) close();
  }

  function close() {
    element.hidden = true;
    area.value = "";
    kept.clear();
    onClose();
  }

  return {
    element,
    open(text = "") {
      element.hidden = false;
      area.value = text;
      kept.clear();
      look();
      (text ? take : area).focus();
    },
  };
}
