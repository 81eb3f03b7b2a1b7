/* Finds where the passages of claims stand in a text the reader has. Sets nothing. */
(function () {
  "use strict";
  const Corridormap = (window.Corridormap = window.Corridormap || {});

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

  /** @returns {{claim, status, from, to}[]} places in the text as given; none when lost */
  Corridormap.locateClaims = function (text, claims) {
    const { flat, at } = flatten(text);
    return claims.map((claim) => {
      const quote = flatten(claim.quote.trim()).flat;
      const from = quote ? flat.indexOf(quote) : -1;
      if (from < 0) return { claim, status: "lost" };
      return { claim, status: "exact", from: at[from], to: at[from + quote.length - 1] + 1 };
    });
  };
})();
