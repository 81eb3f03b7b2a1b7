/* The phone's sheet: tabs, and a height that stops at a strip, at less than half, at full. */
import { el, icon } from "../tools/dom.js";
import { createTabs } from "../tools/tabs.js";

const LOW_PX = 96;
const MIDDLE = 0.44;
const STOPS = ["low", "middle", "full"];
const STOP_WORDS = { low: "small", middle: "half", full: "full" };
const STEPS = {
  ArrowUp: 1,
  ArrowRight: 1,
  PageUp: 1,
  End: 2,
  ArrowDown: -1,
  ArrowLeft: -1,
  PageDown: -1,
  Home: -2,
};
const TITLES = { article: "Article", layers: "Layers", place: "This place", evidence: "Evidence" };

/** The tabs that this document has something for. */
function entriesOf({ columnPanels, slots }) {
  const empty = {
    article: !columnPanels.includes("reading"),
    evidence: !columnPanels.some((id) => id !== "reading"),
  };
  const ids = Object.keys(TITLES).filter((id) => !empty[id]);
  return ids.map((id) => ({ id, title: TITLES[id], panel: slots.sheetPanels[id] }));
}

/** @param {Store} store */
export function createSheet(frame, store, column) {
  const { sheet, header } = frame.slots;
  const grip = el(
    "div.cmp-grip",
    {
      role: "slider",
      tabindex: 0,
      "aria-label": "Height of the panel",
      "aria-orientation": "vertical",
      "aria-valuemin": 0,
      "aria-valuemax": 2,
    },
    el("span.cmp-grip-bar"),
  );
  const entries = entriesOf(frame);
  const tabs = createTabs(entries, { label: "Panels", onChoose: (id) => choose(id, true) });
  const layersText = el("span.cmp-btn-text");
  const layersButton = el(
    "button.cmp-layers-button",
    { onclick: () => choose("layers", true) },
    icon("layers", 18),
    layersText,
  );
  let current = entries[0].id;
  let stop = "middle";
  /** Where one came from when a sign opened its place. */
  let back = current;

  sheet.append(grip, tabs.bar, ...entries.map((entry) => entry.panel));
  frame.slots.layersButton = layersButton;
  frame.stage.append(layersButton);

  const watch = new ResizeObserver(() =>
    frame.root.style.setProperty("--cmp-head", `${header.offsetHeight}px`),
  );
  watch.observe(header);
  const fullPx = () => frame.root.clientHeight - header.offsetHeight;
  const heights = () => [LOW_PX, Math.round(frame.root.clientHeight * MIDDLE), fullPx()];

  function settle(next) {
    stop = next;
    frame.root.dataset.sheet = stop;
    sheet.style.height = "";
    sheet.classList.remove("is-dragged");
    grip.setAttribute("aria-valuenow", String(STOPS.indexOf(stop)));
    grip.setAttribute("aria-valuetext", STOP_WORDS[stop]);
  }

  function choose(id, raise) {
    current = id;
    tabs.choose(id);
    if (raise && stop === "low") settle("middle");
    if (id === "article" && frame.layout() === "phone") column.shown("reading");
  }

  function step(by) {
    settle(STOPS[Math.max(0, Math.min(2, STOPS.indexOf(stop) + by))]);
  }

  grip.addEventListener("keydown", (event) => {
    const next = stop === "full" ? "low" : STOPS[STOPS.indexOf(stop) + 1];
    if (event.key === "Enter" || event.key === " ") settle(next);
    else if (STEPS[event.key]) step(STEPS[event.key]);
    else return;
    event.preventDefault();
  });

  /** @type {any} */
  let drag = null;
  grip.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    grip.setPointerCapture(event.pointerId);
    drag = { y: event.clientY, height: sheet.offsetHeight, moved: 0 };
  });
  grip.addEventListener("pointermove", (event) => {
    if (!drag) return;
    const by = drag.y - event.clientY;
    drag.moved = Math.max(drag.moved, Math.abs(by));
    drag.now = Math.max(LOW_PX, Math.min(fullPx(), drag.height + by));
    if (drag.moved > 4) {
      sheet.classList.add("is-dragged");
      sheet.style.height = `${drag.now}px`;
    }
  });
  const drop = () => {
    if (!drag) return;
    const { moved, now } = drag;
    drag = null;
    if (moved <= 4) return settle(stop === "middle" ? "full" : "middle");
    const off = heights().map((height) => Math.abs(height - now));
    settle(STOPS[off.indexOf(Math.min(...off))]);
  };
  grip.addEventListener("pointerup", drop);
  grip.addEventListener("pointercancel", drop);

  /** @param {State} state @param {State} [before] */
  function update(state, before) {
    const n = state.view.layers.length;
    layersText.textContent = `${n} ${n === 1 ? "layer" : "layers"}`;
    if (frame.layout() !== "phone" || !before) return;
    if (state.view.selected && state.view.selected !== before.view.selected) {
      if (current !== "place") back = current;
      choose("place", true);
      if (stop === "full") settle("middle");
    } else if (!state.view.selected && before.view.selected && current === "place") {
      choose(back, false);
    }
  }
  /** What one was reading when the page became narrow is what the sheet shows. */
  const suit = () => choose(store.get().view.selected ? "place" : current, false);
  frame.openSheet = (id) => choose(id, true);
  settle(stop);
  suit();
  update(store.get());
  const ends = [store.subscribe(update), frame.onLayout((layout) => layout === "phone" && suit())];
  return { choose, destroy: () => [...ends, () => watch.disconnect()].forEach((end) => end()) };
}
