/* Sets a text the reader has with the claims' passages marked. Where they are, says anchor.js. */

import { el } from "../../tools/dom.js";
import { locateClaims } from "../anchors/claims.js";

/** What is said of a passage that is not simply where it was. */
const STATUS = {
  exact: "",
  moved: "Moved: these words now stand elsewhere in the text.",
  doubtful: "Doubtful: this may not be the passage that the claim was taken from.",
  lost: "Lost: this text has no such passage.",
};
const SURE = ["lost", "exact", "moved", "doubtful"];

export const passageStatus = (status) => STATUS[status] || "";

/** The lines of a text that say something, and where each stands in the text. */
function paragraphsOf(text) {
  const found = [];
  const lines = /[^\r\n]+/g;
  for (let match = lines.exec(text); match; match = lines.exec(text)) {
    const line = match[0].trim();
    if (!line) continue;
    const from = match.index + match[0].indexOf(line);
    found.push({ text: line, from, to: from + line.length, spans: [], claims: [] });
  }
  return found;
}

/**
 * @param {string} text the article's text, a paragraph per line
 * @param {any[]} claims of the document @param {any[]} passages of the document
 * @returns `{paragraphs: {text, spans: {from, to, claim, status}[], claims}[], lost: object[],
 *   statuses: Map<object, string>}` a claim stands with the paragraph where its passage begins
 */
export function findPassages(text, claims, passages) {
  const paragraphs = paragraphsOf(text);
  const statuses = new Map(claims.map((claim) => [claim, "lost"]));
  for (const { claim, status, from, to } of locateClaims(text, claims, passages)) {
    const homes = paragraphs.filter((paragraph) => from < paragraph.to && to > paragraph.from);
    if (status === "lost" || !homes.length) continue;
    // Of a claim with several passages the least sure one speaks.
    if (SURE.indexOf(status) > SURE.indexOf(statuses.get(claim) ?? "lost"))
      statuses.set(claim, status);
    if (!paragraphs.some((paragraph) => paragraph.claims.includes(claim)))
      homes[0].claims.push(claim);
    for (const home of homes) {
      const span = {
        from: Math.max(0, from - home.from),
        to: Math.min(home.text.length, to - home.from),
      };
      home.spans.push({
        ...span,
        claim,
        status,
        first: home === homes[0],
        last: home === homes[homes.length - 1],
      });
    }
  }
  for (const paragraph of paragraphs) paragraph.spans.sort((a, b) => a.from - b.from);
  return { paragraphs, lost: claims.filter((claim) => statuses.get(claim) === "lost"), statuses };
}

/** Cut a paragraph where a passage begins or ends; a piece may lie in several passages. */
function piecesOf({ text, spans }) {
  const cuts = [...new Set([0, text.length, ...spans.flatMap((s) => [s.from, s.to])])].sort(
    (a, b) => a - b,
  );
  return cuts.slice(1).map((to, i) => {
    const over = spans.filter((s) => s.from <= cuts[i] && s.to >= to);
    return {
      text: text.slice(cuts[i], to),
      spans: over,
      claims: over.map((s) => s.claim),
      ended: over.filter((s) => s.to === to && s.last).map((s) => s.claim),
    };
  });
}

/** @param {Store} store */
function markOf(piece, actions, store) {
  const choose = () => {
    // Where passages overlap, each press goes on to the next claim.
    const at = piece.claims.findIndex((claim) => claim.id === store.get().claim);
    const next = at < 0 || piece.claims.length === 1 ? 0 : (at + 1) % piece.claims.length;
    actions.selectClaim(piece.claims[next].id);
  };
  const first = piece.claims[0];
  const [status] = piece.spans
    .map((span) => span.status)
    .sort((a, b) => SURE.indexOf(b) - SURE.indexOf(a));
  const numbers = piece.claims.map((claim) => claim.number).join(" and ");
  const node = el(
    "mark.cmp-passage",
    {
      role: "button",
      "aria-description": `Claim ${numbers}${STATUS[status] ? `, ${status}` : ""}`,
      "data-passage": piece.claims.map((claim) => claim.id).join(" "),
      "data-status": status,
      title: STATUS[status] || null,
      onclick: choose,
      onkeydown: (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        choose();
      },
      onpointerenter: () => actions.hoverClaim(first.id),
      onpointerleave: () => actions.hoverClaim(null),
      onfocus: () => actions.hoverClaim(first.id),
      onblur: () => actions.hoverClaim(null),
    },
    piece.text,
  );
  node.classList.toggle("is-doubtful", status === "doubtful");
  return { node, claims: piece.claims };
}

/**
 * Behind a passage: the number that its claim has on the map; a doubtful one asks.
 * @param {Claim} claim
 */
function numberOf(claim, status) {
  return el(
    "sup.cmp-passage-number",
    { "aria-hidden": "true" },
    `${claim.number}${status === "doubtful" ? "?" : ""}`,
  );
}

/**
 * Set a text with its passages marked; a paragraph's claims stand below it.
 * @param {(one: any) => Element} itemOf the list item of a claim
 * @returns `{nodes: Element[], marks: {node, claims}[]}` marks in the order of the text
 * @param {Store} store
 */
export function setPassages(found, itemOf, actions, store) {
  const marks = [];
  const nodes = found.paragraphs.flatMap((paragraph) => {
    const pieces = piecesOf(paragraph).map((piece) => {
      if (!piece.claims.length) return piece.text;
      const mark = markOf(piece, actions, store);
      marks.push(mark);
      return [mark.node, piece.ended.map((claim) => numberOf(claim, found.statuses.get(claim)))];
    });
    const items = paragraph.claims.map(itemOf);
    return [
      el("p.cmp-paragraph", {}, pieces),
      items.length ? el("ol.cmp-claims", {}, items) : null,
    ];
  });
  return { nodes: nodes.filter(Boolean), marks };
}
