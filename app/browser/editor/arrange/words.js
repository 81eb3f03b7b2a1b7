/* The words of an arranged export: headline, subtitle, byline, and which claims are told and how;
   and the names that were put by hand or hidden. Asks no server. */

import { el, fill, freshId } from "../../tools/dom.js";
import { withClaim, withWords } from "./hand.js";

const LONGEST = { headline: 200, subtitle: 400, byline: 200, title: 200, text: 1000 };

function field(title, key, given, changed, rows = 1) {
  const tag = rows > 1 ? "textarea.cmp-arrange-text" : "input.cmp-arrange-text";
  /** @type {any} */
  const input = el(tag, {
    ...(rows > 1 ? { rows } : { type: "text" }),
    maxlength: LONGEST[key],
    placeholder: given,
    dir: "auto",
    onchange: () => changed(input.value.trim()),
  });
  return {
    input,
    node: el("label.cmp-field", {}, el("span.cmp-field-name", {}, title), input),
  };
}

function heads(env) {
  const { title, headline } = env.usual;
  const made = {
    headline: field("Headline", "headline", title, (text) => env.change({ headline: text }), 2),
    subtitle: field("Subtitle", "subtitle", headline, (text) => env.change({ subtitle: text }), 2),
    byline: field("Byline", "byline", "Whose work it is", (text) => env.change({ byline: text })),
  };
  return {
    nodes: Object.values(made).map((one) => one.node),
    show: (hand) => {
      for (const [key, one] of Object.entries(made)) one.input.value = hand[key];
    },
  };
}

function claimRow(env, claim, every) {
  const told = el("input.cmp-check-input", {
    type: "checkbox",
    onchange: () => env.make((hand) => withClaim(hand, claim.id, told.checked, every)),
  });
  const words = { title: "", text: "" };
  const say = (key) => (text) => {
    words[key] = text;
    env.make((hand) => withWords(hand, claim.id, words));
  };
  const title = field("Title", "title", claim.title, say("title"));
  const text = field("Text", "text", claim.text, say("text"), 3);
  const own = el("span.cmp-arrange-own", { hidden: true }, "other words");
  const node = el(
    "li.cmp-arrange-claim",
    {},
    el(
      "label.cmp-part",
      {},
      told,
      el("span.cmp-arrange-number", {}, claim.number),
      el("bdi", {}, claim.title),
    ),
    el(
      "details.cmp-arrange-words",
      {},
      el("summary", { "aria-label": `Words of claim ${claim.number}` }, "Words ", own),
      title.node,
      text.node,
    ),
  );
  return {
    node,
    show(hand) {
      told.checked = !hand.claims || hand.claims.includes(claim.id);
      const kept = hand.words.find((one) => one.claim === claim.id) || {};
      words.title = title.input.value = kept.title || "";
      words.text = text.input.value = kept.text || "";
      own.hidden = !kept.title && !kept.text;
    },
  };
}

function claims(env) {
  const every = env.claims.map(({ id }) => id);
  const rows = env.claims.map((claim) => claimRow(env, claim, every));
  const heading = el("h3.cmp-arrange-head", { id: freshId("claims") }, "Claims told");
  return {
    node: rows.length
      ? el(
          "section",
          { "aria-labelledby": heading.id },
          heading,
          el(
            "ol.cmp-arrange-claims",
            {},
            rows.map((row) => row.node),
          ),
        )
      : null,
    show: (hand) => rows.forEach((row) => row.show(hand)),
  };
}

/** The names that are not where the rules have them: each can be put back. */
function moved(env) {
  const list = el("ul.cmp-arrange-moved");
  const none = el("p.cmp-hint", {}, "All names stand where the rules put them.");
  const all = el("button.cmp-text-button", { onclick: env.allBack }, "Put all back");
  const heading = el("h3.cmp-arrange-head", { id: freshId("names") }, "Names");
  const row = (id, what, word, act) =>
    el(
      "li",
      {},
      el("span", {}, el("bdi", {}, env.nameOf(id)), what),
      el(
        "button.cmp-text-button",
        { "aria-label": `${word}: ${env.nameOf(id)}`, onclick: act },
        word,
      ),
    );
  return {
    node: el(
      "section",
      { "aria-labelledby": heading.id },
      el("div.cmp-arrange-title", {}, heading, all),
      none,
      list,
    ),
    show(hand) {
      fill(
        list,
        hand.labels.map(({ feature }) =>
          row(feature, ", put by hand", "Put back", () => env.back(feature)),
        ),
        hand.hidden.map((id) => row(id, ", hidden", "Show", () => env.back(id))),
      );
      none.hidden = hand.labels.length + hand.hidden.length > 0;
      all.hidden = !none.hidden;
    },
  };
}

/** @param {any} env {usual, claims, nameOf(id), make(step), change(patch), back(id), allBack()} */
export function createWords(env) {
  const parts = [heads(env), claims(env), moved(env)];
  const [head, told, names] = /** @type {any[]} */ (parts);
  return {
    node: el("div.cmp-arrange-fields", {}, head.nodes, names.node, told.node),
    show: (hand) => parts.forEach((part) => part.show(hand)),
  };
}
