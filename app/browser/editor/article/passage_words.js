/* Cuts a text into the words and sentences in which passages are chosen. Knows no page. */
import { normalise, wordsOf } from "../../panels/anchors/normalform.js";

const ENDS = /[.!?…؟。]["')\]]*$/;
const SHORT =
  /(?:^|[\s(])(?:[A-Z]|Mr|Mrs|Ms|Dr|St|Mt|No|Prof|Gen|Inc|Ltd|Co|vs|etc|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.["')\]]*$/;
const CONTEXT = 32;

/**
 * @param {string} given the text as the reader gave it
 * @returns `{given, normal, words: object[], sentences: object[], paragraphs: object[]}` words have
 *   start and end in the normal form, from and to in the text as given, and the numbers of their
 *   sentence and paragraph; sentences and paragraphs have the numbers of their first and last word
 */
export function passageText(given) {
  const normal = normalise(given);
  const { starts, ends } = wordsOf(normal.text);
  const words = starts.map((start, i) => {
    const [from, to] = normal.original(start, ends[i]);
    return {
      start,
      end: ends[i],
      from,
      to,
      paragraph: normal.paragraph(start),
      sentence: 0,
      at: 0,
    };
  });
  const sentences = [];
  const paragraphs = [];
  words.forEach((word, i) => {
    const before = words[i - 1];
    const other = !before || before.paragraph !== word.paragraph;
    if (other) paragraphs.push({ first: i, last: i });
    const gap = before ? normal.text.slice(before.start, word.start).trimEnd() : "";
    if (other || (ENDS.test(gap) && !SHORT.test(gap))) sentences.push({ first: i, last: i });
    paragraphs.at(-1).last = i;
    sentences.at(-1).last = i;
    word.sentence = sentences.length - 1;
    word.at = paragraphs.length - 1;
  });
  return { given, normal, words, sentences, paragraphs };
}

/** The words that a stretch of the text as given touches, or null. */
export function passageAt({ words }, from, to) {
  const first = words.findIndex((word) => word.to > from);
  if (first < 0 || words[first].from >= to) return null;
  let last = first;
  while (last + 1 < words.length && words[last + 1].from < to) last += 1;
  return { first, last };
}

/** What of a text a passage is: quote, place, what stands before and after. */
export function passageQuote({ normal, words }, { first, last }) {
  const { start } = words[first];
  const { end } = words[last];
  return {
    exact: normal.text.slice(start, end),
    start,
    end,
    prefix: normal.text.slice(Math.max(0, start - CONTEXT), start),
    suffix: normal.text.slice(end, end + CONTEXT),
    paragraph: words[first].paragraph,
    words: normal.text.slice(start, end).split(/\s+/).length,
  };
}

/** A passage of at most `most` words round a name: its sentence, or what of it stands near. */
export function passageRound(text, { first, last }, most) {
  const sentence = text.sentences[text.words[first].sentence];
  let [a, b] = [first, last];
  const count = (from, to) => passageQuote(text, { first: from, last: to }).words;
  if (count(sentence.first, sentence.last) <= most) return { ...sentence };
  while (a > sentence.first || b < sentence.last) {
    const later = b < sentence.last && count(a, b + 1) <= most;
    const earlier = a > sentence.first && count(a - 1, b) <= most;
    if (later) b += 1;
    if (a > sentence.first && count(a - 1, b) <= most) a -= 1;
    else if (!later && !earlier) break;
  }
  return { first: a, last: b };
}
