/* Says what became of a file: the layer that was added, or brought up to date. */

import { el } from "../../tools/dom.js";
import { sentence } from "./facts.js";
import { countFeatures as count } from "./repairs.js";
import { notUnderstood } from "./rows.js";

/**
 * @param {any} made the server's answer
 * @param {any} env {title, isNew, features, showOnMap()}
 */
export function doneNote(made, { title, isNew, features, showOnMap }) {
  const done = made.said.map((text) => sentence(text));
  const what = isNew
    ? `${count(features.length)} as a layer of the draft. Undo takes it away; Save writes it.`
    : "The layer is changed in the draft. Undo takes it back; Save writes it.";
  return el(
    "div.cmp-add-done",
    { role: "status" },
    el("h3.cmp-add-title", { tabindex: -1 }, isNew ? "Added: " : "Updated: ", el("bdi", {}, title)),
    el("p.cmp-add-text", {}, what),
    done.length
      ? [
          el("p.cmp-add-text", {}, "What was done:"),
          el(
            "ul.cmp-add-said",
            {},
            done.map((text) => el("li", {}, el("bdi", {}, text))),
          ),
        ]
      : null,
    notUnderstood(made.not_understood, null),
    showOnMap ? el("button.cmp-btn", { onclick: showOnMap }, "Show it on the map") : null,
  );
}
