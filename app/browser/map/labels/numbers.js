/* The claim numbers that features carry, as ranges in a badge. Places nothing. */

/** More ranges than this are told in a second badge. */
const RANGES_AT_MOST = 6;

/** Claims in the order of their numbers, three or more in a row as one range. */
function rangesOf(claims) {
  const out = [];
  for (let start = 0; start < claims.length; ) {
    let end = start;
    while (claims[end + 1]?.number === claims[end].number + 1) end += 1;
    const row = claims.slice(start, end + 1);
    if (row.length > 2) out.push({ text: `${row[0].number}–${row[row.length - 1].number}`, row });
    else out.push(...row.map((claim) => ({ text: String(claim.number), row: [claim] })));
    start = end + 1;
  }
  return out;
}

const badge = (ranges, selected) => ({
  text: ranges.map(({ text }) => text).join(", "),
  claims: ranges.flatMap(({ row }) => row.map((claim) => claim.id)),
  selected,
});

/**
 * The badges of some features: the selected claim's first, then those of all others.
 * @param {any} frame {model, state} @param {Feature[]} features
 * @param {boolean} chosen whether the selected claim is among them, or told on the sign
 * @returns {{ text: string, claims: string[], selected: boolean }[]}
 */
export function badgesOf(frame, features, chosen) {
  const { model, state } = frame;
  const ids = new Set(features.flatMap((feature) => feature.claims));
  const claims = [...ids].map(model.claim).filter((claim) => claim !== null);
  const others = claims.filter((claim) => claim.id !== state.claim);
  const ranges = rangesOf(others.sort((a, b) => a.number - b.number));
  const out = [];
  for (let i = 0; i < ranges.length; i += RANGES_AT_MOST)
    out.push(badge(ranges.slice(i, i + RANGES_AT_MOST), false));
  const own = claims.find((claim) => claim.id === state.claim);
  if (own && chosen) out.unshift(badge([{ text: String(own.number), row: [own] }], true));
  return out;
}
