"""Know what a frame has room for: what is taken, and what a label had better not cover.

Hard: boxes that nothing may touch. Soft: a raster of lines, each px of which costs. It
draws nothing and knows no feature.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from layers.print.box import Box

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

__all__ = ["Room"]

_CELL_PX = 2.0


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
        self._columns = int(frame.width / _CELL_PX) + 2
        self._rows = int(frame.height / _CELL_PX) + 2
        self._cost = np.zeros((self._rows, self._columns), dtype=np.float64)
        self._sums: NDArray[np.float64] | None = None

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
                (cells[:, 0] >= 0) & (cells[:, 0] < self._columns)
                & (cells[:, 1] >= 0) & (cells[:, 1] < self._rows)
            )
            kept = cells[inside]
            mask[kept[:, 1], kept[:, 0]] = True
        _widen(mask, int(width_px / 2 / _CELL_PX))
        self._cost += mask * cost_per_px
        self._sums = None

    def discourage_box(self, box: Box, cost_per_px: float) -> None:
        """Make every px of a box cost."""
        left, top, right, bottom = self._span(box)
        self._cost[top:bottom, left:right] += cost_per_px
        self._sums = None

    def cost(self, box: Box) -> float:
        """Return what a box would cover, in cost."""
        if self._sums is None:
            sums = np.zeros((self._rows + 1, self._columns + 1))
            np.cumsum(np.cumsum(self._cost, axis=0), axis=1, out=sums[1:, 1:])
            self._sums = sums * _CELL_PX
        left, top, right, bottom = self._span(box)
        s = self._sums
        return float(s[bottom, right] - s[top, right] - s[bottom, left] + s[top, left])

    def blockers(self, box: Box, *, gap: float = 0.0) -> list[Box]:
        """Return the taken boxes that a box would touch."""
        return [other for other in self._taken if box.overlaps(other, gap)]

    def free(self, box: Box, *, gap: float = 0.0) -> bool:
        """Tell whether a box lies in the frame and touches nothing that is taken."""
        return self.frame.holds(box) and not any(box.overlaps(o, gap) for o in self._taken)

    def _span(self, box: Box) -> tuple[int, int, int, int]:
        left = int((box.left - self.frame.left) / _CELL_PX)
        top = int((box.top - self.frame.top) / _CELL_PX)
        right = int((box.right - self.frame.left) / _CELL_PX) + 1
        bottom = int((box.bottom - self.frame.top) / _CELL_PX) + 1
        return (
            min(max(left, 0), self._columns), min(max(top, 0), self._rows),
            min(max(right, 0), self._columns), min(max(bottom, 0), self._rows),
        )


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
