/* The fields of one column: what it becomes, and what is needed to understand its words. */

import { el, fill, freshId } from "../../tools/dom.js";
import { cut, select, text } from "./inputs.js";

const LANGUAGE = /^([a-z]{2,3}(-[A-Za-z0-9]{2,8})*)?$/;
const SAMPLES = 3;
const KEEP = "keep";

/** A text field with words to choose from. */
function suggested(label, value, words, more) {
  const id = freshId("words");
  const made = text(label, value, null, { list: id, ...more });
  made.node.append(
    el(
      "datalist",
      { id },
      words.map(([word, name]) => el("option", { value: word }, name || "")),
    ),
  );
  return made;
}

const samplesOf = (values) =>
  values?.length
    ? values
        .slice(0, SAMPLES)
        .map(({ text: word }) => cut(word))
        .join(" · ")
    : "no values";

/** The table from the file's words to ours: each word once, with how often it stands. */
function createWords(column, role, said, { offered, changed }) {
  const choices = { status: offered.statuses, kind: offered.kinds, mode: offered.modes }[role];
  const label = (word) =>
    (choices || []).find(([id]) => id === word)?.[1] || (role === "mode" ? "nothing" : word);
  const inputs = new Map();
  const listed = column.values || [];
  const known = new Set(listed.map(({ text: word }) => word));
  const more = [...said.keys()].filter((word) => !known.has(word));
  const words = [...listed, ...more.map((word) => ({ text: word, count: 0, ours: {} }))];
  const rows = words.map(({ text: word, count, ours }) => {
    const own = ours[role];
    const alone = own ? `${label(own)}, as it says` : "Not understood";
    const props = {
      "aria-label": `“${cut(word)}” means`,
      onchange: () => {
        if (input.value.trim()) said.set(word, input.value.trim());
        else said.delete(word);
        changed();
      },
    };
    const input = choices
      ? el(
          "select.cmp-add-select",
          props,
          el("option", { value: "" }, alone),
          choices.map(([id, name]) => el("option", { value: id }, name || "nothing")),
        )
      : el("input.cmp-add-input", {
          ...props,
          type: "text",
          maxlength: 2,
          placeholder: own || "two letters, such as KZ",
          autocomplete: "off",
        });
    input.value = said.get(word) || "";
    inputs.set(word, input);
    return el(
      "tr",
      { "data-open": !own && !said.has(word) },
      el("th.cmp-add-word", { scope: "row" }, el("bdi", {}, cut(word))),
      el("td.cmp-add-times", {}, count ? `${count.toLocaleString("en")}×` : "–"),
      el("td.cmp-add-means", {}, input),
    );
  });
  const rest = (column.distinct || 0) - listed.length;
  return {
    node: el(
      "div.cmp-add-words",
      {},
      el("table.cmp-add-word-table", {}, el("tbody", {}, rows)),
      rest > 0
        ? el("p.cmp-add-note", {}, `${rest.toLocaleString("en")} more words are not listed here.`)
        : null,
    ),
    input: (word) => inputs.get(word) || null,
  };
}

/**
 * @param {any} column of the look at a file
 * @param {any} rule what it becomes so far, or nothing
 * @param {any} env {offered, quantities, changed()}
 * @returns `{node, name, rule(): object|null, role(), faulty(taken), word(text)}`
 */
