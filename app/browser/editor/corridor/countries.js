/* Chooses countries by name: each that is chosen stands as a chip that can be taken away. */
import { el, fill, freshId, icon } from "../../tools/dom.js";
import { folded } from "../../tools/letters.js";
import * as words from "../../tools/words.js";

/**
 * @param {any} options {countries: [code, name][], chosen: string[], label, hint, onChange(codes)}
 * @returns `{node, codes()}`
 */
export function countryField({ countries, chosen, label, hint, onChange }) {
  let codes = [...chosen];
  const id = freshId("countries");
  const names = new Map(countries);
  const nameOf = (code) => names.get(code) || words.country(code) || code;
  const codeOf = (text) =>
    countries.find(
      ([code, name]) => folded(name) === folded(text) || code === text.toUpperCase(),
    )?.[0];

  const list = el(
    "datalist",
    { id: `${id}-list` },
    countries.map(([, name]) => el("option", { value: name })),
  );
  const trouble = el("p.cmf-message", { id: `${id}-trouble`, role: "alert", hidden: true });
  const input = el("input.cmf-input", {
    id,
    type: "text",
    list: list.id,
    autocomplete: "off",
    spellcheck: "false",
    "aria-describedby": `${id}-hint ${id}-trouble`,
    placeholder: "Names of countries, with commas between",
    oninput: () => named().every(({ code }) => code) && take(),
    onchange: take,
    onkeydown(event) {
      if (event.key !== "Enter") return;
      event.preventDefault();
      take();
    },
  });
  const chips = el("ul.cmc-chips", { "aria-label": `${label}, chosen` });

  /** What stands in the field: a country, or several with commas between. */
  function named() {
    const text = input.value.trim();
    // The name of a country may hold a comma itself.
    const given = codeOf(text) ? [text] : text.split(/[,;]/).map((one) => one.trim());
    return given.filter(Boolean).map((one) => ({ one, code: codeOf(one) }));
  }

  function take() {
    const given = named();
    const unknown = given.filter(({ code }) => !code).map(({ one }) => one);
    trouble.hidden = !unknown.length;
    trouble.textContent = unknown.length
      ? `No country is called “${unknown.join("”, “")}”. Choose one of the list.`
      : "";
    input.value = unknown.join(", ");
    const fresh = given.flatMap(({ code }) => (code ? [code] : []));
    if (fresh.some((code) => !codes.includes(code))) set([...new Set([...codes, ...fresh])]);
  }

  function set(next) {
    codes = next;
    draw();
    onChange?.(codes);
  }

  function draw() {
    chips.hidden = !codes.length;
    fill(
      chips,
      codes.map((code) =>
        el(
          "li.cmc-chip",
          {},
          nameOf(code),
          el(
            "button.cmc-chip-off",
            {
              "aria-label": `Take ${nameOf(code)} away`,
              onclick() {
                set(codes.filter((one) => one !== code));
                input.focus();
              },
            },
            icon("close", 10),
          ),
        ),
      ),
    );
  }

  draw();
  const node = el(
    "div.cmf-field.is-wide",
    { "data-path": "countries" },
    el("label.cmf-label", { for: id }, label),
    chips,
    input,
    list,
    el("p.cmf-hint", { id: `${id}-hint` }, hint),
    trouble,
    el("div.cmf-messages", {}),
  );
  return { node, codes: () => codes };
}
