/* Asks where the data of a new layer is from: a known source, a new one, or one named later. */

import { el } from "../../tools/dom.js";
import { cut, select, text } from "./inputs.js";

const DATE = /^\d{4}(-\d{2}(-\d{2})?)?$/;

/**
 * @param {string} label @param {any[]} sources {id, title} of the draft
 * @param {{ id?: string }} [last] the one of the layer before: it stands first
 * @returns `{node, choose(source), value(), faulty(): Element|null}`
 */
export function createSourceFields(label, sources, last) {
  const first = (one) => (one.id === last?.id ? 0 : 1);
  const pairs = [...sources]
    .sort((a, b) => first(a) - first(b))
    .map(({ id, title }) => [`s${id}`, cut(`${id}: ${title || ""}`)]);
  const which = select(label, [
    ...pairs,
    ["new", "A new source…"],
    ["later", "Not known yet: to be named later"],
  ]);
  which.input.value = "new";
  const parts = {
    publisher: text("Publisher", "", null, { placeholder: "Ministry of Transport" }),
    title: text("Title of the source", "", null, { placeholder: "Roads of the province" }),
    date: text("Date of the source", "", null, { placeholder: "2023-05-02, or undated" }),
    url: text("Web address", "", null, {
      placeholder: "https://…; empty if there is none",
      dir: "ltr",
    }),
  };
  const box = el(
    "div.cmp-add-inner",
    {},
    Object.values(parts).map(({ node }) => node),
  );
  const fit = () => (box.hidden = which.input.value !== "new");
  which.input.addEventListener("change", fit);
  return {
    node: el("div.cmp-add-source", {}, which.node, box),
    choose(source) {
      which.input.value = source.later ? "later" : `s${source.id}`;
      fit();
    },
    value() {
      const chosen = which.input.value;
      if (chosen === "later") return { later: true };
      if (chosen !== "new") return { id: chosen.slice(1) };
      return Object.fromEntries(
        Object.entries(parts).map(([key, part]) => [key, part.input.value.trim()]),
      );
    },
    /** @returns {Element|null} the first field that is not filled as it must be */
    faulty() {
      const isNew = which.input.value === "new";
      const wrong = (key, bad, words) =>
        parts[key].say(isNew && bad(parts[key].input.value.trim()) ? words : "");
      wrong("publisher", (v) => !v, "Write who published it.");
      wrong("title", (v) => !v, "Write its title.");
      wrong(
        "date",
        (v) => v !== "undated" && !DATE.test(v),
        "Write 2023, 2023-05, 2023-05-02 or undated.",
      );
      wrong(
        "url",
        (v) => v && !/^https?:\/\/\S+$/i.test(v),
        "Write an address that begins with https://, or nothing if there is none.",
      );
      return isNew
        ? Object.values(parts)
            .map(({ input }) => input)
            .find((input) => input.getAttribute("aria-invalid") === "true")
        : null;
    },
  };
}
