/* The export panel: opens and closes, keeps its preview in step with the map, and downloads.
   On a wide screen the map stays usable beside it; on a phone it is a sheet over the page. */

import { el, freshId, icon } from "../../tools/dom.js";
import { addNotice, check, save, stopped } from "../../tools/handover.js";
import { createArranged } from "./arranged.js";
import { createChoices } from "./choice.js";
import { createExportForm } from "./form.js";
import { createExportMore } from "./more.js";
import { createExportPreview } from "./preview.js";

/** What of the state a file shows; the rest changes nothing in it. */
const shows = ({ view, claim }) => JSON.stringify([view, claim]);

function buildFoot(start) {
  const label = el("span.cmp-btn-text", {}, "Download");
  const button = el("button.cmp-btn.is-main.cmp-download", { onclick: start }, label);
  const progress = el("progress.cmp-progress", { "aria-label": "Drawing", hidden: true });
  return {
    node: el("div.cmp-export-foot", {}, button, progress),
    busy(on) {
      label.textContent = on ? "Cancel" : "Download";
      progress.hidden = !on;
    },
  };
}

/** Draw, look at what came, save it. @returns a function that starts it or stops it */
function createDownload(env, foot) {
  /** @type {any} */
  let running = null;

  async function run(own) {
    const choice = { ...env.arranged.whole(env.form.choice()), alt: env.form.written() };
    env.frame.announce("Drawing the file");
    try {
      const { blob, filename } = await env.host.snapshot(env.view(), choice, {
        signal: own.signal,
      });
      save(await check(blob, choice.format), filename);
      env.choices.remember(choice);
      env.frame.announce(`${filename} is ready`);
      env.tellOfBase(choice.format);
    } catch (error) {
      if (stopped(error)) env.frame.announce("Stopped");
      else env.fail(`The file could not be made. ${error.message}`);
    }
  }

  return async function startOrStop() {
    if (running) return running.abort();
    running = new AbortController();
    foot().busy(true);
    await run(running);
    running = null;
    foot().busy(false);
  };
}

/** What the preview shows of a choice: a picture; of a page itself, where there is room for it. */
async function small(env, signal) {
  const choice = env.arranged.whole(env.form.choice());
  if (choice.format !== "html") return env.host.preview(env.view(), choice, { signal });
  if (env.frame.layout() === "phone")
    return { note: "A page that fits its window, as this one does." };
  const { blob } = await env.host.snapshot(env.view(), choice, { signal });
  return { page: blob };
}

function createParts(env, close) {
  const preview = createExportPreview(
    async (signal) => {
      // Drafted without what was written, so that the draft can be had again.
      const [told, picture] = await Promise.all([
        env.host.describe(env.view(), env.arranged.whole(env.form.choice()), { signal }),
        small(env, signal),
      ]);
      return { ...told, ...picture };
    },
    (drawn) => env.form.setDraft(drawn.alt_text),
  );
  env.arranged = createArranged(env, () => preview.ask());
  env.ofLayout = env.arranged.ofLayout;
  env.form = createExportForm(env.choices, env.choices.remembered(), env, (choice) => {
    env.choices.remember(choice);
    env.arranged.show(choice);
    if (node.open) preview.ask();
  });
  env.arranged.show(env.form.choice());
  const foot = buildFoot(createDownload(env, () => foot));
  const title = el("h2.cmp-export-title", { id: freshId("export") }, "Export");
  const shut = el(
    "button.cmp-icon-button",
    { "aria-label": "Close the export", onclick: close },
    icon("close"),
  );
  const node = el(
    "dialog.cmp-export",
    { "aria-labelledby": title.id },
    el("div.cmp-export-head", {}, title, shut),
    el(
      "div.cmp-export-body",
      { tabindex: -1 },
      preview.node,
      env.arranged.node,
      env.form.node,
      createExportMore(env),
    ),
    foot.node,
  );
  return { node, preview };
}

/**
 * @param {any} given {frame, store, host, view(), tellOfBase(format), restore(file)}
 * @returns `{button: Element, node: Element, destroy(): void}`
 */
export function createExportPanel(given) {
  const { frame, store } = given;
  const env = {
    ...given,
    choices: createChoices(given.host.choices),
    /** Tell what failed where it can be read: on a phone the sheet lies over the notices. */
    fail(text) {
      if (frame.layout() === "phone") close();
      addNotice(store, text);
    },
    restore(file) {
      if (frame.layout() === "phone") close();
      given.restore(file);
    },
  };
  const parts = createParts(env, () => close());
  const { node, preview } = parts;
  const button = el(
    "button.cmp-btn.cmp-export-button",
    {
      title: "Export options",
      "aria-haspopup": "dialog",
      "aria-expanded": "false",
      onclick: () => (node.open ? close() : open()),
    },
    icon("down", 14),
  );

  function open() {
    // A sheet over the page keeps the keys to itself; beside a map both can be used.
    if (frame.layout() === "phone") node.showModal();
    else node.show();
    button.setAttribute("aria-expanded", "true");
    env.form.focus();
    preview.ask(true);
    env.arranged.refresh();
  }

  function close() {
    if (node.open) node.close();
  }

  node.addEventListener("close", () => {
    button.setAttribute("aria-expanded", "false");
    preview.stop();
    button.focus();
  });
  node.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || event.isComposing) return;
    // Prevented, it ends neither the selection nor anything of the browser.
    event.preventDefault();
    close();
  });
  node.addEventListener("click", (event) => {
    if (event.target === node && frame.layout() === "phone") close();
  });

  const ends = [
    store.subscribe((state, before) => {
      if (node.open && shows(state) !== shows(before)) preview.ask();
    }),
    frame.onLayout(() => close()),
  ];
  return {
    button,
    node,
    choice: () => env.arranged.whole(env.form.choice()),
    take(format, options) {
      env.arranged.take(options.layout || "custom", options.hand);
      env.form.take(env.choices.ofQuery(format, options), options.alt);
    },
    destroy() {
      ends.forEach((end) => end());
      preview.destroy();
      env.arranged.destroy();
      env.form.destroy();
    },
  };
}
