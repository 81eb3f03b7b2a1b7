/* Shows what the next edition of a file does to its layer, before it is done: what is added,
   changed and gone. What is gone stays unless the user says so. */

import { el, freshId } from "../../tools/dom.js";
import { notUnderstood } from "./rows.js";

const MOST = 100;
const TITLES = { added: "Added", changed: "Changed", gone: "Not in the new edition" };
const number = (n) => n.toLocaleString("en");

function entries(what, told) {
  const own = told.filter((one) => one.what === what);
  if (!own.length) return null;
  const rest = own.length - MOST;
  return el(
    "details.cmp-add-told",
    { open: own.length <= 20, "data-what": what },
    el("summary.cmp-add-summary", {}, `${TITLES[what]}: ${number(own.length)}`),
    el(
      "ul.cmp-add-edition",
      {},
      own.slice(0, MOST).map(({ name, id, texts }) =>
        el(
          "li",
          {},
          el("bdi.cmp-add-edition-name", {}, name || id),
          texts.map((text) => el("p.cmp-add-note", {}, el("bdi", {}, text))),
        ),
      ),
      rest > 0 ? el("li", {}, `${number(rest)} more`) : null,
    ),
  );
}

/** What is known of a layer that came from a file, for the user to choose between. */
function purposeChoice({ recipe, title, choose }) {
  const name = freshId("purpose");
  const choice = (isUpdate, ...words) =>
    el(
      "label.cmp-add-tick",
      {},
      el("input.cmp-check-input", { type: "radio", name, onchange: () => choose(isUpdate) }),
      el("span", {}, words),
    );
  return el(
    "fieldset.cmp-add-field.cmp-add-purpose",
    {},
    el(
      "legend.cmp-add-label",
      {},
      "It has the columns of ",
      el("bdi", {}, recipe.file || "a file"),
      ", which became a layer. What is it?",
    ),
    choice(true, "The next edition: it updates the layer ", el("bdi", {}, title)),
    choice(false, "Something else: it becomes a new layer"),
  );
}

/**
 * @param {any} answer {told, same, unmatched, not_understood, ops}
 * @param {any} env {lead, apply(removeGone)}
 * @returns `{node, heading}`
 */
function createEdition(answer, { lead, apply }) {
  const { told, same, unmatched } = answer;
  const n = (what) => told.filter((one) => one.what === what).length;
  const gone = n("gone");
  const box = el("input.cmp-check-input", { type: "checkbox", onchange: () => ready() });
  const removal =
    gone === 1 ? "Take away the one that is gone" : `Take away the ${number(gone)} that are gone`;
  const button = el(
    "button.cmp-btn.is-main",
    { onclick: () => apply(box.checked) },
    "Update the layer",
  );
  const none = el("p.cmp-add-note", {}, "Nothing is to be done.");
  const ready = () => {
    button.hidden = !answer.ops.length && !box.checked;
    none.hidden = !button.hidden;
  };
  ready();
  const heading = el("h4.cmp-add-title", { tabindex: -1 }, "What the new edition does");
  return {
    node: el(
      "div.cmp-add-edition-box",
      {},
      heading,
      el(
        "p.cmp-add-text",
        { role: "status" },
        `${number(n("added"))} added, ${number(n("changed"))} changed, ${number(same)} as they were, ${number(gone)} gone.`,
      ),
      ["added", "changed", "gone"].map((what) => entries(what, told)),
      unmatched.length
        ? el(
            "div.cmp-add-left",
            {},
            el(
              "p.cmp-add-warning",
              {},
              "Not matched surely, taken as new: choose a column by which rows are known",
            ),
            el(
              "ul.cmp-add-said",
              {},
              unmatched.slice(0, MOST).map((name) => el("li", {}, el("bdi", {}, name))),
            ),
          )
        : null,
      notUnderstood(answer.not_understood, lead),
      gone ? el("label.cmp-add-tick", {}, box, removal) : null,
      el("div.cmp-add-foot", {}, button, none),
    ),
    heading,
  };
}

export { createEdition, purposeChoice };
