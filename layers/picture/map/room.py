"""Know what a frame has room for: what is taken, and what a label had better not cover.

Hard: boxes that nothing may touch. Soft: a raster of lines, each px of which costs. It
draws nothing and knows no feature.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from corridormap.layers.picture.pen.box import Box

__all__ = ["Point", "Room", "cross"]

_CELL_PX = 2.0
_LEADER_COST = 12.0
"""More than any label pays for a few px."""

Point = tuple[float, float]


class Room:
    """The frame of a map while labels are placed.

    Parameters
    ----------
    frame
        Nothing may be placed outside.
    """

    def __init__(self, frame: Box) -> None:
        self.frame = frame
        self._taken: list[Box] = []
        self._leaders: list[tuple[Point, Point]] = []
        self._columns = int(frame.width / _CELL_PX) + 2
        self._rows = int(frame.height / _CELL_PX) + 2
        self._cost = np.zeros((self._rows, self._columns), dtype=np.float64)
        self._sums: NDArray[np.float64] | None = None

    def copy(self) -> Room:
        """Return a room of its own, as full as this one."""
        other = Room(self.frame)
        other.become(self)
        return other

    def become(self, other: Room) -> None:
        """Be as full as another room of the same frame."""
        self._taken = list(other._taken)
        self._leaders = list(other._leaders)
        # Costs are never changed in place, so rooms may share them.
        self._cost, self._sums = other._cost, other._sums

    @property
    def taken(self) -> tuple[Box, ...]:
        """The boxes that are taken."""
        return tuple(self._taken)

    def take(self, box: Box) -> None:
        """Let nothing else touch a box."""
        self._taken.append(box)

    def give_back(self, box: Box) -> None:
        """Free a box again."""
        self._taken.remove(box)

    def discourage(
        self, lines: Iterable[NDArray[np.float64]], cost_per_px: float, *, width_px: float = 2.0
    ) -> None:
        """Make every px of some lines cost; where lines overlap, once."""
        mask = np.zeros((self._rows, self._columns), dtype=bool)
        for line in lines:
            cells = _cells(line, self.frame)
            inside = (
                (cells[:, 0] >= 0)
                & (cells[:, 0] < self._columns)
                & (cells[:, 1] >= 0)
                & (cells[:, 1] < self._rows)
            )
            kept = cells[inside]
            mask[kept[:, 1], kept[:, 0]] = True
        _widen(mask, int(width_px / 2 / _CELL_PX))
        self._cost = self._cost + mask * cost_per_px
        self._sums = None

    def lead(self, start: Point, end: Point) -> None:
        """Keep a leader: labels stay off it and no other leader crosses it."""
        self._leaders.append((start, end))
        self.discourage([np.array([start, end])], _LEADER_COST)

    def crosses(self, start: Point, end: Point) -> bool:
        """Tell whether a leader would cross one that is kept."""
        return any(cross(start, end, *other) for other in self._leaders)

    def cost_along(self, start: Point, end: Point) -> float:
        """Return what a line would run over, in cost."""
        cells = _cells(np.array([start, end]), self.frame)
        columns = np.clip(cells[:, 0], 0, self._columns - 1)
        rows = np.clip(cells[:, 1], 0, self._rows - 1)
        return float(self._cost[rows, columns].sum()) * _CELL_PX

    def cost(self, box: Box) -> float:
        """Return what a box would cover, in cost."""
        return float(self.costs(np.array([[box.left, box.top, box.right, box.bottom]]))[0])

    def costs(self, boxes: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return what each of some boxes (left, top, right, bottom) would cover, in cost."""
        if self._sums is None:
            sums = np.zeros((self._rows + 1, self._columns + 1))
            np.cumsum(np.cumsum(self._cost, axis=0), axis=1, out=sums[1:, 1:])
            self._sums = sums * _CELL_PX
        origin = np.array([self.frame.left, self.frame.top] * 2)
        cells = ((boxes - origin) / _CELL_PX).astype(np.int64) + np.array([0, 0, 1, 1])
        left, right = np.clip(cells[:, [0, 2]], 0, self._columns).T
        top, bottom = np.clip(cells[:, [1, 3]], 0, self._rows).T
        s = self._sums
        covered: NDArray[np.float64] = (
            s[bottom, right] - s[top, right] - s[bottom, left] + s[top, left]
        )
        return covered

    def frees(self, boxes: NDArray[np.float64], *, gap: float = 0.0) -> NDArray[np.bool_]:
        """Tell of each box whether it lies in the frame and touches nothing that is taken."""
        left, top, right, bottom = boxes.T
        f = self.frame
        free: NDArray[np.bool_] = (
            (left >= f.left) & (top >= f.top) & (right <= f.right) & (bottom <= f.bottom)
        )
        if self._taken:
            t = np.array([(b.left, b.top, b.right, b.bottom) for b in self._taken]).T[:, None]
            hit = (
                (left[:, None] < t[2] + gap)
                & (t[0] < right[:, None] + gap)
                & (top[:, None] < t[3] + gap)
                & (t[1] < bottom[:, None] + gap)
            )
            free &= ~hit.any(axis=1)
        return free

    def blockers(self, box: Box, *, gap: float = 0.0) -> list[Box]:
        """Return the taken boxes that a box would touch."""
        return [other for other in self._taken if box.overlaps(other, gap)]

    def free(self, box: Box, *, gap: float = 0.0) -> bool:
        """Tell whether a box lies in the frame and touches nothing that is taken."""
        return self.frame.holds(box) and not any(box.overlaps(o, gap) for o in self._taken)


def cross(a: Point, b: Point, c: Point, d: Point) -> bool:
    """Tell whether the lines a-b and c-d cross; those that share an end do not."""

    def side(p: Point, q: Point, r: Point) -> float:
        return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])

    return side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0


def _cells(line: NDArray[np.float64], frame: Box) -> NDArray[np.int64]:
    """Return the cells that a line passes, by points one cell apart."""
    points = (line - (frame.left, frame.top)) / _CELL_PX
    if len(points) > 1:
        steps = np.hypot(*np.diff(points, axis=0).T)
        along = np.concatenate([[0.0], np.cumsum(steps)])
        at = np.arange(0.0, along[-1] + 1.0, 1.0)
        points = np.column_stack(
            [np.interp(at, along, points[:, 0]), np.interp(at, along, points[:, 1])]
        )
    return np.floor(points).astype(np.int64)


def _widen(mask: NDArray[np.bool_], cells: int) -> None:
    for axis in (0, 1):
        source = mask.copy()
        for step in range(1, cells + 1):
            head = [slice(None), slice(None)]
            tail = [slice(None), slice(None)]
            head[axis], tail[axis] = slice(step, None), slice(None, -step)
            mask[tuple(head)] |= source[tuple(tail)]
            mask[tuple(tail)] |= source[tuple(head)]
