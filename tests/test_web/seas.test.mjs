import assert from "node:assert/strict";
import { test } from "node:test";
import { seaCurves } from "../../app/browser/map/ground/seas.js";

const [COLUMNS, ROWS, CELL_PX] = [120, 90, 8];
const MIDDLE = { x: (COLUMNS * CELL_PX) / 2, y: (ROWS * CELL_PX) / 2 };
const VIEW = { to: { scale: 120 } };

/** Masks with one water, 1, whose places pass a test. */
function masksOf(isWater) {
  const of = new Uint16Array(COLUMNS * ROWS);
  for (let i = 0; i < of.length; i += 1) {
    const x = ((i % COLUMNS) + 0.5) * CELL_PX - MIDDLE.x;
    const y = (Math.floor(i / COLUMNS) + 0.5) * CELL_PX - MIDDLE.y;
    of[i] = isWater(x, y) ? 1 : 0;
  }
  return { columns: COLUMNS, rows: ROWS, cellPx: CELL_PX, waters: () => ({ of }) };
}

const curvesOf = (masks) => seaCurves(masks, { id: 1, at: MIDDLE, rank: 2 }, VIEW, 4);

test("a curve runs along a long water, rightwards, through its middle", () => {
  for (const degrees of [-80, -45, -10, 0, 30, 60, 80]) {
    const [cos, sin] = [Math.cos, Math.sin].map((f) => f((degrees / 180) * Math.PI));
    const along = (x, y) => [x * cos + y * sin, y * cos - x * sin];
    const masks = masksOf((x, y) => {
      const [t, s] = along(x, y);
      return (t / 280) ** 2 + (s / 70) ** 2 < 1;
    });
    const [{ points, price }] = curvesOf(masks);
    assert.equal(price, 0);
    assert.ok(points.length > 100);
    assert.ok(points.at(-1)[0] > points[0][0], `${degrees}`);
    for (const [x, y] of points)
      assert.ok(Math.abs(along(x - MIDDLE.x, y - MIDDLE.y)[1]) < 12, `${degrees}`);
  }
});

test("a curve follows a bent water", () => {
  const rise = (x) => x ** 2 / 900;
  const masks = masksOf((x, y) => Math.abs(x) < 300 && Math.abs(y - rise(x)) < 45);
  const [{ points }] = curvesOf(masks);
  for (const [x, y] of points) assert.ok(Math.abs(y - MIDDLE.y - rise(x - MIDDLE.x)) < 40);
});

test("a round water is named level, and a speck not along a curve", () => {
  const [{ points }] = curvesOf(masksOf((x, y) => x ** 2 + y ** 2 < 150 ** 2));
  assert.ok(points.every(([, y]) => Math.abs(y - MIDDLE.y) < 12));
  assert.deepEqual(curvesOf(masksOf((x, y) => x ** 2 + y ** 2 < 20 ** 2)), []);
});
