/* The axis of the date control: its days, its years and its ticks. Keeps no state. */
import { svg } from "../../tools/dom.js";
import * as words from "../../tools/words.js";

const YEAR_DAYS = 365.25;
const YEAR_LABEL_PX = 34;

/** Changes grouped by day: {day, date, texts, features}. */
function groupByDay(changes) {
  const days = new Map();
  for (const change of changes) {
    const day = words.dayOf(change.date);
    const label = change.date_label || words.dateShort(change.date);
    if (!days.has(day))
      days.set(day, { day, date: words.isoOf(day), label, texts: [], features: [] });
    const group = days.get(day);
    group.texts.push(change.text);
    group.features.push(...(change.features || []));
  }
  return [...days.values()].sort((a, b) => a.day - b.day);
}

/** First and last day of the axis, with a little room after the last change. */
function axisOf(dates, today) {
  const named = (dates.named || []).map((entry) => entry.date);
  const lasts = [dates.last, today, ...named].filter(Boolean).map(words.dayOf);
  const last = Math.max(...lasts);
  const start = Math.min(words.dayOf(dates.axis || dates.first || today), last - YEAR_DAYS);
  return { start: Math.round(start), end: Math.round(last + (last - start) * 0.012), last };
}

function yearMarks(axis, xOf, widthPx) {
  const first = Number(words.isoOf(axis.start).slice(0, 4));
  const last = Number(words.isoOf(axis.end).slice(0, 4));
  const marks = [];
  let labelled = -Infinity;
  for (let year = first; year <= last; year += 1) {
    const from = Math.max(0, xOf(words.dayOf(`${year}-01-01`)));
    const to = Math.min(widthPx, xOf(words.dayOf(`${year + 1}-01-01`)));
    if (from > 0)
      marks.push(svg("path", { d: `M${from.toFixed(1)},22V28`, class: "cmp-year-tick" }));
    const x = Math.max(13, Math.min(widthPx - 6, (from + to) / 2));
    if (to - from < 8 || x - labelled < YEAR_LABEL_PX) continue;
    labelled = x;
    marks.push(svg("text", { x: x.toFixed(1), y: 46, class: "cmp-year" }, year));
  }
  return marks;
}

/** Only the two ends, for the phone's short track. */
function endMarks(axis, widthPx) {
  const year = (day) => words.isoOf(day).slice(0, 4);
  return [
    svg("text", { x: 0, y: 44, class: "cmp-year is-start" }, year(axis.start)),
    svg("text", { x: widthPx, y: 44, class: "cmp-year is-end" }, year(axis.last)),
  ];
}

function tickMarks(days, xOf, day) {
  return days.map((change) => {
    const x = xOf(change.day).toFixed(1);
    const text = `${change.label}: ${change.texts.join("; ")}`;
    const look = change.day <= day ? "cmp-tick" : "cmp-tick is-later";
    return svg("path", { d: `M${x},19V31`, class: look }, svg("title", {}, text));
  });
}

export { axisOf, endMarks, groupByDay, tickMarks, yearMarks };
