/* The editor's tab "Add data": takes files, shows what is in them, and makes one step of the
   draft of each. Reads no file itself; what the server says of one is only shown. */

import { el, fill } from "../../tools/dom.js";
import { createCrsChoice } from "./crs.js";
import { createDropZone, takeDropped } from "./drop.js";
import { refusal, uploadsOf } from "./files.js";
import { lookedStep } from "./looked.js";
import { createPreviewMap } from "./preview_map.js";
import { refusedStep } from "./refused.js";
import { countFeatures as count } from "./repairs.js";
import { createUploads } from "./uploads.js";

const stopped = (error) => error.name === "AbortError";

function create(ctx) {
  const host = createUploads(ctx.edit);
  const map = createPreviewMap(ctx.leaflet, ctx.root);
  const step = el("div.cmp-add-step-box");
  const drop = createDropZone((files) => take(files));
  const root = el("div.cmp-add", {}, drop.node, step);
  /** @type {any} */
  let offered = null;
  const waiting = [];
  /** @type {any} */
  let current = null;
  /** @type {any} */
  let running = null;
  let isShown = false;
  /** What was said of the last layer added, to be said again with one click. @type {any} */
  const memory = { last: null };

  const fileHead = (upload) =>
    el(
      "div.cmp-add-head-row",
      {},
      el("h3.cmp-add-title", { tabindex: -1 }, el("bdi", {}, upload.name)),
      el("button.cmp-text-button", { onclick: () => finish() }, "Do not add it"),
    );
  const queueNote = () =>
    waiting.length
      ? el("p.cmp-add-note", {}, `After this: ${waiting.map(({ name }) => name).join(", ")}`)
      : null;

  function show(...nodes) {
    fill(step, queueNote(), ...nodes);
    drop.node.hidden = Boolean(current);
    const first = step.querySelector("h3");
    if (first && isShown) first.focus({ preventScroll: false });
  }

  async function offers() {
    if (!offered) offered = await host.offered();
    return offered;
  }

  function take(files) {
    waiting.push(...uploadsOf(files));
    if (!current) next();
  }

  function stop() {
    if (running) running.abort();
    running = null;
  }
  /** The one question that is under way: an answer to an earlier one is forgotten. */
  const work = {
    isBusy: () => running !== null,
    is: (own) => own === running,
    begin() {
      running = new AbortController();
      return running;
    },
    end() {
      running = null;
    },
  };

  function finish(message) {
    stop();
    map.clear();
    current = null;
    if (waiting.length) {
      next();
      return;
    }
    show(message);
    if (!message) {
      ctx.say("");
      map.back();
      drop.choose.focus();
    }
  }

  async function next() {
    current = { ...waiting.shift(), layer: null, crs: null, encoding: "", columns: [] };
    await look(current);
  }

  /** Ask for something of the file under way; an answer that came too late is forgotten. */
  async function ask(words, task) {
    stop();
    const own = work.begin();
    show(
      fileHead(current),
      el("p.cmp-add-text", { role: "status" }, words),
      el("progress.cmp-progress", { "aria-label": words }),
      el("button.cmp-btn", { onclick: () => finish() }, "Cancel"),
    );
    try {
      const answer = await task(own.signal);
      return work.is(own) ? { answer } : null;
    } catch (error) {
      return !work.is(own) || stopped(error) ? null : { error };
    } finally {
      if (work.is(own)) work.end();
    }
  }

  const head = ({ layer, crs, encoding, columns }) => ({ layer, crs, encoding, columns });

  async function look(upload) {
    map.clear();
    const again = (change) => {
      Object.assign(upload, change);
      look(upload);
    };
    const crsChoice = (guesses) =>
      createCrsChoice({ guesses, search: host.crs, choose: (crs) => again({ crs }) });
    const done = await ask("Reading the file", async (signal) => {
      const refused = refusal(upload, await offers());
      if (refused)
        throw Object.assign(new Error(refused.problem), { told: { findings: [refused] } });
      const recipes = ctx.draft.columns();
      return host.send(upload.files, { ...head(upload), recipes }, { signal });
    });
    if (!done) return;
    if (done.error) {
      const { nodes, said } = refusedStep(upload, done.error, { again, finish, crsChoice });
      show(fileHead(upload), ...nodes);
      if (said) ctx.say(said);
      return;
    }
    const env = { ctx, host, map, offered, upload, look: done.answer, head, again, crsChoice };
    show(fileHead(upload), ...lookedStep({ ...env, memory, work, finish }));
    map.look();
    ctx.say(`${upload.name}: ${count(done.answer.count)}`);
  }

  const undrop = takeDropped(root, { on: () => isShown, take });

  return {
    element: root,
    shown() {
      isShown = true;
      map.shown(true);
    },
    hidden() {
      isShown = false;
      map.shown(false);
    },
    destroy() {
      undrop();
      stop();
      map.clear();
    },
  };
}

const addPanel = { id: "add", title: "Add data", order: 30, create };

export { addPanel };
