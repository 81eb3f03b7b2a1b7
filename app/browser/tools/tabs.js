/* A row of tabs and the panels they open, by the keyboard too. Knows nothing of what they hold. */
import { el, freshId } from "./dom.js";
import { roving } from "./keyboard.js";

/**
 * @param {any[]} entries {id: string, title: string, panel: Element}
 * @param {any} options {label: string, onChoose: function(string): void} called when a reader chooses
 * @returns `{bar, choose(id), current(), tab(id)}`
 */
export function createTabs(entries, { label, onChoose }) {
  const tabs = entries.map(({ id, title, panel }) => {
    panel.id = panel.id || freshId("panel");
    panel.setAttribute("role", "tabpanel");
    const tab = el(
      "button.cmp-tab",
      {
        role: "tab",
        id: freshId("tab"),
        "aria-controls": panel.id,
        "data-tab": id,
        onclick: () => onChoose(id),
      },
      title,
    );
    panel.setAttribute("aria-labelledby", tab.id);
    return { id, tab, panel };
  });
  const bar = el(
    "div.cmp-tabs",
    { role: "tablist", "aria-label": label },
    tabs.map((t) => t.tab),
  );
  const stops = roving(bar, ".cmp-tab", "horizontal");
  let current = "";

  function choose(id) {
    current = id;
    for (const entry of tabs) {
      entry.tab.setAttribute("aria-selected", String(entry.id === id));
      entry.panel.hidden = entry.id !== id;
    }
    const chosen = tabs.find((entry) => entry.id === id);
    stops.refresh(chosen?.tab);
  }
  return {
    bar,
    choose,
    current: () => current,
    tab: (id) => tabs.find((entry) => entry.id === id)?.tab,
  };
}
