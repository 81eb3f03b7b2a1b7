/* Fields of a form over one object: text, number, choice; each with its label, its hint and the
   messages that name it. The object is changed in place; knows no feature and no server. */
import { el, elementIn, fill, freshId } from "../../tools/dom.js";
import { readTyped, writeTyped } from "../../tools/typed.js";

const inside = (value, step) => (value === null || value === undefined ? undefined : value[step]);

/**
 * An object that is being written, and who wants to know.
 * @param {any} value is changed in place
 */
export function createFormState(value) {
  const start = JSON.stringify(value);
  const listeners = new Set();
  const state = {
    value,
    get: (path) => path.reduce(inside, value),
    /** Set what stands at a path; undefined takes the key away. */
    set(path, next) {
      const holder = path.slice(0, -1).reduce((at, step) => (at[step] ??= {}), value);
      const last = path.at(-1);
      if (next !== undefined) holder[last] = next;
      else if (Array.isArray(holder)) holder.splice(last, 1);
      else delete holder[last];
      for (const listener of [...listeners]) listener(path);
    },
    changed: () => JSON.stringify(value) !== start,
    /** @returns a function that ends the subscription */
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  return state;
}

function inputOf(state, options) {
  const { path, kind = "text", choices, suggestions } = options;
  const id = freshId("field");
  const now = writeTyped(state.get(path));
  const common = {
    id,
    name: path.join("."),
    dir: options.dir,
    lang: options.lang,
    "aria-required": options.required ? "true" : null,
  };
  if (choices) {
    const known = choices.some((choice) => choice.id === now);
    const blank =
      options.required && now ? [] : [el("option", { value: "" }, options.blank || "Choose")];
    const odd = now && !known ? [el("option", { value: now }, now)] : [];
    const all = choices.map((choice) => el("option", { value: choice.id }, choice.label));
    const select = el("select.cmf-input", common, blank, odd, all);
    select.value = now;
    return { input: select };
  }
  if (kind === "lines") {
    const area = el("textarea.cmf-input", { ...common, rows: options.rows || 2 });
    area.value = now;
    return { input: area };
  }
  const list = suggestions
    ? el(
        "datalist",
        { id: `${id}-list` },
        suggestions.map((value) => el("option", { value })),
      )
    : null;
  const input = el("input.cmf-input", {
    ...common,
    type: "text",
    autocomplete: "off",
    spellcheck: kind === "text" ? null : "false",
    inputmode: kind === "number" ? "decimal" : null,
    list: list?.id,
    placeholder: options.placeholder,
  });
  input.value = now;
  return { input, list };
}

/**
 * One field.
 * @param {any} options {path, label, kind "text|number|codes|lines", choices, suggestions, hint,
 *   required, dir, lang, unit, echo(value) -> text below it, whole: text is kept even if empty}
 */
export function formField(state, options) {
  const { path, label, kind = "text", hint, required, echo, unit } = options;
  const { input, list } = inputOf(state, options);
  const told = el("p.cmf-echo", { id: `${input.id}-echo` });
  const hintNode = hint ? el("p.cmf-hint", { id: `${input.id}-hint` }, hint) : null;
  const messages = el("div.cmf-messages", { id: `${input.id}-messages` });
  const says = () => {
    const text = echo ? echo(state.get(path)) : "";
    told.hidden = !text;
    fill(told, text);
  };
  const read = () => {
    const value = readTyped(kind, input.value);
    // A name that was emptied is sent empty: then the message is about the name.
    state.set(path, value === undefined && options.whole ? "" : value);
    says();
  };
  input.addEventListener(options.choices ? "change" : "input", read);
  // After the focus has gone on: what moves must find it where it is then.
  if (options.onCommit) input.addEventListener("change", () => setTimeout(options.onCommit));
  input.setAttribute(
    "aria-describedby",
    [hintNode?.id, told.id, messages.id].filter(Boolean).join(" "),
  );
  says();
  const name = el(
    "label.cmf-label",
    { for: input.id },
    label,
    required ? el("span.cmf-required", {}, " needed") : "",
  );
  const box = unit ? el("div.cmf-with-unit", {}, input, el("span.cmf-unit", {}, unit)) : input;
  return el(
    `div.cmf-field${options.wide ? ".is-wide" : ""}`,
    { "data-path": path.join(".") },
    name,
    box,
    list,
    hintNode,
    told,
    messages,
  );
}

/**
 * A group with a legend that messages can name too.
 * @param {string} title @param {{ path?: string[], hint?: string }} about @param {any[]} children
 */
export function formGroup(title, { path, hint }, ...children) {
  const id = freshId("group");
  return el(
    "fieldset.cmf-group",
    { "data-path": path ? path.join(".") : null, "aria-describedby": `${id}-messages` },
    el("legend.cmf-legend", {}, title),
    hint ? el("p.cmf-hint", {}, hint) : null,
    children,
    el("div.cmf-messages", { id: `${id}-messages` }),
  );
}

/**
 * Blocks for the entries of a list, each of which can be opened, changed and taken away.
 * @param {any} options {state, path, noun, summary(entry), fields(path, tidy), blank(), sort?}
 */
export function formList(options) {
  const { state, path, noun } = options;
  const box = el("div.cmf-list");
  const entries = () => state.get(path) || [];
  const openOnes = new Set();

  function block(entry, index) {
    const at = [...path, index];
    const summary = el("summary.cmf-summary", {}, options.summary(entry));
    const remove = el(
      "button.cmf-text-button.is-danger",
      { onclick: () => take(index) },
      `Remove this ${noun}`,
    );
    const body = el("div.cmf-fields", {}, options.fields(at, tidy), remove);
    const details = el(
      "details.cmf-block",
      { "data-block": at.join("."), open: openOnes.has(entry) || null },
      summary,
      body,
    );
    details.addEventListener("toggle", () =>
      details.open ? openOnes.add(entry) : openOnes.delete(entry),
    );
    details.addEventListener("input", () => fill(summary, options.summary(state.get(at) || entry)));
    details.addEventListener("change", () =>
      fill(summary, options.summary(state.get(at) || entry)),
    );
    return details;
  }

  function draw() {
    fill(box, entries().map(block));
  }
  function take(index) {
    const next = entries().filter((_, i) => i !== index);
    state.set(path, next.length ? next : undefined);
    draw();
    add.focus();
  }
  /** Put the entries in order; what has the focus keeps it. */
  function tidy() {
    const now = entries();
    const next = options.sort ? [...now].sort(options.sort) : now;
    if (next.every((entry, i) => entry === now[i])) return;
    const held = /** @type {HTMLInputElement | null} */ (document.activeElement);
    const block = held && box.contains(held) ? held.closest("[data-block]") : null;
    const entry = block && now[[...box.children].indexOf(block)];
    const name = held?.name ? held.name.split(".").at(-1) : "";
    state.set(path, next);
    draw();
    const moved = entry && box.children[next.indexOf(entry)];
    const same =
      moved &&
      [...moved.querySelectorAll(".cmf-input")].find((input) => input.name.endsWith(`.${name}`));
    if (same) same.focus();
  }
  const add = el(
    "button.cmf-button",
    {
      onclick() {
        const entry = options.blank();
        openOnes.add(entry);
        state.set(path, [...entries(), entry]);
        draw();
        if (box.lastElementChild) elementIn(box.lastElementChild, ".cmf-input")?.focus();
      },
    },
    `Add ${/^[aeiou]/.test(noun) ? "an" : "a"} ${noun}`,
  );
  draw();
  return el("div.cmf-list-box", {}, box, add);
}
