/* What a person types as a value of a file, and a value as a person reads it. Guesses nothing:
   what is no number stays text, for the server to say so. */

const NUMBER = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;

const words = (said) => said.split(/[\s,;]+/).filter(Boolean);

/**
 * What was typed, as the file keeps it; undefined where nothing was.
 * @param {string} kind "text", "number", "codes" of countries, "ids"
 * @param {string} text
 */
function readTyped(kind, text) {
  const said = text.trim();
  if (!said) return undefined;
  if (kind === "number") {
    const plain = said.replace(/,(?=\d{3}\b)/g, "");
    return NUMBER.test(plain) ? Number(plain) : said;
  }
  if (kind === "codes") return words(said).map((code) => code.toUpperCase());
  return kind === "ids" ? words(said) : said;
}

function writeTyped(value) {
  if (value === undefined || value === null) return "";
  return Array.isArray(value) ? value.join(", ") : String(value);
}

export { readTyped, writeTyped };
