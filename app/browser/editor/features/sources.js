/* Chooses the sources of a feature, an event or a figure: those it has, a search among those of the
   corridor, and a way to a new one. Changes a list of ids; the new source is written elsewhere. */

import { el, elementIn, fill, freshId, icon } from "../../tools/dom.js";
import { newSource } from "./new_source.js";
import { find, lineOf, listed } from "./source_words.js";

const SHOWN = 8;

/** A search field with a list below it: arrows move in the list, Enter takes. */
function searchBox({ sources, taken, onTake, label }) {
  const listId = freshId("sources");
  let shown = [];
  let at = -1;
  const input = el("input.cmf-input", {
    type: "text",
    role: "combobox",
    autocomplete: "off",
    spellcheck: "false",
    "aria-expanded": "false",
    "aria-controls": listId,
    "aria-autocomplete": "list",
    "aria-label": label,
    placeholder: "Find a source: title, publisher, id",
  });
  const list = el("ul.cmf-options", {
    id: listId,
    role: "listbox",
    "aria-label": "Sources found",
    hidden: true,
  });

  function mark(next) {
    at = next;
    [...list.children].forEach((node, i) => node.setAttribute("aria-selected", String(i === at)));
    const node = list.children[at];
    if (node) node.scrollIntoView({ block: "nearest" });
    if (node?.id) input.setAttribute("aria-activedescendant", node.id);
    else input.removeAttribute("aria-activedescendant");
  }
  function close() {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    mark(-1);
  }
  function open() {
    const ids = new Set(taken());
    const all = find(sources(), input.value).filter(({ id }) => !ids.has(id));
    shown = all.slice(0, SHOWN);
    const rows = shown.map((source) =>
      el(
        "li.cmf-option",
        {
          id: freshId("source"),
          role: "option",
          "aria-selected": "false",
          onpointerdown: (event) => take(event, source),
        },
        el("b.cmf-source-id", {}, source.id),
        ` ${lineOf(source)}`,
      ),
    );
    const more = all.length - shown.length;
    const note = all.length
      ? more > 0
        ? `${more} more: type more of its words`
        : ""
      : "No source of the corridor has these words.";
    fill(list, rows, note ? el("li.cmf-option-note", { role: "presentation" }, note) : null);
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    mark(input.value && shown.length ? 0 : -1);
  }
  function take(event, source) {
    event.preventDefault();
    input.value = "";
    onTake(source.id);
    close();
  }
  input.addEventListener("focus", open);
  input.addEventListener("input", (event) => {
    event.stopPropagation();
    open();
  });
  input.addEventListener("change", (event) => event.stopPropagation());
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      if (list.hidden) open();
      mark(Math.max(0, Math.min(shown.length - 1, at + step)));
      event.preventDefault();
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (!list.hidden && shown[at]) take(event, shown[at]);
    } else if (event.key === "Escape" && !list.hidden) {
      close();
      event.preventDefault();
      event.stopPropagation();
    }
  });
  return { input, list };
}

/**
 * @param {any} options {ctx, state, path, label, hint}
 * @returns the field; it names its path, so that messages find it
 */
export function sourcePicker({ ctx, state, path, label = "Sources", hint, required }) {
  const id = freshId("picker");
  const chips = el("ul.cmf-chips");
  const sources = () => listed(ctx.draft.sources());
  const ids = () => (Array.isArray(state.get(path)) ? state.get(path) : []);
  const write = (next) => {
    state.set(path, next.length ? next : undefined);
    draw();
    box.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const add = (source) => write([...new Set([...ids(), source])]);
  const search = searchBox({ sources, taken: ids, onTake: add, label: `${label}: find a source` });

  function chip(source) {
    const known = sources().find((entry) => entry.id === source);
    const text = known ? lineOf(known) : "not in the list of sources";
    const remove = () => {
      write(ids().filter((other) => other !== source));
      search.input.focus();
    };
    return el(
      "li.cmf-chip",
      { "data-source": source },
      el(
        "span.cmf-chip-text",
        { title: `${source}: ${text}` },
        el("b.cmf-source-id", {}, source),
        ` ${text}`,
      ),
      el(
        "button.cmf-chip-remove",
        { "aria-label": `Take away source ${source}`, onclick: remove },
        icon("close", 10),
      ),
    );
  }
  function draw() {
    fill(chips, ids().map(chip));
    chips.hidden = !ids().length;
  }
  const fresh = el(
    "button.cmf-text-button",
    {
      onclick() {
        fresh.hidden = true;
        const close = (source) => {
          form.remove();
          fresh.hidden = false;
          if (source) add(source);
          (source ? search.input : fresh).focus();
          if (source) search.input.blur();
        };
        const form = newSource({ ctx, onClose: close });
        fresh.after(form);
        elementIn(form, ".cmf-input")?.focus();
      },
    },
    "New source",
  );
  draw();
  const name = el(
    "span.cmf-label",
    { id },
    label,
    required ? el("span.cmf-required", {}, " needed") : "",
  );
  const box = el(
    "div.cmf-field.is-wide",
    { "data-path": path.join("."), role: "group", "aria-labelledby": id },
    name,
    hint ? el("p.cmf-hint", {}, hint) : null,
    chips,
    search.input,
    search.list,
    el("div.cmf-messages"),
    fresh,
  );
  return box;
}
