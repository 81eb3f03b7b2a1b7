/* Puts the server's findings beside the fields that they name. Knows no feature and no rule. */
import { el, fill, freshId, reveal } from "../../tools/dom.js";

/** Where in a feature's properties a finding belongs, as steps; none if it is about no field. */
function stepsOf({ field }) {
  const steps = (field || "").split(".").filter(Boolean);
  return steps[0] === "properties" ? steps.slice(1) : steps;
}

/** The same is said once. */
const telling = (findings) =>
  findings.filter(
    (finding, i) =>
      findings.findIndex(
        (other) => other.problem === finding.problem && other.field === finding.field,
      ) === i,
  );

/** The field of the longest path that the steps begin with. */
function fieldOf(root, steps) {
  for (let n = steps.length; n > 0; n -= 1) {
    const path = steps.slice(0, n).join(".");
    const found = root.querySelector(`[data-path="${CSS.escape(path)}"]`);
    if (found) return found;
  }
  return null;
}

/** @param {any} finding @param {string} place what is said in place of where it stands */
const sentence = ({ problem, remedy }, place = "") => {
  const text = String(problem || "").replace(/[.\s]*$/, "");
  const said = place && text.startsWith(place) ? `This${text.slice(place.length)}` : text;
  return [
    el("span.cmf-problem", {}, `${said.charAt(0).toUpperCase()}${said.slice(1)}.`),
    remedy ? ` ${remedy}` : "",
  ];
};

/** Go to the field that a finding is about. @returns whether the form has one */
export function goToField(root, finding) {
  const field = fieldOf(root, stepsOf(finding));
  if (!field) return false;
  for (let up = field.closest("details"); up; up = up.parentElement.closest("details"))
    up.open = true;
  const input = field.querySelector(".cmf-input, button, summary") || field;
  input.focus({ preventScroll: true });
  reveal(root, field, 120);
  return true;
}

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
    const steps = stepsOf(finding);
    const field = fieldOf(root, steps);
    if (!field) return null;
    for (let up = field.closest("details"); up; up = up.parentElement.closest("details"))
      up.open = true;
    const messages = field.querySelector(":scope > .cmf-messages");
    messages.append(
      el(
        "p.cmf-message",
        { id: freshId("message") },
        sentence(finding, field.dataset.path === steps.join(".") ? finding.params?.place : ""),
      ),
    );
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
