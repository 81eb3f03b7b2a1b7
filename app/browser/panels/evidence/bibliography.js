/* The sources panel: what the map leans on, those of things now on it first; and both to save. */
import { el, fill, link, reveal } from "../../tools/dom.js";
import * as words from "../../tools/words.js";

/**
 * Ids of the sources that the visible features and the claims about them lean on.
 * @param {Model} model @param {State} state
 */
function inUse(model, state) {
  const ids = new Set();
  const add = (list) => (list || []).forEach((id) => ids.add(id));
  const seen = new Set();
  for (const feature of model.visible(state)) {
    seen.add(feature.id);
    add(feature.sources);
    feature.history.forEach((event) => add(event.sources));
    feature.facts.forEach((fact) => add(fact.sources));
  }
  const onMap = (about) => about.some((id) => seen.has(id));
  for (const claim of model.document.claims)
    if (claim.check && onMap(claim.features)) add(claim.check.sources);
  for (const check of model.document.checks || []) {
    if (onMap(check.features)) check.values.forEach((value) => add(value.sources));
  }
  return ids;
}

function item(csl) {
  const source = words.source(csl);
  const said = [source.publisher, source.date, source.checked && `checked ${source.checked}`];
  const host = words.host(source.url);
  return el(
    "li.cmp-bib-item",
    { lang: csl.language || null, "data-source": csl.id },
    el("span.cmp-bib-title", {}, link(source.url, { title: source.url || null }, source.title)),
    el("span.cmp-bib-about", { lang: "en" }, said.filter(Boolean).join(" · ")),
    host
      ? el("span.cmp-bib-host", { lang: "en" }, source.url.replace(/^https?:\/\/(www\.)?/, ""))
      : el("span.cmp-bib-host", { lang: "en" }, "no address known"),
    source.note ? el("span.cmp-bib-note", { lang: "en" }, source.note) : null,
  );
}

function save(text, filename, type) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const anchor = el("a", { href: url, download: filename, hidden: true });
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
  // The click only queues the download; the address must outlive this turn.
  setTimeout(() => URL.revokeObjectURL(url), 60000);
}

/**
 * @param {any} host host.bibliography is the address of the BibTeX file, where there is one
 * @param {Model} model @param {Store} store
 */
export function createBibliography(frame, model, store, column, host) {
  const { sources, corridor } = model.document;
  if (!column.has("sources")) return { show() {}, destroy() {} };
  const all = Object.values(sources);
  const items = new Map(all.map((csl) => [csl.id, item(csl)]));
  const used = el("ul.cmp-bib-list");
  const rest = el("ul.cmp-bib-list");
  const usedHead = el("h3.cmp-group-title");
  const restHead = el("h3.cmp-group-title");
  const csl = () =>
    save(`${JSON.stringify(all, null, 2)}\n`, `${corridor.id}-sources.json`, "application/json");
  const bibtex = host.bibliography
    ? el(
        "a.cmp-link.cmp-save",
        { href: host.bibliography, download: `${corridor.id}-sources.bib` },
        "BibTeX",
      )
    : null;
  fill(
    frame.slots.sources,
    el(
      "div.cmp-column-head",
      {},
      el("h2.cmp-subtitle", {}, words.count(all.length, "source")),
      el(
        "span.cmp-head-action",
        {},
        "Save as ",
        el("button.cmp-text-button.cmp-save", { onclick: csl }, "CSL-JSON"),
        bibtex ? ", " : null,
        bibtex,
      ),
    ),
    el(
      "div.cmp-column-body",
      { tabindex: 0, role: "group", "aria-label": "Sources" },
      usedHead,
      used,
      restHead,
      rest,
    ),
  );

  let stale = true;
  function draw() {
    stale = false;
    const ids = inUse(model, store.get());
    const of = (wanted) =>
      all.filter((source) => ids.has(source.id) === wanted).map((source) => items.get(source.id));
    const [now, later] = [of(true), of(false)];
    usedHead.textContent = `Of what is on the map: ${now.length}`;
    restHead.textContent = `Of the rest: ${later.length}`;
    usedHead.hidden = now.length === 0;
    restHead.hidden = later.length === 0;
    fill(used, now);
    fill(rest, later);
  }
  const offs = [
    store.subscribe((state, before) => {
      stale =
        stale || state.view.layers !== before.view.layers || state.view.date !== before.view.date;
      if (stale && column.isOpen("sources")) draw();
    }),
    column.onOpen((id) => id === "sources" && stale && draw()),
  ];
  if (column.isOpen("sources")) draw();
  return {
    /** Bring a source into sight, where the panel is open. */
    show(id) {
      const node = items.get(id);
      if (!node) return;
      for (const other of items.values()) other.classList.toggle("is-found", other === node);
      reveal(/** @type {Element} */ (node.parentElement), node);
    },
    destroy: () => offs.forEach((end) => end()),
  };
}
