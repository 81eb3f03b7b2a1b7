"""Bound how many names are looked at in each part of a map.

A part that is full of signs has room for few names, and each that is tried is compared with all
others: without a bound a map of thousands would take hours to leave out nearly all of them.
"""

from __future__ import annotations

from collections import Counter

__all__ = ["Fullness"]

_TILE_PX = 160.0
_MOST = 12
"""Of names in a tile: as many as fill it, one under another in two columns, with some air."""


class Fullness:
    """How many names are looked at in each tile of a map, the most important first.

    Parameters
    ----------
    scale
        How much larger than on the screen signs are.
    """

    def __init__(self, scale: float) -> None:
        self._tile = _TILE_PX * scale
        self._count: Counter[tuple[float, float]] = Counter()

    def takes(self, at: tuple[float, float], *, must: bool) -> bool:
        """Tell whether a name at a place in px is looked at; one that must be always is."""
        tile = at[0] // self._tile, at[1] // self._tile
        if not must and self._count[tile] >= _MOST:
            return False
        self._count[tile] += 1
        return True
