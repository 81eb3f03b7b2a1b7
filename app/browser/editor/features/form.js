/* The form of one feature: its parts one below the other, the messages, and the change it makes to
   the draft. The geometry is drawn by others; the list of features is not here. */

import { el, elementIn, fill } from "../../tools/dom.js";
import { idOf } from "../../tools/letters.js";
import { createFormState, formGroup } from "./fields.js";
import { figureFields, historyFields, inOrder } from "./history.js";
import { createFormMessages, goToField } from "./messages.js";
import { moveOperations } from "./move.js";
import { kindFields, nameFields, otherProperties } from "./names.js";
import { placeFields } from "./place.js";
import { sourcePicker } from "./sources.js";

const clone = (value) => JSON.parse(JSON.stringify(value));

function allFeatures(draft) {
  return draft.layers().flatMap((layer) => draft.features(layer.id));
}

/** The layer that holds the most features of a kind. */
function layerOfKind(draft, kind) {
  const counts = draft.layers().map(({ id }) => {
    const own = draft
      .features(id)
      .filter(({ properties }) => properties && properties.kind === kind);
    return { id, n: own.length };
  });
  const [most] = counts.sort((a, b) => b.n - a.n);
  return most?.n ? most.id : "";
}

/**
 * @param {any} options {ctx, drawing, vocabulary, layer, feature: null for a new one,
 *   onDone(id), onCancel(), onRemove()}
 * @returns `{element, id, isNew, unsent(), look(), destroy()}`
 */
export function featureForm(options) {
  const { ctx, drawing, vocabulary, feature, onDone, onCancel, onRemove } = options;
  const isNew = !feature;
  let layer = options.layer;
  const features = allFeatures(ctx.draft);
  const state = createFormState(isNew ? {} : clone(feature.properties || {}));
  const bridges = features
    .filter((other) => other.properties && other.properties.kind === "bridge")
    .map((other) => ({ id: other.id, label: `${other.properties.name} (${other.id})` }));

  const place = placeFields({
    ctx,
    state,
    drawing,
    vocabulary,
    geometry: isNew ? null : feature.geometry,
    id: isNew ? null : feature.id,
    onChange: tell,
  });
  const parts = { ctx, state, vocabulary };
  const save = el(
    "button.cmf-button.is-main",
    { type: "submit" },
    isNew ? "Add to the map" : "Change",
  );
  const cancel = el("button.cmf-button", { onclick: onCancel }, isNew ? "Cancel" : "Close");
  const note = el("span.cmf-fill");
  const remove = isNew
    ? null
    : el("button.cmf-text-button.is-danger", { onclick: onRemove }, "Delete …");
  const form = el(
    "form.cmf-form",
    {
      novalidate: true,
      autocomplete: "off",
      "aria-label": isNew ? "New feature" : `Edit ${state.get(["name"]) || feature.id}`,
    },
    kindFields({
      draft: ctx.draft,
      say: ctx.say,
      state,
      vocabulary,
      bridges,
      layers: ctx.draft.layers(),
      layer,
      onLayer(id) {
        layer = id;
        tell();
      },
      onKind: () => place.kindChanged(),
      layerOf: (kind) => (isNew ? layerOfKind(ctx.draft, kind) : ""),
    }),
    place.element,
    formGroup(
      "Sources",
      {
        hint: isNew
          ? "What the feature rests on. An event or a figure without its own has these."
          : "What the feature as a whole rests on.",
      },
      sourcePicker({ ctx, state, path: ["sources"], required: true }),
    ),
    historyFields(parts),
    figureFields(parts),
    nameFields({ state, features }),
    isNew ? null : otherProperties(state.value),
  );
  const messages = createFormMessages(form, isNew ? "Not added" : "Not changed");
  const foot = el(
    "div.cmf-foot",
    {},
    messages.element,
    el("div.cmf-actions", {}, save, cancel, note, remove),
  );
  form.append(foot);

  const moved = () => !isNew && layer !== options.layer;
  const unsent = () =>
    state.changed() || place.changed() || moved() || Boolean(place.problem()) || drawing.active();
  function tell() {
    fill(cancel, unsent() || isNew ? "Cancel" : "Close");
    fill(note, unsent() ? "Not on the map yet" : "");
  }
  state.subscribe(tell);

  /** The feature as the file will have it: unknown members and keys stay. */
  function written() {
    const taken = new Set(features.map((other) => other.id));
    const id = isNew ? idOf(state.get(["name"]), state.get(["kind"]), taken) : feature.id;
    const base = isNew ? { type: "Feature" } : clone(feature);
    delete base.properties;
    delete base.geometry;
    const properties = clone(state.value);
    // Said above the sources of a new feature; what was there before is not given any unasked.
    for (const key of isNew ? ["status_history", "figures"] : [])
      for (const one of properties[key] || [])
        if (!one.sources?.length && properties.sources?.length)
          one.sources = [...properties.sources];
    if (properties.status_history) properties.status_history = inOrder(properties.status_history);
    return { ...base, id, geometry: place.geometry(), properties };
  }

  /** Bring what was written to the draft. @returns whether it was taken */
  async function send() {
    drawing.settle();
    if (place.problem()) {
      place.focusProblem();
      return false;
    }
    if (!isNew && !unsent()) {
      onCancel();
      return true;
    }
    const next = written();
    const label = `${isNew ? "Add" : "Change"} ${state.get(["name"]) || next.id}`;
    const put = { op: "put_feature", layer, feature: next };
    const ops = moved()
      ? moveOperations(ctx.draft, next, options.layer, layer)
      : [isNew ? { ...put, was: null } : put];
    messages.clear();
    save.disabled = true;
    form.setAttribute("aria-busy", "true");
    const answer = await ctx.draft.push(ops, label).catch((error) => ({
      ok: false,
      findings: [{ problem: error.message, remedy: "Try again." }],
    }));
    save.disabled = false;
    form.removeAttribute("aria-busy");
    if (!answer.ok) {
      messages.show(answer.findings || []);
      return false;
    }
    drawing.stop();
    ctx.say(`${state.get(["name"])} ${isNew ? "added" : "changed"}`);
    onDone(next.id);
    return true;
  }
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send();
  });
  form.addEventListener("keydown", (event) => {
    // Enter in one of many fields must not send the whole form by accident.
    if (
      event.key === "Enter" &&
      event.target instanceof HTMLInputElement &&
      !event.ctrlKey &&
      !event.metaKey
    )
      event.preventDefault();
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) send();
  });
  place.look();

  return {
    element: form,
    id: isNew ? null : feature.id,
    isNew,
    name: () => state.get(["name"]) || (isNew ? "the new feature" : feature.id),
    unsent,
    send,
    look: place.look,
    /** @param {string} field as a finding names it */
    goTo: (field) => goToField(form, { field }),
    focus: () => elementIn(form, ".cmf-input")?.focus({ preventScroll: true }),
    destroy: () => drawing.stop(),
  };
}
