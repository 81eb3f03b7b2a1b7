/* The changes panel: two dates, and what changed between them; what did is lit on the map.
   The second date is the map's own. Every change, its words and sources are in the document. */
import { el, fill, markSelected } from "../../tools/dom.js";
import { roving } from "../../tools/keyboard.js";
import * as words from "../../tools/words.js";
import { featureChanges } from "./feature.js";

const ITEMS = ".cmp-feature, .cmp-change a";

/** The changes by feature, in the document's order. @param {DatedChange[]} rows */
function byFeature(rows) {
  /** @type {Map<string, DatedChange[]>} */
  const found = new Map();
  for (const row of rows) {
    const of = found.get(row.feature) || [];
    of.push(row);
    found.set(row.feature, of);
  }
  return [...found];
}

/** A day to choose; the named days of the corridor are offered. */
function dayField(text, named, list, onChange) {
  const input = el("input.cmp-day", {
    type: "date",
    list,
    min: "1000-01-01",
    max: "2999-12-31",
    onchange: () => (input.checkValidity() && input.value ? onChange(input.value) : show(shown)),
  });
  let shown = "";
  const name = el("span.cmp-day-name");
  function show(iso) {
    shown = iso;
    input.value = iso;
    name.textContent = named.find((entry) => entry.date === iso)?.label || "";
  }
  const node = el("label.cmp-day-field", {}, el("span.cmp-day-text", {}, text), input, name);
  return { node, show };
}

/**
 * @param {Model} model @param {Store} store
 */
export function createChanges(frame, model, store, actions, column) {
  const { changes, dates, corridor } = model.document;
  if (!column.has("changes")) return { destroy() {} };
  const named = dates.named || [];
  const list = `cmp-days-${corridor.id}`;
  const from = dayField("From", named, list, (since) => actions.compare(since, period()[1]));
  const to = dayField("to", named, list, (date) => actions.compare(period()[0], date));
  const tally = el("p.cmp-change-tally", { role: "status" });
  const toggle = el("button.cmp-text-button.cmp-head-action", {
    onclick: () => (store.get().view.since ? actions.compare(null) : actions.compare(...period())),
  });
  const box = el("div.cmp-column-body", { tabindex: -1 });
  fill(
    frame.slots.changes,
    el(
      "div.cmp-column-head",
      {},
      el("h2.cmp-subtitle", {}, "What changed"),
      toggle,
      el("div.cmp-days", {}, from.node, to.node),
      el(
        "datalist",
        { id: list },
        named.map((entry) => el("option", { value: entry.date }, entry.label)),
      ),
      tally,
    ),
    box,
  );
  const stops = roving(box, ITEMS);

  /** The two dates: the view's, or those that would be compared. */
  function period() {
    const { since, date } = store.get().view;
    if (since) return [since, date];
    return [changes.since, date > changes.since ? date : changes.date];
  }

  function turned(id) {
    const feature = model.feature(id);
    if (!feature) return false;
    const [one, other] = period().map((date) => model.phaseAt(feature, date)?.status);
    return one !== other;
  }

  function section(title, features, on) {
    if (!features.length) return null;
    const [one, other] = period().sort();
    const items = features.map(([id, rows]) =>
      featureChanges(model.feature(id), rows, { model, actions, one, other, on }),
    );
    return el(
      "section.cmp-change-group",
      {},
      el("h3.cmp-group-title", {}, title),
      el("ul.cmp-change-features", {}, items),
    );
  }

  let stale = true;
  function draw() {
    stale = false;
    const { view } = store.get();
    const [since, date] = period();
    const on = new Set(view.layers);
    const all = byFeature(model.changes(since, date)).filter(([id]) => model.feature(id));
    const shown = all.filter(([id]) => on.has(model.feature(id)?.layer || ""));
    const [changed, told] = [true, false].map((lights) =>
      shown.filter(([, rows]) => rows.some((row) => row.lights) === lights),
    );
    // Those whose status is another come first: it is what the signs show.
    changed.sort(([a], [b]) => Number(turned(b)) - Number(turned(a)));
    const off = all.filter((entry) => !shown.includes(entry));
    from.show(since);
    to.show(date);
    toggle.textContent = view.since ? "Stop comparing" : "Compare on the map";
    tally.textContent = all.length
      ? `${words.count(changed.length, "feature")} changed; there is news of ${told.length} more.`
      : "Nothing that has a date changed between the two.";
    fill(
      box,
      section("Changed", changed, on),
      section("In the news, status and figures as before", told, on),
      section("In layers that are off", off, on),
    );
    stops.refresh();
    mark(store.get());
  }

  /** @param {State} state */
  const mark = (state) => markSelected(box, state.view.selected);

  const offs = [
    store.subscribe((state, before) => {
      const [view, old] = [state.view, before.view];
      stale =
        stale || view.since !== old.since || view.date !== old.date || view.layers !== old.layers;
      if (column.isOpen("changes")) stale ? draw() : mark(state);
    }),
    column.onOpen((id, byReader) => {
      if (id !== "changes") return;
      // Who chooses the panel wants to see it on the map; the phone's sheet only shows it again.
      if (byReader && !store.get().view.since) actions.compare(...period());
      if (stale) draw();
    }),
  ];
  if (column.isOpen("changes")) draw();
  return { destroy: () => offs.forEach((end) => end()) };
}
