/* The axis of the date control: its days, its years and its ticks. Keeps no state. */
import { svg } from "../../tools/dom.js";
import * as words from "../../tools/words.js";

const YEAR_DAYS = 365.25;
const YEAR_LABEL_PX = 34;
/** How much of the width is left for what is due after the last day; the map is not shown there. */
const AHEAD_SHARE = 0.16;

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
  const end = Math.round(last + (last - start) * 0.012);
  const ahead = dates.ahead ? Math.max(end, words.dayOf(dates.ahead)) : end;
  return { start: Math.round(start), end, last, ahead };
}

/** Days as places of the width and back; what lies ahead has a scale of its own. */
function scaleOf(axis, widthPx) {
  const { start, end, ahead } = axis;
  const knownPx = widthPx * (ahead > end ? 1 - AHEAD_SHARE : 1);
  const perDay = knownPx / (end - start);
  const aheadPerDay = (widthPx - knownPx) / Math.max(1, ahead - end);
  return {
    knownPx,
    xOf: (day) => (day > end ? knownPx + (day - end) * aheadPerDay : (day - start) * perDay),
    dayAt: (x) => (x > knownPx ? end : start + x / perDay),
  };
}

function yearMarks(axis, xOf, widthPx) {
  const first = Number(words.isoOf(axis.start).slice(0, 4));
  const last = Number(words.isoOf(axis.ahead).slice(0, 4));
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

/** Only the ends, for the phone's short track. */
function endMarks(axis, { xOf }) {
  const year = (day) => words.isoOf(day).slice(0, 4);
  const ends = axis.ahead > axis.end ? [axis.last, axis.ahead] : [axis.last];
  return [
    svg("text", { x: 0, y: 46, class: "cmp-year is-start" }, year(axis.start)),
    ends.map((day) => svg("text", { x: xOf(day), y: 46, class: "cmp-year is-end" }, year(day))),
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

export { axisOf, endMarks, groupByDay, scaleOf, tickMarks, yearMarks };
