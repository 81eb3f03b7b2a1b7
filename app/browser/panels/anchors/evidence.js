/* Weighs what speaks for a site being the passage sought, apart from the quoted words.
   The same as layers/article/passages/evidence.py; change both or neither. Decides nothing. */
import { completed, normalise, wordsOf } from "./normalform.js";
import { changedSites, sitesOf } from "./sites.js";

const LIKENESS = 4;
const CONTEXT = 4;
const NO_CONTEXT = 1;
const CONTEXT_LOOKAHEAD = 3;
const SAME_PLACE = 2.5;
const PARAGRAPH = 0.25;
const PINS_EACH_SIDE = 3;
const PIN_BITS = 20;
const PIN_MARGIN = 1.5;
const PIN_NEAR_CHARACTERS = 800;
const SLACK_CHARACTERS = 40;
const SLACK_SHARE = 4;
const SITES_MOST = 40;

const WORD_MOST = 40;

/** What is stored from before and after a passage, with the blanks beside it. */
function around({ prefix, suffix }) {
  return {
    before: normalise(`${prefix || ""}|`).text.slice(0, -1),
    after: normalise(`|${suffix || ""}`).text.slice(1),
  };
}

/** What a quote lacks of its first and last word, as stored or at its place. */
function lacking(passage, quote, words) {
  const { before, after } = around(passage);
  const { start } = passage;
  if (before || after || typeof start !== "number" || !words.text.startsWith(quote, start)) {
    return completed(before, quote, after);
  }
  const end = start + quote.length;
  return completed(
    words.text.slice(Math.max(0, start - WORD_MOST), start),
    quote,
    words.text.slice(end, end + WORD_MOST),
  );
}

const without = (text, part, end) =>
  !part || !(end ? text.endsWith(part) : text.startsWith(part))
    ? text
    : end
      ? text.slice(0, -part.length)
      : text.slice(part.length);

/** A passage with its words, and where they stand in a text. */
export function seekPassage(passage, index, words) {
  const quote = normalise(passage.quote).text;
  let own = wordsOf(quote);
  let whole = sitesOf(words, own.words);
  let [head, tail] = ["", ""];
  if (!whole.length && own.words.length) {
    const lacks = lacking(passage, quote, words);
    const longer = wordsOf(lacks.head + quote + lacks.tail);
    whole = sitesOf(words, longer.words);
    if (whole.length) [own, head, tail] = [longer, lacks.head, lacks.tail];
  }
  const quoted = head + quote + tail;
  const lead = own.words.length ? quoted.slice(0, own.starts[0]) : "";
  const placed = typeof passage.start === "number";
  const start = placed ? passage.start + lead.length - head.length : null;
  const sides = around(passage);
  const before = [...wordsOf(without(sides.before, head, true)).words].reverse();
  const after = wordsOf(without(sides.after, tail, false)).words;
  return {
    passage,
    index,
    words: own.words,
    lead,
    tail: own.words.length ? quoted.slice(own.ends[own.ends.length - 1]) : "",
    length: quote.length,
    start,
    before,
    after,
    hasContext: before.length + after.length > 0,
    sites: whole.length ? nearest(whole, words, start) : changedSites(words, own.words),
    places: whole.length,
    bits: own.words.reduce((sum, word) => sum + words.weight(word), 0),
    cut: [head.length, tail.length],
  };
}

/** Not too many sites: those nearest to where the passage stood. */
function nearest(sites, words, start) {
  if (sites.length <= SITES_MOST) return sites;
  const off = (site) => Math.abs(words.starts[site.first] - (start || 0));
  const order = [...sites].sort((a, b) => off(a) - off(b) || a.first - b.first);
  const kept = new Set(order.slice(0, SITES_MOST));
  return sites.filter((site) => kept.has(site));
}

