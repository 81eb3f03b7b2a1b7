"""Hold the boxes that are taken in a frame, as rows that many spots are compared with at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from corridormap.layers.picture.pen.box import Box

__all__ = ["Taken"]


class Taken:
    """Boxes to which some are added and of which some are given back, each in constant time."""

    def __init__(self) -> None:
        self._buffer = np.empty((64, 4))
        self._boxes: list[Box] = []
        self._at: dict[Box, list[int]] = {}

    def __len__(self) -> int:
        return len(self._boxes)

    @property
    def rows(self) -> NDArray[np.float64]:
        """Left, top, right, bottom of each, (n, 4); to be read before the next change."""
        return self._buffer[: len(self._boxes)]

    def add(self, box: Box) -> None:
        """Hold one more, also of the same size and place as another."""
        n = len(self._boxes)
        if n == len(self._buffer):
            self._buffer = np.concatenate([self._buffer, np.empty_like(self._buffer)])
        self._buffer[n] = box.left, box.top, box.right, box.bottom
        self._boxes.append(box)
        self._at.setdefault(box, []).append(n)

    def remove(self, box: Box) -> None:
        """Let one go; the last fills its row."""
        row = self._at[box].pop()
        last = self._boxes.pop()
        n = len(self._boxes)
        if row == n:
            return
        self._at[last].remove(n)
        self._at[last].append(row)
        self._boxes[row] = last
        self._buffer[row] = self._buffer[n]

    def met_by(self, box: Box, gap: float) -> list[Box]:
        """Return those that come closer than `gap` px to a box."""
        rows = self.rows
        met = (
            (box.left < rows[:, 2] + gap)
            & (rows[:, 0] < box.right + gap)
            & (box.top < rows[:, 3] + gap)
            & (rows[:, 1] < box.bottom + gap)
        )
        return [self._boxes[row] for row in np.flatnonzero(met)]
