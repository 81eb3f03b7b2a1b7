/* A kind of one's own, made beside the choice of a feature's kind: its word, its shape, its sign,
   with a picture of the sign as the map draws it. It becomes a step of the draft. */
import { swatch } from "../../map/signs/signs.js";
import { el, elementIn, fill, freshId } from "../../tools/dom.js";
import { idOf } from "../../tools/letters.js";
import { createFormState, formField } from "./fields.js";
import { createFormMessages } from "./messages.js";

const SHAPES = [
  { id: "point", label: "A point or an area" },
  { id: "line", label: "A line" },
];
const LETTERS = /^[A-Z0-9]{1,2}$/;

/** The sign of letters: the parts of each at its place. @param {any} own `own` of the form */
function lettered(own, letters) {
  if (letters.length === 1) return own.letters[letters][0];
  const [first, second] = [...letters].map((letter, at) => own.letters[letter][at + 1]);
  const parts = second.parts.filter(
    (part) => !first.parts.some((other) => JSON.stringify(other) === JSON.stringify(part)),
  );
  return { ...first, parts: [...first.parts, ...parts] };
}

/** An id that is free; it begins with a letter and is short. */
function kindId(name, taken) {
  const plain = idOf(name, "kind", new Set()).slice(0, 32).replace(/-+$/, "");
  return idOf(/^[a-z]/.test(plain) ? plain : `kind-${plain}`, "kind", taken);
}

/**
 * @param {any} options {draft, say(text), onMade(id)}
 * @returns `{opener, element}`: the button that opens it, and the form
 */
export function newKind({ draft, say, onMade }) {
  const { own } = draft.form();
  let state = createFormState({ shape: "point", sign: "square" });
  const id = freshId("kind");
  const element = el("fieldset.cmf-group.cmf-new-kind", { id, hidden: true });
  const opener = el(
    "button.cmf-text-button",
    { "aria-expanded": "false", "aria-controls": id, onclick: () => show(element.hidden) },
    "New kind …",
  );

  function show(open) {
    element.hidden = !open;
    opener.setAttribute("aria-expanded", String(open));
    if (!open) return opener.focus();
    state = createFormState({ shape: "point", sign: "square" });
    draw();
    return elementIn(element, ".cmf-input")?.focus();
  }

  function draw() {
    const preview = el("span.cmf-kind-preview", { "aria-hidden": "true" });
    const signs = el("div.cmf-kind-signs");
    const word = formField(state, { path: ["word"], label: "What it is called", required: true });
    elementIn(word, "input")?.setAttribute("maxlength", String(own.longest));
    const shape = formField(state, {
      path: ["shape"],
      label: "On the map",
      required: true,
      choices: SHAPES,
    });
    const letters = formField(state, {
      path: ["letters"],
      label: "Or one or two letters",
      hint: "A to Z, digits",
    });
    const messages = createFormMessages(element, "No kind added");
    const signOf = () => {
      const said = String(state.get(["letters"]) || "").toUpperCase();
      return state.get(["shape"]) === "point" && LETTERS.test(said) ? said : state.get(["sign"]);
    };
    function picture() {
      const chosen = signOf();
      const named = own.signs[state.get(["shape"])].find((one) => one.id === chosen);
      fill(preview, swatch(named ? named.sign : lettered(own, chosen), 64, 40));
    }
    function list() {
      const of = own.signs[state.get(["shape"])];
      if (!of.some((one) => one.id === state.get(["sign"]))) state.set(["sign"], of[0].id);
      letters.hidden = state.get(["shape"]) === "line";
      fill(
        signs,
        of.map((one) =>
          el(
            "button.cmf-kind-sign",
            {
              "aria-pressed": String(signOf() === one.id),
              "aria-label": one.label,
              title: one.label,
              "data-sign": one.id,
              onclick() {
                state.set(["letters"], undefined);
                const typed = letters.querySelector("input");
                if (typed) typed.value = "";
                state.set(["sign"], one.id);
                list();
                elementIn(signs, `[data-sign="${one.id}"]`)?.focus();
              },
            },
            swatch(one.sign, 34, 26),
          ),
        ),
      );
      picture();
    }
    shape.addEventListener("change", list);
    letters.addEventListener("input", list);
    const add = el("button.cmf-button.is-main", { onclick: send }, "Add this kind");
    async function send() {
      const said = state.get(["letters"]);
      if (said && state.get(["shape"]) === "point" && !LETTERS.test(said.toUpperCase())) {
        messages.show([
          {
            field: "letters",
            problem: "This is no sign",
            remedy: "Write one or two letters from A to Z or digits.",
          },
        ]);
        return;
      }
      const name = String(state.get(["word"]) || "").trim();
      const taken = new Set(draft.form().kinds.map((one) => one.id));
      const kind = {
        id: kindId(name, taken),
        word: name,
        shape: state.get(["shape"]),
        sign: signOf(),
      };
      add.disabled = true;
      const answer = await draft
        .push([{ op: "put_kind", kind, was: null }], `Add kind ${name}`)
        .catch((error) => ({ ok: false, findings: [{ problem: error.message, remedy: "" }] }));
      add.disabled = false;
      if (!answer.ok) {
        messages.show(answer.findings);
        return;
      }
      say(`Kind ${name} added`);
      show(false);
      onMade(kind.id);
    }
    fill(
      element,
      el("legend.cmf-legend", {}, "New kind"),
      el("div.cmf-fields", {}, word, shape),
      el("span.cmf-label", {}, "Its sign"),
      signs,
      el(
        "div.cmf-fields",
        {},
        letters,
        el("div.cmf-field", {}, el("span.cmf-label", {}, "As on the map"), preview),
      ),
      messages.element,
      el("div.cmf-row", {}, add, el("button.cmf-button", { onclick: () => show(false) }, "Cancel")),
    );
    list();
  }
  return { opener, element };
}
