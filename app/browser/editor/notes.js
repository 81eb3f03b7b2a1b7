/* What remains to be looked at, by kind of thing, each leading to the field it is about. */
import { el, fill } from "../tools/dom.js";

/** More than this are folded by kind, so that one sees the kinds first. */
const OPEN_MOST = 6;

/** What a finding says, and where: two lines of the list. */
function noteItem(note, goTo) {
  const { file, feature, problem, remedy } = note;
  const where = [file, feature].filter(Boolean).join(": ");
  const lines = [
    el("span.cmp-edit-note-what", { dir: "auto" }, problem),
    el("span.cmp-edit-note-why", { dir: "auto" }, [where, remedy].filter(Boolean).join(". ")),
  ];
  const leads = goTo(note);
  return el(
    "li.cmp-edit-note",
    {},
    leads ? el("button.cmp-edit-note-go", { onclick: leads }, lines) : lines,
  );
}

/** The kind of a finding in words: its code is a short sentence. */
const kindOf = ({ code, problem }) => {
  const words = (code || problem).replaceAll("-", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/**
 * @param {Element} box @param {any[]} notes
 * @param {(note: any) => ((() => void) | null)} goTo what leads to the place of a note, if anything does
 */
export function fillNotes(box, notes, goTo) {
  const closed = new Set(
    [...box.querySelectorAll("details:not([open])")].map((one) => one.getAttribute("data-kind")),
  );
  const before = new Set(
    [...box.querySelectorAll("details")].map((one) => one.getAttribute("data-kind")),
  );
  const kinds = Map.groupBy(notes, kindOf);
  fill(
    box,
    [...kinds].map(([kind, some]) =>
      el(
        "details.cmp-edit-kind",
        {
          "data-kind": kind,
          open: before.has(kind) ? !closed.has(kind) : notes.length <= OPEN_MOST,
        },
        el("summary.cmp-edit-kind-title", {}, `${kind}: ${some.length}`),
        el(
          "ul.cmp-edit-kind-notes",
          {},
          some.map((note) => noteItem(note, goTo)),
        ),
      ),
    ),
  );
}
