/* What is chosen for an export, of what the server lets choose, and the memory of the last choice.
   Shows nothing and asks no server. */

const KEY = "corridormap.export";

/** Whether a part of the form says anything for a format. */
const matters = {
  layout: ({ format }) => format !== "html",
  size: ({ format, layout, width_mm }) => format !== "html" && layout === "custom" && !width_mm,
  paper: ({ format }) => format !== "html",
  looks: ({ format }) => format !== "html",
  arrange: ({ format }) => format !== "html",
  density: ({ format }) => format === "png",
  projection: ({ format }) => format !== "html",
  parts: ({ format }) => format !== "html",
};

const among = (list) => (word) => list.some(([known]) => known === word);
const onOff = (value) => typeof value === "boolean";

/**
 * @param {any} given what the server lets choose: lists of [word of the address, word on the
 *   screen, what it is], and limits
 */
export function createChoices(given) {
  const layouts = [...given.layouts];
  let bases = new Map();
  const { formats, arrangements, densities, projections, parts, first } = given;
  const side = (px) =>
    Number.isInteger(px) && px >= given.side_px.least && px <= given.side_px.most;
  const mm = (value) =>
    value === null || (value >= given.side_mm.least && value <= given.side_mm.most);
  const good = {
    width_mm: mm,
    height_mm: mm,
    format: among(formats),
    layout: among(layouts),
    width: side,
    height: side,
    arrange: among(arrangements),
    density: among(densities),
    projection: among(projections),
  };

  /** A choice with what is not usable in the given one left at the first choice. */
  function usable(some) {
    const from = some && typeof some === "object" ? some : {};
    const kept = Object.keys(first).map((key) => [
      key,
      (good[key] || onOff)(from[key]) ? from[key] : first[key],
    ]);
    return Object.fromEntries(kept);
  }

  return {
    ...given,
    layouts,
    matters,
    usable,
    /** The choice that a file was made with, from the names and values in its recipe. */
    ofQuery(format, query) {
      const [, width, height] = /^(\d+)x(\d+)$/.exec(query.size || "") || [];
      return usable({
        format,
        layout: query.layout,
        width: Number(width),
        height: Number(height),
        arrange: query.arrange,
        density: query.density,
        projection: query.projection,
        width_mm: Number(query.width_mm) || null,
        height_mm: Number(query.height_mm) || null,
        ...Object.fromEntries(given.looks.map(([look]) => [look, query[look] === "1"])),
        ...Object.fromEntries(parts.map(([part]) => [part, query[part] !== "0"])),
      });
    },
    /** The memory may be switched off, or hold what another version left there. */
    remembered() {
      try {
        return usable(JSON.parse(window.localStorage.getItem(KEY) ?? "null"));
      } catch (error) {
        if (error instanceof SyntaxError || error instanceof DOMException) return { ...first };
        throw error;
      }
    },
    remember(choice) {
      try {
        window.localStorage.setItem(KEY, JSON.stringify(usable(choice)));
      } catch (error) {
        if (!(error instanceof DOMException)) throw error;
      }
    },
    /** Know the corridor's own layouts too: [id, title, the layout whose shape it has]. */
    know(own) {
      layouts.length = given.layouts.length;
      bases = new Map(own.map(([id, , base]) => [id, base]));
      for (const [id, title] of own)
        if (!layouts.some(([word]) => word === id)) layouts.push([id, title]);
    },
    /** Pixels of a PNG to the inch; left open it is that of the paper or of the screen. */
    dpi({ layout, density, width_mm }) {
      const paper = width_mm || given.papers.includes(bases.get(layout) || layout);
      return given.dpi[density] || given.dpi[paper ? "print" : "screen"];
    },
  };
}
