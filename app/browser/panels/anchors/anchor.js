/* Finds the passages of annotations again in a text that may have been edited since:
   exact, moved, doubtful or lost. The same as layers/article/passages/anchor.py, where it is told how and
   why each number is what it is; change both or neither: tests/test_web holds both to it. */
import { createEvidence, LIKENESS, seekPassage } from "./evidence.js";
import { normalise, wordsOf } from "./normalform.js";
import { changedSites as sitesLike } from "./sites.js";

const SURE = 2.5;
const MARGIN = 3.5;
const MARGIN_EACH = 0.03;
const UNLIKELY = -3.7;
const UNLIKELY_WITH_CONTEXT = -1.2;
const TWIN_LIKENESS = 0.4;
const TWIN = 4;
const RIVAL_LIKENESS = 0.6;
const RIVAL_AHEAD = 0.5;
const DOUBTFUL_LIKENESS = 0.3;
const DOUBTFUL_LIKENESS_WORTH = 11;
const DOUBTFUL_WORTH = 5.5;

/**
 * @param {string|ReturnType<typeof normalise>} text as given, or what normalise made of it
 * @param {any[]} passages {id, quote, start, prefix, suffix, paragraph} start: character of the
 *   normal form at which the quote stood, or null; the last three may be missing
 * @param {any} options {same: boolean} same: the text is known to be the one they were taken from
 * @returns `{id, status, start, end, from, to, score, places}[]` in the order given; start
 *   and end count in the normal form, from and to in the text as given; null when lost
 */
export function anchor(text, passages, { same = false } = {}) {
  const normal = typeof text === "string" ? normalise(text) : text;
  const words = wordsOf(normal.text);
  const sought = passages.map((passage, index) => seekPassage(passage, index, words));
  const evidence = createEvidence(normal, words, sought);
  const choices = sought.map((one) => choose(one, words, evidence, same));
  return apart(choices).map((choice) => answer(choice, normal, words));
}

/** Choose among the sites where all words stand; if none is sure, among the changed too. */
function choose(one, words, evidence, same) {
  if (!one.places) return chooseDoubtful(one, changedSites(one, words, evidence), evidence);
  const home = one.sites.find((site) => words.starts[site.first] === one.start) || null;
  if (home && (same || one.places === 1)) return { one, status: "exact", site: home };
  if (same && one.start === null && one.places === 1) {
    return { one, status: "exact", site: one.sites[0] };
  }
  let site = one.sites[0];
  let best = -Infinity;
  let second = -Infinity;
  for (const candidate of one.sites) {
    const weight = evidence.of(one, candidate);
    if (weight > best) [site, best, second] = [candidate, weight, best];
    else if (weight > second) second = weight;
  }
  const foreign = site !== home && evidence.contradicted(one, site);
  if (one.places === 1 && best >= SURE && !foreign) return { one, status: "moved", site };
  const changed = changedSites(one, words, evidence);
  const clear = one.places === 1 || 2 * best - second >= MARGIN + MARGIN_EACH * one.places;
  if (clear && !foreign && likely(one, changed, evidence, best)) {
    return { one, status: site === home ? "exact" : "moved", site };
  }
  return chooseDoubtful(one, [site, ...changed], evidence);
}

/** The sites where some of the words stand, also where the passage is expected. */
function changedSites(one, words, evidence) {
  const sites = sitesLike(words, one.words, evidence.expected(one));
  return sites.filter((site) => site.likeness < 1);
}

/** Whether a site is likely, given the places where nearly the same is said. */
function likely(one, changed, evidence, best) {
  const twin = changed.reduce((most, site) => Math.max(most, site.likeness), 0);
  if (one.places === 1 && twin >= TWIN_LIKENESS) {
    const least = one.hasContext ? UNLIKELY_WITH_CONTEXT : UNLIKELY;
    if (best < least + TWIN * (twin - TWIN_LIKENESS)) return false;
  }
  return !changed.some(
    (site) => site.likeness >= RIVAL_LIKENESS && evidence.of(one, site) >= best + RIVAL_AHEAD,
  );
}

/** The best of sites none of which is sure; lost if none is good enough. */
function chooseDoubtful(one, sites, evidence) {
  /** @type {any} */
  let chosen = null;
  let most = -Infinity;
  for (const site of sites) {
    const weight = evidence.of(one, site);
    const enough = weight + DOUBTFUL_LIKENESS_WORTH * site.likeness >= DOUBTFUL_WORTH;
    const worth = weight + LIKENESS * site.likeness;
    if (enough && site.likeness >= DOUBTFUL_LIKENESS && worth > most)
      [chosen, most] = [site, worth];
  }
  return { one, status: chosen ? "doubtful" : "lost", site: chosen };
}

/** Make those doubtful that stood apart and now claim the same words. */
function apart(choices) {
  const order = choices
    .map((choice, index) => ({ choice, index }))
    .filter(({ choice }) => choice.status === "exact" || choice.status === "moved")
    .sort(
      (a, b) =>
        a.choice.site.first - b.choice.site.first ||
        a.choice.site.last - b.choice.site.last ||
        a.index - b.index,
    );
  const doubtful = new Set();
  order.forEach(({ choice }, number) => {
    for (const other of order.slice(number + 1)) {
      if (other.choice.site.first > choice.site.last) break;
      if (overlapped(choice.one, other.choice.one)) continue;
      for (const each of [choice, other.choice]) if (each.status === "moved") doubtful.add(each);
    }
  });
  return choices.map((choice) =>
    doubtful.has(choice) ? { ...choice, status: "doubtful" } : choice,
  );
}

/** Whether two passages stood on the same words; unknown counts as yes. */
function overlapped(one, other) {
  if (one.start === null || other.start === null) return true;
  return one.start < other.start + other.length && other.start < one.start + one.length;
}

function answer({ one, status, site }, normal, words) {
  const { id } = one.passage;
  const { places } = one;
  if (!site) return { id, status, start: null, end: null, from: null, to: null, score: 0, places };
  let start = words.starts[site.first];
  let end = words.ends[site.last];
  if (site.likeness === 1) [start, end] = [start + one.cut[0], end - one.cut[1]];
  if (normal.text.endsWith(one.lead, start)) start -= one.lead.length;
  if (normal.text.startsWith(one.tail, end)) end += one.tail.length;
  const [from, to] = normal.original(start, end);
  return { id, status, start, end, from, to, score: site.likeness, places };
}
