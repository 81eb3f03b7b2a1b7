/* The promises panel: what was announced for a date, feature by feature, as of the map's date. */
import { el, fill, link, markSelected, reveal } from "../../tools/dom.js";
import { roving } from "../../tools/keyboard.js";
import * as words from "../../tools/words.js";
import { courseBlock, promisedBy, turnAt } from "./course.js";

const ITEMS = ".cmp-feature, .cmp-promise a";

/** @param {Model} model */
function sourceLinks(ids, model) {
  const named = ids
    .map((id) => model.document.sources[id])
    .filter(Boolean)
    .map((csl) => words.source(csl))
    .map((source) => link(source.url, { title: source.text }, source.short));
  return named.flatMap((node, i) => (i ? ["; ", node] : [node]));
}

/**
 * @returns `{open(id), destroy()}`: open brings a feature's promises into sight
 * @param {Model} model @param {Store} store
 */
export function createPromises(frame, model, store, actions, column) {
  if (!column.has("promises")) return { open() {}, destroy() {} };
  const features = model.document.layers.flatMap((layer) =>
    model.document.features.filter((one) => one.layer === layer.id && one.promises.length),
  );
  const tally = el("p.cmp-change-tally", { role: "status" });
  const box = el("div.cmp-column-body", { tabindex: -1 });
  fill(
    frame.slots.promises,
    el(
      "div.cmp-column-head",
      {},
      el("h2.cmp-subtitle", {}, "What was promised for when"),
      tally,
      el("p.cmp-trend-how", {}, model.document.promises_how),
    ),
    box,
  );
  const stops = roving(box, ITEMS);

  /** @param {Feature} feature */
  function section(feature, date) {
    const courses = promisedBy(feature, date);
    if (!courses.length) return null;
    const button = el(
      "button.cmp-feature",
      { "data-for": feature.id, onclick: () => actions.reachFeature(feature.id) },
      el("span.cmp-feature-name", {}, feature.name),
    );
    return el(
      "li.cmp-promised",
      { "data-promised": feature.id },
      button,
      courses.map((course) => courseBlock(course, date, (ids) => sourceLinks(ids, model))),
    );
  }

  /** How many promises there were by a date, by what became of them. */
  function counts(date) {
    const found = { kept: 0, late: 0, overdue: 0, open: 0 };
    for (const feature of features)
      for (const course of feature.promises)
        for (const promise of course.promises) {
          const state = turnAt(promise.turns, date)?.state;
          if (state) found[state] += 1;
        }
    const said = Object.entries(found).filter(([, n]) => n);
    return said.map(([state, n]) => `${n} ${state}`).join(", ") || "none by this date";
  }

  let stale = true;
  function draw() {
    stale = false;
    const { date } = store.get().view;
    tally.textContent = `By ${words.date(date)}: ${counts(date)}.`;
    const sections = features.map((feature) => section(feature, date));
    fill(box, el("ul.cmp-promised-list", {}, sections));
    stops.refresh();
    mark(store.get());
  }

  /** @param {State} state */
  const mark = (state) => markSelected(box, state.view.selected);

  const offs = [
    store.subscribe((state, before) => {
      stale = stale || state.view.date !== before.view.date;
      if (column.isOpen("promises")) stale ? draw() : mark(state);
    }),
    column.onOpen((id) => id === "promises" && stale && draw()),
  ];
  if (column.isOpen("promises")) draw();
  return {
    open(id) {
      column.open("promises");
      const item = box.querySelector(`[data-promised="${CSS.escape(id)}"]`);
      if (item) reveal(box, item);
    },
    destroy: () => offs.forEach((end) => end()),
  };
}
