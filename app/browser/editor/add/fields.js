/* The form that makes a layer of a file: title, look, names, ids, what the features are, how
   well they are placed, and where they are from. Says what is missing; sends nothing. */

import { el } from "../../tools/dom.js";
import { folded } from "../../tools/letters.js";
import { colours, columnField, field, GREY, select, text } from "./inputs.js";
import { createSourceFields } from "./source.js";

const NAMES = [
  "name",
  "name_en",
  "name:en",
  "title",
  "label",
  "nazwa",
  "nombre",
  "nom",
  "naziv",
  "ad",
  "adi",
  "название",
  "имя",
  "نام",
];
const DATE = /^\d{4}(-\d{2}(-\d{2})?)?$/;
const SHAPE_KINDS = { Point: "node", LineString: "route", MultiLineString: "route" };

/** An id made of a title: what the server would make, or "layer". */
function slug(text) {
  const plain = folded(text);
  return (
    plain
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-+|-+$/g, "")
      .slice(0, 50)
      .replace(/-+$/, "") || "layer"
  );
}
const free = (id, taken) => {
  let made = id;
  for (let n = 2; taken.has(made); n += 1) made = `${id}-${n}`;
  return made;
};
const titleOf = (name) => {
  const words = name
    .replace(/\.[^.]*$/, "")
    .replace(/[_-]+/g, " ")
    .trim();
  return words ? words.charAt(0).toUpperCase() + words.slice(1) : "New layer";
};

/**
 * @param {any} look what is in the file
 * @param {any} offered what the server offers for layers
 * @param {any} draft {layers: string[], sources: object[], colors: string[], name: string} what is there
 * @returns `{node, wish(): object|null}` `wish` says in the form what is missing and is null then
 */
