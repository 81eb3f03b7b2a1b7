/* Asks the server which names and numbers stand in the article's text, and says in words what a
   name may be. Everything is a proposal; nothing is taken here. */
import { el, fill } from "../../tools/dom.js";

const OF_FEATURES = new Set(["put_feature", "remove_feature", "add_layer"]);
const NOTHING = { names: [], numbers: [] };

/** @returns `{of(text, written): Promise<{names, numbers}>}` asks again only for something new */
export function createSuggest({ edit, draft }) {
  let key = "";
  let answer = Promise.resolve(NOTHING);
  return {
    of(text, written) {
      const ops = draft
        .steps()
        .flatMap((step) => step.ops)
        .filter((op) => OF_FEATURES.has(op.op));
      const wish = JSON.stringify({ text, written: written || "", ops });
      if (wish !== key) {
        key = wish;
        const init = {
          method: "POST",
          headers: { "Content-Type": "application/json" },
          body: wish,
        };
        answer = edit.ask("edit/suggest", init).then((one) => one.json());
        answer.catch(() => {
          key = "";
        });
      }
      return answer;
    },
  };
}

const whole = (number) => Math.round(number).toLocaleString("en-GB");

/** What a candidate is, in a line: "Town, Cities and stations" or "IR, 1,424,641 people, 98 km away". */
function candidateLine(draft, candidate) {
  if (candidate.type === "feature") {
    const kinds = draft.form().kinds;
    const kind = kinds.find((one) => one.id === candidate.kind)?.label || candidate.kind;
    const layer =
      draft.layers().find((one) => one.id === candidate.layer)?.title || candidate.layer;
    return `${kind}, ${layer}`;
  }
  const people = candidate.population ? `${whole(candidate.population)} people` : "";
  const away =
    candidate.distance_km < 1
      ? "on the corridor"
      : `${whole(candidate.distance_km)} km from the corridor`;
  return ["not on the map", candidate.country, people, away].filter(Boolean).join(", ");
}

export { candidateLine };

/** The candidates of one name as buttons. */
export function candidateButtons({ draft, candidates, onTake }) {
  return el(
    "ul.cma-candidates",
    {},
    candidates.map((candidate) =>
      el(
        "li",
        {},
        el(
          "button.cma-candidate",
          { onclick: () => onTake(candidate), "data-candidate": candidate.id || candidate.name },
          el("span.cma-candidate-name", { dir: "auto" }, candidate.name),
          el("span.cma-candidate-line", {}, candidateLine(draft, candidate)),
        ),
      ),
    ),
  );
}

/** One entry for each spelling, in the order of the text. */
function grouped(names) {
  const found = new Map();
  for (const name of names) {
    const key = `${name.text.toLowerCase()}|${name.candidates.map((one) => one.id || `${one.name}${one.country}`).join()}`;
    if (!found.has(key)) found.set(key, []);
    found.get(key).push(name);
  }
  return [...found.values()];
}

/**
 * The names that were found, as a list that needs no mouse.
 * @param {any} options {draft, onTake(name, candidate), onFind(name)}
 */
export function suggestList({ draft, onTake, onFind }) {
  const element = el("div.cma-names");
  const open = new Set();
  function entry(names) {
    const [first] = names;
    const box = el(
      "details.cma-name",
      { open: open.has(first.text) || null },
      el(
        "summary.cma-name-head",
        {},
        el("bdi.cma-name-text", {}, first.text),
        el(
          "span.cma-name-line",
          {},
          first.candidates[0].type === "place" ? "a place of the gazetteer?" : "on the map?",
          names.length > 1 ? ` ${names.length} times` : "",
        ),
      ),
      candidateButtons({
        draft,
        candidates: first.candidates,
        onTake: (candidate) => onTake(first, candidate),
      }),
      el("button.cmp-text-button", { onclick: () => onFind(first) }, "Show it in the text"),
    );
    box.addEventListener("toggle", () =>
      box.open ? open.add(first.text) : open.delete(first.text),
    );
    return box;
  }
  return {
    element,
    draw(names) {
      const groups = grouped(names);
      const note = groups.length
        ? "Names of features and places found in the text. Open one to see what it may be; nothing is linked by itself."
        : "No names of features or places were found in this text.";
      fill(element, el("p.cma-hint", {}, note), groups.map(entry));
    },
  };
}
