/* The choice of the language in which the map names its features. */
import { el } from "./dom.js";

/**
 * @param {Model} model @param {Store} store
 * @returns `{select, update(state)}`; `select` is null where the features have names in no other
 */
export function languageChoice(model, store) {
  const all = model.document.label_languages;
  if (all.length < 2) return { select: null, update() {} };
  const select = el(
    "select.cmp-select",
    { onchange: () => store.set({ view: { label_language: select.value } }) },
    all.map(({ code, title }) => el("option", { value: code }, title)),
  );
  return { select, update: (state) => (select.value = state.view.label_language) };
}
