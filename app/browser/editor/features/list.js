/* The features of the draft by layer, with a search. Says which one is chosen; changes nothing. */
import { swatch } from "../../map/signs/swatch.js";
import { el, elementIn, fill } from "../../tools/dom.js";
import { roving } from "../../tools/keyboard.js";
import { folded } from "../../tools/letters.js";
import * as words from "../../tools/words.js";

/** More rows of a layer than this nobody reads: the search finds the others. */
const MOST_ROWS = 300;

function textOf({ id, properties }) {
  const names = Object.entries(properties || {}).filter(
    ([key]) => key === "name" || key === "label" || key.startsWith("name:"),
  );
  return folded([id, ...names.map(([, value]) => value), properties?.kind].join(" "));
}

/** What the map knows of a feature at the date that is shown: its sign and its status. */
function lookOf(ctx, id) {
  const shown = ctx.model.feature(id);
  const phase = shown && ctx.model.phaseAt(shown, ctx.store.get().view.date);
  return { shown, phase };
}

function row(ctx, feature, labels, onChoose, touched) {
  const { shown, phase } = lookOf(ctx, feature.id);
  const { name, kind } = feature.properties || {};
  const status = phase?.status
    ? phase.status_label || labels.statuses[phase.status] || phase.status
    : "";
  const more = [
    labels.kinds[kind] || kind,
    shown?.lasting ? "" : status,
    shown ? (phase ? "" : "not yet at this date") : "cannot be shown",
  ];
  return el(
    "li",
    {},
    el(
      "button.cmf-row-button",
      { "data-edit": feature.id, onclick: () => onChoose(feature.id) },
      swatch(ctx.model, phase?.sign, 30, 20),
      el(
        "span.cmf-row-text",
        {},
        el("span.cmf-row-name", { dir: "auto" }, name || feature.id),
        el("span.cmf-row-more", {}, more.filter(Boolean).join(", ")),
      ),
      touched ? el("span.cmf-changed", {}, "changed") : null,
    ),
  );
}

const labelsOf = (choices) => Object.fromEntries(choices.map(({ id, label }) => [id, label]));

/**
 * @param {any} options {ctx, vocabulary(), onChoose(id), onNew(layer)}
 * @returns `{element, draw(), focus()}`
 */
export function featureList({ ctx, vocabulary, onChoose, onNew }) {
  const search = el("input.cmf-input", {
    type: "search",
    "aria-label": "Search the features",
    placeholder: "Search: name, kind, id",
    spellcheck: "false",
    oninput: () => draw(),
  });
  const fresh = el("button.cmf-button.is-main", { onclick: () => onNew(null) }, "New feature");
  const box = el("div.cmf-groups");
  const found = el("p.cmf-found", { role: "status" });
  const closed = new Set();
  const stops = roving(box, ".cmf-row-button");

  function group({ id, title }, features, labels, touched) {
    const rows = features
      .slice(0, MOST_ROWS)
      .map((feature) =>
        row(ctx, feature, labels, onChoose, touched.has(`layers/${id}/${feature.id}`)),
      );
    const more = features.length - rows.length;
    if (more > 0)
      rows.push(
        el("li.cmf-option-note", {}, `${more.toLocaleString("en-GB")} more: search for them.`),
      );
    const open = Boolean(search.value) || !closed.has(id);
    const details = el(
      "details.cmf-group-box",
      { open: open || null, "data-layer": id },
      el("summary.cmf-group-title", {}, title, el("span.cmf-count", {}, ` ${features.length}`)),
      el("ul.cmf-rows", {}, rows),
    );
    details.addEventListener("toggle", () => {
      if (!search.value) details.open ? closed.delete(id) : closed.add(id);
    });
    return details;
  }

  function draw() {
    const labels = {
      kinds: labelsOf(vocabulary().kinds),
      statuses: labelsOf(vocabulary().statuses),
    };
    const touched = ctx.draft.touched ? ctx.draft.touched() : new Set();
    const said = folded(search.value).split(/\s+/).filter(Boolean);
    let n = 0;
    const groups = ctx.draft.layers().map((layer) => {
      const all = ctx.draft.features(layer.id);
      const hits = all.filter((feature) => said.every((word) => textOf(feature).includes(word)));
      n += hits.length;
      return hits.length || !said.length ? group(layer, hits, labels, touched) : null;
    });
    const focused = /** @type {HTMLElement | null} */ (document.activeElement);
    const held = focused && box.contains(focused) ? focused.dataset.edit : null;
    fill(box, groups);
    const same = held ? elementIn(box, `[data-edit="${CSS.escape(held)}"]`) : null;
    fill(
      found,
      said.length
        ? words.count(n, "feature found", "features found")
        : "Choose a feature here or on the map.",
    );
    stops.refresh(same);
    if (same) same.focus({ preventScroll: true });
  }
  return {
    element: el("div.cmf-listing", {}, el("div.cmf-tools", {}, search, fresh), found, box),
    draw,
    focus: () => search.focus({ preventScroll: true }),
    /** Not in a field, where Ctrl+Z would be the field's own. */
    focusButton: () => fresh.focus({ preventScroll: true }),
    /** Give the focus to a feature's row, to go on from there. */
    focusRow(id) {
      const node = elementIn(box, `[data-edit="${CSS.escape(id)}"]`);
      if (!node) return search.focus({ preventScroll: true });
      const group = node.closest("details");
      if (group) group.open = true;
      stops.refresh(node);
      return node.focus();
    },
  };
}
