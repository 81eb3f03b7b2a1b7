/* The small form of a new source: publisher, title, date, address. Adds it to the draft as CSL-JSON;
   which features lean on it is not decided here. */

import { el } from "../../tools/dom.js";
import { createFormState, formField } from "./fields.js";
import { createFormMessages } from "./messages.js";
import * as sourceWords from "./source_words.js";

const DATE = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/;
const TYPES = [
  { id: "webpage", label: "Web page" },
  { id: "article-newspaper", label: "News article" },
  { id: "report", label: "Report" },
  { id: "article-journal", label: "Journal article" },
  { id: "book", label: "Book" },
  { id: "dataset", label: "Data" },
  { id: "legislation", label: "Law or agreement" },
  { id: "map", label: "Map" },
];

/** The next id in the way the corridor's own are made: S220 after S219. */
function nextId(sources) {
  const numbered = sources.map(({ id }) => /^([A-Za-z]+-?)(\d+)$/.exec(id)).filter(Boolean);
  const counts = new Map();
  for (const [, stem] of numbered) counts.set(stem, (counts.get(stem) || 0) + 1);
  const [stem] = [...counts].sort((a, b) => b[1] - a[1])[0] || ["S"];
  const used = numbered.filter(([, own]) => own === stem).map(([, , n]) => Number(n));
  return `${stem}${Math.max(0, ...used) + 1}`;
}

/** What was typed as a date of CSL: parts, or the words as they are. */
function cslDate(text) {
  const said = String(text || "").trim();
  const match = DATE.exec(said);
  if (match) return { "date-parts": [match.slice(1).filter(Boolean).map(Number)] };
  return { literal: said || "undated" };
}

function cslOf(said, id) {
  const source = { id, type: said.type || "webpage", title: said.title || "" };
  if (said.author) source.author = [{ literal: said.author }];
  if (said.publisher) source.publisher = said.publisher;
  source.issued = cslDate(said.issued);
  if (said.accessed) source.accessed = cslDate(said.accessed);
  if (said.URL) source.URL = said.URL;
  if (said.language) source.language = said.language;
  if (said.note) source.note = said.note;
  return source;
}

/** What a source must have before it is sent; the server checks the rest. */
function missing(said) {
  const found = [];
  if (!said.title)
    found.push({
      field: "title",
      problem: "'title' is empty",
      remedy: "Write the title of the page or paper.",
    });
  if (!said.publisher && !said.author) {
    found.push({
      field: "publisher",
      problem: "'publisher' is empty",
      remedy: "Write who published it, or its author.",
    });
  }
  if (said.issued && !DATE.test(said.issued)) {
    found.push({
      field: "issued",
      problem: `'issued' is '${said.issued}', which is no date`,
      remedy: "Write 2023, 2023-12 or 2023-12-29, or leave it empty for “undated”.",
    });
  }
  if (said.URL && !/^https?:\/\/[^\s<>"]+$/i.test(said.URL)) {
    found.push({
      field: "URL",
      problem: "'URL' is no web address",
      remedy: "Write it whole, with http:// or https://, or leave it empty.",
    });
  }
  return found;
}

/**
 * @param {any} options {ctx, onClose(id|null)}
 * @returns the form's element
 */
export function newSource({ ctx, onClose }) {
  const today = new Date().toISOString().slice(0, 10);
  const state = createFormState({ type: "webpage", accessed: today });
  const field = (path, label, more) => formField(state, { path: [path], label, ...more });
  const save = el("button.cmf-button.is-main", { onclick: send }, "Add this source");
  const cancel = el("button.cmf-button", { onclick: () => onClose(null) }, "Cancel");
  const fields = el(
    "div.cmf-fields",
    {},
    field("publisher", "Publisher", { required: true }),
    field("title", "Title", { required: true, wide: true }),
    field("author", "Author"),
    field("issued", "Date", {
      hint: "2023, 2023-12 or 2023-12-29; empty if undated",
      placeholder: "undated",
    }),
    field("URL", "Address (URL)", { wide: true }),
    field("accessed", "Checked on"),
    field("type", "Kind of source", { choices: TYPES, required: true }),
    field("note", "Note", { wide: true }),
  );
  const form = el(
    "div.cmf-sub",
    { role: "group", "aria-label": "New source" },
    el("p.cmf-sub-title", {}, "New source"),
    fields,
  );
  const messages = createFormMessages(form, "Not added");
  form.append(messages.element, el("div.cmf-actions", {}, save, cancel));

  async function send() {
    const wrong = missing(state.value);
    if (wrong.length) return messages.show(wrong);
    const source = cslOf(state.value, nextId(sourceWords.listed(ctx.draft.sources())));
    save.disabled = true;
    const { ok, findings } = await ctx.draft
      .push([{ op: "put_source", source, was: null }], `Add source ${source.id}`)
      .catch((error) => ({ ok: false, findings: [{ problem: error.message }] }));
    save.disabled = false;
    if (!ok) return messages.show(findings);
    ctx.say(`Source ${source.id} added`);
    return onClose(source.id);
  }

  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented) {
      event.preventDefault();
      event.stopPropagation();
      onClose(null);
    } else if (event.key === "Enter" && event.target instanceof HTMLInputElement) {
      event.preventDefault();
      event.stopPropagation();
      send();
    }
  });
  // The fields of a source are no fields of the feature around it.
  for (const type of ["input", "change"])
    form.addEventListener(type, (event) => event.stopPropagation());
  return form;
}
