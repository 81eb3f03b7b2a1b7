/* The trend of a milestone: for when it was due, against when that was said, up to the map's date.
   Places are shares of width and height that the document gives. Decides no state and no words. */
import { svg } from "../../tools/dom.js";
import * as words from "../../tools/words.js";

const WIDTH = 320;
const HEIGHT = 150;
const PLOT = { left: 34, right: 308, top: 10, bottom: 130 };

const xOf = (share) => PLOT.left + share * (PLOT.right - PLOT.left);
const yOf = (share) => PLOT.bottom - share * (PLOT.bottom - PLOT.top);
const pair = (x, y) => `${xOf(x).toFixed(1)},${yOf(y).toFixed(1)}`;

/** @param {PromiseChart} chart */
function shareOf(chart, date) {
  const [first, last, day] = [chart.first, chart.last, date].map(words.dayOf);
  return Math.max(0, Math.min(1, (day - first) / (last - first)));
}

/** @param {PromiseChart} chart */
function grid(chart) {
  const due = chart.due_ticks.flatMap((tick) => [
    svg("path", { d: `M${pair(0, tick.at)}H${PLOT.right}`, class: "cmp-trend-line" }),
    svg("text", { x: PLOT.left - 6, y: yOf(tick.label_at) + 4, "text-anchor": "end" }, tick.label),
  ]);
  const said = chart.said_ticks.flatMap((tick) => [
    svg("path", { d: `M${pair(tick.at, 0)}v4`, class: "cmp-trend-line" }),
    svg("text", { x: xOf(tick.label_at), y: HEIGHT - 4, "text-anchor": "middle" }, tick.label),
  ]);
  return [due, said, svg("path", { d: `M${pair(0, 0)}H${PLOT.right}`, class: "cmp-trend-axis" })];
}

/** The triangle of what is past, and its edge. @param {PromiseChart} chart */
function past({ diagonal }) {
  if (!diagonal) return [];
  const [x0, y0, x1, y1] = diagonal;
  const edge = `M${pair(x0, y0)}L${pair(x1, y1)}`;
  const area = `${edge}L${pair(1, y1)}L${pair(1, 0)}L${pair(x0, 0)}Z`;
  return [
    svg("path", { d: area, class: "cmp-trend-past" }),
    svg("path", { d: edge, class: "cmp-trend-edge" }),
  ];
}

/**
 * @param {PromiseCourse} course @param {(turns: Turn[], date: string) => Turn | null} turnAt
 * @returns the drawing, or null where there is none for the date
 */
export function trend(course, date, turnAt) {
  const { chart } = course;
  const shown = (chart?.promises || []).filter((point) => point.since <= date);
  if (!chart || shown.length < 2) return null;
  const reached = chart.reached && chart.reached_since <= date ? chart.reached : null;
  const until = reached ? reached[0] : shareOf(chart, date);
  const steps = shown.map((point, i) => {
    const end = shown[i + 1] ? shown[i + 1].x : Math.max(until, point.x);
    return `${i ? "L" : "M"}${pair(point.x, point.high)}H${xOf(end).toFixed(1)}`;
  });
  const points = shown.map((point, i) => {
    const promise = course.promises[i];
    const state = turnAt(promise.turns, date)?.state || "open";
    const at = { cx: xOf(point.x), cy: yOf(point.high), r: 4 };
    const title = svg("title", {}, `${promise.due_label}: ${promise.said_label}`);
    return svg("circle", { ...at, class: "cmp-trend-point", "data-state": state }, title);
  });
  const vague = shown.map((point) =>
    svg("path", {
      d: `M${pair(point.x, point.low)}L${pair(point.x, point.high)}`,
      class: "cmp-trend-vague",
    }),
  );
  const today = xOf(shareOf(chart, date)).toFixed(1);
  const inside = chart.first < date && date < chart.last;
  const label = `${course.label}: ${turnAt(course.turns, date)?.text || ""}`;
  return svg(
    "svg",
    { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "cmp-trend", role: "img", "aria-label": label },
    past(chart),
    grid(chart),
    inside
      ? svg("path", { d: `M${today},${PLOT.top}V${PLOT.bottom}`, class: "cmp-trend-day" })
      : [],
    vague,
    svg("path", { d: steps.join(""), class: "cmp-trend-step" }),
    points,
    reached
      ? svg("path", { d: `M${pair(...reached)}m0,-5l5,5l-5,5l-5,-5Z`, class: "cmp-trend-reached" })
      : [],
  );
}
