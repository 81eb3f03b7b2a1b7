/* Reads the article's text from a file of the reader's: plain text in UTF-8, or in UTF-16 with
   its mark. Guesses no encoding, as layers/article/article.py; keeps and sends nothing. */
import { normalise } from "../anchors/normalform.js";

/** The text is kept in the browser's storage, which holds about twice as much. */
const MOST_BYTES = 2e6;
const REMEDY = "Save the article as plain text in UTF-8 and give it again.";
const OTHER_FORMATS = [
  ["%PDF", "a PDF"],
  ["PK\x03\x04", "a Word, OpenDocument or ZIP file"],
  ["\xd0\xcf\x11\xe0", "an old Word file"],
  ["{\\rtf", "an RTF file"],
];
const WEB_PAGE = /^(\xef\xbb\xbf)?\s*(<!doctype html|<html|<\?xml)/i;
const UTF_32 = /^(\xff\xfe\0\0|\0\0\xfe\xff)/;
const MARKS = [
  ["\xff\xfe", "utf-16le"],
  ["\xfe\xff", "utf-16be"],
];

/** The first bytes, one character each. */
const headOf = (bytes) => String.fromCharCode(...bytes.subarray(0, 64));

function refusal(head) {
  const other = OTHER_FORMATS.find(([mark]) => head.startsWith(mark));
  if (other) return `is ${other[1]}, not plain text`;
  if (WEB_PAGE.test(head)) return "is a web page, not plain text";
  return UTF_32.test(head) ? "is text in UTF-32" : "";
}

function decode(bytes, encoding) {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

/**
 * @param {File} file
 * @returns {Promise<string>} its text; rejected with what is wrong and how to mend it
 */
export async function readArticleFile(file) {
  if (file.size > MOST_BYTES)
    throw new Error(`${file.name} is larger than 2 MB. Give the article's text alone.`);
  const bytes = new Uint8Array(await file.arrayBuffer());
  const head = headOf(bytes);
  const refused = refusal(head);
  if (refused) throw new Error(`${file.name} ${refused}. ${REMEDY}`);
  const mark = MARKS.find(([sign]) => head.startsWith(sign));
  const encoding = mark ? mark[1] : "utf-8";
  const text = decode(bytes, encoding);
  if (text === null)
    throw new Error(`${file.name} is not text in ${encoding.slice(0, 6).toUpperCase()}. ${REMEDY}`);
  if (text.includes("\0")) throw new Error(`${file.name} is not plain text in UTF-8. ${REMEDY}`);
  if (!normalise(text).text)
    throw new Error(`${file.name} is empty. Put the article's text in it.`);
  return text;
}
