/* The fields of the export panel: shows a choice and tells every change. Asks no server. */

import { el, fill, freshId } from "../../tools/dom.js";
import { languageChoice } from "../../tools/language.js";

/** A row of words of which one is chosen: native radio buttons, so arrows move in it. */
function segments(legend, list, key, form) {
  const name = freshId(key);
  const inputs = list.map(([word, text, title]) => {
    const input = el("input.cmp-seg-input", {
      type: "radio",
      name,
      value: word,
      onchange: () => form.change({ [key]: word }),
    });
    return {
      word,
      input,
      label: el("label.cmp-seg", { title }, input, el("span.cmp-seg-text", {}, text)),
    };
  });
  return {
    node: el(
      "fieldset.cmp-field",
      {},
      el("legend.cmp-field-name", {}, legend),
      el(
        "div.cmp-segs",
        {},
        inputs.map((one) => one.label),
      ),
    ),
    show: (choice) => inputs.forEach(({ word, input }) => (input.checked = choice[key] === word)),
    focus: () => (inputs.find(({ input }) => input.checked) || inputs[0]).input.focus(),
  };
}

function select(title, list, key, form, of = (value) => ({ [key]: value })) {
  const box = el("select.cmp-select", { onchange: () => form.change(of(box.value)) });
  const refill = () =>
    fill(
      box,
      list.map(([value, text]) => el("option", { value }, text)),
    );
  refill();
  return {
    node: el("label.cmp-field", {}, el("span.cmp-field-name", {}, title), box),
    refill,
    show: (choice) => (box.value = choice[key]),
  };
}

/** A size on paper; with a width alone the layout keeps its shape, with neither its own size. */
function paperFields(form, { least, most }) {
  const side = (key, title) => {
    const input = el("input.cmp-size", {
      type: "number",
      min: least,
      max: most,
      step: 0.5,
      "aria-label": `${title} on paper in mm`,
      inputmode: "decimal",
      onchange: () => {
        const mm = Number(input.value)
          ? Math.max(least, Math.min(most, Number(input.value)))
          : null;
        form.change({ [key]: mm, ...(key === "width_mm" && !mm ? { height_mm: null } : {}) });
      },
    });
    return { key, input };
  };
  const sides = [side("width_mm", "Width"), side("height_mm", "Height")];
  return {
    node: el(
      "div.cmp-field",
      { role: "group", "aria-label": "Size on paper" },
      el("span.cmp-field-name", {}, "Column width, or size on paper"),
      el("div.cmp-sizes", {}, sides[0].input, " × ", sides[1].input, " mm"),
    ),
    show(choice) {
      for (const { key, input } of sides) input.value = choice[key] ?? "";
      sides[1].input.disabled = !choice.width_mm;
    },
  };
}

function sizeFields(form, { least, most }) {
  const side = (key, title) => {
    const input = el("input.cmp-size", {
      type: "number",
      min: least,
      max: most,
      step: 1,
      "aria-label": `${title} in px`,
      inputmode: "numeric",
      onchange: () => {
        const px = Math.round(Number(input.value)) || least;
        input.value = String(Math.max(least, Math.min(most, px)));
        form.change({ [key]: Number(input.value) });
      },
    });
    return { key, input };
  };
  const sides = [side("width", "Width"), side("height", "Height")];
  return {
    node: el(
      "div.cmp-field",
      { role: "group", "aria-label": "Own size" },
      el("span.cmp-field-name", {}, "Width and height"),
      el("div.cmp-sizes", {}, sides[0].input, " × ", sides[1].input, " px"),
    ),
    show: (choice) => sides.forEach(({ key, input }) => (input.value = choice[key])),
  };
}

function partFields(form, legend, parts) {
  const boxes = parts.map(([key, text]) => {
    const input = el("input.cmp-check-input", {
      type: "checkbox",
      onchange: () => form.change({ [key]: input.checked }),
    });
    return { key, input, label: el("label.cmp-part", {}, input, text) };
  });
  return {
    node: el(
      "fieldset.cmp-field",
      {},
      el("legend.cmp-field-name", {}, legend),
      el(
        "div.cmp-parts",
        {},
        boxes.map((one) => one.label),
      ),
    ),
    show(choice) {
      for (const { key, input } of boxes) {
        input.checked = choice[key];
        // A map alone has no column for claims to stand in.
        input.disabled = key === "claims" && choice.arrange === "map";
      }
    },
  };
}

