/* Puts the server's findings beside the fields that they name. Knows no feature and no rule: which
   field a finding names it reads from its words. */
import { el, fill, freshId, reveal } from "../../tools/dom.js";

/** Words of a finding that speak of a field without naming its key. */
/** @type {[RegExp, string[]][]} */
const SPEAKS_OF = [
  [/^the kind /, ["kind"]],
  [/out of order|^event|the event/, ["status_history"]],
  [/^the bridge|is no bridge|from its bridge/, ["bridge"]],
  [
    /coordinate|position is outside|a ring|a line has|outline of an area|latitude and longitude|geometry/,
    ["geometry"],
  ],
  [/figure/, ["figures"]],
  [/source/, ["sources"]],
  [/\bid\b/, ["id"]],
];

/** "'date' in entry 2 of 'status_history' is missing" as ["status_history", "1", "date"]. */
function stepsOfWords(problem) {
  const place = /^((?:'[^']+'|entry \d+)(?: (?:in|of) (?:'[^']+'|entry \d+))*)/.exec(problem);
  if (!place) return null;
  const steps = place[1].split(/ in | of /).map((step) => {
    const entry = /^entry (\d+)$/.exec(step);
    return entry ? String(Number(entry[1]) - 1) : step.slice(1, -1);
  });
  return steps.reverse();
}

/** Where in a feature's properties a finding belongs, as steps; empty where nobody can say. */
function stepsOf({ field, problem }) {
  const said = Array.isArray(field)
    ? field.map(String)
    : String(field || "")
        .split(/[.[\]/]+/)
        .filter(Boolean);
  const steps = said[0] === "properties" ? said.slice(1) : said;
  if (steps.length) return steps;
  const named = stepsOfWords(problem || "");
  if (named) return named;
  const [, guess] = SPEAKS_OF.find(([words]) => words.test(problem || "")) || [null, []];
  return guess;
}

/** A list is called too short when its entries were refused: the entries say what is wrong. */
function telling(findings) {
  const paths = findings.map((finding) => stepsOf(finding).join("."));
  return findings.filter((finding, i) => {
    const follows =
      /too few entries/.test(finding.problem || "") &&
      paths.some((path) => path.startsWith(`${paths[i]}.`));
    const same = findings.findIndex(
      (other, n) => other.problem === finding.problem && paths[n] === paths[i],
    );
    return !follows && same === i;
  });
}

/** The field of the longest path that the steps begin with. */
function fieldOf(root, steps) {
  for (let n = steps.length; n > 0; n -= 1) {
    const path = steps.slice(0, n).join(".");
    const found = root.querySelector(`[data-path="${CSS.escape(path)}"]`);
    if (found) return found;
  }
  return null;
}

const sentence = ({ problem, remedy }) => {
  const text = String(problem || "").replace(/[.\s]*$/, "");
  const said = text.replace(/^'([a-z_:]+)'(?: in entry \d+ of '[a-z_]+')? /, "This ");
  return [
    el("span.cmf-problem", {}, `${said.charAt(0).toUpperCase()}${said.slice(1)}.`),
    remedy ? ` ${remedy}` : "",
  ];
};

/**
 * @param {Element} root holds the fields @param {string} refused what a refusal begins with
 * @returns `{show(findings), clear(), element}` the element lists what belongs to no field
 */
export function createFormMessages(root, refused = "Not changed") {
  const box = el("div.cmf-told", { role: "alert", hidden: true });

  function clear() {
    box.hidden = true;
    fill(box);
    for (const messages of root.querySelectorAll(".cmf-messages")) fill(messages);
    for (const input of root.querySelectorAll("[aria-invalid]"))
      input.removeAttribute("aria-invalid");
  }

  function place(finding) {
    const field = fieldOf(root, stepsOf(finding));
    if (!field) return null;
    for (let up = field.closest("details"); up; up = up.parentElement.closest("details"))
      up.open = true;
    const messages = field.querySelector(":scope > .cmf-messages");
    messages.append(el("p.cmf-message", { id: freshId("message") }, sentence(finding)));
    const input = field.querySelector(".cmf-input, button");
    if (input?.matches(".cmf-input")) input.setAttribute("aria-invalid", "true");
    return input;
  }

  /** Show what is wrong; the first field that is named gets the focus. */
  function show(given) {
    const findings = telling(given);
    clear();
    const inputs = [];
    const rest = [];
    for (const finding of findings) {
      const input = place(finding);
      if (input) inputs.push(input);
      else rest.push(finding);
    }
    const n = findings.length;
    const head = `${refused}: ${n === 1 ? "one thing is" : `${n} things are`} to mend. What you wrote is kept.`;
    const where = ({ file, feature }) => [file, feature].filter(Boolean).join(", ");
    fill(
      box,
      el("p.cmf-told-head", {}, head),
      rest.map((finding) =>
        el(
          "p.cmf-message",
          {},
          sentence(finding),
          where(finding) ? el("span.cmf-where", {}, ` (${where(finding)})`) : "",
        ),
      ),
    );
    box.hidden = false;
    /** @type {NodeListOf<HTMLElement>} */
    const all = root.querySelectorAll(".cmf-input, button");
    const first = [...all].find((input) => inputs.includes(input));
    if (first) first.focus({ preventScroll: true });
    // More than the foot of the form covers.
    reveal(root, first || box, 120);
  }

  root.addEventListener("input", (event) => {
    const input = /** @type {Element} */ (event.target);
    const field = input.closest("[data-path]");
    if (!field || !input.hasAttribute("aria-invalid")) return;
    input.removeAttribute("aria-invalid");
    fill(field.querySelector(":scope > .cmf-messages"));
  });
  return { show, clear, element: box };
}
