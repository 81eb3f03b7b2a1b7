/* Knows which feature's line passes where, so that a name stands at its own. Draws nothing. */

const CELL_PX = 4;
const SEVERAL = -1;

/** @param {any} view {width, height, shift} */
export function createNearby({ width, height, shift }) {
  const [columns, rows] = [Math.ceil(width / CELL_PX), Math.ceil(height / CELL_PX)];
  const whose = new Int32Array(columns * rows);
  const numbers = new Map();

  function mark(x, y, number) {
    const [c, r] = [Math.floor(x / CELL_PX), Math.floor(y / CELL_PX)];
    if (c < 0 || r < 0 || c >= columns || r >= rows) return;
    const cell = r * columns + c;
    whose[cell] = whose[cell] === 0 || whose[cell] === number ? number : SEVERAL;
  }

  return {
    /** Mark a line of x, y pairs in px of the map's pane. */
    line(points, id) {
      if (!numbers.has(id)) numbers.set(id, numbers.size + 1);
      const number = numbers.get(id);
      for (let i = 2; i < points.length; i += 2) {
        const [ax, ay] = [points[i - 2] + shift.x, points[i - 1] + shift.y];
        const [bx, by] = [points[i] + shift.x, points[i + 1] + shift.y];
        if (Math.max(ax, bx) < 0 || Math.min(ax, bx) > width) continue;
        if (Math.max(ay, by) < 0 || Math.min(ay, by) > height) continue;
        const steps = Math.max(1, Math.ceil(Math.max(Math.abs(bx - ax), Math.abs(by - ay)) / 3));
        for (let s = 0; s <= steps; s += 1)
          mark(ax + ((bx - ax) * s) / steps, ay + ((by - ay) * s) / steps, number);
      }
    },
    /** Whether the line of another feature than this one passes through a rectangle. */
    others(rect, id) {
      const mine = numbers.get(id);
      const c1 = Math.min(columns - 1, Math.floor(rect.right / CELL_PX));
      const r1 = Math.min(rows - 1, Math.floor(rect.bottom / CELL_PX));
      for (let r = Math.max(0, Math.floor(rect.top / CELL_PX)); r <= r1; r += 1) {
        for (let c = Math.max(0, Math.floor(rect.left / CELL_PX)); c <= c1; c += 1) {
          const one = whose[r * columns + c];
          if (one !== 0 && one !== mine) return true;
        }
      }
      return false;
    },
  };
}