/** The words for those who cannot see it: the server's draft until somebody writes. */
function altField(form, mostChars) {
  const id = freshId("alt");
  let edited = false;
  let draft = "";
  const text = el("textarea.cmp-alt", {
    id,
    rows: 4,
    maxlength: mostChars,
    "aria-describedby": `${id}-hint`,
    oninput: () => {
      edited = text.value !== draft;
      again.hidden = !edited;
    },
    onchange: () => form.change({}),
  });
  const again = el(
    "button.cmp-text-button",
    {
      hidden: true,
      onclick: () => {
        edited = false;
        text.value = draft;
        again.hidden = true;
        text.focus();
        form.change({});
      },
    },
    "Use the draft again",
  );
  return {
    node: el(
      "div.cmp-field",
      {},
      el(
        "div.cmp-alt-head",
        {},
        el("label.cmp-field-name", { for: id }, "Words for those who cannot see it"),
        again,
      ),
      text,
      el("p.cmp-hint", { id: `${id}-hint` }, "Drafted from the map; written into the file."),
    ),
    setDraft(words) {
      draft = words;
      if (!edited) text.value = words;
    },
    /** Take words from elsewhere as if they had been written; "" lets the draft stand. */
    write(words) {
      edited = Boolean(words);
      text.value = words || draft;
      again.hidden = !edited;
    },
    /** What was written, or "" while the draft stands: then the server's own is used. */
    written: () => (edited ? text.value.trim() : ""),
    words: () => text.value.trim(),
  };
}

/** The language of the names is the map's own: a change shows on the map too. */
function languageField(model, store) {
  const { select, update } = languageChoice(model, store);
  const node =
    select && el("label.cmp-field", {}, el("span.cmp-field-name", {}, "Names on the map"), select);
  update(store.get());
  return { node, end: store.subscribe(update) };
}

/**
 * @param {any} choices of choice.js
 * @param {any} first the choice shown at first
 * @param {any} env {model, store} what is shown, and ofLayout(word): all that a layout brings
 * @param {(one: any) => void} changed told the new choice
 * @returns `{node, choice(), written(), words(), setDraft(text), focus(),
 *   destroy()}`
 */
export function createExportForm(choices, first, { model, store, ofLayout }, changed) {
  let choice = choices.usable(first);
  const form = {
    change(patch) {
      choice = choices.usable({ ...choice, ...patch });
      show();
      changed(choice);
    },
  };
  const format = segments("Format", choices.formats, "format", form);
  const what = el("p.cmp-hint");
  const fields = {
    layout: select("Layout", choices.layouts, "layout", form, ofLayout),
    size: sizeFields(form, choices.side_px),
    paper: paperFields(form, choices.side_mm),
    arrange: select("Arrangement", choices.arrangements, "arrange", form),
    density: segments("Density", choices.densities, "density", form),
    projection: segments("Projection", choices.projections, "projection", form),
    parts: partFields(form, "Show", choices.parts),
    looks: partFields(form, "Print look", choices.looks),
  };
  const alt = altField(form, choices.alt_chars);
  const nodes = Object.values(fields).map((field) => field.node);
  const language = languageField(model, store);
  const node = el("div.cmp-fields", {}, format.node, what, nodes, language.node, alt.node);

  function show() {
    format.show(choice);
    what.textContent = choices.formats.find(([word]) => word === choice.format)?.[2] ?? "";
    for (const [key, field] of Object.entries(fields)) {
      field.node.hidden = !choices.matters[key](choice);
      field.show(choice);
    }
  }
  show();
  return {
    node,
    /** Show the choice that a file was made with, and its words. */
    take(given, words) {
      alt.write(words);
      form.change(given);
    },
    /** Offer the layouts that are known by now. */
    refill() {
      fields.layout.refill();
      show();
    },
    choose: form.change,
    choice: () => choice,
    written: alt.written,
    words: alt.words,
    setDraft: alt.setDraft,
    focus: format.focus,
    destroy: language.end,
  };
}
