"""Find which of many points of a frame lie near another, without looking at all of them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Nearby"]


class Nearby:
    """Points by the cell of a grid that they lie in, each with the number it is known by.

    Parameters
    ----------
    cell_px
        Side of a cell: about as far as is asked.
    """

    def __init__(self, cell_px: float) -> None:
        self._cell = max(cell_px, 1.0)
        self._cells: dict[tuple[int, int], list[int]] = {}

    def put(self, number: int, at: tuple[float, float]) -> None:
        """Hold one more point."""
        self._cells.setdefault(self._of(*at), []).append(number)

    def within(self, at: tuple[float, float], px: float) -> Iterator[int]:
        """Yield all points no farther than so many px, and some that are a little farther."""
        left, top = self._of(at[0] - px, at[1] - px)
        right, bottom = self._of(at[0] + px, at[1] + px)
        if (right - left) * (bottom - top) > len(self._cells):
            for (x, y), held in self._cells.items():
                if left <= x <= right and top <= y <= bottom:
                    yield from held
            return
        for x in range(left, right + 1):
            for y in range(top, bottom + 1):
                yield from self._cells.get((x, y), ())

    def _of(self, x: float, y: float) -> tuple[int, int]:
        return math.floor(x / self._cell), math.floor(y / self._cell)
