/* The routes panel: each way unrolled, how much of it can be used at the date, what is missing. */
import { swatch } from "../../map/signs/swatch.js";
import { el, fill, icon, link } from "../../tools/dom.js";
import { roving } from "../../tools/keyboard.js";
import * as words from "../../tools/words.js";
import { routeFigures } from "./figures.js";
import { routeCountry, routeStrip } from "./strip.js";

const STRIP_FORMATS = ["png", "svg", "pdf"];

const { km } = words;
const row = (term, ...content) => [el("dt.cmp-term", {}, term), el("dd.cmp-fact", {}, ...content)];

/** @param {Model} model */
function partButton(part, note, model, actions) {
  const { feature, state } = part;
  const button = el(
    "button.cmp-feature",
    {
      "data-for": feature.id,
      onclick: () => actions.reachFeature(feature.id),
      onpointerenter: () => actions.hover(feature.id),
      onpointerleave: () => actions.hover(null),
      onfocus: () => actions.hover(feature.id),
      onblur: () => actions.hover(null),
    },
    swatch(model, state.sign || feature.phases[0]?.sign, 30, 22),
    el("span.cmp-feature-name", {}, feature.name),
    el("span.cmp-aside", {}, note),
  );
  return el("li.cmp-feature-item", {}, button);
}

function sumsText(sums, name) {
  return sums.map((sum) => `${name(sum)} ${km(sum.km)}`).join(", ");
}

/** @param {Model} model */
function linksPart(figures, model, actions) {
  const order = [...figures.links].sort((a, b) => a.km - b.km);
  const rows = order.map((spot) => {
    const beside = spot.role === "on" ? "" : ", beside";
    return partButton(spot, `km ${Math.round(spot.km)}${beside}`, model, actions);
  });
  return rows.length ? el("ul.cmp-features.cmp-way-links", {}, rows) : null;
}

/** @param {Model} model */
function lengths(figures, model) {
  return figures.legs.map((leg) => {
    const first = (leg.published_sources || [])
      .map((id) => model.document.sources[id])
      .find(Boolean);
    const source = first && words.source(first);
    const from = source
      ? [" (", link(source.url, { title: source.text }, source.publisher || source.title), ")"]
      : [];
    const measured = leg.drawn
      ? `${km(leg.km)} on the map`
      : `${km(leg.km)} straight; its course is not published`;
    const published = leg.published_km ? [`, ${km(leg.published_km)} published`, from] : [];
    const part = leg.whole ? "" : ", a part of it";
    return el("span.cmp-value", {}, `${leg.feature.name}${part}: ${measured}`, published);
  });
}

function gauges(figures) {
  return figures.breaks.map((found) => {
    const where =
      found.to_km > found.from_km
        ? `between km ${Math.round(found.from_km)} and ${Math.round(found.to_km)}`
        : `at km ${Math.round(found.from_km)}`;
    return el(
      "span.cmp-value",
      {},
      `${found.gauges_mm.map((mm) => `${mm} mm`).join(" to ")} ${where}`,
    );
  });
}

/** @param {Model} model */
function moreOf(way, figures, model, actions) {
  const gaps = figures.gaps.map((gap) => {
    const ends = [gap.before, gap.after]
      .map((feature) => (feature ? feature.name : "?"))
      .join(" and ");
    return el("span.cmp-value", {}, `${km(gap.to_km - gap.from_km)} between ${ends}`);
  });
  const found = gauges(figures);
  return [
    el(
      "dl.cmp-way-figures",
      {},
      row(
        "By status",
        sumsText(figures.byStatus, (sum) => sum.label.toLowerCase()),
      ),
      row(
        "By country",
        sumsText(figures.byCountry, (sum) => routeCountry(sum.label)),
      ),
      row(
        "By mode",
        sumsText(figures.byMode, (sum) => sum.label),
      ),
      row("Lengths", lengths(figures, model)),
      gaps.length ? row("Gaps", gaps) : null,
      way.mode === "rail"
        ? row("Gauge", found.length ? found : "no change of gauge recorded")
        : null,
    ),
    linksPart(figures, model, actions),
    figures.byCountry.some((sum) => sum.key === "at sea")
      ? el("p.cmp-way-note", {}, "Kilometres at sea count for no country.")
      : null,
    way.notes.map((note) => el("p.cmp-way-note", {}, note)),
  ];
}

