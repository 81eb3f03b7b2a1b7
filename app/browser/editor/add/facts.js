/* Says in words what is in a file and what is wrong with it. Every text of the file stays text. */

import { el } from "../../tools/dom.js";
import { countFeatures as count } from "./repairs.js";

const SHAPES = {
  Point: ["point", "points"],
  MultiPoint: ["group of points", "groups of points"],
  LineString: ["line", "lines"],
  MultiLineString: ["line of several parts", "lines of several parts"],
  Polygon: ["area", "areas"],
  MultiPolygon: ["area of several parts", "areas of several parts"],
  GeometryCollection: ["mixed shape", "mixed shapes"],
};
const shapes = (type, n) =>
  `${n.toLocaleString("en")} ${(SHAPES[type] || [type, type])[n === 1 ? 0 : 1]}`;
const sentence = (text) =>
  text.charAt(0).toUpperCase() + text.slice(1) + (/[.?!]$/.test(text) ? "" : ".");
const degrees = (value, positive, negative) =>
  `${Math.abs(value).toFixed(3)}° ${value < 0 ? negative : positive}`;
const lon = (value) => degrees(value, "E", "W");
const lat = (value) => degrees(value, "N", "S");

/** What is wrong, each with its place in the file and what to do. */
function findingsList(findings) {
  return el(
    "ul.cmp-add-findings",
    {},
    findings.map(({ file, feature, problem, remedy }) =>
      el(
        "li.cmp-add-finding",
        {},
        file || feature
          ? el(
              "p.cmp-add-finding-where",
              {},
              el("bdi", {}, [file, feature].filter(Boolean).join(", ")),
            )
          : null,
        el("p.cmp-add-finding-what", {}, el("bdi", {}, sentence(problem || ""))),
        remedy ? el("p.cmp-add-text", {}, el("bdi", {}, remedy)) : null,
      ),
    ),
  );
}
const findingsOf = (error) =>
  error.told?.findings?.length ? error.told.findings : [{ problem: error.message }];

/**
 * @param {any} look what the server found in a file
 * @param {any} env {chosen: boolean, crsChoice(guesses)} whether the user chose the coordinate
 *   system, and what asks for another one
 * @returns {(Element|null)[]}
 */
function facts(look, { chosen, crsChoice }) {
  const types = Object.entries(look.types).map(([type, n]) => shapes(type, n));
  const [west, south, east, north] = look.extent || [];
  const crsBox = el("div.cmp-add-crs-change", { hidden: true });
  const change = el(
    "button.cmp-text-button",
    {
      "aria-expanded": "false",
      onclick: () => {
        crsBox.hidden = !crsBox.hidden;
        change.setAttribute("aria-expanded", String(!crsBox.hidden));
        if (!crsBox.hidden && !crsBox.firstChild) crsBox.append(crsChoice(null).node);
      },
    },
    "Change",
  );
  const row = (name, ...value) => [
    el("dt.cmp-add-fact-name", {}, name),
    el("dd.cmp-add-fact", {}, value),
  ];
  const outside = look.count - look.inside;
  const far =
    outside && !look.inside
      ? "None of it lies where the corridor is. Is the coordinate system right?"
      : outside
        ? `${count(outside)} ${outside === 1 ? "lies" : "lie"} outside the corridor's extent.`
        : "";
  const sentences = (texts) =>
    el(
      "ul.cmp-add-said",
      {},
      texts.map((text) => el("li", {}, el("bdi", {}, sentence(text)))),
    );
  return [
    el(
      "dl.cmp-add-facts",
      {},
      row("Format", look.format),
      row("Features", `${look.count.toLocaleString("en")}: ${types.join(", ")}`),
      row(
        "Extent",
        look.extent ? `${lon(west)} to ${lon(east)}, ${lat(south)} to ${lat(north)}` : "none",
      ),
      row("Coordinates", look.crs, chosen ? ", as you chose " : " ", change),
    ),
    crsBox,
    far ? el("p.cmp-add-warning", {}, far) : null,
    look.said.length ? sentences(look.said) : null,
    look.doubts.length
      ? el(
          "div.cmp-add-left",
          {},
          el("p.cmp-add-warning", {}, "Look at this before you add it:"),
          sentences(look.doubts),
        )
      : null,
    look.left_out.length
      ? el(
          "div.cmp-add-left",
          {},
          el("p.cmp-add-warning", {}, "Left out of what is added:"),
          sentences(look.left_out),
        )
      : null,
  ];
}

export { facts, findingsList, findingsOf, sentence };
