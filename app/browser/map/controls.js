/* Buttons, scale bar, pointer coordinates and credit on the map. Moves the map, keeps no state. */
import L from "leaflet";
import { el, fill, svg } from "../tools/dom.js";
import * as mercator from "./ground/mercator.js";

const BAR_AT_MOST_PX = 112;

const GLYPHS = {
  in: ["M8,2.5V13.5M2.5,8H13.5", 1.7],
  out: ["M2.5,8H13.5", 1.7],
  home: ["M2,6V2H6M10,2H14V6M14,10V14H10M6,14H2V10", 1.7],
  full: ["M9.5,6.5L14,2M10,2H14V6M6.5,9.5L2,14M6,14H2V10", 1.6],
};

function button(name, label, onclick) {
  const [d, width] = GLYPHS[name];
  const path = svg("path", { d, fill: "none", stroke: "currentColor", "stroke-width": width });
  const icon = svg(
    "svg",
    { width: 16, height: 16, viewBox: "0 0 16 16", "aria-hidden": "true" },
    path,
  );
  return el(`button.cmm-button.cmm-${name}`, { "aria-label": label, title: label, onclick }, icon);
}

/** The longest of 1, 2, 5, 10 ... that fits, halved in the bar's middle. */
function barLength(metresPerPx) {
  const most = metresPerPx * BAR_AT_MOST_PX;
  const power = 10 ** Math.floor(Math.log10(most));
  return [5, 2].map((n) => n * power).find((n) => n <= most) ?? power;
}

const trimmed = (n) => String(Number(n.toFixed(3)));

function drawBar(box, metresPerPx) {
  const metres = barLength(metresPerPx);
  const px = Math.round((metres / metresPerPx) * 10) / 10;
  const [unit, per] = metres >= 1000 ? ["km", 1000] : ["m", 1];
  const d = `M0,-6V0H${px}V-6M${px / 2},-4V0`;
  const label = (x, text) =>
    svg(
      "text",
      {
        x,
        y: -9,
        "text-anchor": "middle",
        "font-size": 11,
        fill: "#16233B",
        stroke: "#fff",
        "stroke-opacity": 0.92,
        "stroke-width": 3,
        "paint-order": "stroke",
        "stroke-linejoin": "round",
      },
      text,
    );
  const total = `${trimmed(metres / per)} ${unit}`;
  const drawing = svg(
    "g",
    { transform: "translate(10,24)" },
    svg("path", { d, fill: "none", stroke: "#fff", "stroke-width": 4 }),
    svg("path", { d, fill: "none", stroke: "#16233B", "stroke-width": 1.4 }),
    label(0, "0"),
    px > 76 ? label(px / 2, trimmed(metres / per / 2)) : null,
    label(px, total),
  );
  // The last figure is centred on the bar's end: room for its half, so that nothing is cut.
  const width = Math.ceil(px + 10 + 24);
  fill(
    box,
    svg(
      "svg",
      {
        width,
        height: 28,
        viewBox: `0 0 ${width} 28`,
        role: "img",
        "aria-label": `Scale: ${total} is this long`,
      },
      drawing,
    ),
  );
}

function coordinatesText({ lat, lng }) {
  const lon = ((((lng + 180) % 360) + 360) % 360) - 180;
  return `${Math.abs(lon).toFixed(3)}° ${lon < 0 ? "W" : "E"}, ${Math.abs(lat).toFixed(3)}° ${lat < 0 ? "S" : "N"}`;
}

/** @param {Model} model */
function creditBox(model) {
  const where = el("span.cmm-where", { "aria-hidden": "true" });
  const note = el("span.cmm-note", {}, model.document.boundary_note || "");
  const credits = el("span.cmm-credits");
  return {
    where,
    credits,
    box: el("div.cmm-credit", {}, el("span.cmm-credit-line", {}, where, note), credits),
  };
}

function toggleFull(root) {
  if (document.fullscreenElement) document.exitFullscreen();
  else if (root.requestFullscreen) root.requestFullscreen().catch(() => {});
}

/**
 * @param {any} env {map, model, root, home(), tileCredit()}
 * @returns `{update, rects, destroy}` rects in px of the map
 */
export function createControls({ map, model, root, home, tileCredit }) {
  const container = map.getContainer();
  const step = (by) => map.setZoom(map.getZoom() + by);
  const full = button("full", "Full screen", () => toggleFull(root));
  const buttons = el(
    "div.cmm-buttons",
    { role: "group", "aria-label": "Map view" },
    button("in", "Zoom in", () => step(1)),
    button("out", "Zoom out", () => step(-1)),
    button("home", "Show the whole corridor", home),
    root.requestFullscreen ? full : null,
  );
  const bar = el("div.cmm-scale");
  const credit = creditBox(model);
  const corner = el("div.cmm-corner", {}, bar, credit.box);
  container.append(buttons, corner);
  for (const box of [buttons, corner]) {
    L.DomEvent.disableClickPropagation(box);
    L.DomEvent.disableScrollPropagation(box);
  }

  const show = (latlng) => {
    credit.where.textContent = coordinatesText(latlng);
  };
  const events = {
    mousemove: (event) => show(event.latlng),
    move: () => drawBar(bar, mercator.metresPerPx(map.getCenter().lat, map.getZoom())),
  };
  map.on(events);
  const onFull = () => {
    const on = Boolean(document.fullscreenElement);
    full.setAttribute("aria-label", on ? "Leave full screen" : "Full screen");
    full.title = full.getAttribute("aria-label") ?? "";
  };
  document.addEventListener("fullscreenchange", onFull);

  function update() {
    events.move();
    show(map.getCenter());
    const all = [tileCredit(), ...(model.document.credits || [])].filter(Boolean);
    const short = (text) =>
      root.dataset.layout === "phone" ? text.replace(" contributors", "") : text;
    credit.credits.textContent = [...new Set(all.map(short))].join(", ");
  }

  return {
    update,
    rects() {
      const frame = container.getBoundingClientRect();
      return [buttons, bar, credit.box].map((box) => {
        const r = box.getBoundingClientRect();
        return {
          left: r.left - frame.left - 4,
          top: r.top - frame.top - 4,
          right: r.right - frame.left + 4,
          bottom: r.bottom - frame.top + 4,
        };
      });
    },
    destroy() {
      map.off(events);
      document.removeEventListener("fullscreenchange", onFull);
      buttons.remove();
      corner.remove();
    },
  };
}
