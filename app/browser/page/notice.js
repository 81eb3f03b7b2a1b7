/* The strip under the header: what cannot be shown, what failed, and why. */
import { el, fill, freshId, icon } from "../tools/dom.js";
import * as words from "../tools/words.js";

/** A finding of the document as a notice: one line, and the whole of it. */
function ofFinding(finding) {
  if (typeof finding === "string") return { text: finding, details: "" };
  const where = [finding.file, finding.feature].filter(Boolean).join(", ");
  const text = [where, finding.problem].filter(Boolean).join(": ");
  return { text, details: finding.remedy || "" };
}

function detailsList(notices) {
  return notices.map((notice) =>
    el(
      "li.cmp-notice-item",
      {},
      notices.length > 1 ? el("p.cmp-notice-what", {}, notice.text) : null,
      notice.details ? el("p.cmp-notice-why", {}, notice.details) : null,
    ),
  );
}

/**
 * Show the document's findings and the state's notices, the newest first.
 * @param {Model} model @param {Store} store
 */
export function createNotice(frame, model, store) {
  const slot = frame.slots.notice;
  const id = freshId("notice");
  const found = (model.document.findings || []).map(ofFinding);
  let dismissed = 0;
  let open = false;

  const text = el("p.cmp-notice-text");
  const more = el("button.cmp-text-button", { "aria-controls": id, onclick: () => toggle(!open) });
  const close = el(
    "button.cmp-icon-button",
    { "aria-label": "Dismiss the notice", onclick: dismiss },
    icon("close", 14),
  );
  const list = el("ul.cmp-notice-list", { id, hidden: true });
  const strip = el("div.cmp-notice", { role: "alert" }, icon("differs", 14), text, more, close);
  fill(slot, strip, list);

  const all = () => [...found, ...(store.get().notices || [])];
  const shown = () => all().slice(dismissed).reverse();

  function toggle(on) {
    open = on;
    list.hidden = !open;
    more.setAttribute("aria-expanded", String(open));
    more.textContent = open ? "Hide details" : "Details";
  }

  function dismiss() {
    dismissed = all().length;
    toggle(false);
    update();
  }

  /** @param {State} [state] @param {State} [before] */
  function update(state, before) {
    if (state && before && state.notices === before.notices) return;
    const notices = shown();
    slot.hidden = notices.length === 0;
    if (!notices.length) return;
    const rest = notices.length - 1;
    text.textContent = notices[0].text;
    if (rest) text.append(` (and ${words.count(rest, "more notice")})`);
    more.hidden = !rest && !notices[0].details;
    text.title = notices[0].text;
    fill(list, detailsList(notices));
  }
  toggle(false);
  update();
  return { destroy: store.subscribe(update) };
}
