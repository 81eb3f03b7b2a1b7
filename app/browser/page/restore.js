/* Takes a file that this program has made, dropped on the page, and shows its view again.
   The file is read by the server; what it says is only data: checked, and put in the state. */
import { el, icon } from "../tools/dom.js";
import { addNotice } from "../tools/handover.js";

const LARGEST_BYTES = 50e6;
const LARGEST_TEXT = "50 MB";

const holdsFiles = (event) =>
  Boolean(event.dataTransfer) && [...event.dataTransfer.types].includes("Files");

/**
 * @param {any} env {frame, model, store, mapApi, host, taken}; `taken` is told the form and
 *   the options that the file was made with
 * @returns a function that restores the view of a file, and tells in one notice why not
 */
export function createRestore({ frame, model, store, mapApi, host, taken }) {
  let latest = 0;

  function apply({ view, format, options, notices }) {
    const { claim, ...shown } = view;
    store.set({
      claim: model.claim(claim) ? claim : null,
      hover: null,
      hoverClaim: null,
      view: { ...shown, selected: model.feature(view.selected) ? view.selected : null },
    });
    mapApi.look(view.bbox);
    taken(format, options);
    for (const text of notices) addNotice(store, text);
  }

  return async function restore(file) {
    latest += 1;
    const own = latest;
    try {
      if (!file.size) throw new Error(`${file.name} is empty.`);
      if (file.size > LARGEST_BYTES)
        throw new Error(`${file.name} is larger than ${LARGEST_TEXT}.`);
      const read = await host.readFile(file);
      if (own !== latest) return;
      apply(read);
      frame.announce(`The view of ${file.name} is shown`);
    } catch (error) {
      if (own === latest) addNotice(store, `No view could be read from the file: ${error.message}`);
    }
  };
}

/** Let files be dropped anywhere on the page; without this the browser would open them. */
export function createDrop(frame, restore) {
  const veil = el(
    "div.cmp-drop",
    { hidden: true, "aria-hidden": "true" },
    el("p.cmp-drop-text", {}, icon("camera", 20), "Drop the file to see its view again"),
  );
  frame.root.append(veil);
  const on = {
    dragenter: (event) => show(event, true),
    dragover: (event) => show(event, true),
    dragleave: (event) => event.relatedTarget === null && show(event, false),
    drop(event) {
      show(event, false);
      if (holdsFiles(event) && event.dataTransfer.files.length)
        restore(event.dataTransfer.files[0]);
    },
  };
  function show(event, shown) {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    veil.hidden = !shown;
  }
  for (const [name, listener] of Object.entries(on)) window.addEventListener(name, listener);
  return () => {
    for (const [name, listener] of Object.entries(on)) window.removeEventListener(name, listener);
    veil.remove();
  };
}
