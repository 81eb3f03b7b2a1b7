/* The part of a feature's form that says where it is: drawn on the map or written as coordinates,
   and how sure one is. Holds the geometry while it is being changed. */

import * as mercator from "../../map/ground/mercator.js";
import { el, fill, freshId } from "../../tools/dom.js";
import { lengthWords, rounded, runs, shapeOf, sizeWords } from "../drawing/geometry.js";
import { exchanged, looksSwapped, readGeometry, writeGeometry } from "../drawing/geometry_text.js";
import { formField, formGroup } from "./fields.js";
import { sourcePicker } from "./sources.js";

const NAMES = { point: "Point", line: "Line", area: "Area" };
const ONE = {
  point: "One position",
  line: "One position a line, from start to end",
  area: "One position a line, round the edge",
};

/** Write coordinates: they are read while one types, and never changed under one's hands. */
function coordinates(place, onTyped) {
  const id = freshId("coordinates");
  const area = el("textarea.cmf-input.cmf-coordinates", {
    id,
    rows: 3,
    spellcheck: "false",
    autocomplete: "off",
    dir: "ltr",
    name: "coordinates",
    "aria-describedby": `${id}-hint ${id}-told`,
  });
  const hint = el("p.cmf-hint", { id: `${id}-hint` });
  const told = el("div.cmf-messages", { id: `${id}-told` });
  const swap = el(
    "button.cmf-text-button",
    { onclick: () => put(exchanged(place.geometry)) },
    "Exchange them",
  );

  function say(result) {
    fill(told);
    area.toggleAttribute("aria-invalid", Boolean(result?.problem));
    if (!result) return;
    if (result.problem)
      fill(
        told,
        el(
          "p.cmf-message",
          {},
          `${result.problem.charAt(0).toUpperCase()}${result.problem.slice(1)}. ${result.remedy}`,
        ),
      );
    else if (looksSwapped(result.geometry, place.extent)) {
      fill(
        told,
        el(
          "p.cmf-message",
          {},
          "This is outside of the corridor, and inside it with the two numbers exchanged. ",
          swap,
        ),
      );
    }
  }
  function put(geometry) {
    area.value = writeGeometry(geometry);
    read();
  }
  function read() {
    const result = area.value.trim() ? readGeometry(area.value, place.shape, place.start) : null;
    place.problem = result?.problem ? result : null;
    say(result);
    // Positions that were there keep what they had besides, such as a height.
    const before = place.start ? runs(place.start).flat() : [];
    if (!place.problem) onTyped(result ? rounded(result.geometry, 7, before) : null);
  }
  area.addEventListener("input", read);
  return {
    element: el(
      "div.cmf-field.is-wide",
      {},
      el("label.cmf-label", { for: id }, "Coordinates"),
      area,
      hint,
      told,
    ),
    show(geometry) {
      area.value = geometry ? writeGeometry(geometry) : "";
      const lines = area.value.split("\n").length;
      area.rows = Math.max(place.shape === "point" ? 1 : 3, Math.min(8, lines));
      place.problem = null;
      say(geometry ? { geometry } : null);
    },
    suit() {
      fill(
        hint,
        `${ONE[place.shape]}: latitude, longitude in degrees, such as 38.4412, 48.8736. With letters any order and minutes will do: 38°26.5'N 48°52.4'E.`,
      );
    },
    input: area,
  };
}

/** Kind's shapes first, then any that the feature has already. */
const shapesFor = (vocabulary, kind, geometry) => {
  const known = vocabulary.kinds.find(({ id }) => id === kind);
  const shapes = known ? known.shapes : ["point", "line", "area"];
  const own = shapeOf(geometry);
  return own && !shapes.includes(own) ? [...shapes, own] : shapes;
};

/** How much of the world one dot of the screen is: nobody draws more exactly. */
function dotWords(map) {
  const px = mercator.metresPerPx(map.getCenter().lat, map.getZoom());
  return `At the scale it was drawn one dot of the screen is ${lengthWords(px)}.`;
}

