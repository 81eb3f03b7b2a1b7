/* Finds the claims' passages in a text the reader has, and sets the text with them marked. */
(function () {
  "use strict";
  const Corridormap = (window.Corridormap = window.Corridormap || {});
  const { el } = Corridormap.dom;

  const QUOTES = /[\u2018\u2019\u201A\u201B\u2032]/g;
  const DOUBLE_QUOTES = /[\u201C\u201D\u201E\u201F\u2033\u00AB\u00BB]/g;
  const DASHES = /[\u2010-\u2015\u2212]/g;

  const straight = (text) =>
    text.replace(QUOTES, "'").replace(DOUBLE_QUOTES, '"').replace(DASHES, "-");

  /** A text with every run of spaces as one, and where each of its characters stood. */
  function flatten(text) {
    const at = [];
    let flat = "";
    for (let i = 0; i < text.length; i += 1) {
      const space = /\s/.test(text[i]);
      if (space && (!flat || flat.endsWith(" "))) continue;
      flat += space ? " " : straight(text[i]);
      at.push(i);
    }
    return { flat, at };
  }

  function occurrences(quote, paragraphs) {
    const found = [];
    paragraphs.forEach(({ flat }, paragraph) => {
      for (let i = flat.indexOf(quote); i >= 0; i = flat.indexOf(quote, i + 1)) {
        found.push({ paragraph, from: i, to: i + quote.length });
      }
    });
    return found;
  }

  /** The one place of a claim's quote; of several the one nearest to where it once stood. */
  function placeOf(claim, paragraphs, shift) {
    const quote = flatten(claim.quote.normalize("NFC").trim()).flat;
    if (!quote) return null;
    const found = occurrences(quote, paragraphs);
    const off = (place) => Math.abs(place.paragraph - shift - claim.paragraph);
    return found.sort((a, b) => off(a) - off(b))[0] || null;
  }

  /**
   * @param {string} text the article's text, a paragraph per line
   * @returns {{paragraphs: {text, spans: {from, to, claims}[], claims}[], lost: object[]}}
   */
  Corridormap.findPassages = function (text, claims) {
    const lines = text.normalize("NFC").split(/\r?\n|\r/).map((line) => line.trim()).filter(Boolean);
    const paragraphs = lines.map((line) => ({ text: line, ...flatten(line), spans: [], claims: [] }));
    const places = (claim) => (claim.quote ? occurrences(flatten(claim.quote.trim()).flat, paragraphs) : []);
    const sure = claims.map((claim) => [claim, places(claim)]);
    // A head or a byline above the text moves every paragraph by as many lines.
    const shifts = sure
      .filter(([, found]) => found.length === 1)
      .map(([claim, found]) => found[0].paragraph - claim.paragraph);
    const shift = shifts.sort((a, b) => a - b)[Math.floor(shifts.length / 2)] || 0;
    const lost = [];
    for (const claim of claims) {
      const place = placeOf(claim, paragraphs, shift);
      if (!place) {
        lost.push(claim);
        continue;
      }
      const home = paragraphs[place.paragraph];
      home.claims.push(claim);
      home.spans.push({ from: home.at[place.from], to: home.at[place.to - 1] + 1, claim });
    }
    return { paragraphs, lost };
  };

  /** Cut a paragraph where a passage begins or ends; a piece may lie in several passages. */
  function piecesOf({ text, spans }) {
    const cuts = [...new Set([0, text.length, ...spans.flatMap((s) => [s.from, s.to])])].sort((a, b) => a - b);
    return cuts.slice(1).map((to, i) => ({
      text: text.slice(cuts[i], to),
      claims: spans.filter((s) => s.from <= cuts[i] && s.to >= to).map((s) => s.claim),
    }));
  }

  function markOf(piece, actions, store) {
    const choose = () => {
      // Where passages overlap, each press goes on to the next claim.
      const at = piece.claims.findIndex((claim) => claim.id === store.get().claim);
      const next = at < 0 || piece.claims.length === 1 ? 0 : (at + 1) % piece.claims.length;
      actions.selectClaim(piece.claims[next].id);
    };
    const first = piece.claims[0];
    const numbers = piece.claims.map((claim) => claim.number).join(" and ");
    const node = el(
      "mark.cmp-passage",
      {
        role: "button",
        "aria-description": `Claim ${numbers}`,
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
    return { node, claims: piece.claims };
  }

  /**
   * Set a text with its passages marked; a paragraph's claims stand below it.
   * @param {function(object): Element} itemOf the list item of a claim
   * @returns {{nodes: Element[], marks: {node, claims}[]}}
   */
  Corridormap.setPassages = function (found, itemOf, actions, store) {
    const marks = [];
    const nodes = found.paragraphs.flatMap((paragraph) => {
      const pieces = piecesOf(paragraph).map((piece) => {
        if (!piece.claims.length) return piece.text;
        const mark = markOf(piece, actions, store);
        marks.push(mark);
        return mark.node;
      });
      const items = paragraph.claims.map(itemOf);
      return [el("p.cmp-paragraph", {}, pieces), items.length ? el("ol.cmp-claims", {}, items) : null];
    });
    return { nodes: nodes.filter(Boolean), marks };
  };
})();
