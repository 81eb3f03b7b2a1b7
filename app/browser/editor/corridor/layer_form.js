/* The form of one layer: what it is called, where it is listed, and its colours, with its signs as
   they would be drawn and as colour-blind readers would see them. */
import { swatch } from "../../map/signs/swatch.js";
import { el, elementIn, fill, freshId } from "../../tools/dom.js";
import { idOf } from "../../tools/letters.js";
import { createFormState, formField } from "../features/fields.js";
import { createFormMessages } from "../features/messages.js";
import { seen, VISIONS } from "./colours.js";

const HEX = /^#[0-9a-f]{6}$/i;
const MOST_SIGNS = 4;
const clone = (value) => JSON.parse(JSON.stringify(value));

/** The colour that a layer is drawn in: its own, or that of the palette. */
export function colorOf(ctx, id) {
  const drawn = ctx.model.document.layers.find((layer) => layer.id === id);
  return ctx.draft.look(id).color || drawn?.color || "#000000";
}

/** The signs that a layer's features have, the commonest first. */
function signsOf(ctx, id) {
  const counts = new Map();
  for (const feature of ctx.model.document.features) {
    if (feature.layer !== id) continue;
    for (const { sign } of feature.phases) counts.set(sign, (counts.get(sign) || 0) + 1);
  }
  const drawn = ctx.model.document.layers.find((layer) => layer.id === id);
  if (!counts.size && drawn) counts.set(drawn.swatch, 1);
  return [...counts].sort((a, b) => b[1] - a[1]).map(([key]) => key);
}

/** A sign in another colour. */
function recoloured(sign, from, to) {
  return JSON.parse(JSON.stringify(sign).replaceAll(from.toUpperCase(), to.toUpperCase()));
}

function groupsOf(draft) {
  const groups = draft.settings().groups || [];
  if (groups.length) return groups;
  // A corridor whose file names none has one, called as the page calls it.
  const ids = [...new Set(draft.layers().map((layer) => layer.group || "layers"))];
  return ids.map((id) => ({ id, title: "Layers" }));
}

/** A field for a colour: chosen from a palette or written. */
function colourField(state, { key, label, hint, required }) {
  const field = formField(state, { path: [key], label, hint, required, whole: required });
  const input = /** @type {HTMLInputElement} */ (elementIn(field, ".cmf-input"));
  const pick = el("input.cmc-pick", {
    type: "color",
    "aria-label": `${label}: choose`,
    oninput() {
      input.value = pick.value.toUpperCase();
      input.dispatchEvent(new Event("input", { bubbles: true }));
    },
  });
  const follow = () => {
    pick.value = HEX.test(input.value) ? input.value.toLowerCase() : pick.value;
  };
  if (HEX.test(input.value)) follow();
  input.addEventListener("input", follow);
  const row = el("div.cmc-colour");
  input.replaceWith(row);
  row.append(input, pick);
  return field;
}

/**
 * @param {any} layer as the draft has it
 * @param {any} on {colours(color) while one is chosen, done(), remove()}
 */
