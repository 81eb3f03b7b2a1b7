/* Brings a text into the form in which passages are counted, and splits it into words.
   The same as layers/article/passages/text.py; change both or neither. Finds no passage, knows no DOM. */

const SPACE =
  "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const INVISIBLE = "\\xad\\u200b\\u2060\\ufeff";
const RUN = new RegExp(`[${SPACE}${INVISIBLE}]+`, "g");
const ONLY_INVISIBLE = new RegExp(`^[${INVISIBLE}]+$`);
const ANY_INVISIBLE = new RegExp(`[${INVISIBLE}]+`, "g");
// biome-ignore lint/suspicious/noControlCharactersInRegex: every character up to U+02FF is meant
const CHUNK = /[\s\S](?:[^\x00-\u02ff]|\xad)*/g;
const CURLY = /[‘’‚‛′‹›“”„‟″«»‐‑‒–—―−]/g;
const SINGLE = "‘’‚‛′‹›";
const DOUBLE = "“”„‟″«»";
const HIGH = /[\ud800-\udbff]/;
const PAIR = /[\ud800-\udbff][\udc00-\udfff]/g;

// A word is a number with its inner points and commas, one sign that carries meaning (€,
// %), one character of a script written without spaces, or a run of letters.
const LETTERS =
  "A-Za-z\\xaa\\xb5\\xba\\xc0-\\xd6\\xd8-\\xf6\\xf8-\\u060b\\u060d-\\u061a\\u061c-\\u061e\\u0620-\\u06d3" +
  "\\u06d5-\\u0963\\u0966-\\u0dff\\u0f00-\\u1fff\\u200c\\u200d\\u2c00-\\u2dff\\ua000-\\ud7ff" +
  "\\ue000-\\uf8ff\\ufb00-\\ufdff\\ufe70-\\ufefc";
const WORD = new RegExp(
  "(?<=[^ ])\\[[0-9]{1,2}\\]" + // a footnote's mark, which is left out
    "|[0-9]+(?:[.,][0-9]+)*" +
    "|[$%+<=>&@#\\xa2-\\xa5\\xa7\\xa9\\xae\\xb0\\xb1\\xd7\\xf7\\u2030\\u20a0-\\u20cf\\u2122]" +
    "|[\\u0e00-\\u0eff\\u3005-\\u3007\\u3040-\\u30ff\\u3400-\\u9fff\\uf900-\\ufaff]" +
    `|[${LETTERS}]+`,
  "g",
);

const SHAPES = /[\ufb00-\ufb06\ufb50-\ufdff\ufe70-\ufefc]/g;
// Letters and digits that two keyboards write in two ways; stretched and half-spaced words.
const OTHERWISE = /[\u0640\u0643\u0649\u064a\u0660-\u0669\u066b\u066c\u06f0-\u06f9]|\u200c|\u200d/g;
const SAME_LETTERS = Object.fromEntries([
  ...["\u064a\u06cc", "\u0649\u06cc", "\u0643\u06a9", "\u066b.", "\u066c,"].map((pair) => [
    ...pair,
  ]),
  ...[0x660, 0x6f0].flatMap((zero) =>
    [...Array(10).keys()].map((digit) => [String.fromCharCode(zero + digit), String(digit)]),
  ),
]);
// Words that follow a hyphen left hanging ("pre- and post-war"): no line's end parted them.
const BOTH_ENDS = new Set(
  "and or und oder y o e et ou ve v\u0259 ya \u0438 \u0438\u043b\u0438 \u0648".split(" "),
);

/** The text as NFC, and where each of its units, and the end, was before. */
function compose(text) {
  const bare = text.replace(ANY_INVISIBLE, "");
  if (text.normalize("NFC") === text && bare.normalize("NFC") === bare) {
    return { text, at: (unit) => unit };
  }
  const parts = [];
  const places = [];
  for (const match of text.matchAll(CHUNK)) {
    const before = match[0];
    let after = before.normalize("NFC");
    const visible = before.replace(ANY_INVISIBLE, "").normalize("NFC");
    // Something invisible kept two apart.
    if (after.replace(ANY_INVISIBLE, "") !== visible) after = visible;
    parts.push(after);
    for (let i = 0; i < after.length; i += 1) {
      places.push(match.index + Math.floor((i * before.length) / after.length));
    }
  }
  places.push(text.length);
  return { text: parts.join(""), at: (unit) => places[unit] };
}

function straight(sign) {
  if (SINGLE.includes(sign)) return "'";
  return DOUBLE.includes(sign) ? '"' : "-";
}

const count = (run, sign) => run.split(sign).length - 1;

/**
 * Make characters of two units one private one, so that places count characters, as in
 * text.py, which finds the same words so.
 */
