/* Takes the article: pasted or as a file, with what is known of it. The server of this machine
   reads the file; nothing leaves the machine. */
import { el, fill, freshId } from "../../tools/dom.js";
import * as words from "../../tools/words.js";
import { leftOut } from "./left_out.js";

const ACCEPT = ".txt,.md,.html,.htm,.xhtml,.mhtml,.mht,.docx,.pdf";
const FIELDS = [
  ["title", "Title", "text", ""],
  ["author", "Author", "text", ""],
  ["publisher", "Publisher", "text", ""],
  ["date", "Date", "text", "2023-12-29"],
  ["url", "Address", "url", "https://…"],
];
const DATE = /^\d{4}(-\d{2}(-\d{2})?)?$/;

/** What a source of the corridor says, in the words of the form. */
function detailsOf(source) {
  if (!source) return { title: "", author: "", publisher: "", date: "", url: "" };
  const parts = (source.issued?.["date-parts"] || [])[0] || [];
  const names = (source.author || []).map(
    (one) => one.literal || [one.given, one.family].filter(Boolean).join(" "),
  );
  return {
    title: source.title || "",
    author: names.join(", "),
    publisher: source.publisher || source["container-title"] || "",
    date: parts.map((part, i) => String(part).padStart(i ? 2 : 4, "0")).join("-"),
    url: source.URL || "",
  };
}

/** The source with what the form says; keys that the form does not know stay. */
function sourceFrom(said, before, id) {
  const old = detailsOf(before);
  const source = before
    ? { ...before }
    : { id, type: "article-newspaper", title: "", language: "en" };
  const put = (key, value) => {
    if (value) source[key] = value;
    else delete source[key];
  };
  source.title = said.title || "Article without a title";
  if (said.publisher !== old.publisher)
    for (const key of ["publisher", "container-title"]) put(key, said.publisher);
  if (said.author !== old.author)
    put(
      "author",
      said.author ? said.author.split(/\s*[,;]\s*/).map((name) => ({ literal: name })) : "",
    );
  if (said.date !== old.date || !source.issued)
    source.issued = said.date
      ? { "date-parts": [said.date.split("-").map(Number)] }
      : { literal: "undated" };
  if (said.url !== old.url) put("URL", said.url);
  return source;
}

export { detailsOf, sourceFrom };

/**
 * @param {any} options {edit, details, text, claims: how many there are, onUse({text, sha256, said, isArticle}),
 *   onCancel, isFirst: there is no text yet}
 * @returns `{element, focus()}`
 */
