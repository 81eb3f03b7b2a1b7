/* The card of the selected feature: when it opens, where it stands, when it says it is absent. */

import { el } from "../../tools/dom.js";
import { fillCard } from "./content.js";
import { createPlacement } from "./placement.js";

const REST_MS = 500;
/** A flight's first step comes with the choice that starts it; none takes longer than this. */
const FLIGHT_AT_MOST_MS = 1200;

/** @param {Model} model @param {Store} store */
export function createCard(frame, model, store, mapApi, actions, evidence) {
  const card = frame.slots.card;
  const placement = createPlacement(frame, card, mapApi);
  const empty = el("p.cmp-empty", {}, "Choose a sign on the map to read about it here.");
  const open = { sources: false, place: false };
  frame.leaderRects = placement.leaderRects;
  frame.slots.sheetPanels.place.append(empty);

  const shown = () => model.feature(store.get().view.selected ?? "");
  const point = () => {
    const feature = shown();
    const there = feature && model.visible(store.get()).includes(feature);
    const at = there && mapApi.pointOf ? mapApi.pointOf(feature.id) : null;
    return at ? { ...at, sign: feature?.geometry.type === "Point" } : null;
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
    uncover();
  }
  /** The card, once it stands, or another panel may lie over what was chosen. */
  function uncover() {
    const feature = shown();
    if (feature && point()) mapApi.uncover?.(feature.id);
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

  /** @param {State} state */
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
      fillCard(card, feature, {
        model,
        state,
        actions,
        evidence,
        open,
        phone: frame.layout() === "phone",
      });
      card.querySelector(".cmp-card-body").scrollTop = top;
    }
    place();
    if (!sameFeature) uncover();
  }

  /** @param {State} state @param {State} before */
  function update(state, before) {
    // The extent is kept when a move has ended; the next drawing shows where things are.
    if (waiting && state.view.bbox !== before.view.bbox) landed = true;
    const keys = ["selected", "date", "layers"];
    const same =
      keys.every((key) => state.view[key] === before.view[key]) && state.claim === before.claim;
    if (same) return;
    const sameFeature = state.view.selected === before.view.selected;
    if (!sameFeature) open.sources = false;
    draw(state, sameFeature);
  }
  draw(store.get(), false);
  const ends = [
    store.subscribe(update),
    actions.onFlight(() => {
      if (!card.hidden && mapApi.onMoving && frame.layout() !== "phone") waitFor(0);
    }),
    frame.onLayout(() => draw(store.get(), true)),
    mapApi.onMoved?.(follow),
    mapApi.onMoving?.(moving),
  ];
  return {
    place,
    destroy() {
      clearTimeout(waiting);
      ends.forEach((end) => typeof end === "function" && end());
    },
  };
}
