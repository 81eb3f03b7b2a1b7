/* The columns of a layer's table: what each reads of a feature, and what a typed text makes of it.
   The user's own columns stand behind ours and keep the kind of value that they hold. */
import { readTyped, writeTyped } from "../../tools/typed.js";

const LANGUAGE = /^name:[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/;

/** What has a history, or parts, is changed in the form: a cell cannot say since when and by whom. */
const IN_FORM = ["status_history", "figures", "promises", "geometry_source"];

const languageLabel = (key) => {
  const code = key.slice("name:".length);
  try {
    return `Name in ${new Intl.DisplayNames("en", { type: "language" }).of(code)}`;
  } catch {
    return key;
  }
};

const valueIn = (feature, key) => feature.properties?.[key];
const isBlank = (value) => value === undefined || value === null || value === "";

function labelled(choices) {
  const labels = new Map(choices.map(({ id, label }) => [id, label]));
  return (value) => labels.get(value) ?? writeTyped(value);
}

/** What a text means among choices: their word or their label, in any case. */
function chosen(choices, text) {
  const said = text.trim().toLowerCase();
  return choices.find(({ id, label }) => [id, label].some((one) => one.toLowerCase() === said));
}

function choiceColumn(key, label, choices, needed = false) {
  const show = labelled(choices);
  return {
    key,
    label,
    choices,
    needed,
    show: (feature) => show(valueIn(feature, key)),
    read(text) {
      if (!text.trim()) return { value: undefined };
      const one = chosen(choices, text);
      const known = choices.map((choice) => choice.label).join(", ");
      return one
        ? { value: one.id }
        : { problem: `“${text.trim()}” is none of ${known}`, value: undefined };
    },
  };
}

function typedColumn(key, label, kind) {
  return {
    key,
    label,
    kind,
    show: (feature) => writeTyped(valueIn(feature, key)),
    read(text) {
      const value = readTyped(kind, text);
      return kind === "number" && typeof value === "string"
        ? { problem: `“${value}” is not a number`, value: undefined }
        : { value };
    },
  };
}

/** A column of the user's own: all numbers, all yes or no, or text; lists and objects are shown. */
function ownColumn(key, features) {
  const values = features
    .map((feature) => valueIn(feature, key))
    .filter((value) => !isBlank(value));
  const all = (type) => values.length > 0 && values.every((value) => typeof value === type);
  if (values.some((value) => typeof value === "object"))
    return {
      key,
      label: key,
      own: true,
      fixed: "It holds lists or parts, which a cell cannot",
      show: (feature) =>
        isBlank(valueIn(feature, key)) ? "" : JSON.stringify(valueIn(feature, key)),
    };
  const yesNo = [
    { id: "true", label: "yes" },
    { id: "false", label: "no" },
  ];
  if (!all("boolean"))
    return { ...typedColumn(key, key, all("number") ? "number" : "text"), own: true };
  const column = choiceColumn(key, key, yesNo);
  const show = labelled(yesNo);
  return {
    ...column,
    own: true,
    show: (feature) => (isBlank(valueIn(feature, key)) ? "" : show(String(valueIn(feature, key)))),
    read(text) {
      const { problem, value } = column.read(text);
      return { problem, value: value === undefined ? undefined : value === "true" };
    },
  };
}

function historyColumn(statuses) {
  const show = labelled(statuses);
  return {
    key: "status_history",
    label: "Latest status",
    fixed: "A status has its date and its source: they are written in the form",
    show(feature) {
      const history = valueIn(feature, "status_history");
      const last = Array.isArray(history)
        ? [...history].sort((a, b) => String(a?.date).localeCompare(String(b?.date))).at(-1)
        : null;
      return last ? [show(last.status), last.date].filter(Boolean).join(", ") : "";
    },
  };
}

/**
 * @param {any} vocabulary the words of the form @param {any[]} features those of the layer
 * @returns columns {key, label, show(feature), read(text) -> {value, problem?}, choices?, fixed?: why
 *   it is not changed here, own?: it is none of ours}
 */
export function columnsOf(vocabulary, features) {
  const keys = new Set(features.flatMap(({ properties }) => Object.keys(properties || {})));
  const ours = [
    { key: "id", label: "Id", fixed: "Links and claims name it", show: ({ id }) => String(id) },
    typedColumn("name", "Name", "text"),
    typedColumn("label", "Short name", "text"),
    choiceColumn("kind", "Kind", vocabulary.kinds, true),
    choiceColumn("mode", "Mode", vocabulary.modes),
    historyColumn(vocabulary.statuses),
    typedColumn("countries", "Countries", "codes"),
    choiceColumn(
      "position_quality",
      vocabulary.labels.position_quality,
      vocabulary.qualities,
      true,
    ),
    typedColumn("uncertainty_m", vocabulary.labels.uncertainty_m, "number"),
    typedColumn("position_note", "What the position rests on", "text"),
    typedColumn("position_sources", "Sources of the position", "ids"),
    typedColumn("sources", "Sources", "ids"),
    typedColumn("bridge", "Bridge it uses", "text"),
  ];
  const known = new Set([...ours.map(({ key }) => key), ...IN_FORM]);
  const used = ({ key }) => !["label", "bridge", "position_sources"].includes(key) || keys.has(key);
  const languages = [...keys].filter((key) => LANGUAGE.test(key)).sort();
  const own = [...keys].filter((key) => !known.has(key) && !LANGUAGE.test(key)).sort();
  const [id, name, ...rest] = ours.filter(used);
  return [
    id,
    name,
    ...languages.map((key) => typedColumn(key, languageLabel(key), "text")),
    ...rest,
    ...own.map((key) => ownColumn(key, features)),
  ];
}

/** A feature with another value in a column; without the key where there is none. */
export function withValue(feature, key, value) {
  const properties = { ...feature.properties };
  // A name that was emptied is sent empty: then the message is about the name.
  if (value !== undefined) properties[key] = value;
  else if (key === "name") properties.name = "";
  else delete properties[key];
  return { ...feature, properties };
}

/** A column for a name that the layer does not have yet. */
export const newColumn = (key) => ({ ...typedColumn(key, key, "text"), own: true });
