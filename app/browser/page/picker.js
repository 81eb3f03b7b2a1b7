/* The page's title as a button that opens the list of the server's corridors. Each entry is a
   link to that corridor's page, so it can be opened in a window of its own too. */
import { el, elementIn, freshId, icon } from "../tools/dom.js";
import { roving } from "../tools/keyboard.js";

function entry(one, { shown, address }) {
  const current = one.id === shown ? "page" : null;
  return el(
    "li.cmp-pick-entry",
    {},
    el(
      "a.cmp-pick-link",
      { href: address(one.id), "aria-current": current },
      el("span.cmp-pick-name", { dir: "auto" }, one.title),
      one.problem
        ? el("span.cmp-pick-problem", { dir: "auto" }, `Cannot be opened: ${one.problem}`)
        : null,
    ),
  );
}

/** The last entry: what makes one more. */
function newEntry(make, failed) {
  const open = ({ target }) => {
    const root = target.closest(".corridormap");
    target.closest("[popover]").hidePopover();
    make(root).catch(failed);
  };
  return el(
    "li.cmp-pick-entry.is-new",
    {},
    el("button.cmp-pick-link", { onclick: open }, "New corridor…"),
  );
}

/** Open under the button, as wide as the screen lets it be. */
function place(list, button) {
  const { left, bottom } = button.getBoundingClientRect();
  list.style.left = `${Math.round(left)}px`;
  list.style.top = `${Math.round(bottom + 6)}px`;
  list.style.maxHeight = `calc(100dvh - ${Math.round(bottom + 18)}px)`;
}

/**
 * @param {string} title of the corridor that is shown
 * @param {any} corridors {shown: string, all: object[], address(id: string): string, make?(root)}
 * @param {(error: Error) => void} failed hears why no new one can be made
 * @returns `{title: Element, node: Element}|null` null if there is nothing to choose
 */
export function createPicker(title, corridors, failed) {
  if (!corridors || (corridors.all.length < 2 && !corridors.make)) return null;
  const entries = el(
    "ul.cmp-pick-list",
    {},
    ...corridors.all.map((one) => entry(one, corridors)),
    corridors.make ? newEntry(corridors.make, failed) : null,
  );
  const node = el(
    "nav.cmp-pick",
    { id: freshId("corridors"), "aria-label": "Corridors", popover: "auto" },
    entries,
  );
  const button = el(
    "button.cmp-pick-button",
    { "aria-expanded": "false", title: "Choose another corridor", popovertarget: node.id },
    el("span.cmp-pick-title", {}, title),
    icon("down", 14),
  );

  const first = elementIn(node, "[aria-current]") || elementIn(node, "a");
  node.addEventListener("beforetoggle", (event) => {
    button.setAttribute("aria-expanded", String(event.newState === "open"));
    if (event.newState !== "open") return;
    place(node, button);
    list.refresh(first);
    if (first) first.autofocus = true; // so the browser moves the focus there in the same step
  });
  node.addEventListener("keydown", (event) => {
    if (event.key === "Escape") event.stopPropagation(); // the browser closes the list
    if (event.key === "Tab") node.hidePopover();
  });
  const list = roving(entries, ".cmp-pick-link");
  return { title: button, node };
}
