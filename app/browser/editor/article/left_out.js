/* What of a file's text was left out of the article, why, and a button to take each piece in. */
import { el, fill } from "../../tools/dom.js";
import * as words from "../../tools/words.js";

/** Where the text ends that stands before a piece, or null if it is no longer there. */
function placeOf(piece, lines, taken, value) {
  const before = piece.at > 0 ? lines[piece.at - 1] : "";
  const usual = lines.slice(0, piece.at).join("\n").length - before.length;
  let at = value.indexOf(before, Math.max(0, usual));
  if (at < 0) at = value.indexOf(before);
  if (at < 0) return null;
  let end = at + before.length;
  // Pieces of the same place stand in their own order.
  for (const one of taken) {
    if (one.at !== piece.at || one.order > piece.order) continue;
    const there = end ? `\n${one.text}` : one.text;
    if (value.startsWith(there, end)) end += there.length;
  }
  return end;
}

/** The text with a piece at its place; at the end if nothing tells its place any more. */
export function withPiece(value, piece, lines, taken) {
  const found = placeOf(piece, lines, taken, value);
  const end = found === null ? value.length : found;
  const head = value.slice(0, end);
  const tail = value.slice(end);
  const gap = tail && !tail.startsWith("\n") ? "\n" : "";
  return `${head}${head && !head.endsWith("\n") ? "\n" : ""}${piece.text}${gap}${tail}`;
}

/**
 * @param {HTMLTextAreaElement} area holds the article's text
 * @returns `{element, show(reading), hide()}`
 */
export function leftOut(area) {
  const element = el("div.cma-left", { hidden: true });

  function hide() {
    element.hidden = true;
    fill(element);
  }

  function show(reading) {
    const lines = reading.text.split("\n");
    /** @type {any[]} */
    const taken = [];
    const pieces = (reading.left_out || []).map((piece, order) => ({ ...piece, order }));
    const take = (piece) => {
      if (taken.includes(piece)) return;
      area.value = withPiece(area.value, piece, lines, taken);
      taken.push(piece);
      taken.sort((a, b) => a.order - b.order);
    };
    const kinds = [...new Set(pieces.map(({ what }) => what))];
    hide();
    if (!pieces.length) return;
    fill(
      element,
      el("p.cma-label", {}, "Left out of the text"),
      kinds.map((what) =>
        row(
          what,
          pieces.filter((piece) => piece.what === what),
          take,
        ),
      ),
    );
    element.hidden = false;
  }

  return { element, show, hide };
}

/** One reason: how many words, its pieces, and buttons to take one or all of them in. */
function row(what, pieces, take) {
  const n = pieces.reduce((sum, piece) => sum + piece.words, 0);
  const summary = `${words.count(n, "word")} of ${what}`;
  const done = (button) => {
    button.disabled = true;
    button.textContent = "Taken in";
  };
  const buttons = pieces.map((piece) => {
    const button = el(
      "button.cmp-btn",
      {
        "aria-label": `Take in: ${piece.text.slice(0, 60)}`,
        onclick: () => {
          take(piece);
          done(button);
          if (buttons.every((one) => one.disabled)) done(all);
        },
      },
      "Take it in",
    );
    return button;
  });
  const all = el(
    "button.cmp-btn",
    {
      "aria-label": `Take in all ${summary}`,
      onclick: () => {
        pieces.forEach(take);
        [all, ...buttons].forEach(done);
      },
    },
    pieces.length > 1 ? "Take all in" : "Take it in",
  );
  return el(
    "div.cma-left-row",
    {},
    el(
      "details",
      {},
      el("summary", {}, summary),
      pieces.map((piece, i) =>
        el(
          "div.cma-left-piece",
          {},
          el("p.cma-left-text", { dir: "auto" }, piece.text),
          pieces.length > 1 ? buttons[i] : null,
        ),
      ),
    ),
    all,
  );
}