export function layerForm(ctx, layer, on) {
  const { draft } = ctx;
  const words = new Map(draft.base().form.layer.map((one) => [one.key, one]));
  const groups = groupsOf(draft);
  const titled = (id) => groups.find((group) => group.id === id)?.title || "";
  const look = draft.look(layer.id);
  const first = colorOf(ctx, layer.id);
  const before = {
    title: layer.title,
    group: titled(layer.group || groups.at(-1)?.id),
    visible: layer.visible !== false,
    color: first,
    ...(look.label_color ? { label_color: look.label_color } : {}),
  };
  const state = createFormState(clone(before));
  const field = (key, more = {}) => {
    const { label, hint, required } = words.get(key);
    return formField(state, { path: [key], label, hint, required, whole: required, ...more });
  };
  const shownId = freshId("visible");
  const visible = el("input.cmc-check", {
    id: shownId,
    type: "checkbox",
    checked: before.visible,
    onchange: () => state.set(["visible"], visible.checked),
  });
  const preview = el("div.cmc-preview", { "aria-hidden": "true" });
  const save = el("button.cmf-button.is-main", { type: "submit" }, "Change");
  const cancel = el("button.cmf-button", { onclick: on.done }, "Close");
  const node = el(
    "form.cmf-form.cmc-layer-form",
    { novalidate: true, autocomplete: "off", "aria-label": `Layer ${layer.title}` },
    el(
      "div.cmf-fields",
      {},
      field("title", { wide: true }),
      field("group", { wide: true, suggestions: groups.map(({ title }) => title) }),
      el(
        "label.cmc-visible",
        { for: shownId },
        visible,
        el("span.cmc-visible-text", {}, words.get("visible").label),
      ),
      colourField(state, words.get("color")),
      colourField(state, words.get("label_color")),
      preview,
    ),
  );
  const messages = createFormMessages(node);
  node.append(
    messages.element,
    el(
      "div.cmf-actions",
      {},
      save,
      cancel,
      el("span.cmf-fill"),
      el("button.cmf-text-button.is-danger", { onclick: on.remove }, "Delete …"),
    ),
  );
  const signs = signsOf(ctx, layer.id).slice(0, MOST_SIGNS);
  const drawn = ctx.model.document.layers.find((one) => one.id === layer.id)?.color || first;

  /** The layer's signs in a colour, for each sort of eyes. */
  function draw() {
    const color = state.get(["color"]);
    if (!HEX.test(color || "")) return fill(preview);
    return fill(
      preview,
      VISIONS.map(({ label, matrix }) =>
        el(
          "div.cmc-eyes",
          {},
          el(
            "span.cmc-eyes-signs",
            {},
            signs.map((key) => {
              const sign = ctx.model.sign(key);
              const made = sign && recoloured(sign, drawn, seen(color, matrix));
              return swatch(/** @type {any} */ ({ sign: () => made }), key, 30, 18);
            }),
          ),
          el("span.cmc-eyes-label", {}, label),
        ),
      ),
    );
  }
  draw();

  const unsent = () => state.changed();
  state.subscribe((path) => {
    fill(cancel, unsent() ? "Cancel" : "Close");
    if (path[0] !== "color") return;
    draw();
    on.colours(state.get(["color"]) || "");
  });

  /** What is changed, and a group that there was not yet. */
  function operations() {
    const now = state.value;
    const changed = Object.keys({ ...before, ...now }).filter((key) => before[key] !== now[key]);
    const put = Object.fromEntries(changed.map((key) => [key, now[key] ?? null]));
    const ops = [];
    if (put.group) {
      const known = groups.find(({ title }) => title === put.group);
      const taken = new Set(groups.map(({ id }) => id));
      const id = known?.id || idOf(put.group, "group", taken);
      if (!known)
        ops.push({
          op: "put_corridor",
          corridor: { groups: [...groups, { id, title: put.group }] },
        });
      put.group = id;
    } else delete put.group;
    return Object.keys(put).length
      ? [...ops, { op: "put_layer", layer: { id: layer.id, ...put } }]
      : ops;
  }

  async function send() {
    const ops = operations();
    if (!ops.length) {
      on.done();
      return true;
    }
    messages.clear();
    save.disabled = true;
    const answer = await draft
      .push(ops, `Change ${layer.title}`)
      .catch((error) => ({ ok: false, findings: [{ problem: error.message }] }));
    save.disabled = false;
    if (!answer.ok) {
      messages.show(answer.findings);
      return false;
    }
    ctx.say(`${state.get(["title"])} is changed.`);
    on.done(layer.id);
    return true;
  }
  node.addEventListener("submit", (event) => {
    event.preventDefault();
    send();
  });

  return {
    id: layer.id,
    node,
    unsent,
    send,
    focus: () => elementIn(node, ".cmf-input")?.focus({ preventScroll: true }),
  };
}
