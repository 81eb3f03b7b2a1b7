/* What one can choose for an export, what is chosen at first, and the memory of the last choice.
   Shows nothing and asks no server. */

const KEY = "corridormap.export";

/** [word of the address, word on the screen, what it is]. */
const FORMATS = [
  ["png", "PNG", "A picture for any page or document."],
  ["svg", "SVG", "A drawing that stays sharp, with a group for each layer to edit."],
  ["pdf", "PDF", "For print: a drawing with its fonts inside."],
  ["html", "HTML", "The whole map in one file: switches, cards and dates work without a network."],
];
const LAYOUTS = [
  ["custom", "Own size"],
  ["wide", "Wide, 16:9"],
  ["classic", "Classic, 4:3"],
  ["square", "Square"],
  ["story", "Portrait story, 9:16"],
  ["a4-landscape", "A4, landscape"],
  ["a4-portrait", "A4, portrait"],
  ["a3-landscape", "A3, landscape"],
  ["a3-portrait", "A3, portrait"],
];
const ARRANGEMENTS = [
  ["auto", "As the shape suggests"],
  ["beside", "Claims beside the map"],
  ["below", "Claims below the map"],
  ["map", "Map only"],
];
const DENSITIES = [
  ["auto", "As suits", "300 dpi on paper, else that of a screen."],
  ["screen", "Screen"],
  ["double", "Double"],
  ["print", "300 dpi"],
];
const PARTS = [
  ["claims", "Claims"],
  ["locator", "Locator map"],
  ["inset", "Detail inset"],
];
const SIDE_PX = { least: 480, most: 6000 };
const ALT_CHARS = 1000;

const FIRST = Object.freeze({
  format: "png",
  layout: "custom",
  width: 1600,
  height: 1000,
  arrange: "auto",
  density: "auto",
  claims: true,
  locator: true,
  inset: true,
});

const among = (list, word) => list.some(([known]) => known === word);
const side = (px) => Number.isInteger(px) && px >= SIDE_PX.least && px <= SIDE_PX.most;
const onOff = (value) => typeof value === "boolean";

const GOOD = {
  format: (word) => among(FORMATS, word),
  layout: (word) => among(LAYOUTS, word),
  width: side,
  height: side,
  arrange: (word) => among(ARRANGEMENTS, word),
  density: (word) => among(DENSITIES, word),
  claims: onOff,
  locator: onOff,
  inset: onOff,
};

/** A choice with what is not usable in the given one left at the first choice. */
function usable(given) {
  const from = given && typeof given === "object" ? given : {};
  const kept = Object.keys(FIRST).map((key) => [
    key,
    GOOD[key](from[key]) ? from[key] : FIRST[key],
  ]);
  return Object.fromEntries(kept);
}

/** The choice that a file was made with, from the names and values in its recipe. */
function ofQuery(format, query) {
  const [, width, height] = /^(\d+)x(\d+)$/.exec(query.size || "") || [];
  const parts = PARTS.map(([part]) => [part, query[part] !== "0"]);
  return usable({
    format,
    layout: query.layout,
    width: Number(width),
    height: Number(height),
    arrange: query.arrange,
    density: query.density,
    ...Object.fromEntries(parts),
  });
}

/** The memory may be switched off, or hold what another version left there. */
function remembered() {
  try {
    return usable(JSON.parse(window.localStorage.getItem(KEY) ?? "null"));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof DOMException) return { ...FIRST };
    throw error;
  }
}

function remember(choice) {
  try {
    window.localStorage.setItem(KEY, JSON.stringify(usable(choice)));
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
  }
}

const DPI = { screen: 96, double: 192, print: 300 };
/** Pixels of a PNG to the inch; left open it is that of the paper or of the screen. */
const dpi = ({ layout, density }) =>
  DPI[density] || (/^a\d-/.test(layout) ? DPI.print : DPI.screen);

/** Whether a part of the form says anything for a format. */
const matters = {
  layout: ({ format }) => format !== "html",
  size: ({ format, layout }) => format !== "html" && layout === "custom",
  arrange: ({ format }) => format !== "html",
  density: ({ format }) => format === "png",
  parts: ({ format }) => format !== "html",
};

export {
  ALT_CHARS,
  ARRANGEMENTS,
  DENSITIES,
  dpi,
  FIRST,
  FORMATS,
  LAYOUTS,
  matters,
  ofQuery,
  PARTS,
  remember,
  remembered,
  SIDE_PX,
  usable,
};
