/* The article and its claims: each claim a card, the selected one open. Draws no map. */

import { el, fill, link, reveal } from "../../tools/dom.js";
import { roving } from "../../tools/keyboard.js";
import * as words from "../../tools/words.js";
import { markLater } from "../evidence/later.js";
import { buildClaim, openPart } from "./claim.js";
import { findPassages, setPassages } from "./passages.js";
import { createArticleText } from "./text.js";

/** What of the text stays in sight round a passage that was scrolled to. */
const ROUND_PX = 72;
const ITEMS =
  ".cmp-claim, .cmp-feature, .cmp-claim-more .cmp-text-button, .cmp-claim-more a, .cmp-passage";

function byline(article) {
  const said = [article.publisher, article.author, article.date && words.dateShort(article.date)];
  const line = el("p.cmp-byline", {}, said.filter(Boolean).join(" · "));
  if (article.url) line.append(" · ", link(article.url, {}, "Read it"));
  return line;
}

/** How many passages a text has, and how sure that is. */
function tallyOf({ statuses }) {
  const n = (wanted) => [...statuses.values()].filter((status) => status === wanted).length;
  const found = words.count(statuses.size - n("lost"), "passage");
  const parts = ["moved", "doubtful", "lost"].filter(n).map((status) => `${n(status)} ${status}`);
  return [found, ...parts].join(", ");
}

/**
 * What the article says; selecting here lights the map, selecting there marks this list.
 * @param {Model} model @param {Store} store
 */