function certainty({ ctx, state, vocabulary, drawn }) {
  const hintOf = (id) => vocabulary.qualities.find((quality) => quality.id === id)?.hint || "";
  return el(
    "div.cmf-fields",
    {},
    formField(state, {
      path: ["position_quality"],
      label: vocabulary.labels.position_quality,
      required: true,
      choices: vocabulary.qualities,
      echo: hintOf,
    }),
    el(
      "div",
      {},
      formField(state, {
        path: ["uncertainty_m"],
        label: vocabulary.labels.uncertainty_m,
        kind: "number",
        required: true,
      }),
      drawn,
    ),
    formField(state, { path: ["position_note"], label: "What the position rests on", wide: true }),
    sourcePicker({ ctx, state, path: ["position_sources"], label: "Sources of the position" }),
  );
}

/**
 * @param {any} options {ctx, state, drawing, vocabulary, geometry, id: of the feature, onChange}
 * @returns `{element, geometry(), problem(), look(), kindChanged()}`
 */
export function placeFields({ ctx, state, drawing, vocabulary, geometry, id, onChange }) {
  // A geometry of a kind that cannot be drawn is left alone until another takes its place.
  const known = shapeOf(geometry) ? geometry : null;
  const place = {
    geometry: known,
    start: known,
    problem: null,
    chosen: false,
    shape: shapeOf(known) || shapesFor(vocabulary, state.get(["kind"]))[0],
    extent: ctx.model.document.corridor.extent,
  };
  const size = el("p.cmf-size", { role: "status" });
  const drawn = el("p.cmf-hint", { hidden: true });
  const draw = el("button.cmf-button", { onclick: start });
  const anew = el("button.cmf-text-button", { onclick: () => start(null, true) }, "Draw anew");
  const shapes = el("select.cmf-input", { "aria-label": "Drawn as", name: "shape" });
  const text = coordinates(place, (next) => {
    place.geometry = next;
    look();
    suit();
    onChange();
  });
  shapes.addEventListener("change", () => {
    place.shape = shapes.value;
    place.chosen = true;
    place.geometry = null;
    text.show(null);
    look();
    suit();
    onChange();
  });

  function start(_event, again) {
    drawing.start({
      shape: place.shape,
      geometry: again ? null : place.geometry,
      skip: id,
      onEnd(next) {
        if (next) {
          place.geometry = next;
          text.show(next);
          fill(drawn, dotWords(ctx.leaflet));
          drawn.hidden = false;
          onChange();
        }
        look();
        suit();
        draw.focus();
      },
    });
  }
  const changed = () => place.geometry !== place.start;
  function look() {
    drawing.look(changed() ? place.geometry : null, place.start ? id : null);
  }
  function suit() {
    const all = shapesFor(vocabulary, state.get(["kind"]), place.geometry);
    const free = !place.geometry && !place.problem && !text.input.value.trim();
    if (free && !(place.chosen && all.includes(place.shape))) place.shape = all[0];
    fill(
      shapes,
      all.map((shape) => el("option", { value: shape }, NAMES[shape])),
    );
    shapes.value = place.shape;
    shapes.hidden = all.length < 2 || Boolean(place.start);
    fill(size, place.geometry ? sizeWords(place.geometry) : "No place yet.");
    size.hidden = Boolean(place.geometry) && place.geometry.type === "Point";
    size.title = "Rounded to three digits. The card says more exactly what is measured on the map.";
    fill(draw, place.geometry ? "Change on the map" : "Draw on the map");
    anew.hidden = !place.geometry || place.shape === "point";
    text.suit();
  }
  text.show(known);
  suit();
  const element = formGroup(
    "Place",
    { path: ["geometry"] },
    el("div.cmf-row", {}, shapes, draw, anew, size),
    text.element,
    certainty({ ctx, state, vocabulary, drawn }),
  );
  return {
    element,
    geometry: () => (changed() ? place.geometry : geometry),
    changed,
    look,
    /** What was written as coordinates and cannot be read. */
    problem: () => place.problem,
    focusProblem: () => text.input.focus(),
    kindChanged: suit,
  };
}
