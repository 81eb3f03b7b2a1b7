/* What a card says of a feature: names, status, figures, history, sources, claims. Places nothing. */
import { swatch } from "../../map/signs/swatch.js";
import { el, fill, icon, link, number, reveal } from "../../tools/dom.js";
import * as words from "../../tools/words.js";
import { laterNote } from "../evidence/later.js";
import { checkLine } from "../evidence/values.js";
import { courseLine, promisedBy } from "../promises/course.js";
import * as cardFigures from "./figures.js";
import { row } from "./figures.js";

/** Numbers sources in the order in which a card first mentions them. @param {Model} model */
function createNumbering(model) {
  const order = [];
  const numberOf = (id) => {
    if (!order.includes(id)) order.push(id);
    return order.indexOf(id) + 1;
  };
  return {
    order,
    marks(ids) {
      return (ids || [])
        .filter((id) => model.document.sources[id])
        .map((id) => {
          const source = words.source(model.document.sources[id]);
          const n = numberOf(id);
          const props = { title: source.text, "aria-label": `Source ${n}: ${source.text}` };
          return el("sup.cmp-mark", {}, link(source.url, props, n));
        });
    },
  };
}

/** @param {Feature} feature */
function localNames(feature) {
  const parts = Object.entries(feature.names || {}).flatMap(([language, name], i) => {
    const tag = words.rtl(language) ? "bdi.cmp-local.is-rtl" : "span.cmp-local";
    const dir = words.rtl(language) ? "rtl" : null;
    return [i ? " · " : null, el(tag, { lang: language, dir }, name)];
  });
  return parts.length ? el("p.cmp-locals", {}, parts) : null;
}

/**
 * The date of the present phase, as exact as its source is.
 * @param {Feature} feature @param {Phase} phase
 */
function sinceOf(feature, phase) {
  const event = feature.history.find((e) => e.since === phase.since && e.status === phase.status);
  return event ? event.date_label : words.dateShort(phase.since);
}

/** Whether a phase has a day from which on: what is not known has none. @param {Phase} phase */
const isDated = (phase) => Boolean(phase.status) && phase.status !== "unknown";

/** @param {Feature} feature @param {Phase} phase */
function statusLine(feature, phase) {
  if (!phase || feature.lasting) {
    const countries = feature.countries.map(words.country).join(" and ");
    return el("p.cmp-status", {}, [feature.kind_label, countries].filter(Boolean).join(", "));
  }
  const pill = el("span.cmp-pill", { "data-look": phase.look }, phase.status_label);
  return el(
    "p.cmp-status",
    {},
    pill,
    isDated(phase) ? ` since ${sinceOf(feature, phase)}` : "",
    feature.mode_label ? ` · ${feature.mode_label}` : "",
  );
}

/** @param {Feature} feature @param {Phase} phase @param {Model} model @param {State} state */
function absence(feature, phase, model, state, actions) {
  const layer = model.layer(feature.layer);
  if (!state.view.layers.includes(feature.layer)) {
    const on = () => actions.setLayers([feature.layer], true);
    const button = el("button.cmp-text-button", { onclick: on }, "Switch it on");
    return el("p.cmp-absent", {}, `Its layer, ${layer?.title}, is switched off. `, button);
  }
  if (phase || !feature.phases.length) return null;
  const first = feature.phases[0].since;
  const go = () => actions.setDate(first);
  return el(
    "p.cmp-absent",
    {},
    `Not on the map on ${words.date(state.view.date)}: nothing was announced yet. `,
    el("button.cmp-text-button", { onclick: go }, `Go to ${words.dateShort(first)}`),
  );
}

/** @param {Feature} feature @param {Model} model */
function saidPart(feature, model, actions) {
  const claims = feature.claims.map(model.claim).filter((claim) => claim !== null);
  const said = claims.map((claim) =>
    el(
      "button.cmp-said",
      { "data-claim": claim.id, onclick: () => actions.selectClaim(claim.id, feature.id) },
      number(claim.number),
      el("span.cmp-said-text", {}, claim.text),
    ),
  );
  return said.length ? el("dl.cmp-facts", {}, row("Article", said)) : null;
}

/**
 * In the foot: the numbers of the claims about this feature, or that there are none.
 * @param {Feature} feature @param {Model} model @param {State} state
 */
function claimNumbers(feature, model, state, actions) {
  const claims = feature.claims.map(model.claim).filter((claim) => claim !== null);
  if (!claims.length) return el("span.cmp-never", {}, "Not mentioned in the article");
  const discs = claims.map((claim) => {
    const open = () => actions.selectClaim(claim.id, feature.id);
    const label = {
      "aria-label": `Claim ${claim.number}: ${claim.text}`,
      title: claim.text,
      onclick: open,
    };
    const disc = el("button.cmp-claim-number", label, number(claim.number));
    disc.classList.toggle("is-selected", state.claim === claim.id);
    return disc;
  });
  return el("span.cmp-mentions", {}, `Article: ${claims.length > 1 ? "claims" : "claim"} `, discs);
}

/** @param {Feature} feature @param {State} state */
function historyPart(feature, state, marks) {
  if (!feature.history.length || (feature.lasting && feature.history.length < 2)) return null;
  const items = feature.history.map((event) => {
    // Its date stands beside it.
    const later = event.since > state.view.date;
    const item = el(
      "li.cmp-event",
      {},
      el("time.cmp-event-date", { datetime: event.date }, event.date_label),
      el(
        "span.cmp-event-text",
        {},
        later ? el("span.cmp-later", {}, "later: ") : null,
        event.text,
        later ? null : laterNote(event.later, state.view.date),
        " ",
        marks(event.sources),
      ),
    );
    item.classList.toggle("is-later", later);
    return item;
  });
  return el("dl.cmp-facts", {}, row("History", el("ol.cmp-history", {}, items)));
}