export function createArticle(frame, model, store, mapApi, actions, column, evidence) {
  const { article, claims, corridor } = model.document;
  if (!column.has("reading")) return { destroy() {} };
  const entries = claims.map((claim) => buildClaim(claim, store.get().view.date, actions));
  const byClaim = new Map(entries.map((entry) => [entry.claim, entry]));
  /** @returns {any} the list item of a claim of the document */
  const itemOf = (claim) => byClaim.get(claim)?.item;
  const list = el("ol.cmp-claims");
  const heading = el("h3.cmp-subtitle");
  const count = el("span.cmp-claim-count");
  const outside = el("span.cmp-outside-text");
  const all = el("button.cmp-text-button", { onclick: () => showAll(!everything) });
  const footer = el("p.cmp-outside", {}, outside, all);
  const text = createArticleText(corridor.id, setText);
  const add = el("button.cmp-text-button.cmp-add", {
    onclick: () => (marks ? text.remove() : text.open(true)),
  });
  const box = el("div.cmp-claim-box");
  let everything = false;
  /** @type {any} */
  let marks = null;
  let tally = "";
  /** How many claims have a place on the map now, wherever it looks. */
  let placed = 0;
  fill(
    frame.slots.reading,
    article
      ? el("div.cmp-source", {}, byline(article), el("h2.cmp-article-title", {}, article.title))
      : null,
    el("div.cmp-claims-head", {}, heading, count, claims.length ? add : null),
    text.form,
    box,
    footer,
  );
  const stops = roving(box, ITEMS);
  text.onOpen((on) => {
    box.hidden = on;
    footer.classList.toggle("is-away", on);
    if (!on) add.focus();
  });

  /** Show the text the reader gave with its passages marked, or the list again for "". */
  function setText(given) {
    const found = given
      ? findPassages(given, claims, model.document.passages)
      : { lost: claims, statuses: new Map() };
    for (const entry of entries) {
      entry.status = found.statuses.get(entry.claim) || "";
      entry.inText = Boolean(given) && entry.status !== "lost";
      entry.built = "";
    }
    const set = given ? setPassages(found, itemOf, actions, store) : null;
    marks = set?.marks;
    fill(list, found.lost.map(itemOf));
    const lost =
      given && found.lost.length
        ? el(
            "h4.cmp-lost-head",
            {},
            `Not found in this text: ${words.count(found.lost.length, "claim")}`,
          )
        : null;
    fill(box, set?.nodes, lost, list);
    tally = given ? tallyOf(found) : "";
    heading.textContent = given ? "The article" : "What the article says";
    add.textContent = given ? "Remove the text" : "Add the text";
    box.classList.toggle("is-text", Boolean(given));
    box.scrollTop = 0;
    update(store.get());
  }

  function showAll(on) {
    everything = on;
    update(store.get());
    if (on) all.focus();
  }

  /** @param {State} state */
  function updateEntry(entry, state, seen) {
    const { claim, item, button, more } = entry;
    const selected = state.claim === claim.id;
    const on = claim.features.some((id) => seen.has(id));
    const marked = claim.features.includes(state.view.selected);
    item.hidden = entry.inText ? !selected : !(on || everything || selected || marked);
    item.classList.toggle("is-out", !on);
    item.classList.toggle("is-selected", selected);
    item.classList.toggle("is-marked", marked && !state.claim);
    item.classList.toggle("is-hover", state.hover !== null && claim.features.includes(state.hover));
    button.setAttribute("aria-expanded", String(selected));
    const key = selected ? [state.view.date, state.view.layers, state.view.selected].join("|") : "";
    if (key !== entry.built) {
      entry.built = key;
      rebuild(entry, selected ? openPart(entry, model, state, actions, evidence) : []);
    }
    more.hidden = !selected;
    markLater(button, state.view.date);
    return on;
  }

  /** Fill an open claim anew and keep the focus on the row that had it. */
  function rebuild(entry, parts) {
    const active = document.activeElement;
    const held =
      active && entry.more.contains(active) ? active.getAttribute("data-for") || "" : null;
    fill(entry.more, parts);
    if (held === null) return;
    const again = [...entry.more.querySelectorAll(".cmp-feature")].find(
      (row) => row.getAttribute("data-for") === held,
    );
    (again || entry.button).focus();
  }

  /** @param {State} state */
  function updateMarks(state, seen) {
    for (const { node, claims: said } of marks) {
      const about = (id) => said.some((claim) => claim.features.includes(id));
      const selected = said.some((claim) => claim.id === state.claim);
      const marked = !state.claim && about(state.view.selected);
      node.classList.toggle("is-selected", selected);
      node.classList.toggle("is-marked", marked);
      if (selected || marked) node.setAttribute("aria-current", "true");
      else node.removeAttribute("aria-current");
      node.classList.toggle("is-hover", about(state.hover));
      node.classList.toggle(
        "is-out",
        !said.some((claim) => claim.features.some((id) => seen.has(id))),
      );
    }
  }

  /** @param {State} state @param {State} [before] */
  function update(state, before) {
    const seen = new Set(model.visible(state).map((feature) => feature.id));
    const on = new Set(entries.filter((entry) => updateEntry(entry, state, seen)));
    const off = entries.filter((entry) => !entry.inText && !on.has(entry)).length;
    if (marks) updateMarks(state, seen);
    placed = on.size;
    tellNumbers();
    footer.hidden = off === 0;
    outside.textContent = `${words.count(off, "more statement")}, outside this view`;
    all.textContent = everything ? "Show fewer" : "Show all";
    stops.refresh();
    if (before) follow(state, before);
  }

  /** Say of each claim whether its number is on the map, as the map has drawn it. */
  function tellNumbers() {
    const { marked, inSight } = mapApi.numbers();
    for (const { claim, item, unmarked } of entries) {
      const on = !item.classList.contains("is-out") && !marked.has(claim.id);
      unmarked.hidden = !on;
      unmarked.textContent = inSight.has(claim.id)
        ? "not marked at this zoom"
        : "outside the part of the map that is shown";
    }
    const n = entries.filter((e) => !e.item.classList.contains("is-out") && marked.has(e.claim.id));
    count.textContent = marks
      ? tally
      : n.length === placed
        ? `${words.count(placed, "claim")}, all marked on the map`
        : `${n.length} of ${words.count(placed, "claim")} marked on the map`;
  }

  /** @param {State} state */
  function follow(state, before) {
    const moved = state.claim !== before.claim || state.view.selected !== before.view.selected;
    if (moved) bringIntoSight(state);
  }

  /**
   * The selected claim, or the first that speaks of the selected feature, in reading order.
   * @param {State} state
   */
  function bringIntoSight(state) {
    const about = (claim) =>
      state.claim ? claim.id === state.claim : claim.features.includes(state.view.selected);
    const mark = marks?.find(({ claims: said }) => said.some(about));
    const target = mark
      ? byClaim.get(mark.claims.find(about))
      : entries.find((entry) => about(entry.claim));
    if (!target) return;
    stops.refresh(mark ? mark.node : target.button);
    const shown = target.item.hidden ? [] : [target.item];
    const [from, to] = [mark ? mark.node : shown[0], shown[0] || mark?.node];
    if (from) reveal(box, from, mark ? ROUND_PX : 0, to);
  }

  setText(text.text());
  const ends = [
    store.subscribe(update),
    mapApi.onMoved(tellNumbers),
    column.onOpen((id) => id === "reading" && bringIntoSight(store.get())),
  ];
  return { destroy: () => ends.forEach((end) => end()) };
}
