/* Measures on the map: along clicks, or between two features chosen from a list, straight or along
   a mapped line; the sentence can be copied. A row of the header: it covers nothing. */
import { el, fill, icon } from "../../tools/dom.js";
import { addNotice } from "../../tools/handover.js";
import * as words from "../../tools/words.js";
import { alongLines, straight } from "./along.js";

const STRAIGHT = "in a straight line";

const place = ({ geometry }) => (geometry?.type === "Point" ? geometry.coordinates : null);
const coordinates = ([lon, lat]) =>
  `${Math.abs(lat).toFixed(3)}° ${lat < 0 ? "S" : "N"}, ${Math.abs(lon).toFixed(3)}° ${lon < 0 ? "W" : "E"}`;

/** What is said of a distance. @param {{ lowKm: number, highKm: number | null }} along */
function distance({ lowKm, highKm }) {
  if (highKm === null) return `at least ${words.km(lowKm)}, part of the course is not published`;
  return words.kmRange(lowKm, highKm);
}

/** The names of the ends, with the distance between them. */
function sentence(ends, how, found) {
  const between =
    ends.length === 2
      ? `${ends[0].name} to ${ends[1].name}`
      : `${ends[0].name} to ${ends[ends.length - 1].name} over ${words.count(ends.length - 2, "point")}`;
  return `${between} ${how}: ${distance(found)}.`;
}

/** @param {any} frame @param {Model} model @param {Store} store @param {any} mapApi */
export function createMeasure(frame, model, store, mapApi) {
  const spots = mapApi.spots();
  const points = model.document.features
    .filter(place)
    .sort((a, b) => a.name.localeCompare(b.name, "en"));
  /** @type {import("./along.js").End[]} */
  let ends = [];
  let stopPicking = () => {};

  const choices = (label) =>
    el(
      "select.cmp-select",
      { "aria-label": label, onchange: fromLists },
      el("option", { value: "" }, `${label}: click, or choose`),
      points.map(({ id, name }) => el("option", { value: id }, name)),
    );
  const from = choices("From");
  const to = choices("To");
  const along = el("select.cmp-select", { "aria-label": "Along", onchange: tell });
  const said = el("output", { "aria-live": "polite", dir: "auto" });
  const copy = el("button.cmp-text-button", { onclick: copySentence }, "Copy the sentence");
  const again = el("button.cmp-text-button", { onclick: clear }, "Start again");
  const end = el(
    "button.cmp-icon-button",
    { "aria-label": "End measuring", onclick: close },
    icon("close", 14),
  );
  const parts = [from, to, along, said, copy, again, end];
  const node = el(
    "div.cmp-measure",
    { role: "group", "aria-label": "Measure a distance", hidden: true },
    ...parts,
  );

  const endOf = (feature) => ({ at: place(feature), name: feature.name, feature });

  function fromLists() {
    ends = [from, to]
      .map(({ value }) => model.feature(value))
      .flatMap((one) => (one ? [endOf(one)] : []));
    offer();
  }

  function pick({ at, feature }) {
    const found = feature ? model.feature(feature) : null;
    const one = found && place(found) ? endOf(found) : { at, name: coordinates(at), feature: null };
    ends = [...ends, one];
    [from, to].forEach((list, i) => {
      list.value = ends.length < 3 ? ends[i]?.feature?.id || "" : "";
    });
    offer();
  }

  /** Offer the lines that lead from one end to the other, the first of them chosen. */
  function offer() {
    const lines = ends.length === 2 ? alongLines(model, ends[0], ends[1]) : [];
    fill(
      along,
      lines.map(({ title }) => el("option", { value: title }, `along ${title}`)),
      el("option", { value: "" }, STRAIGHT),
    );
    along.hidden = lines.length === 0;
    spots.set(ends, ends.length > 1 ? [ends.map(({ at }) => at)] : []);
    tell();
  }

  function tell() {
    const enough = ends.length > 1;
    copy.hidden = !enough;
    again.hidden = !ends.length;
    if (!enough) {
      said.textContent = ends.length
        ? "Now the next point."
        : "Click points on the map, or choose two features.";
      return;
    }
    const line = alongLines(model, ends[0], ends[1]).find(({ title }) => title === along.value);
    said.textContent =
      line && ends.length === 2
        ? sentence(ends, `along ${line.title}`, line)
        : sentence(ends, STRAIGHT, straight(ends));
  }

  async function copySentence() {
    const text = said.textContent || "";
    try {
      await navigator.clipboard.writeText(text);
      frame.announce("Sentence copied");
    } catch (error) {
      addNotice(store, text, error);
    }
  }

  function clear() {
    ends = [];
    from.value = "";
    to.value = "";
    offer();
  }
  function open() {
    stopPicking();
    frame.slots.header.append(node);
    node.hidden = false;
    stopPicking = mapApi.pick(pick);
    clear();
    from.focus();
  }
  function close() {
    stopPicking();
    stopPicking = () => {};
    ends = [];
    spots.set([]);
    node.hidden = true;
    frame.slots.findButton?.focus({ preventScroll: true });
  }
  // Before all others, wherever the focus is: a click on the map leaves it nowhere.
  const onKey = (event) => {
    if (event.key !== "Escape" || node.hidden || event.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    close();
  };
  document.addEventListener("keydown", onKey, true);
  return {
    open,
    destroy() {
      document.removeEventListener("keydown", onKey, true);
      stopPicking();
      spots.destroy();
    },
  };
}
