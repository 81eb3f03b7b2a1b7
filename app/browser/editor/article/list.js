/* The claims of the draft, and the sentences of the text, as lists. Changes nothing. */
import { anchor } from "../../panels/anchors/anchor.js";
import { el, fill } from "../../tools/dom.js";
import { roving } from "../../tools/keyboard.js";
import * as words from "../../tools/words.js";

const targetsOf = (annotation) =>
  Array.isArray(annotation.target) ? annotation.target : [annotation.target];
const selectorsOf = (target) =>
  Array.isArray(target.selector) ? target.selector : [target.selector];
const selector = (target, type) => selectorsOf(target).find((one) => one && one.type === type);

/** What the panels need of an annotation, whatever wrote it. */
function readAnnotation(annotation) {
  const targets = targetsOf(annotation);
  const features = targets
    .map((target) => selector(target, "FragmentSelector"))
    .filter(Boolean)
    .map((one) => one.value);
  const passages = targets
    .filter((target) => !selector(target, "FragmentSelector"))
    .map((target) => ({
      quote: selector(target, "TextQuoteSelector") || {},
      place: selector(target, "TextPositionSelector"),
    }));
  const { claim = {}, body = {} } = annotation;
  return {
    id: annotation.id,
    title: claim.title || "",
    said: body.value || "",
    figures: claim.figures || [],
    features,
    passages,
    claim,
  };
}

export { readAnnotation, selector, selectorsOf, targetsOf };

/** Where the claims of the draft stand in a text. @returns `{from, to, id, status}[]` and the lost ones */
export function locateAnnotations(draft, text, same) {
  const sought = draft
    .annotations()
    .map(readAnnotation)
    .flatMap(({ id, passages, claim }) =>
      passages
        .filter(({ quote }) => quote.exact)
        .map(({ quote, place }) => ({
          id,
          quote: quote.exact,
          prefix: quote.prefix || "",
          suffix: quote.suffix || "",
          start: place ? place.start : null,
          paragraph: claim.paragraph || 0,
        })),
    );
  return anchor(text.normal, sought, { same });
}

/**
 * @param {any} options {ctx, onEdit(id), onShow(id)}
 * @returns `{element, draw(statuses: Map)}`
 */
export function annotationList({ ctx, onEdit }) {
  const element = el("div.cma-list-box");
  const stops = roving(element, ".cma-row");

  function row({ id, title, said, features, figures, claim }, status) {
    const names = features.map((one) => {
      const found = ctx.draft.feature(one);
      return found ? found.feature.properties.name : one;
    });
    for (const place of claim.places || []) names.push(place.name);
    const notes = [
      status && status !== "exact" ? status : "",
      figures.length ? words.count(figures.length, "figure") : "",
    ];
    return el(
      "li",
      {},
      el(
        "button.cma-row",
        { "data-claim": id, onclick: () => onEdit(id) },
        el("span.cma-row-title", { dir: "auto" }, title || id),
        el("span.cma-row-said", { dir: "auto" }, said),
        el(
          "span.cma-row-more",
          { dir: "auto" },
          [names.join(", ") || "no feature", ...notes].filter(Boolean).join(" · "),
        ),
      ),
    );
  }
  return {
    element,
    draw(statuses) {
      const all = ctx.draft.annotations().map(readAnnotation);
      fill(
        element,
        all.length
          ? el(
              "ol.cma-list",
              {},
              all.map((one) => row(one, statuses.get(one.id))),
            )
          : el(
              "p.cma-hint",
              {},
              "No claims yet. Select a passage of the text and write what it says.",
            ),
      );
      stops.refresh();
    },
  };
}

/**
 * The sentences as a list: a way to choose a passage without selecting text.
 * @param {any} options {onWrite(passage)}
 */
export function sentenceList({ onWrite }) {
  const element = el("div.cma-list-box");
  const stops = roving(element, ".cma-row");
  return {
    element,
    draw(text) {
      const said = ({ first, last }) =>
        text.normal.text.slice(text.words[first].start, text.words[last].end);
      fill(
        element,
        el("p.cma-hint", {}, "Choose a sentence; in the form its words can be cut down."),
        el(
          "ol.cma-list",
          {},
          text.sentences.map((sentence) =>
            el(
              "li",
              {},
              el(
                "button.cma-row",
                { onclick: () => onWrite({ first: sentence.first, last: sentence.last }) },
                el("span.cma-row-said", { dir: "auto" }, said(sentence)),
              ),
            ),
          ),
        ),
      );
      stops.refresh();
    },
  };
}
