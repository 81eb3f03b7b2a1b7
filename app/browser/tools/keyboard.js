/* Keyboard habits the panels share: one tab stop with arrows inside, and Escape. */

const STEPS = {
  vertical: { ArrowDown: 1, ArrowUp: -1 },
  horizontal: { ArrowRight: 1, ArrowLeft: -1 },
};

/**
 * Make the items of a box one tab stop; arrows, Home and End move inside it.
 * @param {HTMLElement} box
 * @param {string} selector what counts as an item
 * @returns `{refresh: function(Element=): void}` call after the items changed
 */
export function roving(box, selector, direction = "vertical") {
  /** @type {any} */
  let current = null;
  const hiddenInside = (item) => box.contains(item.closest("[hidden]"));
  /** @returns {NodeListOf<HTMLElement>} */
  const every = () => box.querySelectorAll(selector);
  const items = () => [...every()].filter((item) => !hiddenInside(item));
  /** @returns {HTMLElement | null} */
  const itemOf = ({ target }) => target.closest(selector);

  function refresh(preferred) {
    const list = items();
    if (preferred && list.includes(preferred)) current = preferred;
    if (!list.includes(current)) current = list[0] || null;
    for (const item of every()) {
      item.tabIndex = item === current ? 0 : -1;
    }
  }

  box.addEventListener("focusin", (event) => {
    const item = itemOf(event);
    if (item && box.contains(item)) refresh(item);
  });
  box.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const list = items();
    const item = itemOf(event);
    const at = item ? list.indexOf(item) : -1;
    if (at < 0) return;
    const step = STEPS[direction][event.key];
    let to = -1;
    if (step) to = Math.max(0, Math.min(list.length - 1, at + step));
    else if (event.key === "Home") to = 0;
    else if (event.key === "End") to = list.length - 1;
    if (to < 0) return;
    event.preventDefault();
    list[to].focus();
  });
  return { refresh };
}

/**
 * Call `leave` on Escape anywhere in the root, unless a menu of the browser has it; and when
 * nothing has the focus, since what had it may have been drawn away or put behind a tab.
 */
export function onEscape(root, leave) {
  const listener = (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || event.isComposing) return;
    if (leave(event)) event.preventDefault();
  };
  const nowhere = (event) => event.target === document.body && listener(event);
  root.addEventListener("keydown", listener);
  document.addEventListener("keydown", nowhere);
  return () => {
    root.removeEventListener("keydown", listener);
    document.removeEventListener("keydown", nowhere);
  };
}
