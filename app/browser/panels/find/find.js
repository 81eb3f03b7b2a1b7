/* Find what is on the map or told about it: a field over the page, opened from the header or by
   `/`. What is found is opened as if it had been chosen where it stands. */
import { el, elementIn, icon } from "../../tools/dom.js";
import { onEscape } from "../../tools/keyboard.js";
import { searchList } from "../../tools/search_list.js";
import * as words from "../../tools/words.js";
import { createIndex } from "./index.js";

const ASK_AFTER_MS = 150;
const ASKED_LEAST = 3;
/** How much land is shown round a place, in degrees to each side. */
const ROUND_PLACE = 0.25;

/** Whether a key belongs to what has the focus: a field that is typed in. */
const typing = (target) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches("input, textarea, select"));

/** The places that a server's gazetteer gives, asked for when the typing rests. */
function createPlaces(host, arrived) {
  let timer = 0;
  let asked = "";
  /** @type {AbortController | null} */
  let running = null;
  /** @type {any[]} */
  let found = [];
  function stop() {
    clearTimeout(timer);
    running?.abort();
    running = null;
  }
  return {
    of(text) {
      const said = text.trim();
      if (!host.places || said.length < ASKED_LEAST) {
        stop();
        asked = "";
        return [];
      }
      if (said === asked) return found;
      stop();
      asked = said;
      found = [];
      timer = window.setTimeout(async () => {
        running = new AbortController();
        // Without an answer what the page itself knows is there.
        const answer = await host.places(said, running.signal).catch(() => null);
        if (said !== asked || !answer) return;
        found = answer.found.map((place) => ({
          kind: "place",
          id: "",
          at: [place.lon, place.lat],
          title: place.name,
          aside: `Place of the gazetteer${place.country ? ` · ${place.country}` : ""}`,
        }));
        if (found.length) arrived();
      }, ASK_AFTER_MS);
      return found;
    },
    stop,
  };
}

/**
 * @param {any} frame @param {Model} model @param {Store} store @param {any} mapApi
 * @param {any} parts actions and column of the page, showSource(id), and its host: host.places(text,
 *   signal) asks the gazetteer, if there is one
 */
export function createFind(
  frame,
  model,
  store,
  mapApi,
  { actions, column, host, showSource, measure },
) {
  const find = createIndex(model.document);
  const places = createPlaces(host, () => search.refresh());

  const spots = mapApi.spots();
  let shown = false;
  /** Show a place of the gazetteer, or none; it is never taken for a feature. @param {any} [place] */
  function spot(place = null) {
    shown = place !== null;
    const name = place && `${place.title}: place of the gazetteer, not a feature`;
    spots.set(place ? [{ at: place.at, name }] : []);
  }

  /** A place that is a feature too is found once, as the feature. */
  function hits(text) {
    const own = find(text);
    const named = new Set(own.filter(({ kind }) => kind === "feature").map(({ title }) => title));
    return [...own, ...places.of(text).filter(({ title }) => !named.has(title))];
  }

  function take(hit) {
    close();
    spot();
    if (hit.kind === "feature") actions.reachFeature(hit.id);
    else if (hit.kind === "claim") {
      column.open("reading");
      actions.showClaim(hit.id);
    } else if (hit.kind === "source") {
      column.open("sources");
      showSource(hit.id);
    } else {
      const [lon, lat] = hit.at;
      spot(hit);
      mapApi.fit([lon - ROUND_PLACE, lat - ROUND_PLACE, lon + ROUND_PLACE, lat + ROUND_PLACE]);
    }
    frame.announce(`${hit.title}, ${hit.aside}`);
    button.focus({ preventScroll: true });
  }

  const about = host.places ? "features, claims, sources, places" : "features, claims, sources";
  const search = searchList({
    name: `Find ${about}`,
    placeholder: `Find ${about}`,
    found: "Found",
    className: "cmp-find-input",
    hits,
    row: (hit) => [
      el("span.cmp-hit-line", { dir: "auto" }, hit.aside),
      el("span", { dir: "auto", "data-hit": `${hit.kind}/${hit.id}` }, hit.title),
    ],
    more: (n) => `${words.count(n, "more hit")}: type more`,
    none: "",
    onTake: take,
  });
  const note = el(
    "p.cmp-find-note",
    {},
    "In any spelling or script. Arrow keys choose, Enter opens, Escape closes.",
  );
  const measuring = el(
    "button.cmp-text-button",
    {
      onclick() {
        close();
        measure();
      },
    },
    "Measure a distance",
  );
  const node = el(
    "div.cmp-find",
    { role: "search", hidden: true },
    search.input,
    search.list,
    note,
    measuring,
  );
  const label = el("span.cmp-btn-text", {}, "Find");
  const button = el(
    "button.cmp-btn",
    {
      "aria-label": "Find",
      "aria-expanded": "false",
      "aria-keyshortcuts": "/",
      title: "Find ( / )",
      onclick: () => (node.hidden ? open() : close()),
    },
    icon("find"),
    label,
  );

  function open() {
    node.hidden = false;
    button.setAttribute("aria-expanded", "true");
    search.input.focus();
  }
  function close() {
    places.stop();
    node.hidden = true;
    search.input.value = "";
    button.setAttribute("aria-expanded", "false");
  }
  const key = (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.defaultPrevented || typing(event.target) || document.querySelector("dialog[open]"))
      return;
    event.preventDefault();
    open();
  };
  const outside = (event) => {
    const inside = node.contains(event.target) || button.contains(event.target);
    if (!node.hidden && !inside) close();
  };
  document.addEventListener("keydown", key);
  document.addEventListener("pointerdown", outside, true);
  frame.slots.header.append(node);
  frame.slots.findButton = button;
  /** A phone's header has no room for it beside the title: there it stands on the map. */
  function suit() {
    const phone = frame.layout() === "phone";
    if (phone) frame.stage.append(button);
    else elementIn(frame.slots.header, ".cmp-tools")?.prepend(button);
  }
  suit();
  const ends = [
    frame.onLayout(suit),
    onEscape(node, () => {
      // With the focus nowhere, the key comes here also when nobody is searching.
      if (node.hidden) return false;
      close();
      button.focus({ preventScroll: true });
      return true;
    }),
    onEscape(frame.root, () => {
      if (!shown) return false;
      spot();
      return true;
    }),
    // What is chosen next takes the place's turn.
    store.subscribe(({ claim, view }, before) => {
      if (shown && (claim !== before.claim || view.selected !== before.view.selected)) spot();
    }),
  ];
  return {
    destroy() {
      places.stop();
      for (const end of ends) end();
      spots.destroy();
      document.removeEventListener("keydown", key);
      document.removeEventListener("pointerdown", outside, true);
    },
  };
}
