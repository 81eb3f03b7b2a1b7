import assert from "node:assert/strict";
import { test } from "node:test";
import {
  ciede2000,
  labOf,
  SMALLEST,
  seen,
  tooNear,
  VISIONS,
} from "../../app/browser/editor/corridor/colours.js";

/** Of the table of Sharma, Wu and Dalal 2005. */
const PUBLISHED = [
  [[50, 2.6772, -79.7751], [50, 0, -82.7485], 2.0425],
  [[50, 2.5, 0], [73, 25, -18], 27.1492],
  [[50, -1, 2], [50, 0, 0], 2.3669],
  [[2.0776, 0.0795, -1.135], [0.9033, -0.0636, -0.5514], 0.9082],
  [[50, 2.49, -0.001], [50, -2.49, 0.0009], 7.1792],
  [[90.8027, -2.0831, 1.441], [91.1528, -1.6435, 0.0447], 1.4441],
];

test("differences agree with the published pairs", () => {
  for (const [one, two, expected] of PUBLISHED)
    assert.ok(Math.abs(ciede2000(one, two) - expected) < 1e-4);
});

test("white and black are so for all eyes", () => {
  for (const { matrix } of VISIONS) {
    assert.equal(seen("#FFFFFF", matrix), "#ffffff");
    assert.equal(seen("#000000", matrix), "#000000");
    assert.ok(Math.abs(labOf("#FFFFFF", matrix)[0] - 100) < 0.01);
  }
});

test("red and green are named for those who mix them up, and for no others", () => {
  const [pair] = tooNear([
    { title: "A", color: "#8F6A00" },
    { title: "B", color: "#6A7A00" },
  ]);
  assert.ok(pair.least < SMALLEST);
  assert.deepEqual([pair.one, pair.two], ["A", "B"]);
  assert.ok(pair.visions.some((label) => label.includes("red-blind")));
  assert.ok(!pair.visions.includes("usual sight"));
  assert.deepEqual(
    tooNear([
      { title: "A", color: "#000000" },
      { title: "B", color: "#FFFFFF" },
    ]),
    [],
  );
});
