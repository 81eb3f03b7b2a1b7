/* Kinds of one's own as the forms list them: what the server says of those that are in the file,
   and the same of those that are only in the draft. Shows nothing. */

/** A kind of corridor.toml as a choice of the form. @param {any} kind */
const choiceOf = ({ id, word, shape, sign }) => ({
  id,
  label: word,
  shapes: shape === "line" ? ["line", "point"] : ["point", "area"],
  mode: shape === "line" && sign !== "route" ? sign : "",
});

/** The words of the form with kinds of one's own in them. @param {any} form @param {any[]} own */
export function withOwnKinds(form, own) {
  const made = new Map(own.map((kind) => [kind.id, choiceOf(kind)]));
  const kinds = form.kinds.map((kind) => made.get(kind.id) || kind);
  const known = new Set(kinds.map(({ id }) => id));
  return { ...form, kinds: [...kinds, ...[...made.values()].filter(({ id }) => !known.has(id))] };
}