export function giveArticle({ edit, details, text, claims, onUse, onCancel, isFirst }) {
  const id = freshId("give");
  const wrong = el("p.cma-wrong", { role: "alert", hidden: true });
  const choices = el("div.cma-choices", { hidden: true });
  const said = el("p.cma-said", { role: "status", hidden: true });
  const area = el("textarea.cma-area", { id, rows: 9, spellcheck: "false", dir: "auto" });
  area.value = text || "";
  const left = leftOut(area);
  const file = el("input.cma-file", {
    type: "file",
    accept: ACCEPT,
    id: `${id}-file`,
    onchange: () => take(file.files?.[0]),
  });
  const inputs = Object.fromEntries(
    FIELDS.map(([key, , type, placeholder]) => {
      const input = el("input.cma-input", {
        type: type === "url" ? "url" : "text",
        id: `${id}-${key}`,
        placeholder,
        autocomplete: "off",
      });
      input.value = details[key] || "";
      return [key, input];
    }),
  );
  const own = el("input", { type: "checkbox", id: `${id}-own` });
  own.checked = !claims;
  const use = el("button.cmp-btn.is-main", { onclick: accept }, "Use this text");
  const element = el(
    "form.cma-give",
    {},
    el("h3.cma-heading", {}, "Give the article"),
    el(
      "p.cma-hint",
      {},
      "The text stays on this machine: it is kept in this browser, not in the corridor.",
    ),
    el(
      "label.cma-label",
      { for: `${id}-file` },
      "File: text, web page (HTML, MHTML), Word (DOCX) or PDF with text",
    ),
    file,
    el("label.cma-label", { for: id }, "Or paste the text, a paragraph per line"),
    area,
    wrong,
    choices,
    said,
    left.element,
    el(
      "div.cma-fields",
      {},
      FIELDS.map(([key, label]) => [
        el("label.cma-label", { for: `${id}-${key}` }, label),
        inputs[key],
      ]),
    ),
    claims
      ? el(
          "p.cma-check",
          {},
          own,
          el(
            "label",
            { for: `${id}-own` },
            "The corridor's claims are taken from this very text (its fingerprint is stored)",
          ),
        )
      : null,
    el(
      "div.cma-foot",
      {},
      use,
      isFirst ? null : el("button.cmp-btn", { onclick: onCancel }, "Cancel"),
      isFirst && claims
        ? el(
            "button.cmp-text-button",
            { onclick: onCancel },
            `Go to the ${words.count(claims, "claim")} without the text`,
          )
        : null,
    ),
  );

  function say(problem) {
    wrong.textContent = problem || "";
    wrong.hidden = !problem;
  }

  async function read(body, query) {
    const answer = await edit.ask(`edit/article?${new URLSearchParams(query)}`, {
      method: "POST",
      body,
    });
    return answer.json();
  }

  async function take(given, encoding = "") {
    if (!given) return;
    say("");
    choices.hidden = true;
    said.hidden = true;
    left.hide();
    element.setAttribute("aria-busy", "true");
    try {
      show(await read(given, { name: given.name, encoding }), given.name);
    } catch (error) {
      say(error.message);
      if (error.told?.choices) offer(given, error.told.choices);
    } finally {
      element.removeAttribute("aria-busy");
      file.value = ""; // the same file, mended, can be chosen again
    }
  }

  /** Offer the encodings in which the file is a text, each with a piece of it. */
  function offer(given, list) {
    fill(
      choices,
      el("p.cma-label", {}, "In which of these can you read it?"),
      list.map((one) =>
        el(
          "button.cma-choice",
          { onclick: () => take(given, one.id) },
          el("bdi.cma-sample", {}, one.sample),
          el("span.cma-choice-label", {}, one.label),
        ),
      ),
    );
    choices.hidden = false;
    choices.querySelector("button")?.focus();
  }

  function show(reading, name) {
    area.value = reading.text;
    for (const [key] of FIELDS)
      if (reading[key] && !inputs[key].value) inputs[key].value = reading[key];
    const n = reading.text.split(/\s+/).length;
    fill(
      said,
      `Read ${name} as ${reading.form}: ${words.count(n, "word")}. ${reading.said.join(" ")} Look through the text, then use it.`,
    );
    said.hidden = false;
    left.show(reading);
  }

  async function accept() {
    const words = Object.fromEntries(FIELDS.map(([key]) => [key, inputs[key].value.trim()]));
    if (!area.value.trim()) return say("There is no text yet. Paste it, or choose a file.");
    if (words.date && !DATE.test(words.date))
      return say("Write the date as 2023, 2023-12 or 2023-12-29.");
    if (words.url && !/^https?:\/\//i.test(words.url))
      return say("The address must begin with http:// or https://.");
    use.disabled = true;
    try {
      const reading = await read(area.value, {});
      if (!words.title) words.title = reading.title;
      say(
        await onUse({
          text: reading.text,
          sha256: reading.sha256,
          said: words,
          isArticle: own.checked,
        }),
      );
    } catch (error) {
      say(error.message);
    } finally {
      use.disabled = false;
    }
    return undefined;
  }

  element.addEventListener("submit", (event) => event.preventDefault());
  element.addEventListener("dragover", (event) => event.preventDefault());
  element.addEventListener("drop", (event) => {
    event.preventDefault();
    event.stopPropagation(); // else the page would take it for a snapshot to be opened
    take(event.dataTransfer?.files[0]);
  });
  return { element, focus: () => area.focus({ preventScroll: true }) };
}