function headline(figures) {
  const whole = figures.km - figures.usableKm < 0.05;
  const text =
    whole && !figures.missing.length
      ? "usable throughout"
      : `usable: ${Math.round(figures.usableKm)} of ${km(figures.km)}`;
  const share = whole ? 100 : Math.min(99, Math.round(figures.share * 100));
  return el("p.cmp-way-share", {}, el("b.cmp-way-percent", {}, `${share} %`), ` ${text}`);
}

/** @param {Model} model */
function missingPart(figures, model, actions) {
  if (!figures.missing.length)
    return figures.gaps.length ? null : el("p.cmp-way-none", {}, "No link is missing on this way.");
  const rows = figures.missing.map((part) => {
    const note = [part.km ? km(part.km) : "", part.state.label.toLowerCase()]
      .filter(Boolean)
      .join(", ");
    return partButton(part, note, model, actions);
  });
  return [
    el("h5.cmp-way-head", {}, "Missing links"),
    el("ul.cmp-features.cmp-way-links", {}, rows),
  ];
}

/**
 * @param {any} host host.strip(route, format, date) is the address of the strip diagram
 * @param {Model} model @param {Store} store
 */
export function createRoutes(frame, model, store, actions, column, host) {
  const routes = model.document.routes || [];
  if (!column.has("routes")) return { destroy() {} };
  const asOf = el("span.cmp-head-aside");
  const box = el("div.cmp-column-body");
  const open = new Set();
  fill(
    frame.slots.routes,
    el("div.cmp-column-head", {}, el("h2.cmp-subtitle", {}, "Routes"), asOf),
    box,
  );
  const stops = roving(box, ".cmp-feature, .cmp-way-more-head, .cmp-column-body a");

  function wayPart(route, way, date, widthPx) {
    const key = `${route.id}/${way.id}`;
    const figures = routeFigures(model, way, date);
    const more = el(
      "details.cmp-way-more",
      { open: open.has(key), "data-way": key },
      el("summary.cmp-way-more-head", {}, "All figures, crossings and bridges", icon("down", 11)),
      moreOf(way, figures, model, actions),
    );
    more.addEventListener("toggle", () => {
      more.open ? open.add(key) : open.delete(key);
      stops.refresh();
    });
    return el(
      "div.cmp-way",
      {},
      el("h4.cmp-way-title", {}, way.title, el("span.cmp-way-km", {}, km(way.km))),
      routeStrip(model, way, figures, widthPx),
      headline(figures),
      missingPart(figures, model, actions),
      more,
    );
  }

  function stripLinks(route, date) {
    if (!host.strip) return null;
    const links = STRIP_FORMATS.flatMap((format, i) => [
      i ? ", " : null,
      el(
        "a.cmp-link",
        { href: host.strip(route.id, format, date), download: true },
        format.toUpperCase(),
      ),
    ]);
    return el("p.cmp-way-note", {}, "Save the strip diagram: ", links);
  }

  function routePart(route, date, widthPx) {
    const notes = [route.start_note, route.end_note, ...route.notes].filter(Boolean);
    return el(
      "section.cmp-route",
      {},
      el("h3.cmp-route-title", {}, route.title),
      route.ways.map((way) => wayPart(route, way, date, widthPx)),
      notes.map((note) => el("p.cmp-way-note", {}, note)),
      stripLinks(route, date),
    );
  }

  let stale = true;
  function draw() {
    const widthPx = box.clientWidth - 32;
    if (widthPx <= 0) return;
    stale = false;
    const date = store.get().view.date;
    const focused = document.activeElement;
    const held = focused && box.contains(focused) ? focused.getAttribute("data-for") : null;
    const top = box.scrollTop;
    asOf.textContent = `on ${words.date(date)}, measured on the map`;
    fill(
      box,
      routes.map((route) => routePart(route, date, widthPx)),
    );
    box.scrollTop = top;
    /** @type {NodeListOf<HTMLElement>} */
    const parts = box.querySelectorAll("[data-for]");
    const again = held && [...parts].find((node) => node.getAttribute("data-for") === held);
    stops.refresh(again || undefined);
    if (again) again.focus({ preventScroll: true });
  }
  const ends = [
    store.subscribe((state, before) => {
      stale = stale || state.view.date !== before.view.date;
      if (stale && column.isOpen("routes")) draw();
    }),
    column.onOpen((id) => id === "routes" && draw()),
    frame.onLayout(() => column.isOpen("routes") && draw()),
  ];
  if (column.isOpen("routes")) draw();
  return { destroy: () => ends.forEach((end) => end()) };
}
