/* Shows the article's text and lets a passage of it be chosen, with the mouse or the keyboard.
   Marks claims and names that were found; decides nothing about them. */

import { el, fill, reveal } from "../../tools/dom.js";
import { count } from "../../tools/words.js";
import { passageAt, passageQuote } from "./passage_words.js";

const HELP =
  "Select words with the mouse, or with Shift and the arrow keys: left and right by words, up and down by " +
  "sentences. Enter writes a claim. Names that may be on the map are underlined.";

const TOUCH_WAIT_MS = 900;

/** Where a place in the shown text is in the text as given, or null. */
function placeOf(box, node, offset) {
  const piece = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest(
    "[data-from]",
  );
  if (!piece || !box.contains(piece)) return null;
  const range = document.createRange();
  range.setStart(piece, 0);
  range.setEnd(node, offset);
  return Number(piece.dataset.from) + range.toString().length;
}

/**
 * @param {any} on {choose(passage|null), write(passage), name(mention, node), claim(id)}
 * @returns `{element, show(text, marks), select(passage), focus(), passage()}`
 */
export function passageView(on) {
  const box = el("div.cma-text", {
    tabindex: "0",
    role: "group",
    "aria-roledescription": "text to select from",
    "aria-label": "The article's text",
    "aria-describedby": "cma-text-help",
  });
  const help = el("p.cma-help", { id: "cma-text-help" }, HELP);
  const told = el("p.cma-told", { role: "status" });
  /** @type {any} */
  let text = null;
  /** @type {{ claims: any[], names: any[] }} */
  let marks = { claims: [], names: [] };
  let nodes = [];
  let caret = 0;
  let anchor = 0;
  /** @type {any} */
  let chosen = null;
  let seen = false;
  let pressed = false;
  let late = false;

  /** Cut a paragraph where something begins or ends; a piece may lie in several things. */
  function pieces({ first, last }) {
    const begin = text.words[first].from;
    const lead = text.given.slice(0, begin).match(/[^\r\n]*$/)[0].length;
    const rest = text.given.slice(text.words[last].to).match(/^[^\r\n]*/)[0].length;
    const [from, to] = [begin - lead, text.words[last].to + rest];
    const span = chosen && {
      type: "chosen",
      from: text.words[chosen.first].from,
      to: text.words[chosen.last].to,
    };
    const at = text.words[caret];
    const spot = at && { type: "caret", from: at.from, to: at.to };
    const over = [...marks.claims, ...marks.names, span, seen ? spot : null].filter(
      (one) => one && one.from < to && one.to > from,
    );
    const cuts = [
      ...new Set([
        from,
        to,
        ...over.flatMap((one) => [Math.max(from, one.from), Math.min(to, one.to)]),
      ]),
    ].sort((a, b) => a - b);
    return cuts.slice(1).map((end, i) => ({
      from: cuts[i],
      to: end,
      over: over.filter((one) => one.from <= cuts[i] && one.to >= end),
    }));
  }

  function pieceNode({ from, to, over }) {
    const classes = over.map(
      (one) =>
        `is-${one.type}${one.candidates && one.candidates[0].type === "place" ? "-place" : ""}`,
    );
    const node = el(
      ["span", "cma-piece", ...classes].join("."),
      { "data-from": from },
      text.given.slice(from, to).replace(/\s/g, " "),
    );
    const name = over.find((one) => one.type === "name");
    if (name) node.dataset.name = String(marks.names.indexOf(name));
    return node;
  }

  function drawParagraph(number) {
    const fresh = el(
      "p.cma-paragraph",
      { "data-paragraph": number },
      pieces(text.paragraphs[number]).map(pieceNode),
    );
    if (nodes[number]) nodes[number].replaceWith(fresh);
    nodes[number] = fresh;
    return fresh;
  }

  function draw() {
    nodes = [];
    fill(
      box,
      text.paragraphs.map((_, number) => drawParagraph(number)),
    );
  }

  /** Draw again only the paragraphs that something changed in. */
  function redraw(before) {
    if (!nodes.length) return;
    const of = (passage) =>
      passage ? [text.words[passage.first].at, text.words[passage.last].at] : [];
    const touched = [
      ...of(before.chosen),
      ...of(chosen),
      text.words[before.caret].at,
      text.words[caret].at,
    ];
    for (let i = Math.min(...touched); i <= Math.max(...touched); i += 1) drawParagraph(i);
  }

  function say() {
    if (!chosen) return fill(told);
    const { exact, words } = passageQuote(text, chosen);
    return fill(told, `Selected, ${count(words, "word")}: `, el("q.cma-quote", {}, exact));
  }

  function become(passage, at = caret) {
    const before = { chosen, caret };
    chosen = passage;
    caret = at;
    redraw(before);
    say();
    on.choose(chosen);
  }

  function select(passage) {
    if (passage) anchor = passage.first;
    become(passage, passage ? passage.last : caret);
    const piece = box.querySelector(".is-chosen");
    if (piece) reveal(box, piece, 60);
  }

  function fromPointer() {
    const selection = document.getSelection();
    if (!selection || selection.isCollapsed || !selection.rangeCount) return false;
    const range = selection.getRangeAt(0);
    if (!box.contains(range.commonAncestorContainer)) return false;
    const from = placeOf(box, range.startContainer, range.startOffset);
    const to = placeOf(box, range.endContainer, range.endOffset);
    if (from === null || to === null) return false;
    const passage = passageAt(text, from, to);
    if (!passage) return false;
    selection.removeAllRanges();
    anchor = passage.first;
    become(passage, passage.last);
    return true;
  }

  /** The word to which a key leads from another. */
  function target(key, from, whole) {
    const { words, sentences, paragraphs } = text;
    const sentence = words[from].sentence;
    if (key === "ArrowRight") return Math.min(words.length - 1, from + 1);
    if (key === "ArrowLeft") return Math.max(0, from - 1);
    if (key === "ArrowDown" && whole)
      return from < sentences[sentence].last
        ? sentences[sentence].last
        : (sentences[sentence + 1] || sentences[sentence]).last;
    if (key === "ArrowDown") return (sentences[sentence + 1] || sentences[sentence]).first;
    if (key === "ArrowUp")
      return from > sentences[sentence].first
        ? sentences[sentence].first
        : (sentences[sentence - 1] || sentences[sentence]).first;
    if (key === "Home") return paragraphs[words[from].at].first;
    if (key === "End") return paragraphs[words[from].at].last;
    return null;
  }

  function onKey(event) {
    if (!text || event.altKey || event.metaKey) return;
    if (event.key === "Enter") {
      event.preventDefault();
      if (chosen) on.write(chosen);
      else openName();
      return;
    }
    if (event.key === "Escape" && chosen) {
      event.preventDefault();
      event.stopPropagation();
      become(null);
      return;
    }
    const next = target(event.key, caret, event.shiftKey);
    if (next === null) return;
    event.preventDefault();
    seen = true;
    if (!event.shiftKey) {
      anchor = next;
      become(null, next);
    } else become({ first: Math.min(anchor, next), last: Math.max(anchor, next) }, next);
    const mark = box.querySelector(".is-caret");
    if (mark) reveal(box, mark, 40);
  }

  function openName() {
    const word = text.words[caret];
    const name = marks.names.find((one) => one.from <= word.from && one.to >= word.to);
    if (name) on.name(name, box.querySelector(".is-caret") || box);
  }

  function onPress(event) {
    if (!text || fromPointer()) return;
    const piece = event.target.closest?.(".cma-piece");
    if (piece?.dataset.name) on.name(marks.names[Number(piece.dataset.name)], piece);
    else if (chosen) become(null);
    const at = piece && passageAt(text, Number(piece.dataset.from), Number(piece.dataset.from) + 1);
    if (at) [caret, anchor] = [at.first, at.first];
  }

  // Also where the pointer was let go outside the text; until then nothing is drawn anew under it.
  function onRelease(event) {
    pressed = false;
    onPress(event);
    if (late) draw();
    late = false;
  }
  let byTouch = false;
  let waiting = 0;
  box.addEventListener("pointerdown", (event) => {
    pressed = true;
    byTouch = event.pointerType === "touch";
    for (const end of ["pointerup", "pointercancel"])
      document.addEventListener(end, (event) => pressed && setTimeout(onRelease, 0, event), {
        once: true,
      });
  });
  // With a finger the selection goes on by its handles, of which no pointer tells: wait for its end.
  document.addEventListener("selectionchange", () => {
    clearTimeout(waiting);
    if (byTouch && text && box.isConnected) waiting = setTimeout(fromPointer, TOUCH_WAIT_MS);
  });
  box.addEventListener("keydown", onKey);
  box.addEventListener("focus", () => {
    if (text && !seen && box.matches(":focus-visible")) {
      seen = true;
      drawParagraph(text.words[caret].at);
    }
  });

  return {
    element: el("div.cma-text-box", {}, help, box, told),
    /** @param {any} given {claims: {from, to, id}[], names: {from, to, candidates}[]} */
    show(next, given) {
      const same = text && text.given === next.given;
      text = next;
      marks = given;
      if (!same) [chosen, caret, anchor, seen] = [null, 0, 0, false];
      late = pressed && same;
      if (!late) draw();
      say();
    },
    select,
    passage: () => chosen,
    focus: () => box.focus({ preventScroll: true }),
  };
}
