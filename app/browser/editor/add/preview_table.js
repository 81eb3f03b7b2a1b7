/* Shows the first rows of a file as a table whose columns can be searched, and lets the user
   choose which of them are kept. A value is text, whatever it holds. */
import { el, fill, freshId } from "../../tools/dom.js";

const SHOWN = 12;
const LONG_NAME = 80;

/** A column's name to show: never empty, never endless, its direction its own. */
function columnName(name) {
  const cut = name.length > LONG_NAME ? `${name.slice(0, LONG_NAME)}…` : name;
  return el("bdi", {}, cut.trim() ? cut : `“${cut}”`);
}

/** The columns that hold every word of a search, of all languages' small letters. */
function found(columns, search) {
  const words = search.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return columns
    .map((column, index) => ({ ...column, index }))
    .filter(({ name }) => words.every((word) => name.toLocaleLowerCase().includes(word)));
}

function cell(value) {
  if (value === null) return el("td.cmp-add-none", {}, "–");
  return el("td.cmp-add-cell", { title: value }, el("bdi", {}, value));
}

/**
 * @param {any} look {columns: {name}[], rows: (string|null)[][], count: number}
 * @returns `{node, kept(): string[]|null}` `kept` is null while every column is
 */
export function createPreviewTable(look) {
  const { columns, rows, count } = look;
  const left = new Set();
  let search = "";

  const told = el("p.cmp-add-note", { "aria-live": "polite" });
  const box = el("div.cmp-add-table", { tabindex: 0, role: "group", "aria-label": "First rows" });
  const searchId = freshId("columns");
  const field = el("input.cmp-add-input", {
    type: "search",
    id: searchId,
    autocomplete: "off",
    spellcheck: "false",
    oninput: () => {
      search = field.value;
      show();
    },
  });

  function head(column) {
    const input = el("input.cmp-check-input", {
      type: "checkbox",
      "aria-label": `Keep the column ${column.name.slice(0, LONG_NAME)}`,
      title: "Keep this column",
      onchange: () => {
        if (input.checked) left.delete(column.name);
        else left.add(column.name);
        tell();
      },
    });
    input.checked = !left.has(column.name);
    return el(
      "th.cmp-add-head",
      { scope: "col", title: column.name },
      el("label.cmp-add-keep", {}, input, columnName(column.name)),
    );
  }

  function tell() {
    const all = found(columns, search);
    const parts = [
      `${columns.length.toLocaleString("en")} column${columns.length === 1 ? "" : "s"}`,
    ];
    if (search.trim()) parts.push(`${all.length} found`);
    if (all.length > SHOWN) parts.push(`the first ${SHOWN} are shown`);
    if (left.size) parts.push(`${columns.length - left.size} kept`);
    const first =
      rows.length < count ? `Rows 1 to ${rows.length} of ${count.toLocaleString("en")}. ` : "";
    told.textContent = `${first}${parts.join(", ")}.`;
  }

  function show() {
    const shown = found(columns, search).slice(0, SHOWN);
    tell();
    if (!shown.length) {
      fill(
        box,
        el(
          "p.cmp-add-note",
          {},
          columns.length ? "No column has such a name." : "The features have no properties.",
        ),
      );
      return;
    }
    fill(
      box,
      el(
        "table.cmp-add-rows",
        {},
        el("thead", {}, el("tr", {}, shown.map(head))),
        el(
          "tbody",
          {},
          rows.map((row) =>
            el(
              "tr",
              {},
              shown.map(({ index }) => cell(row[index])),
            ),
          ),
        ),
      ),
    );
  }

  const keepAll = (on) => () => {
    for (const { name } of found(columns, search)) {
      if (on) left.delete(name);
      else left.add(name);
    }
    show();
  };
  show();
  const tools =
    columns.length > 6 &&
    el(
      "div.cmp-add-tools",
      {},
      el("label.cmp-add-label", { for: searchId }, "Find a column"),
      field,
      el("button.cmp-text-button", { onclick: keepAll(true) }, "Keep these"),
      el("button.cmp-text-button", { onclick: keepAll(false) }, "Leave these out"),
    );
  return {
    node: el("div.cmp-add-preview", {}, tools, box, told),
    kept: () =>
      left.size ? columns.map(({ name }) => name).filter((name) => !left.has(name)) : null,
  };
}

export { columnName, found };
