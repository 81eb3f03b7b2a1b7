/* Letters without their marks: what a search compares, and what an id is made of. The letters that
   no mark makes are those of geo/folding.py; tests/test_web/folding.json holds both to one list. */

const LETTERS = {
  ...{ ə: "e", ı: "i", ø: "o", đ: "d", ł: "l", ß: "ss", æ: "ae", œ: "oe" },
  ...{ ي: "ی", ى: "ی", ك: "ک", ة: "ه", "\u200c": "", "\u0640": "" },
};
const FOLDED = new RegExp(`[${Object.keys(LETTERS).join("")}]`, "g");

/** How letters of other scripts sound; those that only carry a vowel are left out. */
const SOUNDS = {
  ...{ б: "b", в: "v", г: "g", д: "d", ж: "j", з: "z", к: "k", л: "l", м: "m", н: "n", п: "p" },
  ...{ р: "r", с: "s", т: "t", ф: "f", х: "h", ц: "s", ч: "j", ш: "s", щ: "s" },
  ...{ ب: "b", پ: "p", ت: "t", ث: "s", ج: "j", چ: "j", ح: "h", خ: "h", د: "d", ذ: "z", ر: "r" },
  ...{ ز: "z", ژ: "j", س: "s", ش: "s", ص: "s", ض: "z", ط: "t", ظ: "z", غ: "g", ف: "f", ق: "g" },
  ...{ ک: "k", گ: "g", ل: "l", م: "m", ن: "n", ه: "h" },
};

/** Small letters as they are in English, so that "Hacıqabul" is found by "haciqabul". */
function folded(text) {
  return String(text)
    .toLowerCase()
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(FOLDED, (letter) => LETTERS[letter]);
}

/**
 * The consonants of a folded word as several languages spell them: "culfa", "dzhulfa", "джульфа"
 * and "جلفا" are one. A rough likeness, for when nothing is spelled as asked.
 */
function sound(word) {
  return [...word]
    .map((letter) => SOUNDS[letter] ?? letter)
    .join("")
    .replace(/d?zh|d(?=j)|ch|c/g, (said) => (said === "d" ? "" : "j"))
    .replace(/dj/g, "j")
    .replace(/kh|x/g, "h")
    .replace(/gh|[qk]/g, "g")
    .replace(/sh|ts/g, "s")
    .replace(/[^bdfghjlmnprstz]/g, "")
    .replace(/(.)\1+/g, "$1")
    .replace(/(.)h$/, "$1");
}

/** The folded words of a text. */
function wordsOf(text) {
  return folded(text).match(/[\p{L}\p{N}]+/gu) || [];
}

/** An id of a name: small Latin letters, digits, hyphens; of its kind where nothing is left. */
function idOf(name, kind, taken) {
  const plain = folded(name || "").replace(/[^a-z0-9]+/g, "-");
  const stem =
    plain
      .replace(/^-+|-+$/g, "")
      .slice(0, 60)
      .replace(/-+$/, "") || String(kind || "feature").replaceAll("_", "-");
  let id = stem;
  for (let n = 2; taken.has(id); n += 1) id = `${stem}-${n}`;
  return id;
}

export { folded, idOf, sound, wordsOf };
