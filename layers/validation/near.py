"""Find which of many things lie near one another without holding each against each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corridormap.geo.measure import Bbox

__all__ = ["near_pairs"]

_DEGREE_M = 110_000.0
"""A little less than a degree of latitude is anywhere, so that nothing near is missed."""
_TURN = 360.0


def near_pairs(boxes: Sequence[Bbox], reaches_m: Sequence[float]) -> list[tuple[int, int]]:
    """Return the pairs of boxes that may be within reach of each other, by their numbers, in order.

    Parameters
    ----------
    boxes
        West, south, east, north in degrees; the antimeridian is no edge.
    reaches_m
        How far each reaches, in metres: both must reach the other. Pairs a little farther apart
        may be among them.
    """
    if len(boxes) < 2:
        return []
    west, south, east, north = np.array(boxes, dtype=float).T
    dy = np.array(reaches_m, dtype=float) / _DEGREE_M
    high = np.minimum(np.maximum(abs(south), abs(north)) + dy, 89.9)
    dx = np.minimum(dy / np.cos(np.radians(high)), _TURN / 2)
    tree = shapely.STRtree(shapely.box(west, south, east, north))
    reached: set[tuple[int, int]] = set()
    for turn in (-_TURN, 0.0, _TURN):
        moved = shapely.box(west - dx + turn, south - dy, east + dx + turn, north + dy)
        reached.update(map(tuple, tree.query(moved).T.tolist()))
    return sorted((one, other) for one, other in reached if one < other and (other, one) in reached)
