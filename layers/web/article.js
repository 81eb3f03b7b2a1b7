/* The article and its claims: each claim a card, the selected one open. Draws no map. */
(function () {
  "use strict";
  const Corridormap = (window.Corridormap = window.Corridormap || {});
  const { el, icon, link, fill, number, swatch, reveal } = Corridormap.dom;
  const words = Corridormap.words;

  const ITEMS = ".cmp-claim, .cmp-feature, .cmp-claim-more .cmp-text-button, .cmp-claim-more a, .cmp-passage";

  function byline(article) {
    const said = [article.publisher, article.author, article.date && words.dateShort(article.date)];
    const line = el("p.cmp-byline", {}, said.filter(Boolean).join(" · "));
    if (article.url) line.append(" · ", link(article.url, {}, "Read it"));
    return line;
  }

  /** The result of a check: its icon and its words, then what was found. */
  Corridormap.checkLine = function (check, { open = false } = {}) {
    const result = words.result(check);
    const verdict = el(
      "span.cmp-result", { "data-result": check.result }, icon(result.icon, 12), " ", check.label || result.text,
    );
    const line = el(open ? "p.cmp-check.is-open" : "span.cmp-check", {}, verdict);
    if (check.text) line.append(open ? ": " : " · ", open ? words.sentence(check.text) : check.text);
    return line;
  };

  function howChecked(claim, model) {
    const check = claim.check;
    const sources = (check.sources || []).map((id) => model.document.sources[id]).filter(Boolean);
    const rows = sources.map((source) =>
      el("li.cmp-how-item", {}, source.url ? link(source.url, {}, source.text) : source.text),
    );
    const body = el(
      "div.cmp-how", { hidden: true },
      check.rule ? el("p.cmp-how-rule", {}, words.sentence(check.rule)) : null,
      rows.length ? el("ul.cmp-how-list", {}, rows) : null,
    );
    if (!body.childElementCount) return null;
    const button = el("button.cmp-text-button", { "aria-expanded": "false" }, "How checked");
    button.addEventListener("click", () => {
      body.hidden = !body.hidden;
      button.setAttribute("aria-expanded", String(!body.hidden));
    });
    return { button, body };
  }

  /** Why a feature of a claim is not on the map now, or "". */
  function absence(feature, model, state) {
    if (!state.view.layers.includes(feature.layer)) return "layer off";
    return model.phaseAt(feature, state.view.date) ? "" : "not yet";
  }

  function featureRow(feature, model, state, actions) {
    const phase = model.phaseAt(feature, state.view.date) || feature.phases[0];
    const missing = absence(feature, model, state);
    const selected = state.view.selected === feature.id;
    const row = el(
      "button.cmp-feature",
      {
        "data-for": feature.id,
        "aria-current": selected ? "true" : null,
        onclick: () => actions.selectFeature(feature.id),
        onpointerenter: () => actions.hover(feature.id),
        onpointerleave: () => actions.hover(null),
        onfocus: () => actions.hover(feature.id),
        onblur: () => actions.hover(null),
      },
      swatch(model, phase && phase.sign, 30, 22),
      el("span.cmp-feature-name", {}, feature.name),
      missing ? el("span.cmp-aside", {}, missing) : null,
    );
    row.classList.toggle("is-selected", selected);
    row.classList.toggle("is-out", missing !== "");
    return el("li.cmp-feature-item", {}, row);
  }

  function openPart(claim, model, state, actions) {
    const features = claim.features.map(model.feature).filter(Boolean);
    const rows = features.map((feature) => featureRow(feature, model, state, actions));
    const how = claim.check ? howChecked(claim, model) : null;
    const check = claim.check ? Corridormap.checkLine(claim.check, { open: true }) : null;
    if (check && how) check.append(" ", how.button);
    const unseen = features.length > 0 && features.every((f) => absence(f, model, state));
    return [
      claim.quote ? el("p.cmp-quote", {}, `“${claim.quote}”`) : null,
      rows.length ? el("ul.cmp-features", {}, rows) : el("p.cmp-quote-none", {}, "Not tied to a place on the map."),
      unseen
        ? el("button.cmp-text-button", { onclick: () => actions.showClaim(claim.id) }, "Show on the map")
        : null,
      check,
      how ? how.body : null,
    ];
  }

  function buildClaim(claim, actions) {
    const check = claim.check ? Corridormap.checkLine(claim.check) : null;
    const button = el(
      "button.cmp-claim",
      {
        "aria-expanded": "false",
        onclick: () => actions.selectClaim(claim.id),
        onfocus: () => actions.hoverClaim(claim.id),
        onblur: () => actions.hoverClaim(null),
      },
      number(claim.number),
      el("span.cmp-claim-body", {}, el("span.cmp-claim-text", {}, claim.text), check),
    );
    const more = el("div.cmp-claim-more", { hidden: true });
    const item = el(
      "li.cmp-claim-item",
      {
        "data-claim": claim.id,
        onpointerenter: () => actions.hoverClaim(claim.id),
        onpointerleave: () => actions.hoverClaim(null),
      },
      button, more,
    );
    return { claim, item, button, more, built: "", inText: false };
  }

  /** What the article says; selecting here lights the map, selecting there marks this list. */
  Corridormap.createArticle = function (frame, model, store, actions) {
    const { article, claims, corridor } = model.document;
    const entries = claims.map((claim) => buildClaim(claim, actions));
    const byClaim = new Map(entries.map((entry) => [entry.claim, entry]));
    const list = el("ol.cmp-claims");
    const heading = el("h3.cmp-subtitle");
    const count = el("span.cmp-claim-count");
    const outside = el("span.cmp-outside-text");
    const all = el("button.cmp-text-button", { onclick: () => showAll(!everything) });
    const footer = el("p.cmp-outside", {}, outside, all);
    const text = Corridormap.createArticleText(corridor.id, setText);
    const add = el("button.cmp-text-button.cmp-add", { onclick: () => (marks ? text.remove() : text.open(true)) });
    const box = el("div.cmp-claim-box");
    let everything = false;
    let marks = null;
    fill(
      frame.slots.article,
      article ? el("div.cmp-source", {}, byline(article), el("h2.cmp-article-title", {}, article.title)) : null,
      el("div.cmp-claims-head", {}, heading, count, claims.length ? add : null),
      text.form, box, footer,
    );
    const stops = Corridormap.roving(box, ITEMS);
    text.onOpen((on) => {
      box.hidden = on;
      footer.classList.toggle("is-away", on);
      if (!on) add.focus();
    });

    /** Show the text the reader gave with its passages marked, or the list again for "". */
    function setText(given) {
      const found = given ? Corridormap.findPassages(given, claims) : { lost: claims };
      const set = given ? Corridormap.setPassages(found, (claim) => byClaim.get(claim).item, actions, store) : null;
      marks = set && set.marks;
      fill(list, found.lost.map((claim) => byClaim.get(claim).item));
      const lost = given && found.lost.length
        ? el("h4.cmp-lost-head", {}, `Not found in this text: ${words.count(found.lost.length, "claim")}`) : null;
      fill(box, set && set.nodes, lost, list);
      for (const entry of entries) entry.inText = Boolean(given) && !found.lost.includes(entry.claim);
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
        rebuild(entry, selected ? openPart(claim, model, state, actions) : []);
      }
      more.hidden = !selected;
      return on;
    }

    /** Fill an open claim anew and keep the focus on the row that had it. */
    function rebuild(entry, parts) {
      const active = document.activeElement;
      const held = entry.more.contains(active) ? active.getAttribute("data-for") || "" : null;
      fill(entry.more, parts);
      if (held === null) return;
      const again = [...entry.more.querySelectorAll(".cmp-feature")].find(
        (row) => row.getAttribute("data-for") === held,
      );
      (again || entry.button).focus();
    }

    function updateMarks(state, seen) {
      for (const { node, claims: said } of marks) {
        const about = (id) => said.some((claim) => claim.features.includes(id));
        node.classList.toggle("is-selected", said.some((claim) => claim.id === state.claim));
        node.classList.toggle("is-marked", !state.claim && about(state.view.selected));
        node.classList.toggle("is-hover", about(state.hover));
        node.classList.toggle("is-out", !said.some((claim) => claim.features.some((id) => seen.has(id))));
      }
    }

    function update(state, before) {
      const seen = new Set(model.visible(state).map((feature) => feature.id));
      const on = new Set(entries.filter((entry) => updateEntry(entry, state, seen)));
      const off = entries.filter((entry) => !entry.inText && !on.has(entry)).length;
      const found = entries.filter((entry) => entry.inText).length;
      if (marks) updateMarks(state, seen);
      count.textContent = marks ? `${words.count(found, "passage")} marked` : `${words.count(on.size, "claim")} on the map`;
      footer.hidden = off === 0;
      outside.textContent = `${words.count(off, "more statement")}, outside this view`;
      all.textContent = everything ? "Show fewer" : "Show all";
      stops.refresh();
      if (before) follow(state, before);
    }

    function follow(state, before) {
      const moved = state.claim !== before.claim || state.view.selected !== before.view.selected;
      if (!moved) return;
      const target =
        entries.find((entry) => entry.claim.id === state.claim) ||
        entries.find((entry) => entry.claim.features.includes(state.view.selected));
      if (!target) return;
      const mark = target.inText && marks.find(({ claims: said }) => said.includes(target.claim));
      stops.refresh(mark ? mark.node : target.button);
      if (!target.item.hidden) reveal(box, target.item, 0);
      if (mark) reveal(box, mark.node, 24);
    }

    setText(text.text());
    return { destroy: store.subscribe(update) };
  };
})();
