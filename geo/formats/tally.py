"""Count what is read of a file: points against what is allowed, and heights that are dropped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import shapely

from corridormap.geo.errors import Finding, ReadError

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

__all__ = ["Tally"]


@dataclass
class Tally:
    """What was read so far of one file."""

    points_left: int
    """How many points may still come."""
    heights: int = 0
    """Positions whose heights and measures are dropped: the map has no place for them."""
    times: int = 0
    """Positions whose times are dropped."""

    def take(self, points: int) -> None:
        """Count points.

        Raises
        ------
        ReadError
            There are more than may be.
        """
        self.points_left -= points
        if self.points_left < 0:
            raise ReadError("more-points-than-can-be-read")

    def flat(self, shape: BaseGeometry) -> BaseGeometry:
        """Return a shape without heights and measures, which are counted."""
        if not (shapely.has_z(shape) or shapely.has_m(shape)):
            return shape
        self.heights += int(shapely.get_num_coordinates(shape))
        return shapely.force_2d(shape)

    def findings(self, file: str) -> list[Finding]:
        """Return what was dropped, each kind once."""
        found = []
        if self.heights:
            found.append(Finding("heights-are-left-out", file, n=self.heights))
        if self.times:
            found.append(Finding("times-are-left-out", file, n=self.times))
        return found
