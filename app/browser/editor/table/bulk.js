/* One value for a column of all rows that are marked, or one more event of their history. Sends
   nothing: says what the features become. */
import { el, fill } from "../../tools/dom.js";
import { count } from "../../tools/words.js";
import { withValue } from "./columns.js";
import { withEvent } from "./event.js";

const EVENT = "status_history";

/**
 * @param {any} options {onChange(features -> {features} or {problem}, label)}
 * @returns `{element, show({columns, statuses, n})}`
 */
export function createBulk({ onChange }) {
  let shown = /** @type {any} */ ({ columns: [], statuses: [], n: 0 });
  const select = el("select.cmf-input", { "aria-label": "Column to change", onchange: suit });
  const inputs = el("div.cmt-bulk-values");
  const act = el("button.cmf-button.is-main", { onclick: change });
  const element = el(
    "form.cmt-bulk",
    { "aria-label": "Change the marked rows", hidden: true, novalidate: true },
    el("label.cmt-bulk-label", {}, el("span.cmt-bulk-words", {}, "In all marked rows, "), select),
    inputs,
    act,
  );
  element.addEventListener("submit", (event) => {
    event.preventDefault();
    change();
  });

  const column = () => shown.columns.find(({ key }) => key === select.value);
  const values = () =>
    /** @type {HTMLInputElement[]} */ ([...inputs.querySelectorAll("input, select")]).map(
      ({ value }) => value.trim(),
    );

  function choiceOf(label, choices, blank) {
    return el(
      "select.cmf-input",
      { "aria-label": label, onchange: say },
      el("option", { value: "" }, blank),
      choices.map((choice) => el("option", { value: choice.label }, choice.label)),
    );
  }
  const textOf = (label, placeholder) =>
    el("input.cmf-input", { type: "text", "aria-label": label, placeholder, oninput: say });

  /** Fields for the column that is chosen. */
  function suit() {
    const one = column();
    if (!one) return fill(inputs);
    if (one.key === EVENT)
      fill(
        inputs,
        choiceOf("Status", shown.statuses, "Status"),
        textOf("Date of the status", "Since: 2023-12"),
        textOf("Sources of the status", "Sources: S4, S7"),
      );
    else if (one.choices)
      fill(inputs, choiceOf("New value", one.choices, one.needed ? "Choose" : "None"));
    else fill(inputs, textOf("New value", "Nothing: empties it"));
    return say();
  }

  function say() {
    const one = column();
    const empty = one && one.key !== EVENT && !one.needed && !values().some(Boolean);
    act.disabled = Boolean(one?.needed) && !values().some(Boolean);
    act.textContent = `${empty ? "Empty it in" : "Change"} ${count(shown.n, "row")}`;
  }

  function change() {
    const one = column();
    const [first = "", date = "", sources = ""] = values();
    if (!one) return;
    if (one.key === EVENT) {
      onChange(
        (feature) => withEvent(feature, { status: first, date, sources }, shown.statuses),
        "Add a status",
      );
      return;
    }
    const { problem, value } = one.read(first);
    onChange(
      (feature) => (problem ? { problem } : { feature: withValue(feature, one.key, value) }),
      `${first ? "Change" : "Empty"} ${one.label}`,
    );
  }

  return {
    element,
    show(next) {
      const before = select.value;
      shown = next;
      element.hidden = !next.n;
      const may = next.columns.filter(({ fixed, key }) => !fixed || key === EVENT);
      const keys = may.map(({ key }) => key).join();
      if (select.dataset.keys !== keys) {
        select.dataset.keys = keys;
        fill(
          select,
          may.map(({ key, label }) =>
            el("option", { value: key }, key === EVENT ? "Status (one more event)" : label),
          ),
        );
        select.value = may.some(({ key }) => key === before) ? before : "kind";
        suit();
      }
      say();
    },
  };
}
