/* What the page is about, in a sentence: counts the claims on the map, in the document's words. */

/**
 * The sentence, or "" where nothing is to be said; as `Headline.told` of layers/scene/headline.py.
 * @param {Headline} words @param {string[]} results what testing gave, of each claim on the map
 */
export function headline({ written, one, many, found }, results) {
  if (written || !results.length) return written;
  const of = (n, words) => `${n} ${n === 1 ? words.one : words.many}`;
  const said = found
    .map((words) => ({ words, n: results.filter((each) => words.results.includes(each)).length }))
    .filter(({ n }) => n)
    .map(({ words, n }) => of(n, words));
  return `${of(results.length, { one, many })}: ${said.join(", ")}`;
}
