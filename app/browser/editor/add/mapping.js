/* Asks what the columns of a file become. Each stays as it is until the user says otherwise; what
   a column may be is written beside it and never taken by itself. */

import { el, fill, freshId } from "../../tools/dom.js";
import { columnField } from "./inputs.js";
import { found } from "./preview_table.js";
import { createRule } from "./rule.js";

const SHOWN = 12;
const FEW = 6;

/**
 * @param {any[]} columns of the look at a file
 * @param {any} rules {key, columns} as they were said before, or nothing
 * @param {any} env {offered, quantities, changed()}
 * @returns `{node, rules(), roles(): Set<string>, faulty(): Element|null, reveal(column, word)}`
 */
export function createMapping(columns, rules, env) {
  const before = new Map(Object.entries(rules?.columns || {}));
  const made = new Map();
  const list = el("ul.cmp-add-rules");
  const told = el("p.cmp-add-note", { "aria-live": "polite" });
  const more = el("button.cmp-btn", { onclick: () => showAll() }, "Show all columns");
  let search = "";
  let isAll = false;

  const searchId = freshId("mapped");
  const input = el("input.cmp-add-input", {
    type: "search",
    id: searchId,
    autocomplete: "off",
    spellcheck: "false",
    oninput: () => {
      search = input.value;
      show();
    },
  });

  function entry(column) {
    if (!made.has(column.name))
      made.set(column.name, createRule(column, before.get(column.name), env));
    return made.get(column.name);
  }
  /** Fields are made when they are shown; rules that were said before are there from the start. */
  for (const column of columns) if (before.has(column.name)) entry(column);

  function show() {
    const all = found(columns, search);
    // What was said, and what may be something, stands first: hundreds of others may follow.
    const weight = (column) => (made.get(column.name)?.rule() ? 0 : column.likely ? 1 : 2);
    const sorted = columns.length > SHOWN ? all.sort((a, b) => weight(a) - weight(b)) : all;
    const shown = isAll ? sorted : sorted.slice(0, SHOWN);
    fill(
      list,
      shown.map((column) => entry(column).node),
    );
    more.hidden = shown.length === sorted.length;
    told.textContent = more.hidden
      ? ""
      : `${shown.length} of ${sorted.length.toLocaleString("en")} columns are shown; the others stay as they are.`;
  }
  function showAll() {
    const first = list.children.length;
    isAll = true;
    show();
    const next = list.children[first]?.querySelector("select");
    if (next) next.focus();
  }

  const key = columnField("In the next edition a row is known by", columns, [
    ["", "Its name and its place"],
  ]);
  const keyed = columns.findIndex(({ name }) => name === rules?.key);
  if (keyed >= 0) key.input.value = `c${keyed}`;
  key.input.addEventListener("change", () => env.changed());

  const spoken = () => [...made.values()].filter((one) => one.rule());
  show();
  return {
    node: el(
      "div.cmp-add-mapping",
      {},
      columns.length > FEW
        ? el(
            "div.cmp-add-tools",
            {},
            el("label.cmp-add-label", { for: searchId }, "Find a column to map"),
            input,
          )
        : null,
      list,
      told,
      more,
      key.node,
    ),
    rules: () => ({
      key: key.input.value ? columns[Number(key.input.value.slice(1))].name : "",
      columns: Object.fromEntries(spoken().map((one) => [one.name, one.rule()])),
    }),
    roles: () => new Set(spoken().map((one) => (one.language() ? "name:" : one.role()))),
    faulty() {
      const seen = new Set();
      let first = null;
      for (const one of made.values()) {
        const role = one.role();
        const word = role === "name" ? `name:${one.language()}` : role;
        const isAlone = role === "name" || !env.offered.several.includes(role);
        const wrong = one.faulty(isAlone && seen.has(word));
        if (wrong && !wrong.isConnected) list.append(one.node);
        first = first || wrong;
        seen.add(word);
      }
      return first;
    },
    /** Lead to the field that says what a word of a column means. */
    reveal(name, word) {
      const one = made.get(name);
      if (!one) return;
      if (!one.node.isConnected) list.append(one.node);
      const target = one.word(word);
      target.focus();
      target.scrollIntoView({ block: "center" });
    },
  };
}
