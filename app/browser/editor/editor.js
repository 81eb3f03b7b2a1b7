/* The editor of a served page: opens and closes, joins draft, panels and bar, and hears keys. */

import { check, save as handOver } from "../tools/handover.js";
import { createReleased } from "../tools/pressed.js";
import { count } from "../tools/words.js";
import { addPanel } from "./add/add.js";
import { articlePanel } from "./article/annotate.js";
import { createConflict } from "./conflict.js";
import { corridorPanel } from "./corridor/settings.js";
import { createDraft } from "./draft.js";
import { featuresPanel } from "./features/features.js";
import { createKept } from "./kept.js";
import { createRemount } from "./remount.js";
import { createSaveBar } from "./savebar.js";
import { createShell } from "./shell.js";
import { tablePanel } from "./table/table.js";
import { versionsPanel } from "./versions/versions.js";

/** The panels: each {id, title, order, create(ctx) -> {element, shown?, hidden?, changed?, destroy?}}. */
const PANELS = [featuresPanel, tablePanel, articlePanel, addPanel, corridorPanel, versionsPanel];

/**
 * @param {any} edit host.edit
 * @param {any} page {root, corridormap, leaflet}
 * @param {any} data what the page started from; its `watch` hears of the editor's own saves
 */
export function createEditor(edit, page, data) {
  const { root, leaflet } = page;
  const remount = createRemount(page);
  const kept = createKept(edit.drafts);
  const watched = data.watch || {};
  /** @type {any} */
  let shell = null;
  /** @type {any} */
  let opener = null;
  let isSaving = false;
  let asking = false;

  const draft = createDraft(edit, kept, {
    show: remount.show,
    meet,
    brought: () => say(""),
    free: createReleased(root.ownerDocument),
    moved: (files) =>
      say(
        `The folder was changed meanwhile (${files.join(", ")}).`,
        draft.count() ? "Your changes stand on it as it is now." : "",
      ),
  });
  const bar = createSaveBar(draft, { undo, redo, save, zip, discard, goTo });

  /** What panels work with. */
  const ctx = {
    draft,
    host: page.corridormap.host,
    edit,
    leaflet,
    root,
    say,
    get store() {
      return remount.mounted().store;
    },
    get map() {
      return remount.mounted().map;
    },
    get model() {
      return remount.mounted().model;
    },
    get frame() {
      return remount.mounted().frame;
    },
    get outline() {
      return page.corridormap.outline;
    },
    /** Hear of the view's state, also after the page was made anew. */
    onState: remount.onState,
    onShown: remount.onShown,
    openPanel: (id, params) => shell?.choose(id, params),
    /** On a phone: leave the map free (true), or come back. */
    lower: (on) => shell?.lower(on),
    layout: () => root.dataset.layout,
  };

  /** What leads to the field of a finding; null where no panel has it. */
  function goTo({ file, feature, field }) {
    if (file.startsWith("layers/") && draft.feature(feature))
      return () => ctx.openPanel("features", { feature, field });
    if (file === "annotations.jsonld" && draft.annotation(feature))
      return () => ctx.openPanel("article", { claim: feature });
    if (file === "corridor.toml" && !feature && field)
      return () => ctx.openPanel("corridor", { field });
    return null;
  }

  function say(text, details) {
    bar.say(text || "", details ? ` ${details}` : "");
  }

  /** @param {{ ok: boolean, findings: any[], conflict?: boolean }} outcome */
  function tellOutcome({ ok, findings, conflict }) {
    if (!ok && !conflict && findings.length) say(findings[0].problem, findings[0].remedy);
    return ok;
  }

  /** While a question is open, or a request under way, the bar's buttons wait. */
  const mayAct = () => !asking && !isSaving && !draft.isBusy();

  async function undo() {
    if (!mayAct() || !draft.canUndo()) return;
    const label = draft.nextUndo();
    if (tellOutcome(await draft.undo())) say(label ? `Undone: ${label}` : "Undone");
  }

  async function redo() {
    if (!mayAct() || !draft.canRedo()) return;
    const label = draft.nextRedo();
    if (tellOutcome(await draft.redo())) say(label ? `Done again: ${label}` : "Done again");
  }

  async function discard() {
    const n = draft.count();
    if (tellOutcome(await draft.discard()))
      say(`Dropped: ${count(n, "change")}. The corridor is shown as it is saved.`);
  }

  async function save() {
    if (isSaving || !(await shell.settle()) || !draft.count()) return;
    if (!draft.base().writable) {
      const why = draft.base().built_in
        ? "This corridor comes with the tool"
        : "The corridor's folder is read-only";
      return say(`${why}, so changes cannot be saved here. Download it instead.`);
    }
    isSaving = true;
    bar.busy(true);
    try {
      const n = draft.count();
      const { version, revision } = await draft.save();
      watched.version = version;
      // The address may name the layers that are new in the folder from now on.
      const { view, claim } = remount.mounted().store.get();
      page.corridormap.host.viewChanged({ ...view, claim });
      say(`Saved: ${count(n, "change")}.`);
      if (draft.revision() !== revision) await draft.refresh();
    } catch (error) {
      if (error.status === 409) meet(error.told, draft.steps());
      else say("Not saved.", error.message);
    } finally {
      isSaving = false;
      bar.busy(false);
    }
  }

  async function zip() {
    if (!(await shell.settle())) return;
    try {
      const { blob, filename } = await draft.zip();
      handOver(await check(blob, "zip"), filename);
      say(
        `Downloaded as ${filename}.`,
        draft.count() ? "The changes in it are not saved here." : "",
      );
    } catch (error) {
      if (error.status === 409) meet(error.told, draft.steps());
      else say("The download could not be made.", error.message);
    }
  }

  /** Somebody else has changed what the draft changes too: ask. */
  function meet(told, steps) {
    say(told.error);
    ask(createConflict({ draft, told, steps, say, done: () => ask(null) }));
  }

  /** Lay a question over the panels; nothing else can be done until it is answered. */
  function ask(content) {
    asking = Boolean(content);
    bar.asking(asking);
    shell.over(content);
  }

  function onKey(event) {
    if (!isOpen() || event.altKey || !(event.ctrlKey || event.metaKey)) return;
    const key = event.key.toLowerCase();
    const typing = event.target.closest?.("input, textarea, select, [contenteditable='true']");
    if (key === "s") save();
    else if (typing)
      return; // the field has an undo of its own
    else if (key === "z" && !event.shiftKey) undo();
    else if ((key === "z" && event.shiftKey) || key === "y") redo();
    else return;
    event.preventDefault();
  }

  const isOpen = () => root.dataset.editing === "true";

  /** The button is made anew with the page's header. */
  function mark() {
    const button = root.querySelector(".cmp-tools [data-edit]");
    if (!button) return null;
    const n = draft.count();
    const words = n ? `Edit, ${count(n, "change")} not saved` : "Edit";
    button.setAttribute("aria-pressed", String(isOpen()));
    button.setAttribute("aria-label", words);
    button.title = n ? words : "";
    button.classList.toggle("is-dirty", n > 0);
    return button;
  }

  async function open(button, panel) {
    opener = button || opener;
    await draft.open();
    if (!shell) {
      shell = createShell(PANELS, ctx, bar, { close });
      draft.subscribe(() => {
        mark();
        bar.update();
        shell.changed();
      });
      remount.onShown(mark);
      root.ownerDocument.addEventListener("keydown", onKey);
      window.addEventListener("beforeunload", (event) => {
        if (draft.count() && !draft.isKept()) event.preventDefault();
      });
    }
    root.dataset.editing = "true";
    root.append(shell.node);
    mark();
    bar.update();
    shell.choose(panel || shell.current());
    shell.node.focus({ preventScroll: true });
  }

  function close() {
    if (!isOpen()) return;
    shell.hidden();
    delete root.dataset.editing;
    shell.node.remove();
    const button = mark();
    if (button) button.focus({ preventScroll: true });
  }

  /** The folder has changed on the disk. @returns whether the editor deals with it */
  watched.changed = (version) => {
    if (!isOpen() && !draft.count()) return false;
    if (isSaving || asking || draft.isBusy()) return true; // asked again in a moment
    watched.version = version;
    if (draft.isOpen()) draft.refresh().then(tellOutcome);
    return true;
  };

  const opened = {
    open,
    close,
    isOpen,
    draft,
    ctx,
    toggle: (button) => (isOpen() ? close() : open(button)),
    /** Take up the draft that this browser kept. */
    async restore() {
      await open();
      const found = await draft.restore();
      if (!found) return;
      const when = new Date(found.at).toLocaleString("en-GB", {
        dateStyle: "medium",
        timeStyle: "short",
      });
      if (found.ok)
        say(`${count(found.count, "change")} of ${when} that were not saved are here again.`);
      else if (!found.conflict) {
        const [first] = found.findings;
        say(
          `${count(found.count, "change")} of ${when} cannot be shown: ${first.problem}.`,
          "Undo that change, or drop all of them.",
        );
      }
    },
  };
  return opened;
}
