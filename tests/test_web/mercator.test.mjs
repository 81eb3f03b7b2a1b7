import assert from "node:assert/strict";
import { test } from "node:test";
import * as mercator from "../../app/browser/map/ground/mercator.js";

test("the world is 256 px wide at zoom 0, and its middle is in the middle", () => {
  assert.equal(mercator.unitX(-180), 0);
  assert.equal(mercator.unitX(180), 256);
  assert.ok(Math.abs(mercator.unitY(0) - 128) < 1e-9);
  assert.ok(Math.abs(mercator.unitY(90)) < 1e-6);
});

test("degrees come back from pixels", () => {
  for (const [lon, lat] of [
    [48.87, 38.44],
    [-70.25, -12.5],
    [0, 84],
  ]) {
    assert.ok(Math.abs(mercator.lonOf(mercator.unitX(lon)) - lon) < 1e-9);
    assert.ok(Math.abs(mercator.latOf(mercator.unitY(lat)) - lat) < 1e-9);
  }
});

test("a path has a box, and boxes join to one", () => {
  const one = mercator.path([
    [0, 0],
    [10, 10],
  ]);
  const two = mercator.path([
    [-20, 5],
    [-10, 50],
  ]);
  assert.equal(one.box[0], mercator.unitX(0));
  assert.equal(one.box[1], mercator.unitY(10));
  assert.deepEqual(mercator.joinBoxes([one.box, two.box]), [
    mercator.unitX(-20),
    mercator.unitY(50),
    mercator.unitX(10),
    one.box[3],
  ]);
});

test("a pixel is half as large a zoom further in, and smaller away from the equator", () => {
  const here = mercator.metresPerPx(0, 8);
  assert.ok(Math.abs(mercator.metresPerPx(0, 9) * 2 - here) < 1e-9);
  assert.ok(Math.abs(mercator.metresPerPx(60, 8) * 2 - here) < 1e-6);
});
