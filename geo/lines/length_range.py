"""Say between which bounds a way's length or an area's size lies, given how well it is drawn.

A drawn line is not the way: its ends may lie elsewhere, and straight legs cut every bend.
Metres and square metres on WGS 84. This module knows no feature and no source.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import shapely

from corridormap.geo.measure import area_m2, length_m

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

__all__ = ["MeasuredRange", "area_range_m2", "length_range_m", "straightened"]

_METRES_PER_DEGREE = 111_319.49


@dataclass(frozen=True)
class MeasuredRange:
    """What was measured, and the bounds within which the thing itself may lie."""

    drawn: float
    low: float
    high: float


def length_range_m(
    line: BaseGeometry, *, uncertainty_m: float, bends: float = 0.0
) -> MeasuredRange:
    """Return the geodesic length of a drawn line and the bounds of the way's own, in metres.

    Lower bound: the line with the fewest bends that stays within `uncertainty_m` of the
    drawn one (Douglas-Peucker), shorter by `uncertainty_m` at either end. Upper bound: the
    drawn line, longer by the share `bends` that its straight legs cut off, and by
    `uncertainty_m` at either end.

    Parameters
    ----------
    line
        A line or several, lon, lat in degrees.
    uncertainty_m
        How far the drawn line may be from the way, in metres.
    bends
        Share of the length by which the way may wind more than the drawn line: 0.25 for a
        quarter.
    """
    drawn = length_m(line)
    ends = 2 * uncertainty_m
    straight = length_m(straightened(line, uncertainty_m))
    return MeasuredRange(drawn, max(0.0, straight - ends), drawn * (1 + bends) + ends)


def area_range_m2(area: BaseGeometry, *, uncertainty_m: float) -> MeasuredRange:
    """Return the geodesic area of a polygon and its bounds, in square metres.

    The bounds move the whole rim by `uncertainty_m`, inwards and outwards.
    """
    drawn = area_m2(area)
    strip = length_m(area) * uncertainty_m
    return MeasuredRange(drawn, max(0.0, drawn - strip), drawn + strip)


def straightened(line: BaseGeometry, tolerance_m: float) -> BaseGeometry:
    """Return the line with fewer positions, none farther than the tolerance from it.

    Flat degrees scaled at the middle latitude choose the positions; those kept are
    untouched, so that lengths stay geodesic.
    """
    if tolerance_m <= 0 or line.is_empty:
        return line
    scale = math.cos(math.radians(line.centroid.y))

    def flat(points: NDArray[np.float64]) -> NDArray[np.float64]:
        return points * (scale, 1.0)

    def round_again(points: NDArray[np.float64]) -> NDArray[np.float64]:
        return points / (scale, 1.0)

    tolerance = tolerance_m / _METRES_PER_DEGREE
    # A line that crosses itself has no topology to keep, and every leg is to be found.
    simpler = shapely.simplify(shapely.transform(line, flat), tolerance, preserve_topology=False)
    return shapely.transform(simpler, round_again)
