/* Finds where the words of a quote stand in a text, whole or with some words changed.
   The same as layers/article/passages/sites.py; change both or neither. Decides nothing. */

const COMMON = 60;
const SEEDS_LEAST = 2;
const PLACES_MOST = 200;
const NEAR_DIAGONALS = 2;
const WINDOWS_MOST = 6;
const BAND_MOST = 16;
const EXTRA_WORD_COST = 2;
const MATCHES_LEAST = 2;
const ALIKE_SHARE = 0.75;
const ALIKE_LEAST = 4;
const NOTHING = { score: 0, first: -1, last: -1, count: 0 };

/** @returns `{first, last, likeness}[]` where all wanted words stand side by side */
export function sitesOf(words, wanted) {
  if (!wanted.length) return [];
  let seed = 0;
  wanted.forEach((word, i) => {
    if (words.seen(word) < words.seen(wanted[seed])) seed = i;
  });
  return (words.places.get(wanted[seed]) || [])
    .map((place) => place - seed)
    .filter((first) => first >= 0 && wanted.every((word, i) => words.words[first + i] === word))
    .map((first) => ({ first, last: first + wanted.length - 1, likeness: 1 }));
}

/**
 * Sites where at least two wanted words stand in order, the likest first.
 * @param {number[]} near numbers of words around which to look in any case
 */
export function changedSites(words, wanted, near = []) {
  const weights = wanted.map(words.weight);
  const narrow = Math.min(BAND_MOST, 2 + Math.floor(wanted.length / 4));
  const windows = diagonalsOf(words, wanted, weights).map((diagonal) => [diagonal, narrow]);
  const found = new Map();
  for (const [diagonal, band] of windows.concat(near.map((place) => [place, BAND_MOST]))) {
    const site = align(words, wanted, weights, diagonal, band);
    const key = site && `${site.first} ${site.last}`;
    if (site && !found.has(key)) found.set(key, site);
  }
  return [...found.values()].sort(
    (a, b) => b.likeness - a.likeness || a.first - b.first || a.last - b.last,
  );
}

/** Where the quote could begin, by the rarer of its words, the best first. */
function diagonalsOf(words, wanted, weights) {
  const order = wanted
    .map((word, i) => [words.seen(word), i])
    .filter(([seen]) => seen)
    .sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const votes = new Map();
  for (const [taken, [seen, i]] of order.entries()) {
    if (seen > COMMON && taken >= SEEDS_LEAST) break;
    for (const place of words.places.get(wanted[i]).slice(0, PLACES_MOST)) {
      votes.set(place - i, (votes.get(place - i) || 0) + weights[i]);
    }
  }
  const ranked = [...votes.keys()].map((diagonal) => {
    let sum = 0;
    for (let by = -NEAR_DIAGONALS; by <= NEAR_DIAGONALS; by += 1)
      sum += votes.get(diagonal + by) || 0;
    return [sum, diagonal];
  });
  ranked.sort((a, b) => b[0] - a[0] || a[1] - b[1]);
  const chosen = [];
  for (const [, diagonal] of ranked) {
    if (chosen.some((other) => Math.abs(diagonal - other) <= NEAR_DIAGONALS)) continue;
    chosen.push(diagonal);
    if (chosen.length === WINDOWS_MOST) break;
  }
  return chosen;
}

/** Align a quote with the words near a diagonal; a word too many costs, one missing not. */
function align(words, wanted, weights, diagonal, band) {
  const begin = Math.max(0, diagonal - band);
  const text = words.words.slice(begin, Math.max(begin, diagonal + wanted.length + band));
  let row = new Array(text.length + 1).fill(NOTHING);
  wanted.forEach((word, i) => {
    // Places beyond the band keep what stood there before this word.
    const above = row;
    row = above.slice();
    const middle = diagonal - begin + i;
    const end = Math.min(text.length, middle + band + 1);
    for (let j = Math.max(0, middle - band); j < end; j += 1) {
      row[j + 1] = step(above, row, j, weights[i] * likeness(word, text[j]));
    }
  });
  let best = row[0];
  for (const cell of row) if (cell.score > best.score) best = cell;
  if (best.count < MATCHES_LEAST) return null;
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  return { first: begin + best.first, last: begin + best.last, likeness: best.score / all };
}

/** The best way to a cell: the words match, the wanted one is missing, or one is too many. */
function step(above, row, j, gain) {
  let best = above[j + 1];
  const from = above[j];
  if (gain && from.score + gain >= best.score) {
    const first = from.first < 0 ? j : from.first;
    best = { score: from.score + gain, first, last: j, count: from.count + 1 };
  }
  const score = row[j].score - EXTRA_WORD_COST;
  return score > best.score ? { ...row[j], score } : best;
}

/** 1 for the same word, 0.5 for one with another ending or a slip, else 0. */
function likeness(one, other) {
  if (one === other) return 1;
  const longest = Math.max(one.length, other.length);
  const shortest = Math.min(one.length, other.length);
  if (shortest < ALIKE_LEAST || shortest < ALIKE_SHARE * longest || /^[0-9]/.test(one)) return 0;
  let head = 0;
  while (head < shortest && one[head] === other[head]) head += 1;
  let tail = 0;
  while (tail < shortest - head && one[one.length - 1 - tail] === other[other.length - 1 - tail])
    tail += 1;
  return head + tail >= ALIKE_SHARE * longest ? 0.5 : 0;
}
