/* Takes the article's text from the reader, by paste or file, and keeps it on this machine. */

import { el, freshId } from "../../tools/dom.js";
import { readArticleFile } from "./file.js";

/** Where the browser lets a page keep something; where it does not, the page's life is enough. */
function createKeep(key) {
  let kept = "";
  const storage = () => {
    try {
      return window.localStorage;
    } catch (error) {
      if (error instanceof DOMException) return null;
      throw error;
    }
  };
  const write = (text) => {
    kept = text;
    const store = storage();
    if (!store) return;
    try {
      if (text) store.setItem(key, text);
      else store.removeItem(key);
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
    }
  };
  return { read: () => kept || storage()?.getItem(key) || "", write };
}

/**
 * The form, and the text that it last took.
 * @param {(word: string) => void} use called with the text, or "" when it is removed
 */
export function createArticleText(corridorId, use) {
  const keep = createKeep(`corridormap-article-${corridorId}`);
  const id = freshId("text");
  const wrong = el("p.cmp-form-wrong", { role: "alert", hidden: true });
  const area = el("textarea.cmp-form-text", { id, rows: 8, spellcheck: "false" });
  const file = el("input.cmp-form-file", {
    type: "file",
    accept: ".txt,.md,text/plain",
    "aria-label": "Text file of the article",
  });
  const form = el(
    "form.cmp-form",
    { hidden: true },
    el(
      "label.cmp-form-label",
      { for: id },
      "Paste the article's text, or choose a file. It stays on this machine.",
    ),
    area,
    file,
    wrong,
    el(
      "div.cmp-form-foot",
      {},
      el("button.cmp-btn.is-main", { onclick: () => accept(area.value) }, "Mark its passages"),
      el("button.cmp-btn", { onclick: () => open(false) }, "Cancel"),
    ),
  );

  function say(problem) {
    wrong.textContent = problem;
    wrong.hidden = !problem;
  }

  function accept(text) {
    if (!text.trim()) return say("There is no text yet.");
    say("");
    keep.write(text);
    open(false);
    return use(text);
  }

  file.addEventListener("change", async () => {
    const [chosen] = file.files ?? [];
    if (!chosen) return;
    try {
      area.value = await readArticleFile(chosen);
      accept(area.value);
    } catch (error) {
      say(error.message);
    }
    // The same file, mended, can be chosen again.
    file.value = "";
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    open(false);
  });

  const opened = new Set();
  function open(on) {
    form.hidden = !on;
    if (on) area.focus();
    for (const listener of opened) listener(on);
  }
  return {
    form,
    open,
    onOpen: (listener) => opened.add(listener),
    text: keep.read,
    remove() {
      keep.write("");
      area.value = "";
      use("");
    },
  };
}
