/* Finds where the passages of claims stand in a text the reader has. Sets nothing. */
import { anchor } from "./anchor.js";

/**
 * @param {string} text as given @param {any[]} claims of the document
 * @param {any[]} passages of the document: id of the claim, quote, start, paragraph
 * @returns `{claim, status, from, to}[]` places in the text as given; none when lost
 */
export function locateClaims(text, claims, passages) {
  const byId = new Map(claims.map((claim) => [claim.id, claim]));
  const sought = passages.filter((passage) => byId.has(passage.id));
  return anchor(text, sought).map(({ id, status, from, to }) => ({
    claim: byId.get(id),
    status,
    ...(from === null ? {} : { from, to }),
  }));
}
