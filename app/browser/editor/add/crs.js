/* Asks for the coordinate system of a file: those in which it would fall into the corridor
   first, and a search by name or EPSG code. Chooses none by itself. */
import { el, fill, freshId } from "../../tools/dom.js";

const PAUSE_MS = 250;

/**
 * @param {any} env {guesses: {code, name}[]|null, search(words): Promise<object[]>, choose(code)}
 * @returns `{node}`
 */
export function createCrsChoice({ guesses, search, choose }) {
  const id = freshId("crs");
  const results = el("ul.cmp-add-crs-list", { "aria-label": "Coordinate systems found" });
  const told = el("p.cmp-add-note", { "aria-live": "polite" });
  let latest = 0;
  let timer = 0;

  const button = ({ code, name, kind, near }) =>
    el(
      "li",
      {},
      el(
        "button.cmp-add-crs",
        { onclick: () => choose(code), "data-crs": code },
        el("b.cmp-add-crs-code", {}, code),
        " ",
        name,
        kind
          ? el(
              "span.cmp-add-crs-kind",
              {},
              `${kind}${near ? "" : ", for another part of the world"}`,
            )
          : null,
      ),
    );

  async function find(words) {
    latest += 1;
    const own = latest;
    if (!words.trim()) {
      fill(results);
      told.textContent = "";
      return;
    }
    try {
      const found = await search(words);
      if (own !== latest) return;
      fill(results, found.map(button));
      told.textContent = found.length ? "" : "No system has such a name or code.";
    } catch (error) {
      if (own === latest) told.textContent = error.message;
    }
  }

  const field = el("input.cmp-add-input", {
    type: "search",
    id,
    autocomplete: "off",
    spellcheck: "false",
    placeholder: "UTM 38N, Pulkovo, 32638",
    oninput: () => {
      clearTimeout(timer);
      timer = setTimeout(() => find(field.value), PAUSE_MS);
    },
  });
  const proposed =
    guesses &&
    (guesses.length
      ? [
          el(
            "p.cmp-add-text",
            {},
            "In these the data would fall where the corridor is. Ask who made the file, then choose:",
          ),
          el(
            "ul.cmp-add-crs-list",
            { "aria-label": "Coordinate systems that would fit" },
            guesses.map(button),
          ),
        ]
      : el(
          "p.cmp-add-text",
          {},
          "No usual system would put it in the corridor. Ask who made the file.",
        ));
  return {
    node: el(
      "div.cmp-add-crs-box",
      {},
      proposed,
      el("label.cmp-add-label", { for: id }, "Find by name or EPSG code"),
      field,
      results,
      told,
    ),
  };
}