export function createLayerFields(look, offered, draft) {
  const has = (name) => look.columns.some((column) => column.name === name);
  const placed = has("position_quality") && has("uncertainty_m");
  const dated = has("status_history");
  const taken = new Set(draft.layers);
  let ownId = false;

  const title = text("Title of the layer", titleOf(draft.name), null, { maxlength: 200 });
  const id = text(
    "Id",
    free(slug(title.input.value), taken),
    "Small letters, digits and hyphens. It names the layer's file and stays in links.",
    { dir: "ltr", maxlength: 60 },
  );
  title.input.addEventListener("input", () => {
    if (!ownId) id.input.value = free(slug(title.input.value), taken);
  });
  id.input.addEventListener("input", () => (ownId = true));
  const group = offered.groups.length ? select("Group", offered.groups) : null;
  if (group) group.input.value = offered.groups[offered.groups.length - 1][0];
  const unused = offered.colors.find((color) => !draft.colors.includes(color.toUpperCase()));
  const color = colours(offered.colors, unused || GREY);

  const names = columnField("Names come from", look.columns, [
    ["", "Choose a column"],
    ["none", "No column: number them"],
  ]);
  const likely = look.columns.findIndex(({ name }) => NAMES.includes(name.toLowerCase().trim()));
  names.input.value = look.columns.length ? (likely >= 0 ? `c${likely}` : "") : "none";
  const ids = columnField("Ids come from", look.columns, [
    ["", look.ids.filled ? "The file's own ids" : "The names"],
  ]);
  const number = el("input.cmp-check-input", { type: "checkbox" });
  const numberBox = el("label.cmp-add-tick", {}, number, "Number ids that stand several times");
  const column = (made) =>
    /^c\d+$/.test(made.input.value) ? look.columns[Number(made.input.value.slice(1))] : null;
  const showNumber = () => {
    const chosen = column(ids);
    numberBox.hidden = chosen ? chosen.unique === true : look.ids.unique;
  };
  ids.input.addEventListener("change", showNumber);
  showNumber();

  const byShape = has("kind")
    ? "As in the column “kind”, or by shape"
    : "By shape: place, route or area";
  const kind = select("What they are", [["", byShape], ...offered.kinds]);
  const mode = select(
    "What moves on them",
    offered.modes.map(([word, label]) => [word, label || "nothing"]),
  );
  mode.input.value = "none";
  const quality = select("How well they are placed", [
    ["", placed ? "As in the file" : "Choose"],
    ...offered.qualities,
  ]);
  const within = field(
    "Within how many metres",
    el("input.cmp-add-input", {
      type: "number",
      min: 0,
      max: 20000000,
      step: "any",
      inputmode: "decimal",
    }),
  );
  const status = select("Their state", [
    ["", dated ? "As in the file" : "Choose"],
    ...offered.statuses,
  ]);
  const since = text("Since", "", null, { placeholder: "2023, 2023-05 or 2023-05-02", dir: "ltr" });

  const kinds = () => {
    if (kind.input.value) return [kind.input.value];
    return Object.keys(look.types).map(
      (type) => SHAPE_KINDS[type] || (type.endsWith("Polygon") ? "area" : "node"),
    );
  };
  const needsState = () =>
    !dated && !has("kind") && kinds().some((one) => !offered.standing.includes(one));
  const statesNote = el("p.cmp-add-note");
  const showState = () => {
    statesNote.textContent =
      needsState() || dated ? "" : "Places and areas are simply there: a state may be left out.";
  };
  kind.input.addEventListener("change", showState);
  showState();
  const source = createSourceFields(draft.sources);

  const node = el(
    "div.cmp-add-fields",
    {},
    el("div.cmp-add-group", {}, title.node, group?.node, color.node),
    el("div.cmp-add-group", {}, names.node, ids.node, numberBox),
    el(
      "div.cmp-add-group",
      {},
      el("div.cmp-add-pair", {}, kind.node, mode.node),
      el("div.cmp-add-pair", {}, quality.node, within.node),
      el("div.cmp-add-pair", {}, status.node, since.node),
      statesNote,
    ),
    source.node,
    el("details.cmp-add-more", {}, el("summary.cmp-add-summary", {}, "The layer's id"), id.node),
  );

  function faulty() {
    title.say(title.input.value.trim() ? "" : "Write a title.");
    id.say(
      !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id.input.value)
        ? "Use small letters a-z, digits and single hyphens."
        : taken.has(id.input.value)
          ? "A layer has this id already."
          : "",
    );
    names.say(names.input.value ? "" : "Choose the column that holds the names.");
    const half = Boolean(quality.input.value) !== Boolean(within.input.value);
    quality.say(!quality.input.value && (!placed || half) ? "Choose one." : "");
    within.say(!within.input.value && (!placed || half) ? "Write a number of metres." : "");
    const stated = Boolean(status.input.value) || Boolean(since.input.value.trim());
    status.say(!status.input.value && (needsState() || stated) ? "Choose one." : "");
    since.say(
      (needsState() || stated) &&
        !(status.input.value === "unknown" && !since.input.value.trim()) &&
        !DATE.test(since.input.value.trim())
        ? "Write 2023, 2023-05 or 2023-05-02."
        : "",
    );
    const own = [title, names, quality, within, status, since, id].map(({ input }) => input);
    const inSource = source.faulty();
    return own.find((input) => input.getAttribute("aria-invalid") === "true") || inSource;
  }

  return {
    node,
    wish() {
      const wrong = faulty();
      if (wrong) {
        const details = wrong.closest("details");
        if (details) details.open = true;
        wrong.focus();
        return null;
      }
      const nameColumn = column(names);
      const idColumn = column(ids);
      return {
        id: id.input.value,
        title: title.input.value.trim(),
        group: group ? group.input.value : "",
        color: color.value(),
        name_field: nameColumn?.name,
        id_field: idColumn?.name,
        unnamed: names.input.value === "none",
        kind: kind.input.value || null,
        mode: mode.input.value === "none" && has("mode") ? null : mode.input.value,
        quality: quality.input.value || null,
        uncertainty_m: within.input.value ? Number(within.input.value) : null,
        status: status.input.value || null,
        since: since.input.value.trim() || null,
        number_ids: !numberBox.hidden && number.checked,
        source: source.value(),
      };
    },
  };
}
