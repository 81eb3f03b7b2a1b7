/* The editor's panel "Versions": what each save changed, and the folder brought back to what it was
   before one. The server tells all of it in words; restoring is a save of its own. */
import { el, fill } from "../../tools/dom.js";
import { count } from "../../tools/words.js";

const JSON_HEAD = { "Content-Type": "application/json" };

/** When a save was made, as the reader's clock has it. */
const when = (at) =>
  new Date(at).toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "medium" });

function create(ctx) {
  let visible = false;
  let isBusy = false;
  /** The revision that the list is of. */
  let listed = "";
  /** @type {Promise<void>} */
  let loading = Promise.resolve();
  const wait = el("p.cmv-wait", { hidden: true }, "Save or drop your changes before you restore.");
  const told = el("div.cmf-told", { role: "alert", hidden: true });
  const list = el("ol.cmv-list", { "aria-label": "Saves, the latest first" });
  const kept = el("p.cmv-kept");
  const title = el("h3.cmv-title", { tabindex: "-1" }, "Earlier versions");
  const element = el("div.cmf-panel.cmv-panel", {}, title, kept, wait, told, list);

  function tell(text) {
    told.textContent = text;
    told.hidden = !text;
  }

  function details(version) {
    const parts = version.lines.map((line) => el("li.cmv-line", { dir: "auto" }, line));
    if (version.more) parts.push(el("li.cmv-line", {}, `… and ${version.more} more`));
    const files = version.files.length
      ? el("p.cmv-files", {}, `${count(version.files.length, "file")}: ${version.files.join(", ")}`)
      : null;
    return el(
      "details.cmv-details",
      {},
      el("summary.cmv-summary", {}, "What changed"),
      el("ul.cmv-lines", {}, parts),
      files,
    );
  }

  function row(version) {
    const moment = when(version.at);
    const button = el(
      "button.cmf-button.cmv-restore",
      {
        "aria-label": `Restore the corridor as it was before the save of ${moment}`,
        onclick: () => restore(version, moment),
      },
      "Restore as before",
    );
    return el(
      "li.cmv-one",
      {},
      el("p.cmv-when", {}, el("time.cmv-time", { datetime: version.at }, moment)),
      el("p.cmv-what", { dir: "auto" }, version.summary),
      version.trouble
        ? el("p.cmv-trouble", {}, `Cannot be restored: ${version.trouble}`)
        : [details(version), button],
    );
  }

  function update() {
    const mayNot = isBusy || ctx.draft.count() > 0 || !ctx.draft.base().writable;
    wait.hidden = ctx.draft.count() === 0;
    for (const button of list.querySelectorAll("button")) button.disabled = mayNot;
  }

  /** List the versions of the folder as it is; what is asked for already is waited for. */
  function load() {
    const revision = ctx.draft.revision();
    if (revision !== listed) {
      listed = revision;
      loading = ask(revision);
    }
    return loading;
  }

  async function ask(revision) {
    try {
      const answer = await (await ctx.edit.ask("edit/versions")).json();
      if (listed !== revision) return; // a later one is on its way
      kept.textContent = answer.versions.length ? answer.kept : "No save is kept yet.";
      fill(list, answer.versions.map(row));
    } catch (error) {
      listed = "";
      tell(error.message);
    }
    update();
  }

  async function restore(version, moment) {
    isBusy = true;
    tell("");
    update();
    const wish = { base: ctx.draft.revision(), version: version.name };
    try {
      await ctx.edit.ask("edit/restore", {
        method: "POST",
        headers: JSON_HEAD,
        body: JSON.stringify(wish),
      });
      await ctx.draft.refresh();
      ctx.say(
        `Restored as it was before the save of ${moment}.`,
        "To undo that, restore the version at the top.",
      );
      await load();
      title.focus({ preventScroll: true });
    } catch (error) {
      if (error.status === 409) await ctx.draft.refresh();
      tell(error.message);
    } finally {
      isBusy = false;
      update();
    }
  }

  return {
    element,
    shown() {
      visible = true;
      tell("");
      update();
      load();
    },
    hidden() {
      visible = false;
    },
    changed() {
      if (!visible) return;
      update();
      load();
    },
  };
}

const versionsPanel = { id: "versions", title: "Versions", order: 40, create };

export { versionsPanel };