/**
 * What was announced for a date: a line for each milestone; the panel has them all.
 * @param {Feature} feature @param {State} state
 */
function promisesPart(feature, state, evidence) {
  const courses = promisedBy(feature, state.view.date);
  if (!courses.length) return null;
  const open = { onclick: () => evidence.openPromises(feature.id) };
  const lines = courses.map((course) => courseLine(course, state.view.date));
  const more = el("button.cmp-text-button", open, "Who promised it, and when");
  return el("dl.cmp-facts", {}, row("Promised", lines, more));
}

/** @param {Model} model */
function sourcesPart(order, model) {
  const items = order.map((id) => {
    const source = words.source(model.document.sources[id]);
    const host = source.url && words.host(source.url);
    return el(
      "li.cmp-source-item",
      {},
      source.text,
      host ? [" ", link(source.url, { title: source.url }, host)] : null,
    );
  });
  return el("ol.cmp-sources", {}, items);
}

/** @param {Model} model @param {State} state */
function placePart(others, model, state, actions) {
  const items = others.map((other) => {
    const phase = model.phaseAt(other, state.view.date) || other.phases[0];
    const note = phase && !other.lasting ? phase.status_label.toLowerCase() : "";
    return el(
      "li.cmp-feature-item",
      {},
      el(
        "button.cmp-feature",
        { "data-for": other.id, onclick: () => actions.selectFeature(other.id) },
        swatch(model, phase?.sign, 30, 22),
        el("span.cmp-feature-name", {}, other.name),
        el("span.cmp-aside", {}, note),
      ),
    );
  });
  return el("ul.cmp-features.cmp-same-place", {}, items);
}

function toggle(text, part, shown, remember) {
  part.hidden = !shown;
  const button = el("button.cmp-text-button", { "aria-expanded": String(shown) }, text);
  button.addEventListener("click", () => {
    part.hidden = !part.hidden;
    button.setAttribute("aria-expanded", String(!part.hidden));
    remember(!part.hidden);
    if (!part.hidden) reveal(part.parentElement, part);
  });
  return button;
}

/** What the user's own file says beyond our fields. @param {Feature} feature */
function columnsPart(feature) {
  const rows = Object.entries(feature.columns).map(([name, text]) =>
    row(el("bdi", {}, name), el("bdi", {}, text)),
  );
  return rows.length ? el("dl.cmp-facts.cmp-columns", {}, rows) : null;
}

/** @param {Feature} feature @param {State} state @param {Model} model */
function claimOnTop(feature, state, model) {
  const id = state.claim || feature.claims[0];
  const claim = id && feature.claims.includes(id) ? model.claim(id) : null;
  if (!claim) return el("p.cmp-never.is-top", {}, "The article does not mention this place.");
  return el(
    "div.cmp-card-claim",
    {},
    number(claim.number),
    el(
      "p.cmp-card-claim-text",
      {},
      el("b.cmp-bold", {}, claim.text),
      claim.check ? checkLine(claim.check, state.view.date) : null,
    ),
  );
}

/**
 * Fill a card for one feature; `open` remembers which lists the reader has opened.
 * @param {Feature} feature
 */
export function fillCard(card, feature, { model, state, actions, evidence, open, phone }) {
  const phase = model.phaseAt(feature, state.view.date);
  const { order, marks } = createNumbering(model);
  const others = model.samePlace(feature).filter((other) => other !== feature);
  const factsPart = cardFigures.build(feature, marks, model, state, evidence);
  const history = historyPart(feature, state, marks);
  marks(feature.sources);
  const sources = sourcesPart(order, model);
  const place = others.length ? placePart(others, model, state, actions) : null;
  // On a phone the first claim already stands on top, and so does the word that there is none.
  const numbersNeeded = phone ? feature.claims.length > 1 : model.document.claims.length > 0;
  const listToggle = (key, text, list) => toggle(text, list, open[key], (on) => (open[key] = on));
  const footer = el(
    "div.cmp-card-foot",
    {},
    numbersNeeded ? claimNumbers(feature, model, state, actions) : null,
    order.length ? listToggle("sources", words.count(order.length, "source"), sources) : null,
    place ? listToggle("place", `Same place: ${others.length} more`, place) : null,
  );
  const shut = { "aria-label": "Close", onclick: actions.clear };
  const close = el("button.cmp-icon-button.cmp-close", shut, icon("close", 18));
  const head = el(
    "div.cmp-card-head",
    {},
    el("div.cmp-card-names", {}, el("h2.cmp-card-title", {}, feature.name), localNames(feature)),
    close,
  );
  const said = phone ? null : saidPart(feature, model, actions);
  const promised = promisesPart(feature, state, evidence);
  const columns = columnsPart(feature);
  const parts = [place, factsPart, columns, said, promised, history, sources];
  const body = el("div.cmp-card-body", {}, parts);
  const missing = absence(feature, phase, model, state, actions);
  card.setAttribute("aria-label", feature.name);
  fill(
    card,
    phone ? claimOnTop(feature, state, model) : null,
    head,
    statusLine(feature, phase),
    missing,
    body,
    footer,
  );
}
