/* The card of the selected feature: what it is at the date, how we know, what the article says. */
(function () {
  "use strict";
  const Corridormap = (window.Corridormap = window.Corridormap || {});
  const { el, icon, link, fill, number, swatch } = Corridormap.dom;
  const words = Corridormap.words;

  const REST_MS = 500;
  /** A flight starts within this time of a choice, and has ended after that one. */
  const TAKE_OFF_MS = 200;
  const FLIGHT_AT_MOST_MS = 900;

  /** Numbers sources in the order in which a card first mentions them. */
  function createNumbering(model) {
    const order = [];
    const numberOf = (id) => {
      if (!order.includes(id)) order.push(id);
      return order.indexOf(id) + 1;
    };
    return {
      order,
      marks(ids) {
        return (ids || []).filter((id) => model.document.sources[id]).map((id) => {
          const source = model.document.sources[id];
          const n = numberOf(id);
          const props = { title: source.text, "aria-label": `Source ${n}: ${source.text}` };
          return el("sup.cmp-mark", {}, source.url ? link(source.url, props, n) : el("span.cmp-nolink", { title: source.text }, n));
        });
      },
    };
  }

  function localNames(feature) {
    const parts = Object.entries(feature.names || {}).flatMap(([language, name], i) => {
      const tag = words.rtl(language) ? "bdi.cmp-local.is-rtl" : "span.cmp-local";
      const dir = words.rtl(language) ? "rtl" : null;
      return [i ? " · " : null, el(tag, { lang: language, dir }, name)];
    });
    return parts.length ? el("p.cmp-locals", {}, parts) : null;
  }

  /** The date of the present phase, as exact as its source is. */
  function sinceOf(feature, phase) {
    const event = feature.history.find((e) => e.since === phase.since && e.status === phase.status);
    return event ? event.date_label : words.dateShort(phase.since);
  }

  function statusLine(feature, phase) {
    const mode = words.mode(feature.mode);
    if (!phase || words.lasting(feature.kind)) {
      const countries = feature.countries.map(words.country).join(" and ");
      return el("p.cmp-status", {}, [feature.kind_label, countries].filter(Boolean).join(", "));
    }
    const pill = el("span.cmp-pill", { "data-look": phase.look }, phase.status_label);
    return el("p.cmp-status", {}, pill, ` since ${sinceOf(feature, phase)}`, mode ? ` · ${mode}` : "");
  }

  function absence(feature, phase, model, state, actions) {
    const layer = model.layer(feature.layer);
    if (!state.view.layers.includes(feature.layer)) {
      const on = () => actions.setLayers([feature.layer], true);
      return el("p.cmp-absent", {}, `Its layer, ${layer.title}, is switched off. `, el("button.cmp-text-button", { onclick: on }, "Switch it on"));
    }
    if (phase || !feature.phases.length) return null;
    const first = feature.phases[0].since;
    const go = () => actions.setDate(first);
    return el(
      "p.cmp-absent", {}, `Not on the map on ${words.date(state.view.date)}: nothing was announced yet. `,
      el("button.cmp-text-button", { onclick: go }, `Go to ${words.dateShort(first)}`),
    );
  }

  const row = (term, ...content) => [el("dt.cmp-term", {}, term), el("dd.cmp-fact", {}, ...content)];

  /** Figures of one quantity stand together: several sources, several values. */
  function facts(feature, marks) {
    const groups = new Map();
    for (const fact of feature.facts) {
      if (!groups.has(fact.label)) groups.set(fact.label, []);
      groups.get(fact.label).push(el("span.cmp-value", {}, fact.text, " ", marks(fact.sources)));
    }
    const { position } = feature;
    const rows = [...groups].map(([label, values]) => row(label, values));
    if (position && position.text) rows.unshift(row("Position", position.text));
    return rows.length ? el("dl.cmp-facts", {}, rows) : null;
  }

  function saidPart(feature, model, actions) {
    const claims = feature.claims.map(model.claim).filter(Boolean);
    const said = claims.map((claim) =>
      el(
        "button.cmp-said", { "data-claim": claim.id, onclick: () => actions.selectClaim(claim.id, feature.id) },
        number(claim.number), el("span.cmp-said-text", {}, claim.text),
      ),
    );
    return said.length ? el("dl.cmp-facts", {}, row("Article", said)) : null;
  }

  /** In the foot: the numbers of the claims about this feature, or that there are none. */
  function claimNumbers(feature, model, state, actions) {
    const claims = feature.claims.map(model.claim).filter(Boolean);
    if (!claims.length) return el("span.cmp-never", {}, "Not mentioned in the article");
    const discs = claims.map((claim) => {
      const open = () => actions.selectClaim(claim.id, feature.id);
      const label = { "aria-label": `Claim ${claim.number}: ${claim.text}`, title: claim.text, onclick: open };
      const disc = el("button.cmp-claim-number", label, number(claim.number));
      disc.classList.toggle("is-selected", state.claim === claim.id);
      return disc;
    });
    return el("span.cmp-mentions", {}, `Article: ${claims.length > 1 ? "claims" : "claim"} `, discs);
  }

  function historyPart(feature, state, marks) {
    if (!feature.history.length || (words.lasting(feature.kind) && feature.history.length < 2)) return null;
    const items = feature.history.map((event) => {
      const later = event.since > state.view.date;
      const item = el(
        "li.cmp-event", {},
        el("time.cmp-event-date", { datetime: event.date }, event.date_label),
        el("span.cmp-event-text", {}, later ? el("span.cmp-only-read", {}, "Later: ") : null, event.text, " ", marks(event.sources)),
      );
      item.classList.toggle("is-later", later);
      return item;
    });
    return el("dl.cmp-facts", {}, row("History", el("ol.cmp-history", {}, items)));
  }

  function sourcesPart(order, model) {
    const items = order.map((id) => {
      const source = model.document.sources[id];
      const host = source.url && words.host(source.url);
      return el("li.cmp-source-item", {}, source.text, host ? [" ", link(source.url, { title: source.url }, host)] : null);
    });
    return el("ol.cmp-sources", {}, items);
  }

  function placePart(others, model, state, actions) {
    const items = others.map((other) => {
      const phase = model.phaseAt(other, state.view.date) || other.phases[0];
      const note = phase && !words.lasting(other.kind) ? phase.status_label.toLowerCase() : "";
      return el(
        "li.cmp-feature-item", {},
        el(
          "button.cmp-feature", { "data-for": other.id, onclick: () => actions.selectFeature(other.id) },
          swatch(model, phase && phase.sign, 30, 22), el("span.cmp-feature-name", {}, other.name),
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
      if (!part.hidden) part.scrollIntoView({ block: "nearest" });
    });
    return button;
  }

  function claimOnTop(feature, state, model) {
    const id = state.claim || feature.claims[0];
    const claim = id && feature.claims.includes(id) ? model.claim(id) : null;
    if (!claim) return null;
    return el(
      "div.cmp-card-claim", {}, number(claim.number),
      el("p.cmp-card-claim-text", {}, el("b.cmp-bold", {}, claim.text), claim.check ? el("span.cmp-said-check", {}, Corridormap.checkLine(claim.check)) : null),
    );
  }

  /** Fill a card for one feature; `open` remembers which lists the reader has opened. */
  function fillCard(card, feature, { model, state, actions, open, phone }) {
    const phase = model.phaseAt(feature, state.view.date);
    const { order, marks } = createNumbering(model);
    const others = model.samePlace(feature).filter((other) => other !== feature);
    const factsPart = facts(feature, marks);
    const history = historyPart(feature, state, marks);
    marks(feature.sources);
    const sources = sourcesPart(order, model);
    const place = others.length ? placePart(others, model, state, actions) : null;
    const footer = el(
      "footer.cmp-card-foot", {},
      phone || !model.document.claims.length ? null : claimNumbers(feature, model, state, actions),
      order.length ? toggle(words.count(order.length, "source"), sources, open.sources, (on) => (open.sources = on)) : null,
      place ? toggle(`Same place: ${others.length} more`, place, open.place, (on) => (open.place = on)) : null,
    );
    const close = el("button.cmp-icon-button.cmp-close", { "aria-label": "Close", onclick: actions.clear }, icon("close", 18));
    const head = el(
      "header.cmp-card-head", {},
      el("div.cmp-card-names", {}, el("h2.cmp-card-title", {}, feature.name), localNames(feature)), close,
    );
    const body = el("div.cmp-card-body", {}, place, factsPart, phone ? null : saidPart(feature, model, actions), history, sources);
    const top = phone ? claimOnTop(feature, state, model) || el("p.cmp-never.is-top", {}, "The article does not mention this place.") : null;
    card.setAttribute("aria-label", feature.name);
    fill(card, top, head, statusLine(feature, phase), absence(feature, phase, model, state, actions), body, footer);
  }

  Corridormap.createCard = function (frame, model, store, mapApi, actions) {
    const card = frame.slots.card;
    const placement = Corridormap.createPlacement(frame, card, mapApi);
    const empty = el("p.cmp-empty", {}, "Choose a sign on the map to read about it here.");
    const open = { sources: false, place: false };
    frame.slots.sheetPanels.place.append(empty);

    const shown = () => model.feature(store.get().view.selected);
    const point = () => {
      const feature = shown();
      const there = feature && model.visible(store.get()).includes(feature);
      const at = there && mapApi.pointOf ? mapApi.pointOf(feature.id) : null;
      return at ? { ...at, sign: feature.geometry.type === "Point" } : null;
    };

    function place() {
      placement.place();
      placement.drawLeader(point());
      frame.panelsChanged();
    }

    /** While a new selection's flight lasts the card waits, so that it need not jump after it. */
    let waiting = 0;
    let landed = false;
    function land() {
      clearTimeout(waiting);
      waiting = 0;
      landed = false;
      card.classList.remove("is-waiting");
      place();
    }
    function waitFor(ms) {
      clearTimeout(waiting);
      card.classList.add("is-waiting");
      waiting = setTimeout(land, ms);
    }
    function moving() {
      if (waiting) waitFor(FLIGHT_AT_MOST_MS);
      placement.drawLeader(waiting ? null : point());
    }

    let fled = 0;
    /** The map draws anew when the card has moved: let it move once per view, not to and fro. */
    function follow() {
      if (landed) land();
      else if (waiting) placement.drawLeader(null);
      else if (performance.now() - fled < REST_MS) placement.drawLeader(point());
      else if (placement.follow(point())) {
        fled = performance.now();
        frame.panelsChanged();
      }
    }

    function draw(state, sameFeature) {
      const feature = shown();
      clearTimeout(waiting);
      waiting = 0;
      landed = false;
      card.classList.remove("is-waiting");
      card.hidden = !feature;
      empty.hidden = Boolean(feature);
      if (feature) {
        const scroll = sameFeature && card.querySelector(".cmp-card-body");
        const top = scroll ? scroll.scrollTop : 0;
        fillCard(card, feature, { model, state, actions, open, phone: frame.layout() === "phone" });
        card.querySelector(".cmp-card-body").scrollTop = top;
      }
      place();
    }

    function update(state, before) {
      // The extent is kept when a move has ended; the next drawing shows where things are.
      if (waiting && state.view.bbox !== before.view.bbox) landed = true;
      const keys = ["selected", "date", "layers"];
      const same = keys.every((key) => state.view[key] === before.view[key]) && state.claim === before.claim;
      if (same) return;
      const sameFeature = state.view.selected === before.view.selected;
      if (!sameFeature) open.sources = false;
      draw(state, sameFeature);
    }
    draw(store.get(), false);
    const ends = [
      store.subscribe(update),
      actions.onFlight(() => {
        if (!card.hidden && mapApi.onMoving && frame.layout() !== "phone") waitFor(TAKE_OFF_MS);
      }),
      frame.onLayout(() => draw(store.get(), true)),
      mapApi.onMoved && mapApi.onMoved(follow),
      mapApi.onMoving && mapApi.onMoving(moving),
    ];
    return {
      place,
      destroy() {
        clearTimeout(waiting);
        ends.forEach((end) => typeof end === "function" && end());
      },
    };
  };
})();
