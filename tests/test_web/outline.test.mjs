import assert from "node:assert/strict";
import { test } from "node:test";
import { unitX, unitY } from "../../app/browser/map/ground/mercator.js";
import { decodeOutline, decodeWaters } from "../../app/browser/map/ground/outline.js";
import { unpack } from "../../app/browser/map/ground/packed.js";

/* Two squares side by side that share an arc, in tenths of a degree. */
const OUTLINE = {
  step: 0.1,
  origin: [40, 30],
  arcs: [
    "UAAU", // 10 0, 0 10: the border, northward
    "UUVAAVUA", // 10 10, -10 0, 0 -10, 10 0: the west's other sides
    "UAUAAUVA", // 10 0, 10 0, 0 10, -10 0: the east's
  ],
  countries: { WW: [["AC"]], EE: [["ED"]] },
  borders: [["WW", "EE", "A"]],
  coast: ["C", "E"],
};

const areaOf = (xy) => {
  let sum = 0;
  for (let i = 0, j = xy.length - 2; i < xy.length; j = i, i += 2)
    sum += xy[j] * xy[i + 1] - xy[i] * xy[j + 1];
  return sum;
};

test("numbers of any size and sign are read from text", () => {
  assert.deepEqual(
    unpack("ACDegBhBqxmvrH//////P"),
    [0, 1, -1, 15, 16, -16, 123456789, -8589934591],
  );
  assert.deepEqual(unpack(""), []);
});

test("deltas, scale and shift are undone", () => {
  const [{ xy }] = decodeOutline(OUTLINE).borders[0].lines;
  const found = [xy[0], xy[1], xy[2], xy[3]];
  const wanted = [unitX(41), unitY(30), unitX(41), unitY(31)];
  found.forEach((value, i) => assert.ok(Math.abs(value - wanted[i]) < 1e-9));
});

test("arcs are joined, also backwards, into rings that close and turn one way", () => {
  const { countries } = decodeOutline(OUTLINE);
  assert.deepEqual(
    countries.map(({ iso }) => iso),
    ["WW", "EE"],
  );
  for (const { rings } of countries) {
    const [{ xy, box }] = rings;
    assert.equal(xy.length, 10);
    assert.deepEqual([xy[0], xy[1]], [xy[8], xy[9]]);
    assert.ok(areaOf(xy) > 0 === areaOf(countries[0].rings[0].xy) > 0);
    assert.ok(Math.abs(box[2] - box[0] - (unitX(41) - unitX(40))) < 1e-9);
  }
});

test("borders know their sides, and the coast is lines", () => {
  const { borders, coast } = decodeOutline(OUTLINE);
  assert.deepEqual([borders[0].a, borders[0].b], ["WW", "EE"]);
  assert.equal(coast.length, 2);
});

test("rivers and lakes are walked from step to step", () => {
  const waters = {
    step: 0.5,
    lakes: [["gF4DEAAEFF"]],
    rivers: [{ name: "Kura", rank: 2, zooms: [4, 11], lines: ["gF4DEF"] }],
  };
  const { lakes, rivers } = decodeWaters(waters);
  assert.deepEqual([...rivers[0].lines[0].xy], [unitX(40), unitY(30), unitX(41), unitY(29)]);
  assert.equal(rivers[0].name, "Kura");
  assert.deepEqual(lakes[0][0].box, [unitX(40), unitY(31), unitX(41), unitY(30)]);
});
