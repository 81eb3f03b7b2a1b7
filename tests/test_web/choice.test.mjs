import assert from "node:assert/strict";
import { test } from "node:test";
import { createChoices } from "../../app/browser/panels/exports/choice.js";

const choices = createChoices({
  formats: [
    ["png", "PNG"],
    ["pdf", "PDF"],
  ],
  layouts: [
    ["custom", "Own size"],
    ["wide", "Wide"],
    ["poster", "Poster"],
  ],
  arrangements: [
    ["auto", "Automatic"],
    ["map", "Map only"],
  ],
  densities: [
    ["auto", "Automatic"],
    ["double", "Double"],
  ],
  projections: [
    ["auto", "Automatic"],
    ["lambert", "Lambert conic"],
  ],
  parts: [["claims", "Claims"]],
  looks: [["greyscale", "Greyscale"]],
  side_mm: { least: 90, most: 600 },
  papers: ["poster"],
  dpi: { screen: 96, double: 192, print: 300 },
  side_px: { least: 480, most: 6000 },
  alt_chars: 1000,
  first: {
    format: "png",
    layout: "custom",
    width: 1600,
    height: 1000,
    arrange: "auto",
    density: "auto",
    projection: "auto",
    width_mm: null,
    height_mm: null,
    greyscale: false,
    claims: true,
  },
});

test("what the server does not offer is left at the first choice", () => {
  const some = { format: "gif", layout: "poster", width: 20, height: 900, claims: "no" };
  assert.deepEqual(choices.usable(some), { ...choices.first, layout: "poster", height: 900 });
  for (const broken of [null, 7, "x", []]) assert.deepEqual(choices.usable(broken), choices.first);
});

test("a recipe's words are the choice that the file was made with", () => {
  const said = {
    size: "800x600",
    arrange: "map",
    projection: "lambert",
    claims: "0",
    width_mm: "90",
    greyscale: "1",
  };
  const made = choices.ofQuery("pdf", said);
  assert.deepEqual(made, {
    ...choices.first,
    format: "pdf",
    width: 800,
    height: 600,
    arrange: "map",
    projection: "lambert",
    width_mm: 90,
    greyscale: true,
    claims: false,
  });
});

test("an open density is that of the paper, or of the screen", () => {
  assert.equal(choices.dpi({ layout: "poster", density: "auto" }), 300);
  assert.equal(choices.dpi({ layout: "wide", density: "auto" }), 96);
  assert.equal(choices.dpi({ layout: "poster", density: "double" }), 192);
});
