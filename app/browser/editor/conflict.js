/* Asks what is to become of a draft when somebody else has changed the corridor: put both
   together, save the draft aside as a file, or drop it. Nothing is lost unless one says so. */

import { el, freshId } from "../tools/dom.js";
import { check, save as handOver } from "../tools/handover.js";
import { count } from "../tools/words.js";
import { conflictsOf, differences, resolve } from "./merge.js";
import { sureButton } from "./savebar.js";

const KINDS = {
  put_feature: "Feature",
  remove_feature: "Feature",
  put_annotation: "Claim",
  remove_annotation: "Claim",
  put_source: "Source",
  put_columns: "What the columns become",
  put_article: "Article",
  put_kind: "Kind",
  add_layer: "Layer",
  put_layer: "Layer",
  remove_layer: "Layer",
  put_corridor: "Corridor",
  put_order: "Order of the layers",
};
const LONG = 140;

const opsOf = (steps) => steps.flatMap((step) => step.ops);
const short = (text) => (text.length > LONG ? `${text.slice(0, LONG)}…` : text);

function nameOf({ op, id, theirs, mine }) {
  const object = mine || theirs || {};
  const { properties, claim, title } = object;
  return properties?.name || claim?.title || title || id || KINDS[op.op];
}

/** Both versions of one object, field by field, or that one of the two took it away. */
function versions({ theirs, mine }) {
  if (theirs === null)
    return el("p.cmp-meet-note", {}, "The other has taken it away; you have changed it.");
  if (mine === null)
    return el("p.cmp-meet-note", {}, "You have taken it away; the other has changed it.");
  const cell = (text) =>
    el(
      "td.cmp-meet-value",
      { dir: "auto" },
      text === "" ? el("em.cmp-meet-none", {}, "nothing") : short(text),
    );
  const rows = differences(theirs, mine).map((row) =>
    el(
      "tr.cmp-meet-row",
      {},
      el("th.cmp-meet-field", { scope: "row" }, row.field),
      cell(row.theirs),
      cell(row.mine),
    ),
  );
  const head = ["Field", "Theirs", "Yours"].map((text) =>
    el("th.cmp-meet-head", { scope: "col" }, text),
  );
  return el("table.cmp-meet-table", {}, el("thead", {}, el("tr", {}, head)), el("tbody", {}, rows));
}

/** @returns `{node, keepsMine(): boolean}` */
function question(conflict) {
  const name = freshId("meet");
  const choice = (value, text) => {
    const input = el("input.cmp-meet-radio", {
      type: "radio",
      name,
      value,
      checked: value === "mine",
    });
    return { input, node: el("label.cmp-meet-choice", {}, input, text) };
  };
  const isLayer = conflict.op.op === "add_layer";
  const mine = choice("mine", isLayer ? "Keep yours too, under another id" : "Keep yours");
  const theirs = choice("theirs", "Keep theirs");
  const node = el(
    "fieldset.cmp-meet-one",
    {},
    el("legend.cmp-meet-name", {}, `${KINDS[conflict.op.op]}: `, el("bdi", {}, nameOf(conflict))),
    isLayer
      ? el("p.cmp-meet-note", {}, "A layer of this id was added meanwhile.")
      : versions(conflict),
    el("div.cmp-meet-choices", {}, mine.node, theirs.node),
  );
  return { node, keepsMine: () => mine.input.checked };
}

function opening(told, found) {
  const files = told.changed.length ? ` Changed: ${told.changed.join(", ")}.` : "";
  const both = found.length
    ? `${count(found.length, "thing was", "things were")} changed by both: choose for each.`
    : "Nothing was changed by both, so yours and theirs fit together.";
  return [
    el("p.cmp-meet-text", {}, `Somebody else has changed the corridor since you began.${files}`),
    el("p.cmp-meet-text", {}, both),
  ];
}

/**
 * @param {any} env {draft, edit, told, steps, say, done}; `told` is the server's answer
 * @returns the element to lay over the panels
 */
export function createConflict({ draft, told, steps, say, done }) {
  const found = conflictsOf(opsOf(steps), told.conflicts);
  const asked = found.map(question);
  const trouble = el("p.cmp-meet-trouble", { role: "alert", hidden: true });
  const button = (name, text, act) =>
    el(`button.cmp-btn.${name}`, { onclick: () => run(act) }, text);
  const merge = button("cmp-meet-merge.is-main", "Put both together", together);
  const aside = button("cmp-meet-aside", "Save mine aside (.zip)", saveAside);
  const drop = sureButton(
    "Drop mine",
    () => `Really drop ${count(steps.length, "change")}`,
    () => run(dropMine),
  );

  async function run(act) {
    for (const one of [merge, aside, drop]) one.disabled = true;
    trouble.hidden = true;
    try {
      await act();
    } catch (error) {
      if (error.status === 409) say("It has changed once more: look again.");
      trouble.textContent = error.message;
      trouble.hidden = false;
    } finally {
      for (const one of [merge, aside, drop]) one.disabled = false;
    }
  }

  const layers = () => new Set(draft.base().corridor.layers.map((layer) => layer.id));
  const settled = (keepsMine) => resolve(steps, found, keepsMine, layers());

  async function together() {
    const next = settled((conflict) => asked[found.indexOf(conflict)].keepsMine());
    const outcome = await draft.rebase(next);
    if (outcome.conflict) return; // asked anew by who opened this
    if (!outcome.ok) throw new Error(outcome.findings.map((one) => one.problem).join("; "));
    done();
    say(
      next.length
        ? "Put together. Look at the map, then save."
        : "The corridor is shown as the other left it.",
    );
  }

  async function saveAside() {
    const { blob, filename } = await draft.zip(
      settled(() => true),
      told.current,
    );
    handOver(await check(blob, "zip"), filename);
    say(
      `Saved aside as ${filename}: the corridor with your version of everything you changed. Your changes are still here.`,
    );
  }

  async function dropMine() {
    const outcome = await draft.rebase([]);
    if (!outcome.ok) throw new Error(outcome.findings.map((one) => one.problem).join("; "));
    done();
    say("Your changes were dropped. The corridor is shown as the other left it.");
  }

  return el(
    "section.cmp-meet",
    { "aria-label": "Changed by somebody else" },
    el("h3.cmp-meet-title", { tabindex: "-1" }, "Changed by somebody else"),
    opening(told, found),
    asked.map((one) => one.node),
    trouble,
    el("div.cmp-meet-actions", {}, merge, aside, drop),
  );
}
