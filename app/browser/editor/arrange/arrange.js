/* Arranges an export by hand in a dialog: a large picture on which names are dragged, the words
   beside it, and keeping it in the corridor's layouts. Draws no map. */

import { el, freshId, icon } from "../../tools/dom.js";
import { check, save as handOver, stopped } from "../../tools/handover.js";
import {
  isNothing,
  NOTHING,
  said,
  whole,
  withAllBack,
  withHidden,
  withLabel,
  withoutLabel,
} from "./hand.js";
import { createStage } from "./stage.js";
import { createWords } from "./words.js";

const AFTER_MS = 250;
const STEPS_KEPT = 100;

/** The picture of what is decided, drawn anew after each step; a newer wish ends an older. */
function createDrawing(env, stage, tell) {
  let timer = 0;
  /** @type {any} */
  let running = null;

  async function run(hand) {
    const own = new AbortController();
    running = own;
    stage.busy(true);
    try {
      const drawn = await env.draw(said(hand), own.signal);
      if (running !== own) return;
      stage.show(drawn.blob, drawn);
      tell(drawn);
    } catch (error) {
      if (stopped(error) || running !== own) return;
      tell({ error: error.message });
    }
    stage.busy(false);
  }

  function stop() {
    clearTimeout(timer);
    if (running) running.abort();
    running = null;
  }
  return {
    stop,
    ask(hand, atOnce = false) {
      stop();
      timer = setTimeout(run, atOnce ? 0 : AFTER_MS, hand);
    },
  };
}

/** What the picture says of itself: what breaks a rule, what found no room, what failed. */
function createNotes() {
  const node = el("div.cmp-arrange-notes", { role: "status" });
  return {
    node,
    show({ error, notices = [], without_room: lost }) {
      const all = [error, ...notices, lost?.names_sentence, ...(lost?.sentences || [])];
      node.replaceChildren(...all.filter(Boolean).map((text) => el("p", { dir: "auto" }, text)));
      node.classList.toggle("is-wrong", Boolean(error));
    },
  };
}

/** Where it is kept: the layout that is chosen, or a name of one's own; and the way there. */
function createKeeping(env, hand) {
  const said_ = el("p.cmp-hint", { role: "status" });
  const name = el("input.cmp-arrange-text", {
    type: "text",
    maxlength: 60,
    placeholder: env.layout().id,
    pattern: "[a-z0-9]+(-[a-z0-9]+)*",
  });
  const button = el("button.cmp-btn.is-main", { onclick: keep }, "Keep in the corridor");
  const hint = "Empty: for everyone who exports this layout. Small letters, digits, hyphens.";
  const id = freshId("named");

  async function keep() {
    if (button.getAttribute("aria-disabled") === "true") return;
    if (!name.checkValidity()) {
      said_.textContent = "The name may have small letters a-z, digits and single hyphens.";
      name.focus();
      return;
    }
    button.setAttribute("aria-disabled", "true");
    said_.textContent = "Saving";
    try {
      const file = await env.keep(name.value.trim(), said(hand()));
      if (file) handOver(await check(file.blob, "zip"), file.filename);
      said_.textContent = file
        ? `This folder cannot be saved into: ${file.filename} has the corridor with it.`
        : "Kept in layouts.toml.";
    } catch (error) {
      said_.textContent = `Not kept. ${error.message}`;
    }
    button.removeAttribute("aria-disabled");
  }
  return el(
    "div.cmp-arrange-keep",
    {},
    el(
      "label.cmp-field",
      {},
      el("span.cmp-field-name", {}, "As a layout of its own"),
      name,
      el("span.cmp-hint", { id }, hint),
    ),
    button,
    said_,
  );
}

/**
 * @param {any} env
 *   usual {title, headline}, claims, nameOf(id), layout() {id, title}; draw(hand, signal) gives
 *   the picture and what it tells; keep(name, hand) saves, and gives a file where it cannot;
 *   changed(hand), announce(text)
 * @returns `{node, open(hand)}`
 */
export function createArrange(env) {
  let hand = NOTHING;
  let shown = "";
  /** @type {any[]} */
  let past = [];

  function become(next, announced) {
    if (next === hand) return;
    past = [...past.slice(-STEPS_KEPT), hand];
    hand = next;
    show();
    drawing.ask(hand);
    env.changed(isNothing(hand) ? null : said(hand));
    if (announced) env.announce(announced);
  }
  const back = (id) =>
    become(withHidden(withoutLabel(hand, id), id, false), `${env.nameOf(id)} put back`);

  const stage = createStage({
    put: (label, text) => become(withLabel(hand, label), `${text || "Claim numbers"} moved`),
    hide: (id, text) => become(withHidden(hand, id, true), `${text} hidden`),
    back,
  });
  const notes = createNotes();
  const drawing = createDrawing(env, stage, notes.show);
  const words = createWords({
    ...env,
    back,
    allBack: () => become(withAllBack(hand), "All names put back"),
    make: (step) => become(step(hand)),
    change: (patch) => become({ ...hand, ...patch }),
  });
  const title = el("h2.cmp-export-title", { id: freshId("arrange") });
  const undo = el("button.cmp-btn", { onclick: undone, "aria-label": "Undo" }, icon("undo"));
  const shut = el(
    "button.cmp-icon-button",
    { "aria-label": "Close the arrangement", onclick: () => node.close() },
    icon("close"),
  );
  const how =
    "Drag a name. With the keyboard: Tab to it, arrows move it, Shift with them farther, Delete " +
    "hides it, Backspace puts it back.";
  const side = el("div.cmp-arrange-side");
  const node = el(
    "dialog.cmp-arrange",
    { "aria-labelledby": title.id },
    el("div.cmp-export-head", {}, title, undo, shut),
    el(
      "div.cmp-arrange-body",
      {},
      el("div.cmp-arrange-main", {}, stage.node, el("p.cmp-hint", {}, how), notes.node),
      side,
    ),
  );

  function undone() {
    const before = past.pop();
    if (!before) return;
    hand = before;
    show();
    drawing.ask(hand, true);
    env.changed(isNothing(hand) ? null : said(hand));
    env.announce("Undone");
  }

  function show() {
    const now = JSON.stringify(hand);
    if (now !== shown) words.show(hand);
    shown = now;
    undo.setAttribute("aria-disabled", String(!past.length));
  }

  node.addEventListener("keydown", (event) => {
    const typing = /** @type {Element} */ (event.target).closest("input, textarea");
    if (typing || event.altKey || !(event.ctrlKey || event.metaKey) || event.key !== "z") return;
    event.preventDefault();
    undone();
  });
  node.addEventListener("close", () => drawing.stop());

  return {
    node,
    /** @param {any} kept what is decided so far, or null */
    open(kept) {
      hand = whole(kept);
      past = [];
      title.textContent = `Arrange by hand: ${env.layout().title}`;
      side.replaceChildren(
        words.node,
        createKeeping(env, () => hand),
      );
      words.show(hand);
      show();
      node.showModal();
      drawing.ask(hand, true);
    },
    destroy() {
      drawing.stop();
      stage.destroy();
      node.remove();
    },
  };
}
