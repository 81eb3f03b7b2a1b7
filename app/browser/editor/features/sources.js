/* Chooses the sources of a feature, an event or a figure: those it has, a search among those of the
   corridor, and a way to a new one. Changes a list of ids; the new source is written elsewhere. */

import { el, elementIn, fill, freshId, icon } from "../../tools/dom.js";
import { searchList } from "../../tools/search_list.js";
import { newSource } from "./new_source.js";
import { find, lineOf, listed } from "./source_words.js";

/** The last source that was taken in a draft: it is offered, never taken by itself. */
const lastTaken = new WeakMap();

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
  const add = (source) => {
    lastTaken.set(ctx.draft, source);
    write([...new Set([...ids(), source])]);
  };
  const search = searchList({
    name: `${label}: find a source`,
    placeholder: "Find a source: title, publisher, id",
    found: "Sources found",
    className: "cmf-input",
    hits: (text) => find(sources(), text).filter((source) => !ids().includes(source.id)),
    row: (source) => [el("b.cmf-source-id", {}, source.id), ` ${lineOf(source)}`],
    more: (n) => `${n} more: type more of its words`,
    none: "No source of the corridor has these words.",
    onTake: (source) => add(source.id),
  });

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
  const again = el("button.cmf-text-button", {
    dir: "auto",
    onclick() {
      add(lastTaken.get(ctx.draft));
      search.input.focus();
      search.input.blur();
    },
  });
  function draw() {
    fill(chips, ids().map(chip));
    chips.hidden = !ids().length;
    const last = sources().find(({ id: one }) => one === lastTaken.get(ctx.draft));
    again.hidden = ids().length > 0 || !last;
    fill(again, last ? `Use ${last.id} again: ${lineOf(last)}` : "");
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
    again,
    search.input,
    search.list,
    el("div.cmf-messages"),
    fresh,
  );
  return box;
}
