/* The editor's panel "Features": the list, and the form of the one that is chosen in it or on the
   map. Keeps list, form, map and draft in step; draws no field and no shape itself. */

import { el, fill, icon } from "../../tools/dom.js";
import * as words from "../../tools/words.js";
import { createDrawing } from "../drawing/drawing.js";
import { featureForm } from "./form.js";
import { featureList } from "./list.js";
import { removeFeature } from "./remove.js";

/** The words of the form, as the server gives them. */
const vocabularyOf = (draft) => draft.form();

function create(ctx) {
  const drawing = createDrawing(ctx);
  const list = featureList({
    ctx,
    vocabulary: () => vocabularyOf(ctx.draft),
    onChoose: choose,
    onNew: () => openForm(null),
  });
  const element = el("div.cmf-panel", {}, list.element);
  /** @type {any} */
  let form = null;
  let layer = "";
  let as = "";
  let visible = false;
  let deaf = false;
  /** @type {any} */
  let left = null;

  const off = ctx.onState((state, before) => {
    const { selected } = state.view;
    if (!visible || deaf || drawing.active() || !selected || selected === before.view.selected)
      return;
    openChosen(selected);
  });

  /** Show a feature on the map: its layer on, and the view at it. */
  function select(id, { fly = true } = {}) {
    const shown = ctx.model.feature(id);
    const { layers, selected } = ctx.store.get().view;
    const order = ctx.model.document.layers.map((entry) => entry.id);
    const on =
      shown && !layers.includes(shown.layer)
        ? order.filter((one) => one === shown.layer || layers.includes(one))
        : layers;
    deaf = true;
    if (shown && (selected !== id || on !== layers))
      ctx.store.set({ claim: null, view: { selected: id, layers: on } });
    if (fly && shown && ctx.model.visible(ctx.store.get()).includes(shown)) ctx.map.show([id]);
    deaf = false;
  }

  function choose(id) {
    select(id);
    openForm(id);
  }

  /** A sign on the map was clicked: edit it, unless what was written would be lost. */
  function openChosen(id) {
    if (form && form.id === id) return;
    if (form?.unsent()) return ask(id);
    openForm(id);
  }

  function ask(id) {
    const other = ctx.draft.feature(id);
    if (!other) return;
    const name = other.feature.properties.name || id;
    const stay = () => {
      question.remove();
      form.focus();
    };
    element.querySelector(".cmf-question")?.remove();
    const question = el(
      "div.cmf-question",
      { role: "alertdialog", "aria-label": "Unfinished changes" },
      el(
        "p.cmf-question-head",
        {},
        "What you wrote about ",
        el("bdi", {}, form.name()),
        " is not on the map yet.",
      ),
      el(
        "div.cmf-actions",
        {},
        el("button.cmf-button.is-main", { onclick: stay }, "Go on with it"),
        el(
          "button.cmf-button",
          { onclick: () => openForm(id) },
          "Leave it and edit ",
          el("bdi", {}, name),
        ),
      ),
    );
    element.prepend(question);
    question.querySelector("button")?.focus();
  }

  const top = () => (element.parentElement || element).scrollTo(0, 0);

  function header(title, id) {
    return el(
      "div.cmf-head",
      {},
      el(
        "button.cmf-back",
        { onclick: leave, "aria-label": "Back to all features" },
        icon("down", 14),
      ),
      el(
        "div.cmf-head-text",
        {},
        el("h3.cmf-title", { dir: "auto" }, title),
        el("p.cmf-id", {}, id),
      ),
    );
  }

  function closeForm() {
    if (form) form.destroy();
    form = null;
  }

  function openForm(id) {
    closeForm();
    const found = id ? ctx.draft.feature(id) : null;
    if (id && !found) return showList(null);
    layer = found ? found.layer : firstLayer();
    as = found ? JSON.stringify(found.feature) : "";
    form = featureForm({
      ctx,
      drawing,
      vocabulary: vocabularyOf(ctx.draft),
      layer,
      feature: found?.feature,
      onDone: done,
      onCancel: leave,
      onRemove: () => askRemove(found),
    });
    const title = ctx.draft.layers().find((entry) => entry.id === layer)?.title || layer;
    fill(
      element,
      header(
        id ? form.name() : "New feature",
        id ? `${title} · ${id}` : "Draw it or write its coordinates, then say what it is.",
      ),
      form.element,
    );
    top();
    (id ? element.querySelector(".cmf-back") : form).focus({ preventScroll: true });
    return undefined;
  }

  const firstLayer = () => {
    const selected = ctx.model.feature(ctx.store.get().view.selected);
    return selected ? selected.layer : ctx.draft.layers()[0]?.id;
  };

  function askRemove(found) {
    const question = removeFeature({
      ctx,
      layer: found.layer,
      feature: ctx.draft.feature(found.feature.id).feature,
      onDone: () => {
        closeForm();
        showList(null);
        list.focusButton();
      },
      onCancel() {
        question.remove();
        form.focus();
      },
    });
    element.querySelector(".cmf-question")?.remove();
    element.prepend(question);
    top();
    question.querySelector("button")?.focus();
  }

  function showList(id) {
    left = ctx.store.get().view.selected;
    fill(element, list.element);
    list.draw();
    if (id) list.focusRow(id);
    else list.focus();
  }

  /** Back to the list; what was written and not sent is asked about first. */
  function leave() {
    const id = form?.id;
    if (form?.unsent() && !element.querySelector(".cmf-question")) return askLeave(id);
    closeForm();
    return showList(id);
  }

  function askLeave(id) {
    const question = el(
      "div.cmf-question",
      { role: "alertdialog", "aria-label": "Unfinished changes" },
      el("p.cmf-question-head", {}, "Leave without these changes?"),
      el(
        "div.cmf-actions",
        {},
        el(
          "button.cmf-button.is-main",
          {
            onclick: () => {
              question.remove();
              form.focus();
            },
          },
          "Go on with them",
        ),
        el(
          "button.cmf-button",
          {
            onclick: () => {
              closeForm();
              showList(id);
            },
          },
          "Leave without them",
        ),
      ),
    );
    element.prepend(question);
    top();
    question.querySelector("button")?.focus();
  }

  function done(id) {
    closeForm();
    select(id, { fly: false });
    showList(id);
    const made = ctx.model.feature(id);
    const { date } = ctx.store.get().view;
    if (made && !ctx.model.phaseAt(made, date)) {
      ctx.say(
        `${made.name} is in its layer.`,
        `The map shows it from ${words.dateShort(made.phases[0].since)} on: move the date to see it.`,
      );
    }
  }

  element.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || !form) return;
    event.preventDefault();
    event.stopPropagation();
    const question = element.querySelector(".cmf-question");
    if (question) {
      question.remove();
      form.focus();
    } else leave();
  });

  function changed() {
    if (!visible) return undefined;
    if (!form) return list.draw();
    if (form.isNew) return undefined;
    const found = ctx.draft.feature(form.id);
    const now = found ? JSON.stringify(found.feature) : "";
    if (now === as || form.unsent()) return undefined;
    if (found) return openForm(form.id);
    closeForm();
    return showList(null);
  }

  /** Before a save: what is written in the form belongs to it. @returns whether it was taken */
  async function settle() {
    if (!form?.unsent()) return true;
    ctx.openPanel("features");
    const taken = await form.send();
    if (!taken) ctx.say("Not saved: the form has something to mend.");
    return taken;
  }

  /** A page that is left takes an unfinished form with it. */
  const unload = (event) => form?.unsent() && event.preventDefault();
  window.addEventListener("beforeunload", unload);

  list.draw();
  return {
    element,
    changed,
    settle,
    shown(params) {
      visible = true;
      changed();
      if (form) form.look();
      if (params?.create && !form) return openForm(null);
      const { selected } = ctx.store.get().view;
      // What one has just left is not opened again by itself.
      const wanted = params?.feature || (form || selected === left ? null : selected);
      if (wanted) openChosen(wanted);
      if (params?.field && form?.id === wanted) form.goTo(params.field);
      return undefined;
    },
    hidden() {
      visible = false;
      drawing.settle();
      drawing.stop();
    },
    destroy() {
      off();
      window.removeEventListener("beforeunload", unload);
      closeForm();
      drawing.stop();
    },
  };
}

const featuresPanel = { id: "features", title: "Features", order: 10, create };

export { featuresPanel };
