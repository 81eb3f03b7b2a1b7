/* Lets the user decide about each repair that is proposed, with a picture of before and after.
   All can be accepted at once only after each has been looked at. Mends nothing itself. */

import { el, fill, freshId, icon } from "../../tools/dom.js";
import { repairPicture } from "./repair_picture.js";

const TITLES = {
  "swap-axes": "Swapped axes",
  "close-rings": "Open rings",
  "split-collections": "Mixed shapes in one feature",
  "split-points": "Several points in one feature",
  "cut-at-180": "Across the 180th meridian",
  "drop-repeats": "Doubled points",
  "make-valid": "Outline crosses itself",
  "ring-order": "Direction of the rings",
};
const count = (n) => `${n.toLocaleString("en")} feature${n === 1 ? "" : "s"}`;
const sentence = (text) =>
  text.charAt(0).toUpperCase() + text.slice(1) + (text.endsWith(".") ? "" : ".");

function leaveWords(proposal) {
  if (!proposal.needed) return ["Keep as it is", "Kept as it is"];
  const these =
    proposal.count === 1 ? "this feature" : `these ${proposal.count.toLocaleString("en")} features`;
  return [`Leave ${these} out`, "Left out"];
}

/** The pictures of one proposal, one change at a time. */
function createPictures(proposal) {
  const box = el("div.cmp-add-change");
  const place = el("p.cmp-add-where", { "aria-live": "polite" });
  let at = 0;
  const step = (by) => () => {
    at = Math.max(0, Math.min(proposal.changes.length - 1, at + by));
    show();
  };
  const back = el(
    "button.cmp-btn.cmp-add-step",
    { "aria-label": "The change before", onclick: step(-1) },
    "‹",
  );
  const on = el(
    "button.cmp-btn.cmp-add-step",
    { "aria-label": "The next change", onclick: step(1) },
    "›",
  );
  function show() {
    const change = proposal.changes[at];
    fill(box, repairPicture(change));
    const shown = proposal.changes.length;
    const rest =
      proposal.count > shown ? `; the first ${shown} of ${proposal.count} have a picture` : "";
    fill(place, el("bdi", {}, change.where), shown > 1 ? ` (${at + 1} of ${shown}${rest})` : "");
    back.disabled = at === 0;
    on.disabled = at === shown - 1;
  }
  show();
  const several = proposal.changes.length > 1;
  return el("div", {}, box, el("div.cmp-add-steps", {}, several && back, place, several && on));
}

function createEntry(proposal, list) {
  const bodyId = freshId("repair");
  const [leave, left] = leaveWords(proposal);
  const entry = { proposal, state: "open", shown: false };
  const mark = el("span.cmp-add-state");
  const head = el(
    "button.cmp-add-repair-head",
    { "aria-controls": bodyId, onclick: () => list.open(entry.isOpen ? null : entry) },
    icon("down", 12),
    el("span.cmp-add-repair-title", {}, TITLES[proposal.repair]),
    mark,
  );
  const accept = el(
    "button.cmp-btn.is-main",
    { onclick: () => list.decide(entry, "accept") },
    "Accept",
  );
  const refuse = el("button.cmp-btn", { onclick: () => list.decide(entry, "leave") }, leave);
  const body = el(
    "div.cmp-add-repair-body",
    { id: bodyId, hidden: true },
    el("p.cmp-add-text", {}, el("bdi", {}, sentence(proposal.problem))),
    createPictures(proposal),
    el("p.cmp-add-text", {}, proposal.remedy),
    el("div.cmp-add-buttons", {}, accept, refuse),
  );
  entry.node = el("li.cmp-add-repair", { "data-repair": proposal.id }, head, body);
  entry.head = head;
  entry.show = (isOpen) => {
    entry.isOpen = isOpen;
    if (isOpen) entry.shown = true;
    body.hidden = !isOpen;
    head.setAttribute("aria-expanded", String(isOpen));
    const words = {
      open: proposal.needed ? "To decide, needed" : "To decide",
      accept: "Accepted",
      leave: left,
    };
    mark.textContent = words[entry.state];
    entry.node.setAttribute("data-state", entry.state);
    accept.setAttribute("aria-pressed", String(entry.state === "accept"));
    refuse.setAttribute("aria-pressed", String(entry.state === "leave"));
  };
  return entry;
}

/**
 * @param {any[]} proposals of the look at a file
 * @param {() => void} changed told when something was decided
 * @returns `{node, open(): number, accepted(): string[], leftOut(): string[], focus()}`
 */
export function createRepairList(proposals, changed) {
  const list = { open, decide };
  const entries = proposals.map((proposal) => createEntry(proposal, list));
  const left = el("p.cmp-add-note");
  const all = el("button.cmp-btn", { onclick: acceptAll }, "Accept all");
  const waiting = () => entries.filter(({ state }) => state === "open");

  function show() {
    for (const entry of entries) entry.show(Boolean(entry.isOpen));
    const unseen = entries.filter((entry) => !entry.shown).length;
    all.hidden = entries.length < 2 || !waiting().length;
    all.disabled = unseen > 0;
    left.hidden = all.hidden || !unseen;
    left.textContent = `Look at ${unseen === 1 ? "the one" : `the ${unseen}`} not yet opened to accept all at once.`;
  }
  function open(entry) {
    for (const one of entries) one.isOpen = one === entry;
    show();
  }
  function decide(entry, state) {
    entry.state = state;
    const next = entries.find((one) => one.state === "open");
    open(next || null);
    (next || entry).head.focus();
    changed();
  }
  function acceptAll() {
    for (const entry of waiting()) entry.state = "accept";
    open(null);
    entries[0].head.focus();
    changed();
  }
  const ids = (test) => entries.filter(test).map(({ proposal }) => proposal.id);
  open(entries[0] || null);
  return {
    node: el(
      "div.cmp-add-repairs-box",
      {},
      el(
        "ol.cmp-add-repairs",
        {},
        entries.map(({ node }) => node),
      ),
      left,
      all,
    ),
    open: () => waiting().length,
    accepted: () => ids(({ state }) => state === "accept"),
    leftOut: () => ids(({ state, proposal }) => state === "leave" && proposal.needed),
    focus: () => (waiting()[0] || entries[0]).head.focus(),
  };
}
export { count as countFeatures };
