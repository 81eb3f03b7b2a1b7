/* The parts of a check: its result, the values it leans on, and the rule in words. */
(function () {
  "use strict";
  const Corridormap = (window.Corridormap = window.Corridormap || {});
  const { el, icon, link } = Corridormap.dom;
  const words = Corridormap.words;

  const FITS = {
    claim: { icon: "said", text: "what is tested" },
    agrees: { icon: "agrees", text: "fits" },
    differs: { icon: "differs", text: "differs" },
  };
  /** Of another unit or another part: neither for nor against. */
  const ELSE = { icon: "untested", text: "not comparable" };
  const MAP = "map";

  /** How a value stands to the one tested: a sign, and the word for it. */
  function fitMark(value, check) {
    // Where a figure's own sources differ from each other, none of them is the one tested.
    const fit = FITS[value.fit] || { ...ELSE, text: value.fit || ELSE.text };
    const said = check.kind === "figure" && value.fit !== "agrees" ? { icon: "", text: "" } : fit;
    const shape = said.icon && said.icon !== "said" ? icon(said.icon, 11) : null;
    return { shape, text: said.text, fit: value.fit };
  }

  /** Where a value is from: the article, a source with its address, or the map itself. */
  function origin(value, model) {
    const named = value.sources.map((id) => {
      if (id === MAP) return el("span.cmp-from", {}, "measured on the map");
      const csl = model.document.sources[id];
      if (!csl) return null;
      const source = words.source(csl);
      return el("span.cmp-from", {}, link(source.url, { title: source.text }, source.short));
    });
    const all = named.filter(Boolean);
    if (value.fit === "claim") all.unshift(el("span.cmp-from", {}, "The article says"));
    return all.flatMap((node, i) => (i ? ["; ", node] : [node]));
  }

  const forDate = (value) => (value.date ? words.dateShort(value.date) : "");

  function line(value, check, model) {
    const mark = fitMark(value, check);
    const about = [value.note, forDate(value) && `for ${forDate(value)}`].filter(Boolean).join("; ");
    return el(
      "li.cmp-value-line", { "data-fit": value.fit },
      el("span.cmp-value-fit", { title: mark.text }, mark.shape, mark.text ? el("span.cmp-only-read", {}, mark.text) : null),
      el(
        "span.cmp-value-said", {},
        el("b.cmp-value-text", {}, value.text), about ? el("span.cmp-value-note", {}, ` ${about}`) : null,
        el("span.cmp-value-from", {}, origin(value, model)),
      ),
    );
  }

  /** The result of a check: its icon and its words, then what was found. */
  Corridormap.checkLine = function (check, { open = false } = {}) {
    const result = words.result(check);
    const verdict = el("span.cmp-result", { "data-result": check.result }, icon(result.icon, 12), " ", result.text);
    const node = el(open ? "p.cmp-check.is-open" : "span.cmp-check", {}, verdict);
    const found = check.text || "";
    if (found) node.append(open ? ": " : " · ", open ? words.sentence(found) : found);
    return node;
  };

  Corridormap.checkValues = {
    fitMark,
    origin,
    forDate,
    /** The values of a check as a list, and its rule. */
    build(check, model) {
      const lines = (check.values || []).map((value) => line(value, check, model));
      return [
        lines.length ? el("ul.cmp-value-lines", {}, lines) : null,
        check.rule ? el("p.cmp-rule", {}, el("b.cmp-rule-head", {}, "Rule"), ` ${check.rule}`) : null,
      ];
    },
  };
})();
