/* Makes the fields of the form that adds a layer: each with its label, hint and fault. */

import { el, freshId } from "../../tools/dom.js";
import { found } from "./preview_table.js";

const MANY = 20;
const LONG = 60;
const GREY = "#747B84";

const cut = (text) =>
  text.length > LONG ? `${text.slice(0, LONG)}…` : text.trim() ? text : `“${text}”`;
const options = (pairs) => pairs.map(([value, text]) => el("option", { value, dir: "auto" }, text));

function field(label, input, hint) {
  const id = input.id || freshId("add");
  input.id = id;
  const fault = el("p.cmp-add-fault", { id: `${id}-fault`, hidden: true });
  input.setAttribute("aria-describedby", `${id}-fault`);
  const node = el(
    "div.cmp-add-field",
    {},
    el("label.cmp-add-label", { for: id }, label),
    input,
    hint ? el("p.cmp-add-note", {}, hint) : null,
    fault,
  );
  return {
    node,
    input,
    say(text) {
      fault.hidden = !text;
      fault.textContent = text || "";
      input.setAttribute("aria-invalid", String(Boolean(text)));
    },
  };
}
const text = (label, value, hint, more) =>
  field(
    label,
    el("input.cmp-add-input", { type: "text", value, dir: "auto", autocomplete: "off", ...more }),
    hint,
  );
const select = (label, pairs, hint) =>
  field(label, el("select.cmp-add-select", {}, options(pairs)), hint);

/** A choice of one column; where there are many, with a field that narrows it. */
function columnField(label, columns, first, hint) {
  const made = select(label, [], hint);
  const show = (words) => {
    const before = made.input.value;
    const shown = words.trim()
      ? found(columns, words)
      : columns.map((column, index) => ({ ...column, index }));
    made.input.replaceChildren(
      ...options([...first, ...shown.map(({ name, index }) => [`c${index}`, cut(name)])]),
    );
    if ([...made.input.options].some(({ value }) => value === before)) made.input.value = before;
  };
  show("");
  if (columns.length > MANY) {
    const search = el("input.cmp-add-input", {
      type: "search",
      placeholder: `Find one of ${columns.length} columns`,
      "aria-label": `Find a column: ${label.toLowerCase()}`,
      autocomplete: "off",
      oninput: () => show(search.value),
    });
    made.input.before(search);
  }
  return made;
}

function colours(palette, chosen) {
  const name = freshId("color");
  const own = el("input.cmp-add-own-color", {
    type: "color",
    value: chosen,
    "aria-label": "Another colour",
  });
  const inputs = [...palette, GREY].map((color) => {
    const input = el("input.cmp-add-color-input", {
      type: "radio",
      name,
      value: color,
      "aria-label": color === GREY ? "Grey, for context" : color,
    });
    const dot = el("span.cmp-add-color");
    dot.style.backgroundColor = color;
    input.checked = color === chosen;
    return { input, node: el("label.cmp-add-color-label", { title: color }, input, dot) };
  });
  own.addEventListener("input", () => inputs.forEach(({ input }) => (input.checked = false)));
  return {
    node: el(
      "fieldset.cmp-add-field",
      {},
      el("legend.cmp-add-label", {}, "Colour"),
      el(
        "div.cmp-add-colors",
        {},
        inputs.map(({ node }) => node),
        own,
      ),
    ),
    value: () =>
      (inputs.find(({ input }) => input.checked) || { input: own }).input.value.toUpperCase(),
  };
}

export { colours, columnField, cut, field, GREY, select, text };
