/* Draws the map of a served page, once, and keeps the page's address at the view on the
   screen. Runs from the head of the page; Streamlit's component moves the map to its place
   and hears of every view from then on. */
import { el } from "../tools/dom.js";
import { createEditHost } from "./edit.js";
import { html, run } from "./folium.js";
import { beginning, createMaking } from "./making.js";
import { mount } from "./mount.js";
import { exportsOf, query } from "./served.js";

/** @type {any} */
let page = null;

/** @typedef {{ view: any, tell: ((view: any) => void) | null }} Told the view, and whom to tell */

/** @param {string} url @param {RequestInit} [init] */
async function json(url, init) {
  const answer = await fetch(url, init);
  const value = await answer.json();
  if (!answer.ok) throw new Error(value.error || `The server answered ${answer.status}.`);
  return value;
}

/** Wait for the style sheet: without it the map has no size to be drawn at. */
function style(url) {
  /** @type {NodeListOf<HTMLLinkElement>} */
  const sheets = document.querySelectorAll('link[rel="stylesheet"]');
  const sheet = [...sheets].find((link) => link.getAttribute("href") === url);
  if (sheet?.sheet) return Promise.resolve();
  const link =
    sheet || Object.assign(document.createElement("link"), { rel: "stylesheet", href: url });
  const loaded = new Promise((resolve, reject) => {
    link.addEventListener("load", resolve);
    link.addEventListener("error", () => reject(new Error("its style could not be loaded.")));
  });
  if (!sheet) document.head.append(link);
  return loaded;
}

function body() {
  if (document.body) return Promise.resolve();
  return new Promise((resolve) =>
    document.addEventListener("DOMContentLoaded", resolve, { once: true }),
  );
}

/** The address of another corridor's page, from this one. */
const addressOf = (corridor) => `?${new URLSearchParams({ c: corridor })}`;

/**
 * What the page can do beyond the map.
 * @param {any} data @param {Told} state
 */
function hostOf(data, state) {
  return {
    online: true,
    ...exportsOf(data),
    /** What can be chosen for an export, as app/exporting/choices.py says it. */
    choices: data.exports,
    copyText: (text) => navigator.clipboard.writeText(text),
    /** The corridors to choose from, and the one that is shown. */
    corridors: {
      shown: data.corridor,
      all: data.corridors,
      address: addressOf,
      make: createMaking(data, addressOf),
    },
    bibliography: data.bibliography,
    /** Places of the gazetteer by their names. */
    places: (text, signal) =>
      json(`${data.places}?${new URLSearchParams({ q: text })}`, { signal }),
    strip: (route, format, date) =>
      `${data.strip.replace(/png$/, format)}?${new URLSearchParams({ route, date })}`,
    async copyLink() {
      await navigator.clipboard.writeText(window.location.href);
    },
    viewChanged(view) {
      window.history.replaceState(
        window.history.state,
        "",
        `${addressOf(data.corridor)}&${query(view)}`,
      );
      state.view = view;
      if (state.tell) state.tell(view);
    },
  };
}

/**
 * Load the page anew once the corridor's folder has changed and can be opened; the address
 * keeps the view. Not while a dialog is open, nor while it is being edited.
 */
function watch(watched, trouble) {
  async function look() {
    if (document.visibilityState === "visible" && !document.querySelector("dialog[open]")) {
      const now = await json(watched.address).catch(() => null); // the server may be starting again
      if (now && !now.error && (trouble || now.version !== watched.version)) {
        // Who edits is told, and keeps what is on the screen; see editor/editor.js.
        if (!watched.changed?.(now.version)) return window.location.reload();
      }
    }
    window.setTimeout(look, 2000);
  }
  window.setTimeout(look, 2000);
}

/** What stands in the map's place when the corridor cannot be opened. */
function told(data) {
  const asked = data.corridors.find((one) => one.id === data.corridor);
  const others = data.corridors.filter((one) => one !== asked);
  const link = (one) =>
    el(
      "li",
      {},
      el("a", { href: addressOf(one.id) }, one.title),
      one.problem ? el("small", {}, `Cannot be opened: ${one.problem}`) : null,
    );
  const make = createMaking(data, addressOf);
  const openMaking = ({ target }) =>
    make?.(target.closest("main")).catch((error) => window.alert(error.message));
  return el(
    "main.corridormap.corridormap-trouble",
    { "data-trouble": "true" },
    el(
      "h1",
      {},
      asked ? `The corridor “${asked.title}” cannot be shown` : "No corridor can be shown",
    ),
    el("p", { role: "alert" }, data.problem),
    data.watch ? el("p", {}, "The page loads by itself once the files are mended.") : null,
    make
      ? el("p", {}, el("button.cmp-btn.is-main", { onclick: openMaking }, "New corridor"))
      : null,
    others.length
      ? el(
          "nav",
          { "aria-label": "Other corridors" },
          el("h2", {}, "Other corridors"),
          el("ul", {}, ...others.map(link)),
        )
      : null,
  );
}

/**
 * A page moves to its place; a map tells its views too.
 * @param {HTMLElement} holder @param {Told} state
 */
function handle(holder, state) {
  return {
    /** Move the page to its place; focus and scroll stay where it can be done. */
    moveTo(place) {
      if (place.moveBefore && holder.isConnected && place.isConnected)
        place.moveBefore(holder, null);
      else place.append(holder);
    },
    /** Tell every view from now on, and the present one if it is not the first. */
    connect(tell) {
      state.tell = tell;
      if (state.view) tell(state.view);
    },
  };
}

async function drawTrouble(data) {
  await Promise.all([style(data.style), body()]);
  const holder = document.createElement("div");
  holder.className = "corridormap-page";
  holder.append(told(data));
  document.body.append(holder);
  if (data.watch) watch(data.watch, true);
  return handle(holder, { view: null, tell: null });
}

async function draw(data) {
  if (data.problem) return drawTrouble(data);
  const [documentJson, outline] = await Promise.all([
    json(data.document),
    json(data.outline),
    style(data.style),
    body(),
  ]);
  /** @type {Told} */
  const state = { view: null, tell: null };
  const holder = document.createElement("div");
  holder.className = "corridormap-page";
  holder.innerHTML = html;
  document.body.append(holder);
  const root = holder.firstElementChild;
  const edit = createEditHost(data, () => ({
    root,
    corridormap,
    leaflet: corridormap.mounted.leaflet,
  }));
  const corridormap = {
    document: documentJson,
    outline,
    view: { ...data.view, notices: data.notices.map((text) => ({ text })) },
    host: { ...hostOf(data, state), edit },
    mount,
  };
  run(corridormap);
  if (data.watch?.address) watch(data.watch);
  return { ...handle(holder, state), edit, corridor: data.corridor };
}

/** Take up what was drawn or written here and is not saved, or begin with what was just made. */
function restore({ edit, corridor }) {
  const panel = edit && beginning(corridor);
  if (panel)
    edit
      .load()
      .then((editor) => editor.open(null, panel))
      .catch(() => {});
  else if (edit?.hasDraft())
    edit
      .load()
      .then((editor) => editor.restore())
      .catch(() => {});
}

/**
 * @param {any} data what app/server/start.py says
 * @returns the page, drawn once for all callers: moveTo, connect, and `edit` where it can be edited
 */
export function start(data) {
  if (!page) {
    page = draw(data);
    page.then(restore, () => {}); // a failure is told by the component
  }
  return page;
}

const given = document.getElementById("corridormap-start");
if (given) start(JSON.parse(given.textContent));
