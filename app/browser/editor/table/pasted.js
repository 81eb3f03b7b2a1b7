/* What rows copied from a spreadsheet make of a layer: which features they change, which are new,
   and what is not understood. Guesses nothing and changes nothing. */
import { idOf } from "../../tools/letters.js";
import { readPosition } from "../drawing/geometry_text.js";
import { newColumn, withValue } from "./columns.js";
import { withEvent } from "./event.js";

const ID = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const MOST_ROWS = 5_000;
const PLACE = { lat: ["lat", "latitude"], lon: ["lon", "lng", "long", "longitude"] };
const STATUS = ["status", "status_date", "status_sources"];
/** As the export's tables call them. */
const OTHER_WORDS = { status_since: "status_date" };

/** Rows of cells; a cell in quotes may hold tabs, line ends and doubled quotes. */
function cellsOf(text) {
  const rows = [[""]];
  let quoted = false;
  const all = text.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n");
  for (let i = 0; i < all.length; i += 1) {
    const letter = all[i];
    const row = rows[rows.length - 1];
    const at = row.length - 1;
    if (quoted && letter === '"' && all[i + 1] === '"') {
      row[at] += '"';
      i += 1;
    } else if (quoted && letter === '"') quoted = false;
    else if (!quoted && letter === '"' && row[at] === "") quoted = true;
    else if (!quoted && letter === "\t") row.push("");
    else if (!quoted && letter === "\n") rows.push([""]);
    else row[at] += letter;
  }
  return rows.filter((row) => row.some((cell) => cell.trim()));
}

const plain = (text) => text.trim().toLowerCase().replace(/\s+/g, " ");

/** What each column of a head means: {column}, {place: "lat"|"lon"}, {status}, {id} or {unknown}. */
function meanings(head, columns, kept) {
  return head.map((cell) => {
    const said = plain(cell);
    const word = OTHER_WORDS[said] || said.replaceAll(" ", "_");
    if (!said) return { skip: true };
    if (said === "id") return { id: true };
    const axis = Object.keys(PLACE).find((one) => PLACE[one].includes(said));
    if (axis) return { place: axis };
    if (STATUS.includes(word)) return { status: word };
    const column = columns.find(({ key, label }) =>
      [key, label, key.replace(/[:-]/g, "_")].some((one) => plain(one) === said),
    );
    if (column) return column.fixed ? { unknown: cell.trim(), why: column.fixed } : { column };
    return kept.has(cell.trim()) ? { column: newColumn(cell.trim()) } : { unknown: cell.trim() };
  });
}

/** Whether a position is one that is there, but for the digits that were not written. */
function isThere(now, [lon, lat], place) {
  const digits = (text) => (/[.,](\d+)/.exec(text)?.[1] || "").length;
  const near = (value, said, text) => Math.abs(value - said) <= 0.5000001 * 10 ** -digits(text);
  return near(now[0], lon, place.lon) && near(now[1], lat, place.lat);
}

/**
 * @param {string} text what the clipboard holds
 * @param {any} layer {features, columns, statuses, kept: own columns to make, taken: all ids}
 * @returns {{ changes: any[], fresh: any[], same: number, unknown: any[], troubles: string[] }}
 *   features as they are to be, heads that mean nothing, and rows that were left alone and why
 */
export function planOf(text, { features, columns, statuses, kept, taken }) {
  const rows = cellsOf(text);
  /** @type {{ changes: any[], fresh: any[], same: number, unknown: any[], troubles: string[] }} */
  const plan = { changes: [], fresh: [], same: 0, unknown: [], troubles: [] };
  const [head = [], ...body] = rows;
  const means = meanings(head, columns, kept);
  plan.unknown = means.filter(({ unknown }) => unknown);
  const known = means.filter(({ unknown, skip }) => !unknown && !skip);
  if (!known.length || !body.length) {
    plan.troubles.push(
      "The first row must name the columns, as this table or its export does: id, name, kind, lat, lon …",
    );
    return plan;
  }
  if (body.length > MOST_ROWS) {
    plan.troubles.push(`These are ${body.length} rows; paste ${MOST_ROWS} at once at most.`);
    return plan;
  }
  const byId = new Map(features.map((feature) => [feature.id, feature]));
  const used = new Set(taken);
  const met = new Set();
  for (const [n, cells] of body.entries()) {
    const told = (what) => plan.troubles.push(`Row ${n + 2}: ${what}.`);
    const made = rowOf(cells, means, { byId, used, met, statuses });
    if (made.problem) told(made.problem);
    else if (made.isNew) plan.fresh.push(made.feature);
    else if (made.same) plan.same += 1;
    else plan.changes.push(made.feature);
  }
  return plan;
}

function rowOf(cells, means, { byId, used, met, statuses }) {
  const at = (want) => (cells[means.findIndex(want)] || "").trim();
  const id = at((one) => one.id);
  const before = byId.get(id);
  if (id && met.has(id)) return { problem: `${id} stands in two rows; this one is left out` };
  if (id && !before && used.has(id)) return { problem: `${id} is in another layer` };
  if (id && !ID.test(id))
    return { problem: `“${id}” cannot be an id: small letters, digits and hyphens` };
  const place = { lat: at((one) => one.place === "lat"), lon: at((one) => one.place === "lon") };
  const hasPlace = place.lat && place.lon;
  if (!before && !hasPlace)
    return {
      problem: id
        ? `no feature has the id ${id}, and without lat and lon it cannot be a new one`
        : "it has neither an id nor a place (lat and lon)",
    };
  let feature = before || { type: "Feature", id, geometry: null, properties: {} };
  if (hasPlace) {
    const point = readPosition(`${place.lat}; ${place.lon}`);
    if (point.problem) return { problem: point.problem };
    const isPoint = before?.geometry?.type === "Point";
    // A line's row in an export has a position too; it says nothing of the line's course.
    if (!before || (isPoint && !isThere(before.geometry.coordinates, point.at, place)))
      feature = { ...feature, geometry: { type: "Point", coordinates: point.at } };
  }
  for (const [i, { column }] of means.entries()) {
    const cell = (cells[i] || "").trim();
    // An empty cell of a row that is there leaves alone what stands: it may not have been filled.
    if (!column || !cell) continue;
    const { problem, value } = column.read(cell);
    if (problem) return { problem: `${column.label}: ${problem}` };
    if (column.show(feature) !== column.show(withValue(feature, column.key, value)))
      feature = withValue(feature, column.key, value);
  }
  const event = Object.fromEntries(STATUS.map((word) => [word, at((one) => one.status === word)]));
  if (event.status) {
    const { status, status_date: date, status_sources: sources } = event;
    const made = withEvent(feature, { status, date, sources }, statuses);
    if (made.problem) return { problem: made.problem };
    feature = made.feature;
  }
  if (!before && !id) feature.id = idOf(feature.properties.name, feature.properties.kind, used);
  used.add(feature.id);
  met.add(feature.id);
  return { feature, isNew: !before, same: feature === before };
}
