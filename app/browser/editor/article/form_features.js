/* Chooses what a claim is about: features by search, on the map, drawn, or a place's name only. */

import { el, fill, freshId, icon } from "../../tools/dom.js";
import { folded } from "../../tools/letters.js";
import { searchList } from "../../tools/search_list.js";
import { candidateButtons } from "./suggest.js";

function namesOf({ id, properties = {} }) {
  const names = Object.entries(properties).filter(
    ([key, value]) => typeof value === "string" && /^(name|label|kind)(:|$)/.test(key),
  );
  return folded([id, ...names.map(([, value]) => value)].join(" "));
}

/**
 * @param {any} options {ctx, features: ids, places: {name, at, country}[], onChange(), onDraw()}
 * @returns `{element, ids(), places(), placeLayer(), add(id), takeCandidate(candidate), offer(names), stop()}`
 */
export function claimFeatures({ ctx, features, places, onChange, onDraw }) {
  const chips = el("ul.cma-chips");
  const offered = el("div.cma-offered");
  const pick = el(
    "button.cmp-btn",
    {
      "aria-pressed": "false",
      onclick: () => picking(pick.getAttribute("aria-pressed") !== "true"),
    },
    "Choose on the map",
  );
  const layer = el("select.cma-input", { "aria-label": "Layer for the new point" });
  const onMap = el("input", { type: "checkbox", id: freshId("on-map") });
  let ids = [...features];
  let held = [...places];
  let named = [];
  let off = () => {};

  const all = () =>
    ctx.draft
      .layers()
      .flatMap((entry) =>
        ctx.draft.features(entry.id).map((feature) => ({ feature, layer: entry })),
      );

  /** Features that have all words of a text in their names, and are not among those taken. */
  function hits(text) {
    const words = folded(text).split(/\s+/).filter(Boolean);
    return all().filter(
      ({ feature }) =>
        !ids.includes(feature.id) && words.every((word) => namesOf(feature).includes(word)),
    );
  }
  const search = searchList({
    name: "Find a feature",
    placeholder: "Find a feature: name, kind, id",
    found: "Features found",
    className: "cma-input",
    hits,
    row: ({ feature, layer: entry }) => [
      el("span", { dir: "auto" }, feature.properties.name || feature.id),
      el("span.cmp-hit-line", {}, entry.title || entry.id),
    ],
    more: (n) => `${n} more: type more of the name`,
    none: "No feature has this name.",
    onTake: ({ feature }) => add(feature.id),
  });

  /** A click on a sign of the map adds its feature, until it is ended. */
  function picking(on) {
    off();
    off = () => {};
    pick.setAttribute("aria-pressed", String(on));
    pick.textContent = on ? "Click signs on the map; done" : "Choose on the map";
    if (ctx.lower) ctx.lower(on);
    if (!on) return;
    off = ctx.onState((state, before) => {
      const { selected } = state.view;
      if (selected && selected !== before.view.selected) add(selected);
    });
  }

  function chip(label, line, remove, key) {
    return el(
      "li.cma-chip",
      { "data-feature-chip": key },
      el(
        "span.cma-chip-text",
        {},
        el("bdi", {}, label),
        line ? el("span.cma-chip-line", {}, ` ${line}`) : null,
      ),
      el(
        "button.cma-chip-remove",
        { "aria-label": `Take away ${label}`, onclick: remove },
        icon("close", 10),
      ),
    );
  }
  function draw() {
    const known = ids.map((id) => {
      const found = ctx.draft.feature(id);
      const entry = found && ctx.draft.layers().find((one) => one.id === found.layer);
      return chip(
        found ? found.feature.properties.name || id : id,
        found ? entry?.title || found.layer : "not in the layers",
        () => change(ids.filter((one) => one !== id)),
        id,
      );
    });
    fill(
      chips,
      known,
      held.map((one) =>
        chip(
          one.name,
          "a place's name",
          () => {
            held = held.filter((other) => other !== one);
            draw();
            onChange();
          },
          "place",
        ),
      ),
    );
    chips.hidden = !ids.length && !held.length;
    placeBox.hidden = !held.length;
    drawOffered();
    if (held.length) layerChoices();
  }
  function layerChoices() {
    const entries = ctx.draft.layers();
    const now = layer.value;
    fill(
      layer,
      entries.map((entry) => el("option", { value: entry.id }, entry.title || entry.id)),
    );
    const towns = (id) =>
      ctx.draft.features(id).filter((one) => ["town", "node"].includes(one.properties.kind)).length;
    layer.value = now || entries.slice().sort((a, b) => towns(b.id) - towns(a.id))[0]?.id || "";
  }
  const isTaken = (one) =>
    one.type === "feature"
      ? ids.includes(one.id)
      : held.some((other) => other.name === one.name && other.country === one.country);
  /** A name of which one meaning was taken is offered no more. */
  function drawOffered() {
    const open = named.filter((name) => !name.candidates.some(isTaken));
    fill(
      offered,
      open.map((name) =>
        el(
          "div.cma-offer",
          {},
          el("span.cma-offer-text", {}, "“", el("bdi", {}, name.text), "” may be"),
          candidateButtons({
            draft: ctx.draft,
            candidates: name.candidates.slice(0, 4),
            onTake: takeCandidate,
          }),
        ),
      ),
    );
  }
  function change(next) {
    ids = next;
    draw();
    onChange();
  }
  function add(id) {
    if (!ids.includes(id) && ctx.draft.feature(id)) change([...ids, id]);
  }
  function takeCandidate(candidate) {
    if (candidate.type === "feature") return add(candidate.id);
    if (!isTaken(candidate))
      held = [...held, { name: candidate.name, at: candidate.at, country: candidate.country }];
    draw();
    return onChange();
  }

  const placeBox = el(
    "div.cma-place",
    {},
    el("p.cma-check", {}, onMap, el("label", { for: onMap.id }, "Put it on the map as a point in")),
    layer,
  );
  const element = el(
    "fieldset.cma-group",
    {},
    el("legend.cma-legend", {}, "What it is about"),
    chips,
    placeBox,
    offered,
    search.input,
    search.list,
    el(
      "div.cma-row-buttons",
      {},
      pick,
      el("button.cmp-btn", { onclick: onDraw }, "Draw a new one"),
    ),
  );
  draw();
  return {
    element,
    ids: () => ids,
    places: () => held,
    placeLayer: () => (held.length && onMap.checked ? layer.value : ""),
    add,
    draw,
    takeCandidate,
    /** Offer what the names of the passage may be. */
    offer(names) {
      named = names;
      drawOffered();
    },
    stop: () => picking(false),
  };
}
