/* Says why a file was not read, and asks for what would let it be read. */

import { el, freshId } from "../../tools/dom.js";
import { createColumnChoice, createEncodingChoice } from "./choices.js";
import { findingsList, findingsOf } from "./facts.js";
import { countFeatures as count } from "./repairs.js";

/** @param {any} env {layers, chosen, choose(name)} */
function layerChoice({ layers, chosen, choose }) {
  const name = freshId("layer");
  return el(
    "fieldset.cmp-add-field",
    {},
    el("legend.cmp-add-label", {}, `The file holds ${layers.length} layers. Which one?`),
    layers.map((layer) => {
      const input = el("input.cmp-check-input", {
        type: "radio",
        name,
        onchange: () => choose(layer.name),
      });
      input.checked = layer.name === chosen;
      return el(
        "label.cmp-add-tick",
        {},
        input,
        el("span", {}, el("bdi", {}, layer.name), ` (${count(layer.features)})`),
      );
    }),
  );
}

/**
 * @param {any} upload @param {any} error what the server said
 * @param {any} env {again(change), finish(), crsChoice(guesses)}
 * @returns `{nodes, said}` what is shown, and the sentence that is spoken
 */
function refusedStep(upload, error, { again, finish, crsChoice }) {
  const { layers, crs, encodings, columns } = error.told || {};
  if (layers) {
    const choose = (layer) => again({ layer });
    return { nodes: [layerChoice({ layers, chosen: null, choose })], said: "" };
  }
  const told = findingsOf(error);
  const needed = crs
    ? "its coordinate system is needed"
    : encodings
      ? "the encoding of its texts is needed"
      : columns
        ? "the columns of its positions are needed"
        : "";
  const nodes = [
    // The systems that would fit are not named twice: they stand below, to be chosen.
    el(
      "div.cmp-add-refused",
      { role: "alert" },
      findingsList(needed ? told.map((one) => ({ ...one, remedy: "" })) : told),
    ),
    crs ? crsChoice(crs).node : null,
    encodings ? createEncodingChoice(encodings, (encoding) => again({ encoding })) : null,
    columns ? createColumnChoice(columns, (names) => again({ columns: names })) : null,
    !crs && upload.crs
      ? el(
          "button.cmp-btn",
          { onclick: () => again({ crs: null }) },
          "Use the file's own coordinate system",
        )
      : null,
    !crs && el("button.cmp-btn", { onclick: () => finish() }, "Choose another file"),
  ];
  return { nodes, said: needed ? `${upload.name}: ${needed}` : `${upload.name} was not read` };
}

export { layerChoice, refusedStep };
