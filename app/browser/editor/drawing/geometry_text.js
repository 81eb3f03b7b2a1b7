/* Coordinates as a person writes them: "38.4412, 48.8736", degrees and minutes, N and E.
   Without letters the latitude comes first; nothing is guessed. Knows no map and no form. */
import { ofRun, runs, shapeOf, withRuns } from "./geometry.js";

const NUMBER = /\d+(?:\.\d+)?/g;
const HINT = "Write latitude, longitude: 38.4412, 48.8736 or 38°26.5'N 48°52.4'E.";

const fail = (problem, remedy = HINT) => ({ problem, remedy });

/** One of the two numbers: {degrees, letter} or {problem, remedy}. */
function half(text) {
  const letters = text.match(/[NSEW]/g) || [];
  const numbers = (text.match(NUMBER) || []).map(Number);
  const rest = text
    .replace(NUMBER, "")
    .replace(/[NSEW]/g, "")
    .replace(/[-+°'"\s]/g, "");
  if (rest || !/^\s*[NSEW]?\s*[-+]?[^NSEW+-]*[NSEW]?\s*$/.test(text)) {
    return fail(`“${text.trim()}” cannot be read as a coordinate`);
  }
  if (!numbers.length || numbers.length > 3)
    return fail(`“${text.trim()}” has ${numbers.length} numbers`);
  const [degrees, minutes = 0, seconds = 0] = numbers;
  if (minutes >= 60 || seconds >= 60) return fail("minutes and seconds must be less than 60");
  const whole = numbers.slice(0, -1).every(Number.isInteger);
  if (!whole) return fail("only the last of degrees, minutes and seconds can have decimals");
  const letter = letters[0] || "";
  const minus = text.includes("-");
  if (minus && letter) return fail("there is a minus and a letter", "Leave one of the two out.");
  const sign = minus || letter === "S" || letter === "W" ? -1 : 1;
  return { degrees: sign * (degrees + minutes / 60 + seconds / 3600), letter };
}

/** Cut a position into its two halves. */
function halves(text) {
  const parts = text
    .split(/[,;\t]/)
    .map((part) => part.trim())
    .filter(Boolean);
  if (parts.length === 2) return parts;
  if (parts.length > 2) return null;
  const after = /^(.*?[NSEW])(.+)$/.exec(text);
  const before = /^([NSEW].*?)([NSEW].*)$/.exec(text);
  if (before) return [before[1], before[2]];
  if (after) return [after[1], after[2]];
  const words = text.split(/\s+/);
  return words.length === 2 ? words : null;
}

/** Make one spelling of signs that look alike, and points of decimal commas. */
function plain(text) {
  const same = text
    .trim()
    .replace(/[−–]/g, "-")
    .replace(/[º˚]/g, "°")
    .replace(/[′’‘´`]/g, "'")
    .replace(/[″“”]|''/g, '"')
    .toUpperCase();
  return same.includes(";") ? same.replace(/(\d),(\d)/g, "$1.$2") : same;
}

/** @returns `{at: [lon, lat]}|{problem, remedy}` */
function readPosition(text) {
  const said = plain(text);
  const two = halves(said);
  if (!two) return fail("a position is two numbers");
  const read = two.map(half);
  const bad = read.find((part) => part.problem);
  if (bad) return bad;
  const [first, second] = read;
  const axis = ({ letter }) => (letter ? ("NS".includes(letter) ? "lat" : "lon") : "");
  if (Boolean(first.letter) !== Boolean(second.letter))
    return fail("only one of the numbers has a letter");
  if (first.letter && axis(first) === axis(second))
    return fail("both numbers are of the same kind");
  const [lat, lon] =
    axis(first) === "lon" ? [second.degrees, first.degrees] : [first.degrees, second.degrees];
  if (Math.abs(lat) > 90 && Math.abs(lon) <= 90) {
    return fail(`${lat} cannot be a latitude`, `The latitude comes first: ${lon}, ${lat}.`);
  }
  if (Math.abs(lat) > 90 || Math.abs(lon) > 180) return fail("it is outside the world");
  return { at: [round(lon), round(lat)] };
}
const round = (degrees) => Number(degrees.toFixed(7));

const LEAST = { point: 1, line: 2, area: 3 };
const NAMES = { point: "A point", line: "A line", area: "An area" };

/**
 * Read lines of positions as a geometry of a shape; empty lines stand between the parts.
 * @param {object|null} before the geometry that was there: it says how the parts belong together
 * @returns `{geometry}|{problem, remedy}` where the problem names the line
 */
function readGeometry(text, shape, before) {
  /** @type {number[][][]} */
  const blocks = [];
  let block = [];
  for (const [i, line] of text.split(/\r?\n/).entries()) {
    if (!line.trim()) {
      block = [];
      continue;
    }
    const read = readPosition(line);
    if (read.problem) return fail(`line ${i + 1}: ${read.problem}`, read.remedy);
    if (!block.length) blocks.push(block);
    block.push(read.at);
  }
  if (!blocks.length) blocks.push(block);
  const short = blocks.find((block) => block.length < LEAST[shape]);
  if (short)
    return fail(
      `${NAMES[shape]} needs ${LEAST[shape] === 1 ? "a position" : `${LEAST[shape]} positions or more`}`,
    );
  const parts = shapeOf(before) === shape ? runs(before).length : 0;
  const closed = shape === "area" ? blocks.map(withoutClosing) : blocks;
  if (parts > 1 && parts === blocks.length) return { geometry: withRuns(before, closed) };
  if (blocks.length > 1) {
    if (shape === "line") return { geometry: { type: "MultiLineString", coordinates: blocks } };
    const remedy = "Leave out the empty lines, or draw it on the map.";
    return fail(
      `there are ${blocks.length} parts where there ${parts > 1 ? `were ${parts}` : "was one"}`,
      remedy,
    );
  }
  return { geometry: ofRun(shape, closed[0]) };
}

/** A ring may be written with its first position again at its end. */
function withoutClosing(ring) {
  const [first, last] = [ring[0], ring.at(-1)];
  return ring.length > 3 && first[0] === last[0] && first[1] === last[1] ? ring.slice(0, -1) : ring;
}

const writePosition = ([lon, lat]) => `${lat}, ${lon}`;

function writeGeometry(geometry) {
  return runs(geometry)
    .map((run) => run.map(writePosition).join("\n"))
    .join("\n\n");
}

/** Whether it misses the extent but would hit it with its numbers exchanged. */
function looksSwapped(geometry, [west, south, east, north]) {
  const inside = ([x, y]) => x >= west && x <= east && y >= south && y <= north;
  const all = runs(geometry).flat();
  return all.length > 0 && !all.some(inside) && all.every(([lon, lat]) => inside([lat, lon]));
}

const exchanged = (geometry) =>
  withRuns(
    geometry,
    runs(geometry).map((run) => run.map(([lon, lat]) => [lat, lon])),
  );

export { exchanged, HINT, looksSwapped, readGeometry, readPosition, writeGeometry, writePosition };
