/* The form that makes a layer of a file: title, look, names, ids, what the features are, how
   well they are placed, and where they are from. Says what is missing; sends nothing. */

import { el } from "../../tools/dom.js";
import { folded } from "../../tools/letters.js";
import { colours, columnField, cut, field, GREY, select, text } from "./inputs.js";
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

/** How well the last layer's places are known and where it is from: what one click says again. */
function lastWords({ quality, uncertainty_m, source }, offered, sources) {
  const label = offered.qualities.find(([word]) => word === quality)?.[1];
  const known = sources.find(({ id }) => id === source.id);
  const origin = known ? `${known.id} ${known.title || ""}`.trim() : "source not known yet";
  return cut(`${label}, within ${uncertainty_m} m, ${origin}`);
}

/**
 * @param {any} look what is in the file
 * @param {any} offered what the server offers for layers
 * @param {any} draft {layers: string[], sources: object[], kinds: object[], colors: string[],
 *   name: string, last: what was said of the layer added before, if any} what is there
 * @returns `{node, wish(), state(), mapped(roles)}` `wish` says in the form what is missing and is
 *   null then; `mapped` is told what the columns become, and asks no more for what they say
 */
export function createLayerFields(look, offered, draft) {
  const has = (name) => look.columns.some((column) => column.name === name);
  const placed = has("position_quality") && has("uncertainty_m");
  const dated = has("status_history");
  const taken = new Set(draft.layers);
  const { labels } = offered;
  let ownId = false;
  /** @type {Set<string>} */
  let roles = new Set();

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
  const own = draft.kinds.map(({ id, word }) => [id, word]);
  const kind = select(labels.kind, [["", byShape], ...offered.kinds, ...own]);
  const mode = select(
    labels.mode,
    offered.modes.map(([word, label]) => [word, label || "nothing"]),
  );
  mode.input.value = "none";
  // How a kind is travelled goes without saying, until somebody says it.
  let ownMode = false;
  mode.input.addEventListener("change", () => (ownMode = true));
  kind.input.addEventListener("change", () => {
    if (!ownMode) mode.input.value = offered.modes_of[kind.input.value] || "none";
  });
  const quality = select(labels.position_quality, [
    ["", placed ? "As in the file" : "Choose"],
    ...offered.qualities,
  ]);
  const within = field(
    labels.uncertainty_m,
    el("input.cmp-add-input", {
      type: "number",
      min: 0,
      max: 20000000,
      step: "any",
      inputmode: "decimal",
    }),
  );
  const status = select(labels.status, [
    ["", dated ? "As in the file" : "Choose"],
    ...offered.statuses,
  ]);
  const since = text(labels.status_date, "", null, {
    placeholder: "2023, 2023-05 or 2023-05-02",
    dir: "ltr",
  });

  const kinds = () => {
    if (kind.input.value) return [kind.input.value];
    return Object.keys(look.types).map(
      (type) => SHAPE_KINDS[type] || (type.endsWith("Polygon") ? "area" : "node"),
    );
  };
  const needsState = () =>
    !dated &&
    !roles.has("status") &&
    !roles.has("status_date") &&
    !has("kind") &&
    kinds().some((one) => !offered.standing.includes(one));
  const statesNote = el("p.cmp-add-note");
  const showState = () => {
    statesNote.textContent =
      needsState() || dated || status.node.hidden
        ? ""
        : "Places and areas are simply there: a status may be left out.";
  };
  kind.input.addEventListener("change", showState);
  showState();
  const source = createSourceFields(labels.source, draft.sources, draft.last?.source);
  const { last } = draft;
  const again = last
    ? el(
        "button.cmp-btn.cmp-add-again",
        {
          onclick() {
            quality.input.value = last.quality;
            within.input.value = last.uncertainty_m;
            source.choose(last.source);
          },
        },
        el(
          "span",
          {},
          "As for ",
          el("bdi", {}, last.title),
          `: ${lastWords(last, offered, draft.sources)}`,
        ),
      )
    : null;

  const node = el(
    "div.cmp-add-fields",
    {},
    el("div.cmp-add-group", {}, title.node, group?.node, color.node),
    el("div.cmp-add-group", {}, names.node, ids.node, numberBox),
    el(
      "div.cmp-add-group",
      {},
      el("div.cmp-add-pair", {}, kind.node, mode.node),
      el("div.cmp-add-pair", {}, status.node, since.node),
      statesNote,
    ),
    el("div.cmp-add-group", {}, again, quality.node, within.node, source.node),
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
    names.say(
      names.input.value || names.node.hidden ? "" : "Choose the column that holds the names.",
    );
    const half =
      !roles.has("uncertainty") && Boolean(quality.input.value) !== Boolean(within.input.value);
    quality.say(!quality.input.value && (!placed || half) ? "Choose one." : "");
    within.say(
      !within.input.value && !roles.has("uncertainty") && (!placed || half)
        ? "Write a number of metres."
        : "",
    );
    const stated = Boolean(state().status) || Boolean(state().since);
    status.say(
      !status.node.hidden && !status.input.value && (needsState() || stated) ? "Choose one." : "",
    );
    since.say(
      !since.node.hidden &&
        (needsState() || stated) &&
        !(roles.has("status") && !since.input.value.trim()) &&
        !(status.input.value === "unknown" && !since.input.value.trim()) &&
        !DATE.test(since.input.value.trim())
        ? "Write 2023, 2023-05 or 2023-05-02."
        : "",
    );
    const own = [title, names, quality, within, status, since, id].map(({ input }) => input);
    const inSource = source.faulty();
    return own.find((input) => input.getAttribute("aria-invalid") === "true") || inSource;
  }

  /** The state of all features, as far as their rows say none. */
  const state = () => ({
    status: (!status.node.hidden && status.input.value) || null,
    since: (!since.node.hidden && since.input.value.trim()) || null,
  });
  return {
    node,
    state,
    mapped(said) {
      roles = said;
      names.node.hidden = roles.has("name");
      status.node.hidden = roles.has("status");
      since.node.hidden = roles.has("status_date");
      showState();
    },
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
        name_field: names.node.hidden ? null : nameColumn?.name,
        id_field: idColumn?.name,
        unnamed: !names.node.hidden && names.input.value === "none",
        kind: kind.input.value || null,
        mode: mode.input.value === "none" && has("mode") ? null : mode.input.value,
        quality: quality.input.value || null,
        uncertainty_m: within.input.value ? Number(within.input.value) : null,
        ...state(),
        number_ids: !numberBox.hidden && number.checked,
        source: source.value(),
      };
    },
  };
}
