/* Letters without their marks: what a search compares, and what an id is made of. */

const LETTERS = { ə: "e", ı: "i", ø: "o", đ: "d", ł: "l", ß: "ss", æ: "ae", œ: "oe" };

/** Latin letters as they are in English, so that "Hacıqabul" is found by "haciqabul". */
function folded(text) {
  return String(text)
    .toLowerCase()
    .replace(/[əıøđłßæœ]/g, (letter) => LETTERS[letter])
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "");
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

export { folded, idOf };
