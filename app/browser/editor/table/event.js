/* A status with its date as one more event of a feature's history. Changes nothing itself. */
import { readTyped } from "../../tools/typed.js";
import { withValue } from "./columns.js";

const plain = (text) => String(text).trim().toLowerCase();
/** A vague date counts from its first day. */
const dayOf = (date) => `${date}-01-01`.slice(0, 10);

/**
 * @param {any} feature @param {any} said {status: its word or label, date, sources: ids as text}
 * @param {any[]} statuses
 * @returns `{feature}`, the same one where it has the event already, or `{problem}`
 */
export function withEvent(feature, { status, date, sources }, statuses) {
  const one = statuses.find(({ id, label }) => [id, label].some((w) => plain(w) === plain(status)));
  if (!one) return { problem: `“${status.trim()}” is no status` };
  if (!date?.trim()) return { problem: "the status has no date (a column status_date)" };
  const ids = readTyped("ids", sources || "");
  const event = { date: date.trim(), status: one.id, ...(ids ? { sources: ids } : {}) };
  const before = feature.properties.status_history || [];
  const there = before.some(
    (old) => dayOf(old.date) === dayOf(event.date) && old.status === event.status,
  );
  const history = [...before, event].sort((a, b) => dayOf(a.date).localeCompare(dayOf(b.date)));
  return { feature: there ? feature : withValue(feature, "status_history", history) };
}
