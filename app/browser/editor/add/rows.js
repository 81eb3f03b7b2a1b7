/* Shows what the first rows of a file become, and which values are not understood, with counts. */

import { el, fill } from "../../tools/dom.js";
import { cut } from "./inputs.js";
import { countFeatures as count } from "./repairs.js";

const MOST = 50;

const named = (name, value) => [el("bdi", {}, name), ": ", el("bdi", {}, value)];

function table(rows) {
  const labels = [...new Set(rows.flatMap(({ facts }) => facts.map(([label]) => label)))];
  const stays = rows.some(({ columns }) => columns.length);
  const head = ["Row", ...labels, ...(stays ? ["Stays as it is"] : [])];
  return el(
    "table.cmp-add-rows",
    {},
    el(
      "thead",
      {},
      el(
        "tr",
        {},
        head.map((text) => el("th.cmp-add-head", { scope: "col" }, el("bdi", {}, text))),
      ),
    ),
    el(
      "tbody",
      {},
      rows.map(({ facts, columns }, index) =>
        el(
          "tr",
          {},
          el("th.cmp-add-cell", { scope: "row" }, index + 1),
          labels.map((label) => {
            const said = facts.filter(([name]) => name === label).map(([, text]) => text);
            return said.length
              ? el("td.cmp-add-cell", { title: said.join(", ") }, el("bdi", {}, said.join(", ")))
              : el("td.cmp-add-none", {}, "–");
          }),
          stays
            ? el(
                "td.cmp-add-cell.cmp-add-stays",
                {},
                columns.map(([name, value], at) => [at ? "; " : "", named(name, value)]),
              )
            : null,
        ),
      ),
    ),
  );
}

/**
 * Values that are not understood, each with how many rows have it.
 * @param {any[]} told {column, value, count}
 * @param {((column: string, value: string) => void)|null} lead to where it is said what one means
 */
function notUnderstood(told, lead) {
  if (!told.length) return null;
  const line = ({ column, value, count: n }) =>
    el(
      "li",
      {},
      el("bdi", {}, `“${value}”`),
      " in ",
      el("bdi", {}, cut(column)),
      `: ${n.toLocaleString("en")} row${n === 1 ? "" : "s"} `,
      lead
        ? el(
            "button.cmp-text-button",
            {
              "aria-label": `Say what “${value}” in ${cut(column)} means`,
              onclick: () => lead(column, value),
            },
            "Say what it means",
          )
        : null,
    );
  const rest = told.length - MOST;
  return el(
    "div.cmp-add-left",
    {},
    el("p.cmp-add-warning", {}, "Not understood: kept in its column, a state is not known"),
    el(
      "ul.cmp-add-said",
      {},
      told.slice(0, MOST).map(line),
      rest > 0 ? el("li", {}, `${rest.toLocaleString("en")} more`) : null,
    ),
  );
}

/**
 * @param {any} env {ask(): Promise<any>|null, lead(column, value), fail(error)}
 * @returns `{node, forget()}`
 */
function createRowPreview({ ask, lead, fail }) {
  const box = el("div.cmp-add-became", { "aria-live": "polite" });
  let asked = 0;
  const button = el("button.cmp-btn", { onclick: () => look() }, "Show what the first rows become");

  async function look() {
    asked += 1;
    const own = asked;
    const pending = ask();
    if (!pending) return;
    fill(box, el("p.cmp-add-note", {}, "Reading the rows"));
    try {
      const answer = await pending;
      if (own !== asked) return;
      const { rows, not_understood: puzzles, count: n } = answer;
      const frame = { tabindex: 0, role: "group", "aria-label": "What the first rows become" };
      fill(
        box,
        el("div.cmp-add-table", frame, table(rows)),
        el("p.cmp-add-note", {}, `The first ${rows.length} of ${count(n)}. Nothing is added yet.`),
        notUnderstood(puzzles, lead),
      );
    } catch (error) {
      if (own !== asked) return;
      fill(box);
      fail(error);
    }
  }
  return {
    node: el("div.cmp-add-preview", {}, button, box),
    /** What was shown is no longer so. */
    forget() {
      asked += 1;
      const was = Boolean(box.firstChild);
      fill(box, was ? el("p.cmp-add-note", {}, "What the columns become has changed.") : null);
    },
  };
}

export { createRowPreview, notUnderstood };