export function createRule(column, rule, env) {
  const { offered, quantities, changed } = env;
  const shown = cut(column.name);
  const said = new Map(Object.entries(rule?.words || {}));
  const box = el("div.cmp-add-rule-fields");
  /** @type {any} */
  let parts = {};
  /** @type {any} */
  let words = null;
  const role = select(`“${shown}” becomes`, offered.roles);
  role.input.value = rule?.to || KEEP;
  const likely = offered.roles.find(([word]) => word === column.likely);
  const hint = likely
    ? el(
        "p.cmp-add-note.cmp-add-likely",
        {},
        `May be: ${likely[1]}. `,
        el(
          "button.cmp-text-button",
          {
            "aria-label": `Yes, “${shown}” is: ${likely[1]}`,
            onclick: () => {
              role.input.value = column.likely;
              turned();
              role.input.focus();
            },
          },
          "Yes, it is",
        ),
      )
    : null;

  function show(from) {
    const to = role.input.value;
    parts = {};
    words = null;
    if (to === "name") {
      parts.language = suggested("Language of the names", from?.language || "", offered.languages, {
        placeholder: "empty: the name that the map writes",
        dir: "ltr",
      });
    } else if (to === "figure") {
      const units = [...new Set(quantities.flatMap((one) => one.units))];
      parts.quantity = suggested(
        "What is counted",
        from?.quantity || "",
        quantities.map(({ id }) => [id]),
        { placeholder: "capacity, traffic, …" },
      );
      parts.unit = suggested(
        "Unit",
        from?.unit || "",
        units.map((unit) => [unit]),
        {
          placeholder: "t/year, km, count, …",
          dir: "ltr",
        },
      );
    } else if (to === "uncertainty") {
      parts.unit = select("Unit", [
        ["m", "metres"],
        ["km", "kilometres"],
      ]);
      parts.unit.input.value = from?.unit || "m";
    }
    if (to === "figure" || to === "uncertainty") {
      parts.decimal = select("Sign before decimals", [
        ["", "Not known: 1.200 is not understood"],
        [".", "A point: 1.5"],
        [",", "A comma: 1,5"],
      ]);
      parts.decimal.input.value = from?.decimal || "";
    }
    if (to === "status_date") {
      parts.date_order = select("03/04/2019 is meant as", [
        ["", "Not known: it is not understood"],
        ["day-first", "3 April"],
        ["month-first", "4 March"],
      ]);
      parts.date_order.input.value = from?.date_order || "";
    }
    if (offered.word_roles.includes(to)) {
      words = createWords(column, to, said, env);
    }
    for (const part of Object.values(parts)) part.input.addEventListener("change", () => changed());
    fill(
      box,
      Object.values(parts).map(({ node }) => node),
      words?.node,
    );
    box.hidden = !box.firstChild;
    if (hint) hint.hidden = to !== KEEP;
  }
  function turned() {
    said.clear();
    show(null);
    changed();
  }
  role.input.addEventListener("change", turned);
  show(rule);

  const value = (name) => (parts[name] ? parts[name].input.value.trim() : "");
  return {
    name: column.name,
    node: el(
      "li.cmp-add-rule",
      {},
      role.node,
      el("p.cmp-add-note.cmp-add-samples", {}, el("bdi", {}, samplesOf(column.values))),
      hint,
      box,
    ),
    role: () => role.input.value,
    language: () => value("language"),
    /** What the column becomes, as the server reads it; null while it stays as it is. */
    rule() {
      if (role.input.value === KEEP) return null;
      const made = Object.entries({
        language: value("language"),
        quantity: value("quantity"),
        unit: value("unit"),
        date_order: value("date_order"),
        decimal: value("decimal"),
      }).filter(([, each]) => each);
      return {
        to: role.input.value,
        ...Object.fromEntries(made),
        ...(words && said.size ? { words: Object.fromEntries(said) } : {}),
      };
    },
    /** @returns {Element|null} the first field that is not as it must be */
    faulty(twice) {
      role.say(twice ? "Another column becomes the same. Only one can." : "");
      for (const name of ["quantity", "unit"])
        parts[name]?.say(value(name) ? "" : "Write it: a number alone says nothing.");
      parts.language?.say(LANGUAGE.test(value("language")) ? "" : "Write a code such as en or fa.");
      const all = [role, ...Object.values(parts)].map(({ input }) => input);
      return all.find((input) => input.getAttribute("aria-invalid") === "true") || null;
    },
    word: (each) => words?.input(each) || role.input,
  };
}
