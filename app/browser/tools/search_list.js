/* A search field with a list below it: arrows move in the list, Enter takes. Knows nothing of what
   is searched. */

import { el, fill, freshId } from "./dom.js";

const SHOWN = 8;

/**
 * @template T
 * @param {{
 *   name: string, placeholder: string, found: string, className: string,
 *   hits: (text: string) => T[], row: (hit: T) => any[],
 *   more: (n: number) => string, none: string, onTake: (hit: T) => void,
 * }} options its accessible name, that of the list, the field's class; what the text finds, and how
 *   a row of it is written
 * @returns `{input, list, refresh()}`
 */
export function searchList({ name, placeholder, found, className, hits, row, more, none, onTake }) {
  const listId = freshId("found");
  /** @type {T[]} */
  let shown = [];
  let at = -1;
  const input = el(`input.${className}`, {
    type: "text",
    role: "combobox",
    autocomplete: "off",
    spellcheck: "false",
    "aria-expanded": "false",
    "aria-controls": listId,
    "aria-autocomplete": "list",
    "aria-label": name,
    placeholder,
  });
  const list = el("ul.cmp-found", {
    id: listId,
    role: "listbox",
    "aria-label": found,
    hidden: true,
  });

  function mark(next) {
    at = next;
    [...list.children].forEach((node, i) => node.setAttribute("aria-selected", String(i === at)));
    const node = list.children[at];
    if (node) node.scrollIntoView({ block: "nearest" });
    if (node?.id) input.setAttribute("aria-activedescendant", node.id);
    else input.removeAttribute("aria-activedescendant");
  }
  function close() {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    mark(-1);
  }
  function open(keep = 0) {
    const all = hits(input.value);
    shown = all.slice(0, SHOWN);
    const rows = shown.map((hit) =>
      el(
        "li.cmp-hit",
        {
          id: freshId("hit"),
          role: "option",
          "aria-selected": "false",
          onpointerdown(event) {
            event.preventDefault();
            take(hit);
          },
        },
        ...row(hit),
      ),
    );
    const left = all.length - shown.length;
    const note = all.length ? left && more(left) : none;
    fill(list, rows, note ? el("li.cmp-found-note", { role: "presentation" }, note) : null);
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    mark(input.value && shown.length ? Math.min(keep, shown.length - 1) : -1);
  }
  function take(hit) {
    input.value = "";
    close();
    onTake(hit);
  }
  input.addEventListener("focus", () => open());
  // What is searched for is no change of the form it stands in.
  input.addEventListener("input", (event) => {
    event.stopPropagation();
    open();
  });
  input.addEventListener("change", (event) => event.stopPropagation());
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      if (list.hidden) open();
      mark(Math.max(0, Math.min(shown.length - 1, at + step)));
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (!list.hidden && shown[at]) take(shown[at]);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      event.stopPropagation();
      close();
    }
  });
  /** Look again: what comes later than the typing, such as a server's answer, is there now. */
  const refresh = () => !list.hidden && open(at);
  return { input, list, refresh };
}
