/* The page's grid: who stands where on a wide, a narrow and a phone screen. Shows no content. */
import { el, svg } from "../tools/dom.js";

const PHONE_BELOW_PX = 768;
const NARROW_BELOW_PX = 1024;

function layoutOf(widthPx) {
  if (widthPx < PHONE_BELOW_PX) return "phone";
  return widthPx < NARROW_BELOW_PX ? "narrow" : "wide";
}

function createEvents() {
  const listeners = new Set();
  return {
    on(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    fire: (...args) => [...listeners].forEach((listener) => listener(...args)),
  };
}

/** @param {Model} model */
function buildSlots(model) {
  const title = model.document.corridor.title;
  const slots = {
    header: el("header.cmp-header"),
    notice: el("div.cmp-notices"),
    article: el("section.cmp-article", { "aria-label": "Article and evidence" }),
    reading: el("div.cmp-column.cmp-reading"),
    checks: el("div.cmp-column.cmp-checks"),
    routes: el("div.cmp-column.cmp-routes"),
    changes: el("div.cmp-column.cmp-changes"),
    promises: el("div.cmp-column.cmp-promises"),
    sources: el("div.cmp-column.cmp-bibliography"),
    layers: el("section.cmp-layers", { "aria-label": "Layers and legend" }),
    map: el("div.cmp-map"),
    leader: svg("svg", { class: "cmp-leader", "aria-hidden": "true" }),
    card: el("section.cmp-card", { hidden: true }),
    time: el("section.cmp-time", { "aria-label": "Date" }),
    sheet: el("section.cmp-sheet", { "aria-label": "Details", hidden: true }),
    live: el("div.cmp-live", { role: "status", "aria-live": "polite" }),
  };
  const { reading, checks, routes, changes, promises, sources } = slots;
  slots.article.append(reading, checks, routes, changes, promises, sources);
  slots.stage = el(
    "section.cmp-stage",
    { "aria-label": `Map: ${title}` },
    slots.layers,
    slots.map,
    slots.leader,
    slots.card,
  );
  return slots;
}

/** What the left column can show of this document, in the order of its tabs. */
function columnPanels({ article, claims, checks, routes, changes, features, sources }) {
  const has = {
    reading: article || claims.length,
    checks: (checks || []).length,
    routes: (routes || []).length,
    changes: changes.rows.length,
    promises: features.some((feature) => feature.promises.length > 0),
    sources: Object.keys(sources || {}).length,
  };
  return Object.keys(has).filter((id) => has[id]);
}

/** Move the movable panels between their places on the page and the phone's sheet. */
function arrange(slots, layout) {
  const phone = layout === "phone";
  slots.sheet.hidden = !phone;
  const to = slots.sheetPanels;
  if (phone) {
    to.article.append(slots.reading);
    to.evidence.append(slots.article);
    to.layers.append(slots.layers);
    to.place.append(slots.card);
  } else {
    slots.stage.before(slots.article);
    slots.checks.before(slots.reading);
    slots.stage.prepend(slots.layers);
    slots.stage.append(slots.card);
  }
}

function rectsOver(mapSlot, panels) {
  const map = mapSlot.getBoundingClientRect();
  return panels
    .filter((panel) => mapSlot.parentElement.contains(panel) && panel.offsetParent !== null)
    .map((panel) => panel.getBoundingClientRect())
    .map((r) => ({
      left: r.left - map.left,
      top: r.top - map.top,
      right: r.right - map.left,
      bottom: r.bottom - map.top,
    }));
}

function focusMap(slots) {
  const target =
    slots.map.querySelector('[data-feature][tabindex="0"]') ||
    slots.map.querySelector('[tabindex="0"]');
  if (target) target.focus();
}

/**
 * Build the frame inside `root`.
 * @returns frame: mapSlot for the map, slots for the panels, layout() "wide", "narrow" or
 *   "phone", onLayout(fn), panelRects() in px of the map, onPanels(fn), announce(text), destroy()
 * @param {Model} model
 */
export function createFrame(root, model, host) {
  const slots = buildSlots(model);
  slots.sheetPanels = {
    article: el("div.cmp-tabpanel"),
    layers: el("div.cmp-tabpanel"),
    place: el("div.cmp-tabpanel"),
    evidence: el("div.cmp-tabpanel"),
  };
  const skip = el("button.cmp-skip", { onclick: () => focusMap(slots) }, "Skip to the map");
  const layouts = createEvents();
  const panels = createEvents();
  let layout = "";
  let announced = 0;

  root.classList.add("corridormap");
  for (const [role, hex] of Object.entries(model.document.palette || {})) {
    root.style.setProperty(`--cm-${role.replaceAll("_", "-")}`, hex);
  }
  const inColumn = columnPanels(model.document);
  root.toggleAttribute("data-no-article", inColumn.length === 0);
  root.append(
    skip,
    slots.header,
    slots.notice,
    slots.article,
    slots.stage,
    slots.time,
    slots.sheet,
    slots.live,
  );

  function refresh() {
    const next = layoutOf(root.clientWidth || window.innerWidth);
    if (next === layout) return;
    layout = next;
    root.dataset.layout = layout;
    arrange(slots, layout);
    layouts.fire(layout);
  }
  refresh();
  const watch = new ResizeObserver(refresh);
  watch.observe(root);
  const watchPanels = new ResizeObserver(() => panels.fire());
  watchPanels.observe(slots.layers);
  watchPanels.observe(slots.card);
  watchPanels.observe(slots.stage);

  return {
    root,
    host: host || {},
    slots,
    columnPanels: inColumn,
    stage: slots.stage,
    mapSlot: slots.map,
    layout: () => layout,
    onLayout: layouts.on,
    /** Boxes along the line from a sign to its card; the card fills it in. */
    leaderRects: () => [],
    panelRects: () =>
      rectsOver(
        slots.map,
        [slots.layers, slots.card, slots.layersButton, slots.findButton].filter(Boolean),
      ),
    onPanels: panels.on,
    panelsChanged: panels.fire,
    announce(text) {
      // The same words twice are read twice only if the text differs.
      announced += 1;
      slots.live.textContent = announced % 2 ? text : `${text}\u00a0`;
    },
    destroy() {
      watch.disconnect();
      watchPanels.disconnect();
      // The editor stays where it is while the page round it is made anew.
      for (const node of [...root.children]) if (!node.matches(".cmp-edit")) node.remove();
    },
  };
}
