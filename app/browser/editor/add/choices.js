/* Asks what a file does not say of itself: how its texts are encoded, and which columns of a
   table hold its positions. Chooses nothing by itself. */

import { el, freshId } from "../../tools/dom.js";

/**
 * The encodings in which the texts can be read, each with a piece of them.
 * @param {{id: string, label: string, sample: string}[]} encodings
 * @param {(id: string) => void} choose
 */
function createEncodingChoice(encodings, choose) {
  return el(
    "div.cmp-add-field",
    {},
    el("p.cmp-add-label", {}, "In which of these can you read it?"),
    encodings.map(({ id, label, sample }) =>
      el(
        "button.cmp-add-crs",
        { onclick: () => choose(id) },
        el("bdi.cmp-add-crs-code", {}, sample),
        " ",
        el("span.cmp-add-crs-kind", {}, label),
      ),
    ),
  );
}

/**
 * @param {string[]} columns names of the table's header
 * @param {(names: string[]) => void} choose told longitude and latitude, or the one of shapes
 */
function createColumnChoice(columns, choose) {
  const picker = (label) => {
    const id = freshId("column");
    const select = el(
      "select.cmp-add-input",
      { id, onchange: () => ready() },
      el("option", { value: "" }, "Choose"),
      columns.map((name) => el("option", { value: name }, name)),
    );
    const node = el("div.cmp-add-field", {}, el("label.cmp-add-label", { for: id }, label), select);
    return { node, select };
  };
  const longitude = picker("Longitude (east)");
  const latitude = picker("Latitude (north)");
  const shape = picker("Or shapes, as WKT, WKB or GeoJSON");
  const read = el(
    "button.cmp-btn.is-main",
    { onclick: () => choose(chosen()), disabled: true },
    "Read these columns",
  );
  const chosen = () =>
    shape.select.value ? [shape.select.value] : [longitude.select.value, latitude.select.value];
  const ready = () => {
    read.disabled = chosen().some((name) => !name);
  };
  return el("div", {}, longitude.node, latitude.node, shape.node, read);
}

export { createColumnChoice, createEncodingChoice };
