/* Makes the annotation of a claim form: selectors, targets, figures. Keys it does not know stay. */

import { anchor } from "../../panels/anchors/anchor.js";
import { normalise, wordsOf } from "../../panels/anchors/normalform.js";
import { folded } from "../../tools/letters.js";
import { selector, targetsOf } from "./list.js";

const COPIED_MOST = 8;
const SLUG_MOST = 60;

const wordsIn = (text) => wordsOf(normalise(text).text).words;

/** The longest run of words that a claim has in common with the text, if it is longer than eight. */
function copied(claim, text) {
  const own = wordsIn(claim);
  const runs = new Set();
  const all = wordsOf(text.normal.text).words;
  const size = COPIED_MOST + 1;
  for (let i = 0; i + size <= all.length; i += 1) runs.add(all.slice(i, i + size).join(" "));
  for (let i = 0; i + size <= own.length; i += 1) {
    const run = own.slice(i, i + size).join(" ");
    if (runs.has(run)) return run;
  }
  return "";
}

function idFor(title, taken) {
  const slug = folded(title)
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, SLUG_MOST);
  const stem = `claim-${slug || "1"}`;
  let id = stem;
  for (let n = 2; taken.has(id); n += 1) id = `${stem}-${n}`;
  return id;
}

/** Paragraphs may be counted from elsewhere, such as without the headline: go on as they do. */
function paragraphOf(draft, text, { start, paragraph }) {
  const counts = new Map();
  for (const annotation of draft.annotations()) {
    const place = targetsOf(annotation)
      .map((target) => selector(target, "TextPositionSelector"))
      .find(Boolean);
    const said = annotation.claim?.paragraph;
    if (!place || !said || place.start === start) continue;
    const by = said - text.normal.paragraph(place.start);
    counts.set(by, (counts.get(by) || 0) + 1);
  }
  const [by] = [...counts].sort((a, b) => b[1] - a[1])[0] || [1];
  return Math.max(0, paragraph + by);
}

function passageTarget(quote, source, bare) {
  const exact = { type: "TextQuoteSelector", exact: quote.exact };
  if (!bare && quote.prefix) exact.prefix = quote.prefix;
  if (!bare && quote.suffix) exact.suffix = quote.suffix;
  return {
    type: "SpecificResource",
    source,
    selector: [exact, { type: "TextPositionSelector", start: quote.start, end: quote.end }],
  };
}

/**
 * @param {any} before the annotation that is edited, or null
 * @param {any} form {title, said, features: ids, figures, places, quote: of the passage or null if it stays}
 * @param {any} world {draft, text, source, bare: quotes without what stands around}
 */
function build(before, form, { draft, text, source, bare }) {
  const base = before
    ? JSON.parse(JSON.stringify(before))
    : { type: "Annotation", id: "", motivation: "linking" };
  const isFeature = (target) => selector(target, "FragmentSelector");
  const old = before ? targetsOf(base) : [];
  const passages = form.quote
    ? [passageTarget(form.quote, source, bare), ...old.filter((one) => !isFeature(one)).slice(1)]
    : old.filter((one) => !isFeature(one));
  const features = form.features.map(
    (id) =>
      old.find((one) => isFeature(one)?.value === id) || {
        type: "SpecificResource",
        source: `layers/${draft.feature(id)?.layer}.geojson`,
        selector: { type: "FragmentSelector", value: id },
      },
  );
  const taken = new Set(draft.annotations().map((one) => one.id));
  const claim = { ...base.claim, title: form.title };
  if (form.quote) claim.paragraph = paragraphOf(draft, text, form.quote);
  for (const [key, value] of [
    ["figures", form.figures.length ? form.figures : null],
    ["places", form.places.length ? form.places : null],
  ]) {
    if (value) claim[key] = value;
    else delete claim[key];
  }
  return {
    ...base,
    id: base.id || idFor(form.title, taken),
    body: {
      type: "TextualBody",
      purpose: "describing",
      language: "en",
      format: "text/plain",
      ...base.body,
      value: form.said,
    },
    target: [...passages, ...features],
    claim,
  };
}

/** What is to be known before a passage is stored, or "". */
function passageTrouble(text, quote, { most }) {
  if (most && quote.words > most)
    return `This corridor quotes at most ${most} words; these are ${quote.words}. Cut the passage down.`;
  const sought = {
    id: "it",
    quote: quote.exact,
    start: quote.start,
    prefix: most ? "" : quote.prefix,
    suffix: most ? "" : quote.suffix,
    paragraph: 0,
  };
  const [found] = anchor(text.normal, [sought], { same: true });
  if (found.status !== "exact" || found.start !== quote.start)
    return "The passage could not be found again in the text. Choose other words.";
  return "";
}

const pointOf = (place, id, source) => ({
  type: "Feature",
  id,
  geometry: {
    type: "Point",
    coordinates: place.at.map((degrees) => Math.round(degrees * 1e4) / 1e4),
  },
  properties: {
    name: place.name,
    kind: "town",
    mode: "none",
    countries: place.country ? [place.country] : [],
    position_quality: "approximate",
    uncertainty_m: 2000,
    position_note: "city point of the gazetteer",
    position_sources: [source],
    status_history: [
      {
        date: "1900",
        status: "operating",
        note: 'in being; the year only stands for "long before"',
        sources: [source],
      },
    ],
    sources: [source],
  },
});

/** Points for places of the gazetteer, as features; and the gazetteer as a source, if it is new. */
function placeOps(draft, places, layer) {
  const known = draft
    .sources()
    .find((one) => one.id === "GN" || /geonames/i.test(`${one.publisher} ${one.URL}`));
  const source = known || {
    id: "GN",
    type: "dataset",
    title: "GeoNames gazetteer",
    publisher: "GeoNames",
    "container-title": "GeoNames",
    issued: { literal: "undated" },
    URL: "https://www.geonames.org/",
    language: "en",
    note: "CC BY 4.0",
  };
  const taken = new Set(
    draft.layers().flatMap((one) => draft.features(one.id).map((feature) => feature.id)),
  );
  const ids = places.map((place) => {
    const stem = idFor(place.name, new Set()).replace(/^claim-/, "town-");
    let id = stem;
    for (let n = 2; taken.has(id); n += 1) id = `${stem}-${n}`;
    taken.add(id);
    return id;
  });
  const ops = places.map((place, i) => ({
    op: "put_feature",
    layer,
    feature: pointOf(place, ids[i], source.id),
  }));
  return { ids, ops: known ? ops : [{ op: "put_source", source }, ...ops] };
}

export { build, copied, passageTrouble, placeOps };
