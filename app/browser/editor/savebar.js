/* The bar at the editor's foot: undo, redo, what is not saved yet, save, download, and what the
   editor has to say. Does nothing itself. */
import { el, fill, freshId, icon } from "../tools/dom.js";
import { count } from "../tools/words.js";
import { fillNotes } from "./notes.js";

/** A button that asks once more before it does what cannot be undone. */
function sureButton(text, sureText, act) {
  const button = el("button.cmp-btn.cmp-edit-drop", { onclick: press, onblur: reset }, text);
  let sure = false;
  function reset() {
    sure = false;
    button.textContent = text;
  }
  function press() {
    if (sure) {
      reset();
      act();
      return;
    }
    sure = true;
    button.textContent = sureText();
  }
  return button;
}

/** The list of what is not saved and of what `validate` will say, over the bar. */
function createList(draft, does) {
  const changes = el("ol.cmp-edit-changes");
  const notes = el("div.cmp-edit-notes");
  const notesHead = el("h4.cmp-edit-list-head", {}, "To be looked at");
  const drop = sureButton(
    "Drop all changes",
    () => `Really drop ${count(draft.count(), "change")}`,
    does.discard,
  );
  const node = el(
    "div.cmp-edit-list",
    { id: freshId("changes"), hidden: true },
    el("h4.cmp-edit-list-head", {}, "Not saved yet"),
    changes,
    notesHead,
    notes,
    drop,
  );
  return {
    node,
    update() {
      fill(
        changes,
        draft
          .labels()
          .map((label) => el("li.cmp-edit-change", { dir: "auto" }, label || "A change")),
      );
      fillNotes(notes, draft.notes(), does.goTo);
      notesHead.hidden = notes.hidden = !draft.notes().length;
    },
  };
}

function stateOf(draft) {
  const n = draft.count();
  if (n) return `${count(n, "change")}, not saved`;
  if (!draft.isOpen()) return "";
  if (draft.base().writable) return "Nothing to save";
  const why = draft.base().built_in ? "Comes with the tool" : "The folder is read-only";
  return `${why}: download it to keep changes`;
}

/** @param {any} does what the buttons do: undo, redo, save, zip, discard, and
    goTo(note): what leads to its place, or null */
export function createSaveBar(draft, does) {
  const button = (name, props, ...inside) => el(`button.cmp-btn.${name}`, props, ...inside);
  const undo = button(
    "cmp-edit-step",
    { "aria-label": "Undo", "aria-keyshortcuts": "Control+Z", onclick: does.undo },
    icon("undo"),
  );
  const redo = button(
    "cmp-edit-step",
    { "aria-label": "Redo", "aria-keyshortcuts": "Control+Shift+Z", onclick: does.redo },
    icon("redo"),
  );
  const save = button(
    "cmp-edit-save.is-main",
    { "aria-keyshortcuts": "Control+S", onclick: does.save },
    "Save",
  );
  const zip = button(
    "cmp-edit-zip",
    { title: "The corridor with your changes, as one file", onclick: does.zip },
    "Download .zip",
  );
  const list = createList(draft, does);
  const stateText = el("span.cmp-edit-state-text", { role: "status" });
  const badge = el("span.cmp-edit-badge", { hidden: true });
  const state = el(
    "button.cmp-edit-state",
    {
      "aria-expanded": "false",
      "aria-controls": list.node.id,
      onclick: () => toggle(list.node.hidden && draft.count() > 0),
    },
    stateText,
    badge,
    icon("down", 12),
  );
  const said = el("p.cmp-edit-said", { role: "status", hidden: true });
  const node = el(
    "div.cmp-edit-bar",
    {},
    list.node,
    said,
    el("div.cmp-edit-row", {}, undo, redo, state),
    el("div.cmp-edit-row.cmp-edit-actions", {}, zip, save),
  );
  let asking = false;

  function toggle(on) {
    list.node.hidden = !on;
    state.setAttribute("aria-expanded", String(on));
  }
  node.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || list.node.hidden) return;
    event.preventDefault();
    event.stopPropagation();
    toggle(false);
    state.focus();
  });

  /** Grey, but still a stop for the keyboard: a button that was just used keeps the focus. */
  const able = (target, on) => target.setAttribute("aria-disabled", String(!on));

  function update() {
    const n = draft.count();
    const notes = draft.notes().length;
    const free = draft.isOpen() && !asking;
    undo.title = draft.nextUndo() ? `Undo: ${draft.nextUndo()}` : "Undo";
    redo.title = draft.nextRedo() ? `Redo: ${draft.nextRedo()}` : "Redo";
    able(zip, free);
    able(state, n > 0);
    if (n === 0) toggle(false);
    node.classList.toggle("is-dirty", n > 0);
    node.setAttribute("aria-busy", String(draft.isBusy()));
    const lost =
      n && !draft.isKept() ? " This browser cannot keep them: save before you leave the page." : "";
    fill(stateText, stateOf(draft), lost ? el("span.cmp-edit-warning", {}, lost) : null);
    badge.hidden = !notes;
    badge.textContent = `${notes} to look at`;
    list.update();
    able(undo, draft.canUndo() && free);
    able(redo, draft.canRedo() && free);
    able(save, n > 0 && free && draft.base().writable && !draft.isBusy());
  }

  return {
    node,
    update,
    /** Say something in the bar, until the next thing is said. */
    say(...content) {
      fill(said, ...content);
      said.hidden = !content.length || !content[0];
    },
    busy(on) {
      save.classList.toggle("is-busy", on);
      save.textContent = on ? "Saving" : "Save";
      update();
    },
    /** While something else must be decided first, nothing of this can be done. */
    asking(on) {
      asking = on;
      update();
    },
  };
}
export { sureButton };
