/* What the page says: fixed words, counts and dates. Touches no DOM. */
(function () {
  "use strict";
  const Corridormap = (window.Corridormap = window.Corridormap || {});

  const MONTHS = [
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
  ];
  const DAY_MS = 86400000;

  const RESULTS = {
    agrees: { text: "Agrees", icon: "agrees" },
    differs: { text: "Sources differ", icon: "differs" },
    disputed: { text: "Sources differ", icon: "differs" },
    untestable: { text: "Cannot be tested here", icon: "untested" },
  };
  const MODES = {
    road: "road",
    rail: "railway",
    road_rail: "road and railway",
    power: "power line",
    sea: "sea",
    multimodal: "several modes",
  };
  /** Kinds that simply are there: a status and a date would say nothing. */
  const LASTING = new Set(["town", "node", "area", "tripoint", "port"]);
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

  Corridormap.words = {
    /** @returns "29 December 2023"; a vaguer date gives "December 2023" or "2023" */
    date: (iso) => format(iso, (month) => month),
    /** @returns "29 Dec 2023" */
    dateShort: (iso) => format(iso, (month) => month.slice(0, 3)),
    /** @returns days since 1970-01-01 of a full ISO date */
    dayOf(iso) {
      const { year, month, day } = parts(iso);
      const date = new Date(0);
      date.setUTCFullYear(year, (month || 1) - 1, day || 1);
      return Math.round(date.getTime() / DAY_MS);
    },
    /** @returns the ISO date of a day number */
    isoOf(day) {
      const date = new Date(day * DAY_MS);
      const year = String(date.getUTCFullYear()).padStart(4, "0");
      const month = String(date.getUTCMonth() + 1).padStart(2, "0");
      return `${year}-${month}-${String(date.getUTCDate()).padStart(2, "0")}`;
    },
    /** @returns "1 feature", "4 features" */
    count: (n, one, many) => `${n} ${n === 1 ? one : many || one + "s"}`,
    result: (check) => RESULTS[check.result] || RESULTS.untestable,
    mode: (mode) => MODES[mode] || "",
    lasting: (kind) => LASTING.has(kind),
    rtl: (language) => RTL.has(String(language).split("-")[0]),
    /** @returns "Azerbaijan" for "AZ"; the code itself where the browser knows no name */
    country(code) {
      if (!/^[A-Z]{2}$/.test(code) || !window.Intl || !Intl.DisplayNames) return code;
      return new Intl.DisplayNames("en", { type: "region", fallback: "code" }).of(code);
    },
    /** @returns the host of a web address, or "" */
    host(url) {
      try {
        return new URL(url).hostname.replace(/^www\./, "");
      } catch (error) {
        if (error instanceof TypeError) return "";
        throw error;
      }
    },
    /** Make a sentence of a piece of text: one full stop at its end. */
    sentence: (text) => (/[.!?…]["”’)]?$/.test(text) ? text : `${text}.`),
  };
})();
