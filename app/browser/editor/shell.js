/* The editor's frame: a column over the article on a wide screen, a sheet on a phone. It holds
   the panels as tabs and the bar at its foot, and knows nothing of what they do. */
import { el, icon } from "../tools/dom.js";
import { createTabs } from "../tools/tabs.js";

/**
 * @param {any[]} panels {id, title, order, create(ctx)}
 * @param {any} does {close()}
 * @returns the shell: node, open(id, params), current(), say(...), panel instances
 */
export function createShell(panels, ctx, bar, does) {
  const entries = panels
    .slice()
    .sort((a, b) => a.order - b.order)
    .map(({ id, title, create }) => ({
      id,
      title,
      create,
      made: /** @type {any} */ (null),
      panel: el("div.cmp-edit-panel"),
    }));
  const tabs = createTabs(entries, { label: "Editor", onChoose: (id) => choose(id) });
  tabs.bar.classList.add("is-column");
  const close = el(
    "button.cmp-icon-button.cmp-edit-close",
    { "aria-label": "Close the editor", onclick: does.close },
    icon("close"),
  );
  const low = el(
    "button.cmp-btn.cmp-edit-low",
    { "aria-pressed": "false", onclick: () => lower(!isLow()) },
    "Map",
  );
  const over = el("div.cmp-edit-over", { hidden: true });
  const body = el(
    "div.cmp-edit-body",
    {},
    entries.map((entry) => entry.panel),
    over,
  );
  const node = el(
    "section.cmp-edit",
    { "aria-label": "Editor", tabindex: "-1" },
    el("div.cmp-edit-head", {}, tabs.bar, low, close),
    body,
    bar.node,
  );
  // What is listed over the bar needs the room of the sheet.
  bar.node.addEventListener(
    "click",
    (event) => event.target.closest(".cmp-edit-state") && lower(false),
  );
  const isLow = () => node.classList.contains("is-low");
  let current = "";

  /** On a phone the sheet can go down to its bar, so that one can draw on the map. */
  function lower(on) {
    node.classList.toggle("is-low", on);
    low.setAttribute("aria-pressed", String(on));
    low.textContent = on ? "Editor" : "Map";
  }

  function entryOf(id) {
    const entry = entries.find((one) => one.id === id) || entries[0];
    if (entry && !entry.made) {
      entry.made = entry.create(ctx);
      entry.panel.append(entry.made.element);
    }
    return entry;
  }

  function choose(id, params) {
    const entry = entryOf(id);
    if (!entry) return;
    const before = entries.find((one) => one.id === current);
    if (before && before !== entry && before.made?.hidden) before.made.hidden();
    current = entry.id;
    tabs.choose(entry.id);
    tabs.tab(entry.id)?.scrollIntoView({ block: "nearest", inline: "center" });
    // Some panels want more room beside the map than others.
    ctx.root.dataset.editPanel = entry.id;
    if (entry.made.shown) entry.made.shown(params);
  }

  return {
    node,
    choose,
    lower,
    current: () => current,
    /** Tell the panels that the draft or the page has changed. */
    changed() {
      for (const { made } of entries) if (made?.changed) made.changed();
    },
    /** Bring what stands in open forms to the draft. @returns whether all of it was taken */
    async settle() {
      for (const { made } of entries) if (made?.settle && !(await made.settle())) return false;
      return true;
    },
    hidden() {
      const entry = entries.find((one) => one.id === current);
      if (entry?.made?.hidden) entry.made.hidden();
      delete ctx.root.dataset.editPanel;
    },
    /** Lay something over the panels, such as a question; nothing takes it away. */
    over(content) {
      over.replaceChildren(...(content ? [content] : []));
      over.hidden = !content;
      body.classList.toggle("is-covered", Boolean(content));
      for (const { panel } of entries) panel.inert = Boolean(content);
      (content?.querySelector("[tabindex='-1']") || node).focus({
        preventScroll: true,
      });
      if (content) lower(false);
    },
  };
}
