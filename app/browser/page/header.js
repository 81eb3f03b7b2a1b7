/* The page's title, the date it speaks of, and what one can take away: a link, a picture, more. */

import { createExportPanel } from "../panels/exports/panel.js";
import { el, fill, icon } from "../tools/dom.js";
import { addNotice, check, save } from "../tools/handover.js";
import * as words from "../tools/words.js";
import { headline } from "./headline.js";
import { createPicker } from "./picker.js";
import { createDrop, createRestore } from "./restore.js";

const SAID_MS = 2000;

/** @param {Store} store */
function copyButton(host, store, frame) {
  const label = el("span.cmp-btn-text", {}, "Copy link");
  const button = el("button.cmp-btn", { "aria-label": "Copy link" }, icon("link"), label);
  let timer = 0;
  button.addEventListener("click", async () => {
    try {
      await host.copyLink();
    } catch (error) {
      addNotice(store, "The link could not be copied.", error);
      return;
    }
    frame.announce("Link copied");
    button.classList.add("is-done");
    label.textContent = "Copied";
    clearTimeout(timer);
    timer = setTimeout(() => {
      button.classList.remove("is-done");
      label.textContent = "Copy link";
    }, SAID_MS);
  });
  return button;
}

/**
 * Files show the outline in place of an online base map; say so where it matters.
 * @param {Store} store @param {Model} model
 */
function tellOfBase(store, model) {
  const id = store.get().view.basemap;
  const base = (model.document.basemaps || []).find((one) => one.id === id);
  if (!base?.url) return;
  addNotice(
    store,
    `The file shows the outline in place of ${base.title}.`,
    "Online base maps are for the screen only: their terms forbid putting them in files.",
  );
}

/** One click for a picture, in the layout and with the parts that were chosen last. */
function snapshotButton(env) {
  const label = el("span.cmp-btn-text", {}, "Snapshot");
  const bar = el("span.cmp-btn-bar", { "aria-hidden": "true" });
  const button = el(
    "button.cmp-btn.is-main",
    { "aria-label": "Snapshot" },
    icon("camera"),
    label,
    bar,
  );

  function busy(on) {
    button.classList.toggle("is-busy", on);
    button.setAttribute("aria-busy", String(on));
    button.setAttribute("aria-disabled", String(on));
    button.setAttribute("aria-label", on ? "Drawing the snapshot" : "Snapshot");
    label.textContent = on ? "Drawing" : "Snapshot";
    if (on) env.frame.announce("Drawing the snapshot");
  }

  button.addEventListener("click", async () => {
    if (button.classList.contains("is-busy")) return;
    busy(true);
    try {
      const choice = { ...env.choice(), format: "png", alt: "" };
      const { blob, filename } = await env.host.snapshot(env.view(), choice);
      save(await check(blob, "png"), filename);
      env.frame.announce("Snapshot ready");
      env.tellOfBase();
    } catch (error) {
      addNotice(env.store, `The snapshot could not be drawn. ${error.message}`);
    } finally {
      busy(false);
    }
  });
  return button;
}

/** The editor is fetched when it is first wanted; a reader never loads it. */
function editButton(env) {
  const label = el("span.cmp-btn-text", {}, "Edit");
  const props = { "aria-label": "Edit", "aria-pressed": "false", "data-edit": true };
  const button = el("button.cmp-btn", props, icon("edit"), label);
  button.addEventListener("click", async () => {
    button.setAttribute("aria-busy", "true");
    try {
      const editor = await env.host.edit.load();
      await editor.toggle(button);
    } catch (error) {
      addNotice(env.store, error.message);
    } finally {
      button.removeAttribute("aria-busy");
    }
  });
  return button;
}

/** The snapshot button and its companion that opens the panel of all exports. */
function exports(env) {
  env.restore = createRestore({ ...env, taken: (...made) => panel.take(...made) });
  const panel = createExportPanel(env);
  env.choice = panel.choice;
  const undrop = env.host.readFile ? createDrop(env.frame, env.restore) : () => {};
  return {
    tools: el("div.cmp-split", {}, snapshotButton(env), panel.button),
    node: panel.node,
    destroy() {
      undrop();
      panel.destroy();
    },
  };
}

/**
 * Fill the header; buttons whose work the host cannot do are left out.
 * @param {Model} model @param {Store} store
 */
export function createHeader(frame, model, store, mapApi, host) {
  const subtitle = el("p.cmp-asof");
  const tools = el("div.cmp-tools");
  const env = {
    frame,
    model,
    store,
    mapApi,
    host,
    view: () => ({ ...store.get().view, claim: store.get().claim }),
    title: () => `${model.document.corridor.title}, ${words.date(store.get().view.date)}`,
    tellOfBase: () => tellOfBase(store, model),
  };
  const taken = host.snapshot ? exports(env) : null;
  if (host.copyLink) tools.append(copyButton(host, store, frame));
  if (host.edit) tools.append(editButton(env));
  if (taken) tools.append(taken.tools);
  const named = model.document.corridor.title;
  // A served page with several corridors has a list of them behind its title.
  const picker = createPicker(named, host.corridors, (error) => addNotice(store, error.message));
  const title = el("h1.cmp-title", {}, picker ? picker.title : named);
  const { claims, corridor } = model.document;
  const written = corridor.headline.written;
  const about = written || claims.length ? el("span.cmp-headline-told") : null;
  const told = (results) => {
    const said = headline(corridor.headline, results);
    return said && `${said}.`;
  };
  // One that counts keeps the room of all claims that have a place, whatever is on: a switch must not move the map.
  const placed = claims.flatMap(({ features, check }) =>
    check && features.length ? [check.result] : [],
  );
  const sentence = about
    ? el(
        "p.cmp-headline",
        {},
        el("span.cmp-headline-room", { "aria-hidden": "true" }, told(placed)),
        about,
      )
    : null;
  fill(frame.slots.header, el("div.cmp-heading", {}, title, subtitle), sentence, tools);
  if (taken) frame.slots.header.after(taken.node);
  if (picker) frame.slots.header.append(picker.node);

  /** @param {State} state @param {State} [before] */
  function update(state, before) {
    const [view, old] = [state.view, before?.view];
    const { date, since, layers } = view;
    if (old && old.date === date && old.since === since && old.layers === layers) return;
    const seen = new Set(model.visible(state).map((feature) => feature.id));
    const results = claims.flatMap(({ features, check }) =>
      check && features.some((id) => seen.has(id)) ? [check.result] : [],
    );
    if (about) about.textContent = told(results);
    const compared = since ? `, compared with ${words.date(since)}` : "";
    subtitle.textContent = `as known on ${words.date(date)}${compared}`;
  }
  update(store.get());
  const unsubscribe = store.subscribe(update);
  return {
    destroy() {
      unsubscribe();
      if (taken) taken.destroy();
    },
  };
}