/** How many of a sorted list are below a value. */
function below(sorted, value) {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What a text and the passages sought in it tell about one another. */
export function createEvidence(normal, words, sought) {
  const pins = sought
    .map((one) => ({ one, site: one.start === null ? null : sureSite(one) }))
    .filter(({ site }) => site)
    .map(({ one, site }) => ({
      old: one.start,
      index: one.index,
      at: words.starts[site.first],
      paragraph: one.passage.paragraph || 0,
    }))
    .sort((a, b) => a.old - b.old || a.index - b.index);

  /** The site that quote and context alone leave no doubt about, or null. */
  function sureSite(one) {
    /** @type {any} */
    let best = null;
    let most = -Infinity;
    let second = -Infinity;
    for (const site of one.sites) {
      const worth = LIKENESS * site.likeness + context(one, site);
      if (worth > most) [best, most, second] = [site, worth, most];
      else if (worth > second) second = worth;
    }
    if (!best || one.bits * best.likeness < PIN_BITS || most - second < PIN_MARGIN) return null;
    return best;
  }

  /** What the words before and after weigh. */
  function context(one, site) {
    if (!one.hasContext) return 0;
    const before = matched(one.before, site.first, -1);
    const after = matched(one.after, site.last, 1);
    return (CONTEXT * (before.got + after.got)) / (before.total + after.total) - NO_CONTEXT;
  }

  /** Whether the words stored on both sides speak against a site, the nearest too. */
  function contradicted(one, site) {
    if (!one.before.length || !one.after.length || context(one, site) >= 0) return false;
    const left = words.words[site.first - 1] || "";
    const right = words.words[site.last + 1] || "";
    return left !== one.before[0] && right !== one.after[0];
  }

  /** The weight of the stored words that follow in order, and that of all. */
  function matched(stored, origin, step) {
    let got = 0;
    let total = 0;
    let at = origin + step;
    stored.forEach((word, number) => {
      const weight = words.weight(word);
      total += weight;
      for (let ahead = 0, place = at; ahead < CONTEXT_LOOKAHEAD; ahead += 1, place += step) {
        if (place < 0 || place >= words.words.length) break;
        // The outermost word may have been cut when it was stored.
        const other = words.words[place];
        const cut = step < 0 ? other.endsWith(word) : other.startsWith(word);
        if (word === other || (cut && number === stored.length - 1)) {
          got += weight;
          at = place + step;
          break;
        }
      }
    });
    return { got, total };
  }

  /** The nearest sure passages that stood before this one and after it. */
  function pinsNear(one) {
    let middle = 0;
    while (middle < pins.length) {
      const pin = pins[middle];
      if (pin.old > one.start || (pin.old === one.start && pin.index >= one.index)) break;
      middle += 1;
    }
    const own = middle < pins.length && pins[middle].index === one.index ? 1 : 0;
    const before = pins.slice(Math.max(0, middle - PINS_EACH_SIDE), middle);
    return before.concat(pins.slice(middle + own, middle + own + PINS_EACH_SIDE));
  }

  /** What the distance to a sure passage weighs against what it was, from -1 to 1. */
  function agreement(one, start, pin) {
    const gap = one.start - pin.old;
    const slack = SLACK_CHARACTERS + Math.abs(gap) / SLACK_SHARE;
    let sum = (2 * slack) / (slack + Math.abs(start - pin.at - gap)) - 1;
    if (one.passage.paragraph && pin.paragraph) {
      const apart = normal.paragraph(start) - normal.paragraph(pin.at);
      sum += apart === one.passage.paragraph - pin.paragraph ? PARAGRAPH : -PARAGRAPH;
    }
    return (sum * PIN_NEAR_CHARACTERS) / (PIN_NEAR_CHARACTERS + Math.abs(gap));
  }

  /** What speaks for a site (positive) or against it; 0 if nothing is known. */
  function of(one, site) {
    const start = words.starts[site.first];
    let weight = context(one, site);
    if (one.start === null) return weight;
    for (const pin of pinsNear(one)) weight += agreement(one, start, pin);
    return weight + (start === one.start ? SAME_PLACE : 0);
  }

  /** The words at which the nearest sure passages lead to expect a passage. */
  function expected(one) {
    if (one.start === null) return [];
    const near = pinsNear(one);
    const before = near.filter((pin) => pin.old <= one.start).slice(-1);
    const after = near.filter((pin) => pin.old > one.start).slice(0, 1);
    const places = [...before, ...after].map((pin) =>
      below(words.starts, pin.at + one.start - pin.old),
    );
    return [...new Set(places)].sort((a, b) => a - b);
  }

  return { of, expected, contradicted };
}

export { LIKENESS };
