/* The date control: changes as ticks, what was due as rings, play, keyboard, named dates. Decides no status itself. */

import { el, fill, freshId, icon, svg } from "../../tools/dom.js";
import * as words from "../../tools/words.js";
import { axisOf, endMarks, groupByDay, scaleOf, tickMarks, yearMarks } from "./axis.js";
import { dueMarks, duesAloud, duesOf } from "./dues.js";

const STEP_MS = 1100;
const SNAP_PX = 5;

function namedButtons(named, actions) {
  return named.map((entry) =>
    el(
      "button.cmp-named",
      { "data-date": entry.date, title: entry.note, onclick: () => actions.setDate(entry.date) },
      el("b.cmp-named-label", {}, entry.label),
      el("span.cmp-named-date", {}, words.dateShort(entry.date)),
    ),
  );
}

/** @param {Model} model @param {Store} store */
export function createTimeline(frame, model, store, actions) {
  const { dates } = model.document;
  const named = dates.named || [];
  const days = groupByDay(dates.changes || []);
  const axis = axisOf(dates, model.document.corridor.as_of);
  const startYear = words.isoOf(axis.start).slice(0, 4);
  const origin = {
    day: axis.start,
    date: words.isoOf(axis.start),
    label: `Before ${startYear}`,
    texts: ["What is older"],
  };
  let widthPx = 0;
  let scale = scaleOf(axis, 0);
  let dues = duesOf(model, store.get());
  let playing = 0;
  let dragging = false;

  const drawing = svg("svg", { class: "cmp-track-drawing", "aria-hidden": "true" });
  const thumb = el("span.cmp-thumb");
  const above = el("span.cmp-thumb-date");
  const aloud = el("span", { id: freshId("dues"), hidden: true });
  const slider = el(
    "div.cmp-track",
    {
      role: "slider",
      tabindex: 0,
      "aria-label": "Date of the map",
      "aria-describedby": aloud.id,
      "aria-valuemin": axis.start,
      "aria-valuemax": axis.end,
    },
    drawing,
    thumb,
    above,
    aloud,
  );
  const play = el("button.cmp-play", { onclick: () => (playing ? pause() : start()) });
  const nextDate = el("b.cmp-next-date");
  const nextText = el("span.cmp-next-text");
  const next = el(
    "button.cmp-next",
    { onclick: () => step(1) },
    el("span.cmp-next-head", {}, "Next change ", nextDate),
    nextText,
  );
  const buttons = namedButtons(named, actions);
  const choice = el(
    "select.cmp-short-choice",
    { "aria-label": "Named dates", onchange: () => choice.value && actions.setDate(choice.value) },
    el("option", { value: "" }, "Another date"),
    named.map((entry) =>
      el("option", { value: entry.date }, `${entry.label}, ${words.date(entry.date)}`),
    ),
  );
  const shortDate = el("b.cmp-short-date");
  const shortText = el("span.cmp-short-text");
  const shortLine = el("span.cmp-short-line", {}, shortText, icon("down", 10));
  const short = el("label.cmp-short", {}, shortDate, shortLine, choice);
  const nameds = el("div.cmp-nameds", { role: "group", "aria-label": "Named dates" }, buttons);
  fill(frame.slots.time, play, slider, next, nameds, short);

  const today = () => words.dayOf(store.get().view.date);

  /** The changes of the layers that are on; all before the axis is one stop. */
  function changed() {
    const on = new Set(store.get().view.layers);
    const live = days.filter((change) => {
      const known = change.features.map(model.feature).filter(Boolean);
      return !known.length || known.some((feature) => on.has(feature.layer));
    });
    const early = live.some((change) => change.day <= axis.start);
    const late = live.filter((change) => change.day > axis.start);
    return early ? [origin, ...late] : late;
  }

  /** Where the date can stop: at changes, and at what was due of the feature selected. */
  function stops() {
    const own = dues.own ? dues.days : [];
    const due = own.filter(({ day }) => day > axis.start && day <= axis.end);
    const both = [...changed(), ...due.map((one) => ({ ...one, texts: [one.text] }))];
    const days = new Map();
    for (const stop of both) {
      const twin = days.get(stop.day);
      days.set(stop.day, twin ? { ...twin, texts: [...twin.texts, ...stop.texts] } : stop);
    }
    return [...days.values()].sort((a, b) => a.day - b.day);
  }

  function setDay(day) {
    const date = words.isoOf(Math.max(axis.start, Math.min(axis.end, Math.round(day))));
    if (date !== store.get().view.date) actions.setDate(date);
  }

  function step(by) {
    const list = stops();
    const day = today();
    const to =
      by > 0 ? list.find((s) => s.day > day) : [...list].reverse().find((s) => s.day < day);
    if (to) actions.setDate(to.date);
    return Boolean(to);
  }

  function stepYear(by) {
    const [year, rest] = [
      Number(store.get().view.date.slice(0, 4)),
      store.get().view.date.slice(4),
    ];
    const date = `${year + by}${rest === "-02-29" ? "-02-28" : rest}`;
    setDay(words.dayOf(date));
  }

  function pause() {
    clearTimeout(playing);
    playing = 0;
    showPlay();
  }

  function start() {
    if (!stops().some((stop) => stop.day > today())) setDay(axis.start);
    playing = setTimeout(function tick() {
      if (step(1)) playing = setTimeout(tick, STEP_MS);
      else pause();
    }, 0);
    showPlay();
  }

  function showPlay() {
    fill(play, icon(playing ? "pause" : "play", 15));
    play.setAttribute("aria-label", playing ? "Pause" : "Play the changes");
  }

  slider.addEventListener("keydown", (event) => {
    const moves = {
      ArrowRight: () => step(1),
      ArrowUp: () => step(1),
      ArrowLeft: () => step(-1),
      ArrowDown: () => step(-1),
      PageUp: () => stepYear(1),
      PageDown: () => stepYear(-1),
      Home: () => setDay(axis.start),
      End: () => setDay(axis.last),
    };
    if (!moves[event.key] || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    pause();
    moves[event.key]();
  });

  function toPointer(event) {
    const x = event.clientX - drawing.getBoundingClientRect().left;
    const near = stops().find((stop) => Math.abs(Math.max(0, scale.xOf(stop.day)) - x) <= SNAP_PX);
    if (near) actions.setDate(near.date);
    else setDay(scale.dayAt(x));
  }
  slider.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    pause();
    dragging = true;
    slider.setPointerCapture(event.pointerId);
    slider.classList.add("is-dragged");
    toPointer(event);
  });
  slider.addEventListener("pointermove", (event) => dragging && toPointer(event));
  const drop = () => {
    dragging = false;
    slider.classList.remove("is-dragged");
  };
  slider.addEventListener("pointerup", drop);
  slider.addEventListener("pointercancel", drop);

  function draw() {
    const style = getComputedStyle(slider);
    widthPx = slider.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    if (widthPx <= 0) return;
    scale = scaleOf(axis, widthPx);
    const { knownPx, xOf } = scale;
    const day = today();
    const x = Math.max(0, Math.min(widthPx, xOf(day)));
    const phone = frame.layout() === "phone";
    drawing.setAttribute("width", String(widthPx));
    fill(
      drawing,
      svg("path", { d: `M0,25H${knownPx}`, class: "cmp-axis" }),
      svg("path", { d: `M${knownPx},25H${widthPx}`, class: "cmp-axis is-ahead" }),
      svg("path", { d: `M0,25H${x.toFixed(1)}`, class: "cmp-axis is-past" }),
      comparedMark(x),
      phone ? endMarks(axis, scale) : yearMarks(axis, xOf, widthPx),
      tickMarks(changed(), xOf, day),
      dueMarks(dues, xOf),
    );
    thumb.style.left = above.style.left = `${x}px`;
    const half = above.offsetWidth / 2;
    above.style.marginLeft = `${Math.max(0, half - x) - Math.max(0, x + half - widthPx)}px`;
  }

  /** The stretch of time over which changes are told. */
  function comparedMark(x) {
    const { since } = store.get().view;
    if (!since) return [];
    const from = Math.max(0, Math.min(widthPx, scale.xOf(words.dayOf(since)))).toFixed(1);
    return [
      svg("path", { d: `M${from},25H${x.toFixed(1)}`, class: "cmp-axis is-compared" }),
      svg("circle", { cx: from, cy: 25, r: 5, class: "cmp-since" }),
    ];
  }

  function showNext() {
    const stop = stops().find((candidate) => candidate.day > today());
    next.disabled = !stop;
    nextDate.textContent = stop ? stop.label : "none";
    const more = stop && stop.texts.length > 1 ? ` and ${stop.texts.length - 1} more` : "";
    const last = named.findLast((entry) => entry.note && words.dayOf(entry.date) <= today());
    const none = last ? last.note : "in the layers that are on";
    nextText.textContent = stop ? `${stop.texts[0]}${more}` : none;
    next.title = stop ? stop.texts.join("\n") : "";
  }

  /** @param {State} state @param {State} [before] */
  function update(state, before) {
    const keys = ["date", "since", "layers", "selected"];
    if (before && keys.every((key) => state.view[key] === before.view[key])) return;
    const date = state.view.date;
    dues = duesOf(model, state);
    aloud.textContent = duesAloud(dues);
    const due = dues.own ? dues.days.filter((one) => one.date === date) : [];
    const name = named.find((entry) => entry.date === date);
    above.textContent = words.dateShort(date);
    slider.setAttribute("aria-valuenow", String(words.dayOf(date)));
    slider.setAttribute(
      "aria-valuetext",
      [words.date(date), ...due.map((one) => one.text)].join("; "),
    );
    buttons.forEach((b) =>
      b.setAttribute("aria-pressed", String(b.getAttribute("data-date") === date)),
    );
    shortDate.textContent = words.dateShort(date);
    shortText.textContent = name ? name.label : "Named dates";
    choice.value = name ? name.date : "";
    showNext();
    draw();
  }

  const watch = new ResizeObserver(draw);
  watch.observe(slider);
  showPlay();
  update(store.get());
  const off = store.subscribe(update);
  const offLayout = frame.onLayout(draw);
  return {
    destroy() {
      clearTimeout(playing);
      watch.disconnect();
      off();
      offLayout();
    },
  };
}
