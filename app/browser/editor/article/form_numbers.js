/* The figures of a claim: those found in the passage are offered, a click takes one. */
import { el, fill, freshId } from "../../tools/dom.js";

const NUMBER = /^[-+]?\d+(\.\d+)?(e[-+]?\d+)?$/i;
const BOUNDS = ["", "about", "more than", "at least", "less than", "at most"];

const plain = (value) =>
  typeof value === "number" ? value.toLocaleString("en-GB", { maximumFractionDigits: 6 }) : value;
/** What a figure says: "length: more than 162 km". */
function figureWords({ quantity, value, value_max: most, unit, bound }) {
  const range =
    most === undefined || most === null ? plain(value) : `${plain(value)} to ${plain(most)}`;
  return `${quantity}: ${[bound, range, unit === "date" || unit === "count" ? "" : unit].filter(Boolean).join(" ")}`;
}
const read = (text) => {
  const said = text.trim();
  const bare = said.replace(/[,\s](?=\d{3}\b)/g, "");
  return NUMBER.test(bare) ? Number(bare) : said;
};

/**
 * @param {any} options {figures, quantities: {id, units}[], features(): {id, name}[]}
 * @returns `{element, figures(), offer(numbers), draw()}`
 */
export function claimNumbers({ figures, quantities, features }) {
  let rows = figures.map((figure) => ({ ...figure }));
  const offered = el("div.cma-offered");
  const list = el("div.cma-figures");
  const names = el(
    "datalist",
    { id: freshId("quantities") },
    quantities.map(({ id }) => el("option", { value: id })),
  );
  const units = el(
    "datalist",
    { id: freshId("units") },
    [...new Set(["date", ...quantities.flatMap((one) => one.units)])].map((value) =>
      el("option", { value }),
    ),
  );

  function input(row, key, label, more = {}) {
    const node = el("input.cma-input", {
      type: "text",
      "aria-label": label,
      placeholder: label,
      autocomplete: "off",
      "data-key": key,
      ...more,
    });
    node.value = row[key] === undefined || row[key] === null ? "" : String(row[key]);
    node.addEventListener("input", () => {
      if (!node.value.trim() && key !== "quantity" && key !== "value" && key !== "unit")
        delete row[key];
      else row[key] = key.startsWith("value") ? read(node.value) : node.value.trim();
    });
    return node;
  }
  function select(row, key, label, choices) {
    const node = el(
      "select.cma-input",
      { "aria-label": label },
      choices.map(([value, text]) => el("option", { value }, text)),
    );
    node.value = row[key] || "";
    node.addEventListener("change", () => {
      if (node.value) row[key] = node.value;
      else delete row[key];
    });
    return node;
  }
  function figure(row, number) {
    const about = features();
    const choices = [["", "the claim as a whole"], ...about.map(({ id, name }) => [id, name])];
    if (row.feature && !about.some(({ id }) => id === row.feature))
      choices.push([row.feature, row.feature]);
    return el(
      "fieldset.cma-figure",
      { "data-figure": number },
      el("legend.cma-sr", {}, `Figure ${number + 1}`),
      input(row, "quantity", "Quantity", { list: names.id }),
      el(
        "div.cma-figure-values",
        {},
        select(
          row,
          "bound",
          "Bound",
          BOUNDS.map((bound) => [bound, bound || "exactly"]),
        ),
        input(row, "value", "Value"),
        input(row, "value_max", "up to"),
        input(row, "unit", "Unit", { list: units.id }),
      ),
      el(
        "div.cma-figure-foot",
        {},
        choices.length > 1 ? select(row, "feature", "Of which feature", choices) : null,
        row.note ? el("span.cma-figure-note", {}, row.note) : null,
        el(
          "button.cmp-text-button",
          {
            onclick: () => {
              rows = rows.filter((one) => one !== row);
              draw();
            },
          },
          "Remove",
        ),
      ),
    );
  }
  function draw() {
    fill(list, rows.map(figure));
  }
  function add(row) {
    rows = [...rows, row];
    draw();
    return list.lastElementChild;
  }
  function take(number, button) {
    const row = { quantity: number.quantity, value: number.value, unit: number.unit };
    if (number.value_max !== null) row.value_max = number.value_max;
    if (number.bound) row.bound = number.bound;
    if (number.note) row.note = number.note;
    // A claim about one feature gives that feature's figure; the choice stands below it.
    const about = features();
    if (about.length === 1) row.feature = about[0].id;
    add(row);
    button.disabled = true;
  }
  draw();
  return {
    element: el(
      "fieldset.cma-group",
      {},
      el("legend.cma-legend", {}, "Numbers and dates"),
      offered,
      list,
      names,
      units,
      el(
        "button.cmp-text-button",
        {
          onclick: () =>
            add({ quantity: "", value: "", unit: "" })?.querySelector("input")?.focus(),
        },
        "Write a figure",
      ),
    ),
    figures: () => rows,
    draw,
    /** @param {any[]} numbers found in the passage and, after them, in the rest of its sentence */
    offer(numbers, others) {
      const button = (number) => {
        const taken = rows.some(
          ({ value, unit }) => value === number.value && unit === number.unit,
        );
        const node = el(
          "button.cma-number",
          { "data-number": number.text, disabled: taken, onclick: () => take(number, node) },
          el("b", {}, number.text),
          el("span.cma-number-line", {}, figureWords(number)),
        );
        return node;
      };
      fill(
        offered,
        numbers.length
          ? [
              el("p.cma-hint", {}, "Found in the passage; a click takes one:"),
              el("div.cma-numbers", {}, numbers.map(button)),
            ]
          : null,
        others.length
          ? [
              el("p.cma-hint", {}, "In the rest of its sentence:"),
              el("div.cma-numbers", {}, others.map(button)),
            ]
          : null,
      );
    },
  };
}

export { figureWords };