function narrow({ text, starts, ends, lines }) {
  if (!HIGH.test(text)) return { text, starts, ends, lines };
  /** @type {{ text: string, starts: number[], ends: number[], lines: any[] }} */
  const out = { text: "", starts: [], ends: [], lines: [] };
  const marks = new Map(lines.map((line) => [line.at, line]));
  const privately = (pair) => String.fromCharCode(0xe000 + (pair.codePointAt(0) % 0x1900));
  out.text = text.replace(PAIR, privately);
  let unit = 0;
  for (let at = 0; at < out.text.length; at += 1) {
    const width = text.codePointAt(unit) > 0xffff ? 2 : 1;
    if (marks.has(unit)) out.lines.push({ ...marks.get(unit), at });
    out.starts.push(starts[unit]);
    out.ends.push(ends[unit + width - 1]);
    unit += width;
  }
  return out;
}

/** Spaces, signs and lines of a composed text put in order. */
function flatten(plain, at) {
  const parts = [];
  const starts = [];
  const ends = [];
  const lines = [];
  let done = 0;
  const take = (begin, end) => {
    parts.push(plain.slice(begin, end));
    for (let i = begin; i < end; i += 1) {
      starts.push(at(i));
      ends.push(at(i + 1));
    }
    done = end;
  };
  for (const match of plain.matchAll(RUN)) {
    const run = match[0];
    const end = match.index + run.length;
    take(done, match.index);
    done = end;
    if (!starts.length || end === plain.length || ONLY_INVISIBLE.test(run)) continue;
    parts.push(" ");
    starts.push(at(match.index));
    ends.push(at(end));
    const breaks = Math.max(count(run, "\n"), count(run, "\r"));
    if (breaks) lines.push({ at: starts.length, blank: breaks > 1 });
  }
  take(done, plain.length);
  return { text: parts.join(""), starts, ends, lines };
}

/**
 * @param {string} given
 * @returns `{text: string, original: function(number, number): number[],
 *   paragraph: function(number): number}` the normal form, one unit for each character;
 *   `original` tells where a stretch of it stands in the text as given
 */
export function normalise(given) {
  const { text, at } = compose(given);
  const form = narrow(flatten(text.replace(CURLY, straight), at));
  // Lines of a text with blank lines are wrapped, not paragraphs.
  const blank = form.lines.some((line) => line.blank);
  const breaks = form.lines.filter((line) => line.blank || !blank).map((line) => line.at);
  return {
    text: form.text,
    original(start, end) {
      if (start < end) return [form.starts[start], form.ends[end - 1]];
      const place = start < form.starts.length ? form.starts[start] : given.length;
      return [place, place];
    },
    paragraph(place) {
      let low = 0;
      let high = breaks.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (breaks[middle] <= place) low = middle + 1;
        else high = middle;
      }
      return low;
    },
  };
}

/** A word as it is compared: in small letters, however its letters were written. */
function folded(word) {
  const plain = word.toLowerCase().replace(SHAPES, (shape) => shape.normalize("NFKC"));
  return plain.replace(OTHERWISE, (letter) => SAME_LETTERS[letter] || "") || word;
}

const isSmall = (letter) => letter === letter.toLowerCase() && letter !== letter.toUpperCase();

/** Whether a hyphen at a line's end parted one word in two. */
function isParted(before, between, word) {
  if (between !== "- " || !isSmall(before[before.length - 1]) || !isSmall(word[0])) return false;
  return !BOTH_ENDS.has(word);
}

/** The words of a normal form as they are compared, where they stand, and how much each tells. */
export function wordsOf(text) {
  const words = [];
  const starts = [];
  const ends = [];
  for (const match of text.matchAll(WORD)) {
    if (match[0].length > 1 && match[0][0] === "[") continue;
    const word = folded(match[0]);
    const end = match.index + match[0].length;
    const last = words.length - 1;
    const parted =
      last >= 0 &&
      isParted(text.slice(starts[last], ends[last]), text.slice(ends[last], match.index), word);
    if (parted) {
      words[last] += word;
      ends[last] = end;
      continue;
    }
    words.push(word);
    starts.push(match.index);
    ends.push(end);
  }
  const places = new Map();
  words.forEach((word, index) => {
    if (!places.has(word)) places.set(word, []);
    places.get(word).push(index);
  });
  const seen = (word) => (places.get(word) || []).length;
  const weight = (word) =>
    Math.max(1, 32 - Math.clz32(Math.floor(words.length / Math.max(1, seen(word)))));
  return { words, starts, ends, places, seen, weight, text };
}

/** What a quote lacks of its first and last word, by what stands before and after. */
export function completed(before, quote, after) {
  let head = "";
  let tail = "";
  for (const { index, 0: word } of (before + quote).matchAll(WORD)) {
    if (index < before.length && before.length < index + word.length) head = before.slice(index);
  }
  for (const { index, 0: word } of (quote + after).matchAll(WORD)) {
    const end = index + word.length;
    if (index < quote.length && quote.length < end) tail = after.slice(0, end - quote.length);
  }
  return { head, tail };
}
