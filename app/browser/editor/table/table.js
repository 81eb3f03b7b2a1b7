/* The editor's panel "Table": a layer's features as rows. It joins grid, bulk change and paste with
   the draft: whatever changes is one step of it, to be undone as such. */
import { el, fill } from "../../tools/dom.js";
import { count } from "../../tools/words.js";
import { createBulk } from "./bulk.js";
import { columnsOf, withValue } from "./columns.js";
import { createGrid } from "./grid.js";
import { createPaste } from "./paste.js";
import { rowsOf } from "./rows.js";

const ROW_PX = 30;
const PHONE_ROW_PX = 44;
const STAY_MS = 200;

function create(ctx) {
  let layer = "";
  let visible = false;
  /** @type {any} */
  let staying = 0;
  const marked = new Set();
  const order = { sort: "", down: false };
  let columns = /** @type {any[]} */ ([]);
  let rows = /** @type {any[]} */ ([]);

  const layers = el("select.cmf-input", { "aria-label": "Layer", onchange: choose });
  const search = el("input.cmf-input", {
    type: "search",
    "aria-label": "Filter the rows",
    placeholder: "Filter: words of any column",
    spellcheck: "false",
    oninput: draw,
  });
  const all = el("button.cmf-text-button", { onclick: markAll });
  const found = el("span.cmt-found", { role: "status" });
  const told = el("div.cmf-told", { role: "alert", hidden: true });
  const grid = createGrid({
    label: "Features of the layer",
    rowHeight: () => (ctx.layout() === "phone" ? PHONE_ROW_PX : ROW_PX),
    onSort: sort,
    onMark: mark,
    onOpen: (id, { key }) => ctx.openPanel("features", { feature: id, field: key }),
    onWrite: write,
    onActive: show,
  });
  const bulk = createBulk({ onChange: changeMarked });
  const paste = createPaste({ layer: layerForPaste, onTake: takeRows, onClose: grid.focus });
  const element = el(
    "div.cmf-panel.cmt-panel",
    {},
    el(
      "div.cmt-tools",
      {},
      layers,
      search,
      el("button.cmf-button", { onclick: () => paste.open() }, "Paste rows …"),
    ),
    el("p.cmt-state", {}, found, " ", all),
    bulk.element,
    paste.element,
    told,
    grid.element,
    el(
      "p.cmf-hint.cmt-keys",
      {},
      "Arrows move, Enter writes in a cell or opens the form, Space marks the row, Escape leaves a cell as it was.",
    ),
  );

  const features = () => ctx.draft.features(layer);

  function choose() {
    layer = layers.value;
    marked.clear();
    Object.assign(order, { sort: "", down: false });
    tell([]);
    draw();
  }

  function sort(key) {
    const again = order.sort === key;
    Object.assign(order, { sort: again && order.down ? "" : key, down: again && !order.down });
    draw();
  }

  function mark(ids, on) {
    for (const id of ids) marked[on ? "add" : "delete"](id);
    draw();
  }

  function markAll() {
    const none = marked.size > 0;
    mark(none ? [...marked] : rows.map(({ id }) => id), !none);
    grid.focus();
  }

  /** The row one is in, on the map: once one stays there, for a large map takes its time. */
  function show(row) {
    clearTimeout(staying);
    staying = setTimeout(() => visible && select(row), STAY_MS);
  }

  function select(row) {
    const shown = row && ctx.model.feature(row.id);
    const { layers: on, selected } = ctx.store.get().view;
    if (!shown || selected === row.id || !on.includes(shown.layer)) return;
    ctx.store.set({ claim: null, view: { selected: row.id } });
  }

  function tell(findings) {
    told.hidden = !findings.length;
    const where = ({ feature }) => (feature ? `${feature}: ` : "");
    fill(
      told,
      findings.length ? el("p.cmf-told-head", {}, "Not changed.") : null,
      findings
        .slice(0, 20)
        .map((one) =>
          el(
            "p.cmf-message",
            {},
            `${where(one)}${[one.problem, one.remedy].filter(Boolean).join(". ")}`,
          ),
        ),
    );
  }

  /** Bring features as one step. @returns whether they were taken */
  async function push(next, label) {
    tell([]);
    const known = new Set(features().map(({ id }) => id));
    const ops = next.map((feature) => ({
      op: "put_feature",
      layer,
      feature,
      ...(known.has(feature.id) ? {} : { was: null }),
    }));
    const { ok, findings } = await ctx.draft
      .push(ops, label)
      .catch((error) => ({ ok: false, findings: [{ problem: error.message }] }));
    if (!ok) tell(findings);
    return ok;
  }

  /** One cell. @returns what is wrong, or "" */
  async function write(row, column, text) {
    if (!row) {
      tell([]);
      return "";
    }
    const { problem, value } = column.read(text);
    if (problem) {
      tell([{ problem, feature: "", remedy: "" }]);
      return problem;
    }
    const name = row.properties?.name || row.id;
    const now = features().find(({ id }) => id === row.id) || row;
    const ok = await push([withValue(now, column.key, value)], `Change ${column.label} of ${name}`);
    return ok ? "" : "refused";
  }

  async function changeMarked(change, label) {
    const made = features()
      .filter(({ id }) => marked.has(id))
      .map((feature) => ({ feature, ...change(feature), before: feature }));
    const wrong = made.find(({ problem }) => problem);
    if (wrong) return tell([{ problem: wrong.problem, feature: "", remedy: "" }]);
    const next = made.filter((one) => one.feature !== one.before).map((one) => one.feature);
    if (!next.length) return tell([{ problem: "All of them have it already", feature: "" }]);
    if (await push(next, `${label} of ${count(next.length, "feature")}`))
      ctx.say(`${count(next.length, "row")} changed in one step.`);
    return grid.focus();
  }

  function layerForPaste() {
    return {
      features: features(),
      columns,
      statuses: ctx.draft.base().form.statuses,
      taken: ctx.draft.layers().flatMap(({ id }) => ctx.draft.features(id).map((one) => one.id)),
    };
  }

  async function takeRows({ changes, fresh }) {
    const next = [...changes, ...fresh];
    const ok = await push(next, `Paste ${count(next.length, "row")}`);
    if (ok)
      ctx.say(`${count(changes.length, "feature")} changed, ${fresh.length} new, in one step.`);
    return ok;
  }

  function draw() {
    const entries = ctx.draft.layers();
    if (!entries.some(({ id }) => id === layer)) layer = entries[0]?.id || "";
    fill(
      layers,
      entries.map(({ id, title }) => el("option", { value: id }, title)),
    );
    layers.value = layer;
    const every = features();
    columns = columnsOf(ctx.draft.form(), every);
    rows = rowsOf(every, columns, { words: search.value, ...order });
    const ids = new Set(every.map(({ id }) => id));
    for (const id of marked) if (!ids.has(id)) marked.delete(id);
    const hidden = marked.size - rows.filter(({ id }) => marked.has(id)).length;
    found.textContent = [
      rows.length === every.length
        ? count(every.length, "row")
        : `${rows.length} of ${count(every.length, "row")}`,
      marked.size ? `${marked.size} marked${hidden ? `, ${hidden} of them filtered out` : ""}` : "",
    ]
      .filter(Boolean)
      .join(" · ");
    all.textContent = marked.size ? "Mark none" : "Mark all of these";
    all.hidden = !rows.length;
    bulk.show({ columns, statuses: ctx.draft.base().form.statuses, n: marked.size });
    grid.show({ rows, columns, marked, ...order });
  }

  grid.element.addEventListener("paste", (event) => {
    if (grid.isWriting()) return;
    const text = event.clipboardData?.getData("text/plain") || "";
    if (!text.trim()) return;
    event.preventDefault();
    paste.open(text);
  });

  return {
    element,
    changed: () => visible && draw(),
    settle: grid.settle,
    shown(params) {
      visible = true;
      const { selected } = ctx.store.get().view;
      const home = params?.layer || (layer ? "" : ctx.model.feature(selected)?.layer);
      if (home) layer = home;
      draw();
    },
    hidden() {
      visible = false;
      grid.settle();
    },
  };
}

const tablePanel = { id: "table", title: "Table", order: 15, create };

export { tablePanel };
