/* What the words of a reader find in a document: features, claims and sources, the best first.
   Knows no page; what a hit does is said in find.js. */
import { folded, sound, wordsOf } from "../../tools/letters.js";
import * as words from "../../tools/words.js";

/** @typedef {{ kind: string, id: string, title: string, aside: string }} Hit */

/** How well a word is met: by itself, by a beginning, by a likeness; 0 if not at all. */
const SAME = 4;
const BEGINS = 3;
const INSIDE = 2;
const SOUNDS = 1;
/** What a name adds that sounds as the whole that is asked. */
const WHOLE_SOUNDS = 3;
/** A likeness of fewer consonants says nothing. */
const SOUND_LEAST = 3;
const INSIDE_LEAST = 3;

/** The names of an entry and what else is said of it, ready to be compared. */
function entry(kind, id, title, aside, given, text) {
  const names = given.filter(Boolean);
  const named = [...new Set(names.flatMap(wordsOf))];
  return {
    hit: { kind, id, title, aside },
    whole: new Set(names.map((name) => wordsOf(name).join(" "))),
    wholeSounds: new Set(names.map((name) => wordsOf(name).map(sound).join(" "))),
    named,
    sounds: named.map(sound),
    text: folded([...names, ...text].filter(Boolean).join(" ")),
  };
}

function met(one, word, like) {
  let best = 0;
  for (const name of one.named) {
    if (name === word) return SAME;
    if (name.startsWith(word)) best = BEGINS;
  }
  if (best) return best;
  if (word.length >= INSIDE_LEAST && one.text.includes(word)) return INSIDE;
  return like.length >= SOUND_LEAST && one.sounds.includes(like) ? SOUNDS : 0;
}

/** @param {CorridorDocument} document */
function entriesOf({ features, claims, sources, verdicts }) {
  return [
    ...features.map((feature) =>
      entry(
        "feature",
        feature.id,
        feature.name,
        feature.kind_label,
        [feature.name, ...Object.values(feature.names || {})],
        [feature.id.replaceAll("-", " "), feature.kind_label, feature.mode_label],
      ),
    ),
    ...claims.map((claim) =>
      entry(
        "claim",
        claim.id,
        claim.title,
        `Claim ${claim.number}${claim.check ? ` · ${verdicts[claim.check.result] || ""}` : ""}`,
        [claim.title],
        [claim.text, claim.quote],
      ),
    ),
    ...Object.entries(sources || {}).map(([id, csl]) => {
      const { title, publisher, date } = words.source(csl);
      const aside = ["Source", publisher, date].filter(Boolean).join(" · ");
      return entry("source", id, title, aside, [title, publisher], []);
    }),
  ];
}

/**
 * @param {CorridorDocument} document
 * @returns {(text: string) => Hit[]} what the words find; all of them must be met
 */
export function createIndex(document) {
  /** @type {ReturnType<typeof entry>[] | null} */
  let entries = null;
  return (text) => {
    const asked = wordsOf(text);
    if (!asked.length) return [];
    entries = entries || entriesOf(document);
    const likes = asked.map(sound);
    const whole = asked.join(" ");
    const found = [];
    for (const one of entries) {
      let worth = one.wholeSounds.has(likes.join(" ")) ? WHOLE_SOUNDS : 0;
      if (one.whole.has(whole)) worth = SAME;
      for (const [i, word] of asked.entries()) {
        const worthOf = met(one, word, likes[i]);
        worth = worthOf ? worth + worthOf : Number.NaN;
      }
      if (worth > 0) found.push({ worth, hit: one.hit });
    }
    return found.sort((a, b) => b.worth - a.worth).map(({ hit }) => hit);
  };
}
