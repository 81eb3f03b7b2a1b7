/* Draws the map of a served page, once, and keeps the page's address at the view on the
   screen. Runs from the head of the page; Streamlit's component moves the map to its place
   and hears of every view from then on. */
window.CorridormapPage = (function () {
  "use strict";

  const HTML = "/*MAP_HTML*/";
  let page = null;

  async function json(url) {
    const answer = await fetch(url);
    const value = await answer.json();
    if (!answer.ok) throw new Error(value.error || `The server answered ${answer.status}.`);
    return value;
  }

  /** Wait for the style sheet: without it the map has no size to be drawn at. */
  function style(url) {
    const sheet = [...document.querySelectorAll('link[rel="stylesheet"]')].find(
      (link) => link.getAttribute("href") === url,
    );
    if (sheet && sheet.sheet) return Promise.resolve();
    const link = sheet || Object.assign(document.createElement("link"), { rel: "stylesheet", href: url });
    const loaded = new Promise((resolve, reject) => {
      link.addEventListener("load", resolve);
      link.addEventListener("error", () => reject(new Error("its style could not be loaded.")));
    });
    if (!sheet) document.head.append(link);
    return loaded;
  }

  function body() {
    if (document.body) return Promise.resolve();
    return new Promise((resolve) => document.addEventListener("DOMContentLoaded", resolve, { once: true }));
  }

  /** The query that names a view; the same words as layers/scene/view.py. */
  function query(view) {
    const words = new URLSearchParams();
    if (view.bbox) words.set("bbox", view.bbox.map((degrees) => degrees.toFixed(5)).join(","));
    words.set("layers", view.layers.join(","));
    words.set("date", view.date);
    if (view.selected) words.set("sel", view.selected);
    if (view.claim) words.set("claim", view.claim);
    if (view.basemap !== "outline") words.set("base", view.basemap);
    return words.toString().replaceAll("%2C", ",");
  }

  /** What is asked of an export, in the words of app/exporting/options.py. */
  function options(choice) {
    const words = new URLSearchParams({ layout: choice.layout, arrange: choice.arrange, density: choice.density });
    if (choice.layout === "custom") words.set("size", `${choice.width}x${choice.height}`);
    for (const part of ["claims", "locator", "inset"]) if (!choice[part]) words.set(part, "0");
    if (choice.alt) words.set("alt", choice.alt);
    return words.toString();
  }

  /** Ask this page's server. @throws {Error} in its words, or that it does not answer */
  async function ask(url, init) {
    const answer = await fetch(url, init).catch((error) => {
      if (error.name === "AbortError") throw error;
      throw new Error("The server does not answer. Is it still running?");
    });
    if (answer.ok) return answer;
    const told = await answer.json().catch(() => ({}));
    throw new Error(told.error || `The server answered ${answer.status}.`);
  }

  /** The body of an answer as a file under the name that the server gave it. */
  async function file(answer, otherwise) {
    const named = /filename="([^"]+)"/.exec(answer.headers.get("Content-Disposition") || "");
    return { blob: await answer.blob(), filename: named ? named[1] : otherwise };
  }

  /**
   * An atlas comes with its progress before it: lines of JSON, of which the last says how the
   * file that follows is called, or why there is none.
   */
  async function atlas(url, told) {
    const answer = await ask(url);
    const reader = answer.body.getReader();
    let held = new Uint8Array();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) throw new Error("The answer ended too early.");
      held = joined(held, value);
      for (let end = held.indexOf(10); end >= 0; end = held.indexOf(10)) {
        const line = JSON.parse(new TextDecoder().decode(held.subarray(0, end)));
        held = held.slice(end + 1);
        if (line.error) throw new Error(line.error);
        if (line.filename) return { blob: await rest(reader, held, line.bytes), filename: line.filename };
        told(line.page, line.pages);
      }
    }
  }

  function joined(before, after) {
    const both = new Uint8Array(before.length + after.length);
    both.set(before);
    both.set(after, before.length);
    return both;
  }

  async function rest(reader, first, bytes) {
    const parts = [first];
    for (let next = await reader.read(); !next.done; next = await reader.read()) parts.push(next.value);
    const blob = new Blob(parts, { type: "application/pdf" });
    if (blob.size !== bytes) throw new Error("The file did not arrive whole.");
    return blob;
  }

  /** What the page can hand out; an address that the server did not give is a thing left out. */
  function exportsOf(data) {
    const address = (format, view, choice) =>
      `${data.snapshot.replace(/png$/, format)}?${query(view)}&${options(choice)}`;
    const pictured = (view, choice) => address("png", view, choice).replace("/snapshot.png?", "/preview.png?");
    return {
      async snapshot(view, choice, { signal } = {}) {
        const answer = await ask(address(choice.format, view, choice), { signal });
        return file(answer, `corridormap.${choice.format}`);
      },
      /**
       * A picture of an export to look at: the same drawing with the dots of a screen. A line
       * of JSON comes before it, which tells of it.
       */
      async preview(view, choice, { signal }) {
        const answer = await ask(pictured(view, { ...choice, density: "screen" }), { signal });
        const held = new Uint8Array(await answer.arrayBuffer());
        const end = held.indexOf(10);
        const report = JSON.parse(new TextDecoder().decode(held.subarray(0, end)));
        return { blob: new Blob([held.subarray(end + 1)], { type: "image/png" }), ...report };
      },
      /** What an export will be: filename, size, alt_text, notices. */
      async describe(view, choice, { signal } = {}) {
        return (await ask(`${address("json", view, choice)}&format=${choice.format}`, { signal })).json();
      },
      readFile:
        data.recipe &&
        (async (dropped) => (await ask(data.recipe, { method: "POST", body: dropped })).json()),
      saveData:
        data.data &&
        (async (view) => file(await ask(`${data.data}?${query(view)}`), "corridor.zip")),
      atlas: data.atlas && ((view, told) => atlas(`${data.atlas}?${query(view)}`, told)),
    };
  }

  /** The address of another corridor's page, from this one. */
  const addressOf = (corridor) => `?${new URLSearchParams({ c: corridor })}`;

  function hostOf(data, state) {
    return {
      online: true,
      ...exportsOf(data),
      copyText: (text) => navigator.clipboard.writeText(text),
      /** The corridors to choose from, and the one that is shown. */
      corridors: { shown: data.corridor, all: data.corridors, address: addressOf },
      bibliography: data.bibliography,
      strip: (route, format, date) =>
        `${data.strip.replace(/png$/, format)}?${new URLSearchParams({ route, date })}`,
      async copyLink() {
        await navigator.clipboard.writeText(window.location.href);
      },
      viewChanged(view) {
        window.history.replaceState(window.history.state, "", `${addressOf(data.corridor)}&${query(view)}`);
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
          // Who edits is told, and keeps what is on the screen; see layers/web/edit/editor.js.
          if (!watched.changed || !watched.changed(now.version)) return window.location.reload();
        }
      }
      window.setTimeout(look, 2000);
    }
    window.setTimeout(look, 2000);
  }

  /** What stands in the map's place when the corridor cannot be opened. */
  function told(data) {
    const { el } = window.Corridormap.dom;
    const asked = data.corridors.find((one) => one.id === data.corridor);
    const others = data.corridors.filter((one) => one !== asked);
    const link = (one) =>
      el("li", {}, el("a", { href: addressOf(one.id) }, one.title),
        one.problem ? el("small", {}, `Cannot be opened: ${one.problem}`) : null);
    return el("main.corridormap.corridormap-trouble", { "data-trouble": "true" },
      el("h1", {}, asked ? `The corridor “${asked.title}” cannot be shown` : "No corridor can be shown"),
      el("p", { role: "alert" }, data.problem),
      data.watch ? el("p", {}, "The page loads by itself once the files are mended.") : null,
      others.length ? el("nav", { "aria-label": "Other corridors" },
        el("h2", {}, "Other corridors"), el("ul", {}, ...others.map(link))) : null);
  }

  /** A page moves to its place; a map tells its views too. */
  function handle(holder, state) {
    return {
      /** Move the page to its place; focus and scroll stay where it can be done. */
      moveTo(place) {
        if (place.moveBefore && holder.isConnected && place.isConnected) place.moveBefore(holder, null);
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
    return handle(holder, {});
  }

  async function draw(data) {
    if (data.problem) return drawTrouble(data);
    const [documentJson, outline] = await Promise.all([json(data.document), json(data.outline), style(data.style), body()]);
    const state = { view: null, tell: null };
    const holder = document.createElement("div");
    holder.className = "corridormap-page";
    holder.innerHTML = HTML;
    document.body.append(holder);
    const root = holder.firstElementChild;
    /* The name that the map's script looks for. */
    const corridormap = {
      document: documentJson,
      outline,
      view: { ...data.view, notices: data.notices.map((text) => ({ text })) },
      host: { ...hostOf(data, state), edit: window.Corridormap.createEditHost(data, () => editable) },
    };
    /*MAP_SCRIPT*/
    const editable = { root, corridormap, leaflet: corridormap.mounted.leaflet };
    const { edit } = corridormap.host;
    if (edit && edit.hasDraft()) edit.load().then((editor) => editor.restore()).catch(() => {});
    if (data.watch && data.watch.address) watch(data.watch);
    return handle(holder, state);
  }

  /** @param {object} data what app/server/page.py sends @returns the page, drawn once for all callers */
  function start(data) {
    page = page || draw(data);
    return page;
  }

  const given = document.getElementById("corridormap-start");
  if (given) start(JSON.parse(given.textContent)).catch(() => {}); // told by the component
  return { start };
})();
