/* What the page says: fixed words, counts and dates. Touches no DOM. */

const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];
const DAY_MS = 86400000;

/** The icon of each result of a check, in the order of a filter; their words come with the checks. */
const RESULTS = {
  sources_differ: "differs",
  map_differs: "differs",
  not_comparable: "unlike",
  repeated: "repeated",
  confirmed: "agrees",
  untestable: "untested",
};
/** Languages written from right to left. */
const RTL = new Set(["ar", "ckb", "fa", "he", "ps", "ur"]);

function parts(iso) {
  const [year, month, day] = String(iso).split("-").map(Number);
  return { year, month, day };
}

function format(iso, months) {
  const { year, month, day } = parts(iso);
  return [day, month && months(MONTHS[month - 1] || ""), year].filter(Boolean).join(" ");
}

function cslDate(date) {
  const [first] = date?.["date-parts"] || [];
  if (!first?.length) return date?.literal || "";
  const iso = first.map((part) => String(part).padStart(2, "0")).join("-");
  return format(iso, (month) => month.slice(0, 3));
}

/** Kilometres as precise as they are worth on a map. */
const km = (value) => `${value < 9.95 ? Math.round(value * 10) / 10 : Math.round(value)} km`;
/** A range of them: "104 to 107 km". */
const kmRange = (low, high) =>
  km(low) === km(high) ? km(low) : `${km(low).slice(0, -3)} to ${km(high)}`;
/** @returns "29 December 2023"; a vaguer date gives "December 2023" or "2023" */
const date = (iso) => format(iso, (month) => month);
/** @returns "29 Dec 2023" */
const dateShort = (iso) => format(iso, (month) => month.slice(0, 3));
/** @returns days since 1970-01-01 of a full ISO date */
function dayOf(iso) {
  const { year, month, day } = parts(iso);
  const date = new Date(0);
  date.setUTCFullYear(year, (month || 1) - 1, day || 1);
  return Math.round(date.getTime() / DAY_MS);
}

/** @returns the ISO date of a day number */
function isoOf(day) {
  const date = new Date(day * DAY_MS);
  const year = String(date.getUTCFullYear()).padStart(4, "0");
  const month = String(date.getUTCMonth() + 1).padStart(2, "0");
  return `${year}-${month}-${String(date.getUTCDate()).padStart(2, "0")}`;
}

/** @returns "1 feature", "4 features" */
const count = (n, one, many) => `${n} ${n === 1 ? one : many || `${one}s`}`;
/** @returns the icon of a result and its words, such as "Differs by 3 days" */
const result = (check) => ({
  text: check.label || "",
  icon: RESULTS[check.result] || RESULTS.untestable,
});
const rtl = (language) => RTL.has(String(language).split("-")[0]);
/** @returns "Azerbaijan" for "AZ"; the code itself where the browser knows no name */
function country(code) {
  if (!/^[A-Z]{2}$/.test(code) || !Intl.DisplayNames) return code;
  return new Intl.DisplayNames("en", { type: "region", fallback: "code" }).of(code);
}

/** @returns the host of a web address, or "" */
function host(url) {
  try {
    return new URL(url).hostname.replace(/^www\./, "");
  } catch (error) {
    if (error instanceof TypeError) return "";
    throw error;
  }
}

/** A CSL-JSON source in words: who, what, when, when it was looked at; two lines of them. */
function source(csl) {
  const publisher = csl.publisher || csl["container-title"] || "";
  const date = cslDate(csl.issued) || "undated";
  const checked = cslDate(csl.accessed);
  const said = [publisher, csl.title, date, checked && `checked ${checked}`];
  const join = (parts) => parts.filter(Boolean).join(", ");
  return {
    id: csl.id,
    publisher,
    title: csl.title,
    date,
    checked,
    url: csl.URL || "",
    note: csl.note || "",
    text: join(said),
    short: join([publisher, date]),
  };
}

/** Make a sentence of a piece of text: one full stop at its end. */
const sentence = (text) => (/[.!?…]["”’)]?$/.test(text) ? text : `${text}.`);

export {
  count,
  country,
  date,
  dateShort,
  dayOf,
  host,
  isoOf,
  km,
  kmRange,
  RESULTS,
  result,
  rtl,
  sentence,
  source,
};
