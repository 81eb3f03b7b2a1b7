/* The names of a feature in all its languages, and what it is: kind, mode, countries, bridge. */

import { el, elementIn } from "../../tools/dom.js";
import * as words from "../../tools/words.js";
import { formField, formGroup } from "./fields.js";
import { newKind } from "./new_kind.js";

const NAME = /^name:([a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)$/;

const languageName = (code) => {
  try {
    return new Intl.DisplayNames("en", { type: "language" }).of(code);
  } catch {
    return code;
  }
};

/** The languages in which this corridor's features have names, the most used first. */
function languagesOf(features) {
  const counts = new Map();
  for (const { properties } of features) {
    for (const key of Object.keys(properties || {})) {
      const match = NAME.exec(key);
      if (match) counts.set(match[1], (counts.get(match[1]) || 0) + 1);
    }
  }
  return [...counts].sort((a, b) => b[1] - a[1]).map(([code]) => code);
}

/** A name's field, written in the direction of its language. */
function nameField(state, code) {
  return formField(state, {
    path: [`name:${code}`],
    label: `In ${languageName(code)}`,
    lang: code,
    dir: words.rtl(code) ? "rtl" : "ltr",
  });
}

function addLanguage(state, box, taken) {
  const code = el("input.cmf-input.is-short", {
    type: "text",
    "aria-label": "Code of the language",
    placeholder: "ru",
    autocomplete: "off",
    spellcheck: "false",
  });
  const told = el("p.cmf-message", { role: "alert", hidden: true });
  code.addEventListener("input", (event) => event.stopPropagation());
  function add() {
    const said = code.value.trim();
    const good = NAME.test(`name:${said}`);
    told.hidden = good && !taken.has(said);
    if (!good)
      told.textContent = "Write a language's code in small letters, such as ru, hy or ckb.";
    else if (taken.has(said)) told.textContent = "There is a field for this language already.";
    if (!told.hidden) return code.focus();
    taken.add(said);
    const field = nameField(state, said);
    box.append(field);
    code.value = "";
    return elementIn(field, ".cmf-input")?.focus();
  }
  code.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    event.stopPropagation();
    add();
  });
  return el(
    "div.cmf-row",
    {},
    code,
    el("button.cmf-text-button", { onclick: add }, "Add a name in this language"),
    told,
  );
}

export function nameFields({ state, features }) {
  const own = Object.keys(state.value)
    .map((key) => (NAME.exec(key) || [])[1])
    .filter(Boolean);
  const codes = [...new Set([...languagesOf(features).slice(0, 2), ...own])];
  const box = el(
    "div.cmf-fields",
    {},
    codes.map((code) => nameField(state, code)),
  );
  return formGroup(
    "Other names",
    {},
    el(
      "div.cmf-fields",
      {},
      formField(state, {
        path: ["label"],
        label: "Short name on the map",
        hint: "If the name is long",
        wide: true,
      }),
    ),
    box,
    addLanguage(state, box, new Set(codes)),
  );
}

/**
 * @param {any} options {draft, say(text), state, vocabulary, bridges, layers, layer, onLayer(id), onKind(),
 *   layerOf(kind): where most of this kind are, or ""}
 */
export function kindFields({
  draft,
  say,
  state,
  vocabulary,
  bridges,
  layers,
  layer,
  onLayer,
  onKind,
  layerOf,
}) {
  let layered = false;
  let moded = Boolean(state.get(["mode"]));
  const mode = formField(state, {
    path: ["mode"],
    label: "Mode",
    blank: "None",
    choices: vocabulary.modes.filter(({ id }) => id !== "none" || state.get(["mode"]) === "none"),
  });
  mode.addEventListener("change", () => (moded = true));
  const bridge = formField(state, {
    path: ["bridge"],
    label: "Bridge it uses",
    blank: "None known",
    choices: bridges,
    wide: true,
    hint: "Both must have the same coordinates",
  });
  const suit = () =>
    (bridge.hidden = state.get(["kind"]) !== "border_crossing" && !state.get(["bridge"]));
  const kind = formField(state, {
    path: ["kind"],
    label: "Kind",
    required: true,
    choices: vocabulary.kinds,
  });
  const own = newKind({ draft, say, onMade: chooseMade });
  kind.append(own.opener);
  /** Choose a kind that was just made, as if it had been in the list. */
  function chooseMade(id) {
    const choice = /** @type {HTMLSelectElement} */ (elementIn(kind, "select"));
    const made = draft.form().kinds.find((one) => one.id === id);
    if (!vocabulary.kinds.some((one) => one.id === id)) vocabulary.kinds.push(made);
    const known = [...choice.options].find((option) => option.value === id);
    if (known) known.textContent = made.label;
    else choice.append(el("option", { value: id }, made.label));
    choice.value = id;
    choice.dispatchEvent(new Event("change", { bubbles: true }));
    choice.focus();
  }
  kind.addEventListener("change", () => {
    const usual = vocabulary.kinds.find(({ id }) => id === state.get(["kind"]))?.mode;
    if (!moded && usual) {
      state.set(["mode"], usual);
      const choice = mode.querySelector("select");
      if (choice) choice.value = usual;
    }
    const home = !layered && layerOf(state.get(["kind"]));
    if (home) {
      select.value = home;
      onLayer(home);
    }
    suit();
    onKind();
  });
  suit();
  const select = el(
    "select.cmf-input",
    { "aria-label": "Layer", name: "layer" },
    layers.map(({ id, title }) => el("option", { value: id }, title)),
  );
  select.value = layer;
  select.addEventListener("change", () => {
    layered = true;
    onLayer(select.value);
  });
  const where = el("div.cmf-field", {}, el("label.cmf-label", {}, "Layer", select));
  const countryNames = (codes) =>
    Array.isArray(codes) ? codes.map((code) => words.country(code)).join(", ") : "";
  return formGroup(
    "What it is",
    {},
    el(
      "div.cmf-fields",
      {},
      formField(state, {
        path: ["name"],
        label: "Name in English",
        required: true,
        wide: true,
        whole: true,
        lang: "en",
      }),
      where,
      kind,
      mode,
      own.element,
      formField(state, {
        path: ["countries"],
        label: "Countries",
        kind: "codes",
        echo: countryNames,
        hint: "Two-letter codes: AZ, IR",
      }),
      bridge,
    ),
  );
}

const KNOWN = new Set([
  "name",
  "label",
  "kind",
  "mode",
  "countries",
  "bridge",
  "position_quality",
  "uncertainty_m",
  "position_note",
  "position_sources",
  "status_history",
  "figures",
  "sources",
]);

/** What the form has no field for: shown, and kept as it is. */
export function otherProperties(properties) {
  const rows = Object.entries(properties).filter(([key]) => !KNOWN.has(key) && !NAME.test(key));
  if (!rows.length) return null;
  const cells = rows.map(([key, value]) => [
    el("dt.cmf-other-key", {}, key),
    el(
      "dd.cmf-other-value",
      { dir: "auto" },
      typeof value === "string" ? value : JSON.stringify(value),
    ),
  ]);
  return formGroup(
    "Other properties",
    { hint: "This form has no field for them. They are kept as they are." },
    el("dl.cmf-other", {}, cells),
  );
}
