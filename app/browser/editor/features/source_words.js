/* Sources of a corridor in words, and those that some words mean. Touches no DOM. */

const yearOf = ({ issued }) => {
  const parts = issued?.["date-parts"]?.[0];
  return parts?.length ? String(parts[0]) : "undated";
};
const lineOf = (source) =>
  [source.publisher || source["container-title"], source.title, yearOf(source)]
    .filter(Boolean)
    .join(", ");

const listed = (sources) => (Array.isArray(sources) ? sources : Object.values(sources || {}));

/** Sources whose id begins with what was typed first, then those that hold all of its words. */
function find(sources, text) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const rank = (source) => {
    const id = source.id.toLowerCase();
    if (words.length === 1 && id === words[0]) return 0;
    if (words.length === 1 && id.startsWith(words[0])) return 1;
    const all = `${id} ${lineOf(source)} ${source.URL || ""}`.toLowerCase();
    return words.every((word) => all.includes(word)) ? 2 : 3;
  };
  return sources
    .map((source) => ({ source, at: rank(source) }))
    .filter(({ at }) => at < 3)
    .sort((a, b) => a.at - b.at)
    .map(({ source }) => source);
}

export { find, lineOf, listed };
