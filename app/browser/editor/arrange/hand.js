/* What is decided by hand for an export, as layouts.toml has it (layers/corridor/layouts.py), and
   what each step makes of it. Shows nothing and asks no server. */

export const NOTHING = Object.freeze({
  headline: "",
  subtitle: "",
  byline: "",
  claims: null,
  hidden: [],
  labels: [],
  words: [],
});

/** Whole again from what was kept, which leaves out what is as the rules have it. */
export const whole = (kept) => ({ ...NOTHING, ...kept });

/** What is decided and nothing else: what is kept and sent. */
export function said(hand) {
  const told = Object.entries(hand).filter(
    ([, value]) => value !== null && value !== "" && !(Array.isArray(value) && !value.length),
  );
  // No claim told is a decision too.
  if (hand.claims && !hand.claims.length) told.push(["claims", []]);
  return Object.fromEntries(told);
}

export const isNothing = (hand) => !Object.keys(said(hand)).length;

const without = (list, key, id) => list.filter((one) => one[key] !== id);

/** @param {any} hand @param {{ feature: string, at: number[], align: string }} label */
export const withLabel = (hand, label) => ({
  ...hand,
  labels: [...without(hand.labels, "feature", label.feature), label],
});

export const withoutLabel = (hand, id) => ({
  ...hand,
  labels: without(hand.labels, "feature", id),
});

export const withHidden = (hand, id, hide) => ({
  ...hand,
  hidden: [...hand.hidden.filter((one) => one !== id), ...(hide ? [id] : [])],
});

/** Every name where the rules put it; words and claims stay. */
export const withAllBack = (hand) => ({ ...hand, labels: [], hidden: [] });

/** @param {any} hand @param {string} id @param {boolean} tell @param {string[]} every ids */
export function withClaim(hand, id, tell, every) {
  const told = new Set(hand.claims ?? every);
  if (tell) told.add(id);
  else told.delete(id);
  const claims = every.filter((one) => told.has(one));
  return { ...hand, claims: claims.length === every.length ? null : claims };
}

/** A claim in other words; with neither a title nor a text it is as the corridor says. */
export function withWords(hand, id, { title, text }) {
  const rest = without(hand.words, "claim", id);
  const own = { claim: id, ...(title ? { title } : {}), ...(text ? { text } : {}) };
  return { ...hand, words: title || text ? [...rest, own] : rest };
}
