/* The form of one claim: its passage, what it says in our words, what it is about, its figures. */

import { passageStatus } from "../../panels/article/passages.js";
import { el, fill, freshId } from "../../tools/dom.js";
import { build, copied, passageTrouble, placeOps } from "./form_annotation.js";
import { claimFeatures } from "./form_features.js";
import { claimNumbers } from "./form_numbers.js";
import { readAnnotation } from "./list.js";
import { passageQuote } from "./passage_words.js";

const TITLE_MOST = 60;

/** The beginning of what a claim says, cut between two words: its title in lists. */
function firstWords(text) {
  const line = text.split(/\s+/).join(" ");
  if (line.length <= TITLE_MOST) return line.replace(/[.。]$/, "");
  return `${line.slice(0, line.lastIndexOf(" ", TITLE_MOST - 1) + 1 || TITLE_MOST - 1).trim()}…`;
}

/**
 * @param {any} options {ctx, text, world: {source, most}, annotation, passage, status, found: {names, numbers},
 *   onDone(id), onCancel(), onPassage(), onDraw()}
 * @returns `{element, id, setPassage(passage), setFound(found), take(candidate), unsent(), focus(), stop()}`
 */
export function claimForm(options) {
  const { ctx, world, annotation } = options;
  const { draft } = ctx;
  const before = annotation && readAnnotation(annotation);
  const id = freshId("claim");
  let { text, passage, found } = options;
  let moved = !annotation;
  let touched = false;
  const stored = before?.passages[0]?.quote.exact;

  const quoteBox = el("div.cma-quote-box");
  const title = el("input.cma-input", {
    type: "text",
    id: `${id}-title`,
    maxlength: "120",
    autocomplete: "off",
  });
  const said = el("textarea.cma-area", {
    id: `${id}-said`,
    rows: 3,
    maxlength: "600",
    "aria-describedby": `${id}-copied`,
  });
  const warning = el("p.cma-warning", { id: `${id}-copied`, role: "status", hidden: true });
  const wrong = el("div.cma-wrong", { role: "alert", hidden: true });
  title.value = before ? before.title : "";
  said.value = before ? before.said : "";
  const about = claimFeatures({
    ctx,
    features: before ? before.features : [],
    places: before?.claim.places || [],
    onChange: () => {
      touched = true;
      numbers.draw();
    },
    onDraw: options.onDraw,
  });
  const numbers = claimNumbers({
    figures: before ? before.figures : [],
    quantities: draft.base().form.quantities,
    features: () =>
      about.ids().map((one) => ({
        id: one,
        name: (draft.feature(one)?.feature || { properties: {} }).properties.name || one,
      })),
  });
  const save = el(
    "button.cmp-btn.is-main",
    { onclick: store },
    annotation ? "Put the changes in" : "Add the claim",
  );
  const element = el(
    "form.cma-claim",
    { "data-claim-form": before ? before.id : "" },
    el(
      "div.cma-form-head",
      {},
      el("h3.cma-heading", {}, annotation ? "Edit the claim" : "New claim"),
      el("button.cmp-text-button", { onclick: options.onCancel }, "Back"),
    ),
    wrong,
    quoteBox,
    el("label.cma-label", { for: said.id }, "What the article says, in your own words"),
    said,
    warning,
    el("label.cma-label", { for: title.id }, "Title: a few words; if empty, the first ones above"),
    title,
    about.element,
    numbers.element,
    el(
      "div.cma-foot",
      {},
      save,
      el("button.cmp-btn", { onclick: options.onCancel }, "Cancel"),
      annotation ? el("button.cmp-btn.cma-delete", { onclick: remove }, "Delete the claim") : null,
    ),
  );

  function drawPassage() {
    const quote = moved && passage ? passageQuote(text, passage) : null;
    const trouble = quote ? passageTrouble(text, quote, world) : "";
    const status =
      !moved && options.status && options.status !== "exact" ? passageStatus(options.status) : "";
    fill(
      quoteBox,
      el("p.cma-label", {}, "The passage"),
      el("blockquote.cma-quoted", { dir: "auto" }, quote ? quote.exact : stored || "no passage"),
      trouble || status ? el("p.cma-warning", {}, trouble || status) : null,
      quote && passage.last > passage.first
        ? el(
            "div.cma-cut",
            {},
            ["first", "last"].map((end) =>
              el(
                "button.cmp-text-button",
                { onclick: () => cut(end) },
                end === "first" ? "Leave out the first word" : "Leave out the last word",
              ),
            ),
          )
        : null,
      text
        ? el("button.cmp-text-button", { onclick: options.onPassage }, "Choose other words")
        : null,
    );
  }

  function cut(end) {
    const next = { ...passage, [end]: passage[end] + (end === "first" ? 1 : -1) };
    const index = end === "first" ? 0 : 1;
    setPassage(next);
    /** @type {NodeListOf<HTMLElement>} */
    const buttons = quoteBox.querySelectorAll(".cma-cut button");
    const button = buttons[index];
    if (button) button.focus();
  }

  function offer() {
    if (!passage || !text) return;
    const { words, sentences } = text;
    const from = words[passage.first].from;
    const to = words[passage.last].to;
    const [first, last] = [
      sentences[words[passage.first].sentence].first,
      sentences[words[passage.last].sentence].last,
    ];
    const inside = (one) => one.from < to && one.to > from;
    const near = (one) => one.from < words[last].to && one.to > words[first].from && !inside(one);
    about.offer(found.names.filter(inside));
    numbers.offer(found.numbers.filter(inside), found.numbers.filter(near));
  }

  function setPassage(next) {
    passage = next;
    moved = true;
    touched = true;
    drawPassage();
    offer();
  }

  function warn() {
    const run = text ? copied(said.value, text) : "";
    warning.hidden = !run;
    fill(
      warning,
      run
        ? [
            "These words are copied from the article: “",
            el("bdi", {}, run),
            "…”. Say it in your own words, or with at most eight of the article's in a row.",
          ]
        : null,
    );
  }

  function say(...lines) {
    wrong.hidden = !lines.length;
    fill(
      wrong,
      lines.map((line) => el("p", {}, line)),
    );
    if (lines.length) element.scrollIntoView({ block: "start" });
  }

  function problems(quote) {
    const out = [];
    if (!said.value.trim()) out.push("Say in your own words what the article says here.");
    if (!quote && !stored) out.push("Choose the passage that says it.");
    const trouble = quote && passageTrouble(text, quote, world);
    if (trouble) out.push(trouble);
    for (const { quantity, value, unit } of numbers.figures()) {
      if (!quantity || value === "" || !unit)
        out.push("A figure needs a quantity, a value and a unit.");
    }
    return [...new Set(out)];
  }

  async function store() {
    const quote = moved && passage ? passageQuote(text, passage) : null;
    const lines = problems(quote);
    if (lines.length) return say(...lines);
    save.disabled = true;
    try {
      const layer = about.placeLayer();
      const points = layer ? placeOps(draft, about.places(), layer) : { ids: [], ops: [] };
      const form = {
        title: title.value.trim() || firstWords(said.value.trim()),
        said: said.value.trim(),
        quote,
        figures: numbers.figures(),
        features: about.ids(),
        places: layer ? [] : about.places(),
      };
      const made = build(annotation, form, {
        draft,
        text,
        source: world.source,
        bare: Boolean(world.most),
      });
      for (const value of points.ids)
        made.target.push({
          type: "SpecificResource",
          source: `layers/${layer}.geojson`,
          selector: { type: "FragmentSelector", value },
        });
      const ops = [...points.ops, { op: "put_annotation", annotation: made }];
      const answer = await draft.push(
        ops,
        annotation ? `Changed the claim “${form.title}”` : `Added the claim “${form.title}”`,
      );
      if (answer.ok) options.onDone(made.id);
      else if (!answer.conflict)
        say(
          ...answer.findings.map(({ problem, remedy }) =>
            [problem, remedy].filter(Boolean).join(". "),
          ),
        );
    } finally {
      save.disabled = false;
    }
    return undefined;
  }

  async function remove() {
    const answer = await draft.push(
      [{ op: "remove_annotation", id: annotation.id }],
      `Deleted the claim “${before.title}”`,
    );
    if (answer.ok) options.onDone(null);
    else
      say(
        ...answer.findings.map(({ problem, remedy }) =>
          [problem, remedy].filter(Boolean).join(". "),
        ),
      );
  }

  element.addEventListener("submit", (event) => event.preventDefault());
  element.addEventListener("input", () => {
    touched = true;
  });
  said.addEventListener("input", warn);
  drawPassage();
  offer();
  warn();
  return {
    element,
    id: before ? before.id : "",
    setPassage,
    setFound(next, nextText) {
      found = next;
      text = nextText || text;
      offer();
    },
    take: about.takeCandidate,
    addFeature: about.add,
    redraw: () => {
      about.draw();
      numbers.draw();
    },
    unsent: () => touched,
    focus: () => said.focus({ preventScroll: true }),
    stop: about.stop,
  };
}
