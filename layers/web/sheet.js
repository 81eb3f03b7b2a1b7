/* The phone's sheet: three tabs, and a height that stops at a strip, at less than half, at full. */
(function () {
  "use strict";
  const Corridormap = (window.Corridormap = window.Corridormap || {});
  const { el, icon, freshId } = Corridormap.dom;

  const LOW_PX = 96;
  const MIDDLE = 0.44;
  const STOPS = ["low", "middle", "full"];
  const STOP_WORDS = { low: "small", middle: "half", full: "full" };
  const STEPS = {
    ArrowUp: 1, ArrowRight: 1, PageUp: 1, End: 2,
    ArrowDown: -1, ArrowLeft: -1, PageDown: -1, Home: -2,
  };
  const TABS = [["article", "Article"], ["layers", "Layers"], ["place", "This place"]];

  function buildTabs(frame, choose) {
    const tabs = TABS.filter(([id]) => id !== "article" || !frame.root.hasAttribute("data-no-article"));
    return tabs.map(([id, title]) => {
      const panel = frame.slots.sheetPanels[id];
      panel.id = freshId("panel");
      panel.setAttribute("role", "tabpanel");
      const tab = el(
        "button.cmp-tab",
        { role: "tab", id: freshId("tab"), "aria-controls": panel.id, onclick: () => choose(id) },
        title,
      );
      panel.setAttribute("aria-labelledby", tab.id);
      return { id, tab, panel };
    });
  }

  Corridormap.createSheet = function (frame, model, store) {
    const { sheet, header } = frame.slots;
    const grip = el(
      "div.cmp-grip",
      {
        role: "slider", tabindex: 0, "aria-label": "Height of the panel",
        "aria-orientation": "vertical", "aria-valuemin": 0, "aria-valuemax": 2,
      },
      el("span.cmp-grip-bar"),
    );
    const tabs = buildTabs(frame, (id) => choose(id, true));
    const bar = el("div.cmp-tabs", { role: "tablist", "aria-label": "Panels" }, tabs.map((t) => t.tab));
    const layersText = el("span.cmp-btn-text");
    const layersButton = el(
      "button.cmp-layers-button", { onclick: () => choose("layers", true) }, icon("layers", 18), layersText,
    );
    let current = tabs[0].id;
    let stop = "middle";

    sheet.append(grip, bar, ...tabs.map((t) => t.panel));
    frame.stage.append(layersButton);
    Corridormap.roving(bar, ".cmp-tab", "horizontal");

    const fullPx = () => frame.root.clientHeight - header.offsetHeight;
    const heights = () => [LOW_PX, Math.round(frame.root.clientHeight * MIDDLE), fullPx()];

    function settle(next) {
      stop = next;
      frame.root.dataset.sheet = stop;
      sheet.style.height = "";
      sheet.classList.remove("is-dragged");
      grip.setAttribute("aria-valuenow", STOPS.indexOf(stop));
      grip.setAttribute("aria-valuetext", STOP_WORDS[stop]);
    }

    function choose(id, raise) {
      current = id;
      for (const { id: each, tab, panel } of tabs) {
        tab.setAttribute("aria-selected", String(each === id));
        panel.hidden = each !== id;
      }
      if (raise && stop === "low") settle("middle");
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

    function update(state, before) {
      const n = state.view.layers.length;
      layersText.textContent = `${n} ${n === 1 ? "layer" : "layers"}`;
      if (frame.layout() !== "phone" || !before) return;
      if (state.view.selected && state.view.selected !== before.view.selected) {
        choose("place", true);
        if (stop === "full") settle("middle");
      } else if (!state.view.selected && before.view.selected && current === "place") {
        choose(tabs[0].id, false);
      }
    }
    /** What one was reading when the page became narrow is what the sheet shows. */
    const suit = () => choose(store.get().view.selected ? "place" : current, false);
    settle(stop);
    suit();
    update(store.get());
    const ends = [store.subscribe(update), frame.onLayout((layout) => layout === "phone" && suit())];
    return { choose, destroy: () => ends.forEach((end) => end()) };
  };
})();
