/* The bar on the map while something is drawn: what to do, how large it is, undo, finish, cancel.
   Has the keys of drawing; draws nothing itself. */
import L from "leaflet";
import { el, fill } from "../../tools/dom.js";

/**
 * @param {Element} container of the map
 * @param {any} options {text, done: label, onDone, onCancel, onUndo}
 * @returns `{size(text), tell(text), canUndo(yes), canFinish(yes), focus(), destroy()}`
 */
export function createDrawingBar(container, { text, done, onDone, onCancel, onUndo }) {
  const size = el("p.cmf-bar-size", { role: "status" });
  const what = el("p.cmf-bar-text", {}, text);
  const undo = el("button.cmf-button", { onclick: onUndo, disabled: true }, "Undo last");
  const finish = el("button.cmf-button.is-main", { onclick: onDone }, done);
  const cancel = el("button.cmf-button", { onclick: onCancel }, "Cancel");
  const bar = el(
    "div.cmf-bar",
    { role: "group", "aria-label": "Drawing on the map" },
    el("div.cmf-bar-words", {}, what, size),
    el("div.cmf-bar-buttons", {}, undo, finish, cancel),
  );
  container.append(bar);
  L.DomEvent.disableClickPropagation(bar);
  L.DomEvent.disableScrollPropagation(bar);

  const writes = (node) => node.matches?.("input, textarea, select");
  function onKey(event) {
    const { key } = event;
    if (writes(event.target) || event.isComposing) return;
    const undoes = (event.ctrlKey || event.metaKey) && !event.shiftKey && key.toLowerCase() === "z";
    // Enter on one of the buttons is that button's.
    const enters = key === "Enter" && !bar.contains(event.target);
    const act =
      key === "Escape" ? onCancel : undoes || key === "Backspace" ? onUndo : enters ? onDone : null;
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }
  document.addEventListener("keydown", onKey, true);

  return {
    size: (words) => fill(size, words),
    tell: (words) => fill(what, words),
    canUndo(yes) {
      undo.disabled = !yes;
    },
    canFinish(yes) {
      finish.disabled = !yes;
    },
    focus: () => (finish.disabled ? cancel : finish).focus({ preventScroll: true }),
    destroy() {
      document.removeEventListener("keydown", onKey, true);
      bar.remove();
    },
  };
}
