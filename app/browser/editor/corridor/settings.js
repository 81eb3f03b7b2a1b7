/* The editor's panel of the corridor as a whole: its own words, days, extent and countries, and its
   layers. What may be set, and how each field is called, comes from the server. */
import { el, elementIn, fill } from "../../tools/dom.js";
import { idOf } from "../../tools/letters.js";
import { createFormState, formField, formGroup, formList } from "../features/fields.js";
import { createFormMessages, goToField } from "../features/messages.js";
import { countryField } from "./countries.js";
import { createLayers } from "./layers.js";

const clone = (value) => JSON.parse(JSON.stringify(value));
const DIGITS = 4;

/** A field as the server describes it. */
const fieldOf = (state, path, { label, hint, kind, required }, more = {}) =>
  formField(state, { path, label, hint, kind, required, whole: required, ...more });

function extentFields(state, described, ctx) {
  const box = el("div.cmc-extent");
  const draw = () =>
    fill(
      box,
      described.map((one, i) =>
        fieldOf(state, ["extent", i], { ...one, kind: "number", required: true }, { unit: "°" }),
      ),
    );
  draw();
  const take = el(
    "button.cmf-button",
    {
      onclick() {
        const bounds = ctx.leaflet.getBounds();
        const sides = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
        state.set(
          ["extent"],
          sides.map((degrees) => Number(degrees.toFixed(DIGITS))),
        );
        draw();
      },
    },
    "As on the map now",
  );
  return formGroup(
    "Extent",
    { path: ["extent"], hint: "What the map shows first, and pictures show. Degrees." },
    box,
    take,
  );
}

function dateFields(state, described) {
  return formGroup(
    "Named days",
    { path: ["dates"], hint: "Days that a reader can choose by their name." },
    formList({
      state,
      path: ["dates"],
      noun: "day",
      summary: ({ label, date }) => [el("bdi", {}, label || "A day"), date ? `, ${date}` : ""],
      fields: (at) => described.map((one) => fieldOf(state, [...at, one.key], one)),
      blank: () => ({ label: "", date: "" }),
    }),
  );
}

/** The form of the corridor itself. */
function corridorForm(ctx, onDirty) {
  const { form: words } = ctx.draft.base();
  const before = clone(ctx.draft.settings());
  const state = createFormState(clone(before));
  const save = el("button.cmf-button.is-main", { type: "submit" }, "Change");
  const drop = el("button.cmf-button", { onclick: () => onDirty(false) }, "Cancel");
  const countries = countryField({
    countries: words.countries,
    chosen: state.get(["countries"]) || [],
    label: "Countries",
    hint: "Their land is drawn lighter.",
    onChange: (codes) => state.set(["countries"], codes.length ? codes : undefined),
  });
  const node = el(
    "form.cmf-form.cmc-settings",
    { novalidate: true, autocomplete: "off", "aria-label": "The corridor" },
    el(
      "div.cmf-fields",
      {},
      words.corridor.map((one) => fieldOf(state, [one.key], one, { wide: true })),
    ),
    dateFields(state, words.date),
    extentFields(state, words.extent, ctx),
    countries.node,
  );
  const messages = createFormMessages(node);
  node.append(messages.element, el("div.cmf-actions", {}, save, drop));
  const unsent = () => state.changed();
  const tell = () => {
    drop.hidden = !unsent();
  };
  state.subscribe(tell);
  tell();

  /** Only what is changed is sent: the rest of the file may be changed by others. */
  function changes() {
    const now = clone(state.value);
    const taken = new Set((now.dates || []).map(({ id }) => id).filter(Boolean));
    for (const day of now.dates || []) {
      if (day.id) continue;
      day.id = idOf(day.label, "day", taken);
      taken.add(day.id);
    }
    const keys = [...new Set([...Object.keys(before), ...Object.keys(now)])];
    const other = keys.filter((key) => JSON.stringify(before[key]) !== JSON.stringify(now[key]));
    return Object.fromEntries(other.map((key) => [key, now[key] ?? null]));
  }

  async function send() {
    if (!unsent()) return true;
    messages.clear();
    save.disabled = true;
    const answer = await ctx.draft
      .push([{ op: "put_corridor", corridor: changes() }], "Change the corridor")
      .catch((error) => ({ ok: false, findings: [{ problem: error.message }] }));
    save.disabled = false;
    if (!answer.ok) {
      messages.show(answer.findings);
      return false;
    }
    ctx.say("The corridor is changed.");
    onDirty(false);
    return true;
  }
  node.addEventListener("submit", (event) => {
    event.preventDefault();
    send();
  });
  node.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.target instanceof HTMLInputElement)) return;
    event.preventDefault();
    if (event.ctrlKey || event.metaKey) send();
  });
  return { node, unsent, send, goTo: (field) => goToField(node, { field }) };
}

function create(ctx) {
  const box = el("div.cmc-corridor");
  const layers = createLayers(ctx);
  const element = el(
    "div.cmf-panel.cmc-panel",
    {},
    el("h3.cmc-head", {}, "Layers"),
    layers.node,
    el("h3.cmc-head", {}, "The corridor"),
    box,
  );
  /** @type {any} */
  let form = null;
  let shown = "";

  /** Show what the draft says now; what was written and not sent stays. */
  function draw(anew = false) {
    const said = JSON.stringify(ctx.draft.settings());
    if (form && !anew && (form.unsent() || said === shown)) return;
    shown = said;
    const held = box.contains(document.activeElement);
    form = corridorForm(ctx, () => draw(true));
    fill(box, form.node);
    if (held) elementIn(box, ".cmf-input")?.focus({ preventScroll: true });
  }

  return {
    element,
    shown(params) {
      draw();
      layers.draw();
      if (params?.field) form.goTo(params.field);
    },
    changed() {
      draw();
      layers.draw();
    },
    settle: async () => (!form || (await form.send())) && (await layers.settle()),
  };
}

export const corridorPanel = { id: "corridor", title: "Corridor", order: 50, create };
