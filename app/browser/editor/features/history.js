/* A feature's dated events and figures as blocks of fields. Changes the lists in place; which words
   can be chosen comes from the server. */

import { el } from "../../tools/dom.js";
import { dateShort } from "../../tools/words.js";
import { formField, formGroup, formList } from "./fields.js";
import { sourcePicker } from "./sources.js";

const DATE_HINT = "2023, 2023-12 or 2023-12-29";

/** A vague date counts from its first day; what is no date stands last. */
const dayOf = ({ date }) =>
  /^\d{4}(-\d{2}){0,2}$/.test(String(date)) ? `${date}-01-01`.slice(0, 10) : "9999";
const byDate = (a, b) => dayOf(a).localeCompare(dayOf(b));

/** The history in the order of its dates, equal dates as they are. */
export const inOrder = (history) => (Array.isArray(history) ? [...history].sort(byDate) : history);

const labelOf = (choices, id) =>
  (choices.find((choice) => choice.id === id) || { label: id || "" }).label;

const dateWords = (text) =>
  /^\d{4}(-\d{2}){0,2}$/.test(String(text)) ? dateShort(String(text)) : "No date yet";

const summary = (...parts) =>
  parts.filter(Boolean).map((part, i) => [i ? " · " : "", i ? part : el("b", {}, part)]);

/** The status history: when what became of it, and who says so. */
export function historyFields({ ctx, state, vocabulary }) {
  const path = ["status_history"];
  const list = formList({
    state,
    path,
    noun: "event",
    sort: byDate,
    blank: () => ({}),
    summary: (event) =>
      summary(
        dateWords(event.date),
        labelOf(vocabulary.statuses, event.status) || "no status yet",
        event.note,
        event.sources || state.get(["sources"]) ? "" : "no source yet",
      ),
    fields: (at, tidy) => [
      formField(state, {
        path: [...at, "date"],
        label: "Date",
        required: true,
        hint: DATE_HINT,
        onCommit: tidy,
      }),
      formField(state, {
        path: [...at, "status"],
        label: "Status",
        required: true,
        choices: vocabulary.statuses,
        hint: "From this date on",
      }),
      formField(state, {
        path: [...at, "until"],
        label: "Until",
        hint: "Only if an end was announced: after it nothing is known",
      }),
      formField(state, {
        path: [...at, "milestone"],
        label: "Milestone",
        hint: "Accounts that differ share the word",
        suggestions: ["announcement", "agreement", "start", "opening", "completion", "closure"],
      }),
      formField(state, {
        path: [...at, "note"],
        label: "What happened",
        wide: true,
        hint: "Short, in your own words",
      }),
      sourcePicker({ ctx, state, path: [...at, "sources"] }),
    ],
  });
  return formGroup(
    "Status history",
    { path, hint: "One event or more, put in the order of their dates." },
    list,
  );
}

function amountOf(figure) {
  const values = [figure.value, figure.value_max].filter(
    (value) => value !== undefined && value !== null,
  );
  return `${values.join("–")} ${figure.unit && figure.unit !== "count" ? figure.unit : ""}`.trim();
}

/** Numbers with their units. */
export function figureFields({ ctx, state, vocabulary }) {
  const path = ["figures"];
  const { quantities, bounds } = vocabulary;
  const unitsFor = (quantity) =>
    (quantities.find(({ id }) => id === quantity) || { units: [] }).units;
  const list = formList({
    state,
    path,
    noun: "figure",
    blank: () => ({}),
    summary: (figure) =>
      summary(
        figure.quantity || "No quantity yet",
        amountOf(figure),
        figure.date && dateWords(figure.date),
      ),
    fields: (at) => {
      const field = (key, label, more) => formField(state, { path: [...at, key], label, ...more });
      const units = [
        ...new Set([
          ...unitsFor(state.get([...at, "quantity"])),
          ...quantities.flatMap((quantity) => quantity.units),
        ]),
      ];
      return [
        field("quantity", "Quantity", {
          required: true,
          suggestions: quantities.map(({ id }) => id),
          hint: "length, cost, traffic, …",
        }),
        field("unit", "Unit", {
          required: true,
          suggestions: units,
          hint: "km, USD, t/year, count, …",
        }),
        field("value", "Value", { required: true, kind: "number" }),
        field("value_max", "To", { kind: "number", hint: "Only for a range" }),
        field("bound", "Said as", {
          blank: "The number itself",
          choices: bounds.map((bound) => ({ id: bound, label: bound })),
        }),
        field("date", "Date", { hint: DATE_HINT }),
        field("of", "Of which part", { hint: "Only if not of the whole thing", wide: true }),
        field("note", "Note", { wide: true }),
        sourcePicker({ ctx, state, path: [...at, "sources"] }),
      ];
    },
  });
  return formGroup("Figures", { path }, list);
}
