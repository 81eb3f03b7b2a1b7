"""Walk along a line: distances along it, positions at them, the nearest point of it.

Positions are lon, lat in degrees (WGS 84, EPSG:4326), distances metres on the ellipsoid.
Between two vertices a line is straight in degrees, as it is drawn: against the geodesic
that is off by less than 60 m in the middle of a leg of 60 km at 40 degrees north. A line
must not cross the antimeridian. This module joins nothing and knows no feature.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from shapely.geometry import LineString

from corridormap.geo.errors import GeometryError
from corridormap.geo.measure import distance_m

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["Foot", "LonLat", "Track"]

LonLat = tuple[float, float]
"""Longitude and latitude in degrees (WGS 84)."""


@dataclass(frozen=True)
class Foot:
    """The point of a line nearest to a position."""

    at_m: float
    """How far along the line it is."""
    offset_m: float
    """How far the position is from it."""


@dataclass(frozen=True)
class Track:
    """A line with the distance along it of every vertex."""

    points: tuple[LonLat, ...]
    marks_m: tuple[float, ...]
    """Distance along the line of each point; never falls."""

    @classmethod
    def of(cls, points: Iterable[Sequence[float]]) -> Track:
        """Return the track through positions in order.

        Raises
        ------
        GeometryError
            There are fewer than two positions.
        """
        places = tuple((float(point[0]), float(point[1])) for point in points)
        if len(places) < 2:
            raise GeometryError("not-a-line")
        legs = [distance_m(a, b) for a, b in pairwise(places)]
        return cls(places, (0.0, *accumulate(legs)))

    @property
    def length_m(self) -> float:
        """Its whole length."""
        return self.marks_m[-1]

    @property
    def line(self) -> LineString:
        """The same as a shapely line in degrees."""
        return LineString(self.points)

    def position(self, at_m: float) -> LonLat:
        """Return the position at a distance along the line, held inside its ends."""
        at_m = min(max(at_m, 0.0), self.length_m)
        leg = min(bisect_right(self.marks_m, at_m), len(self.points) - 1)
        (x0, y0), (x1, y1) = self.points[leg - 1], self.points[leg]
        before, after = self.marks_m[leg - 1], self.marks_m[leg]
        share = (at_m - before) / (after - before) if after > before else 0.0
        return x0 + (x1 - x0) * share, y0 + (y1 - y0) * share

    def foot(self, at: LonLat) -> Foot:
        """Return the nearest point of the line; of equally near ones the first."""
        squeeze = math.cos(math.radians(at[1]))
        best = (math.inf, 0, 0.0)
        for index, (a, b) in enumerate(pairwise(self.points)):
            dx, dy = (b[0] - a[0]) * squeeze, b[1] - a[1]
            px, py = (at[0] - a[0]) * squeeze, at[1] - a[1]
            whole = dx * dx + dy * dy
            share = min(1.0, max(0.0, (px * dx + py * dy) / whole)) if whole else 0.0
            apart = math.hypot(px - share * dx, py - share * dy)
            best = min(best, (apart, index, share))
        _, index, share = best
        before, after = self.marks_m[index], self.marks_m[index + 1]
        at_m = before + share * (after - before)
        return Foot(at_m, distance_m(at, self.position(at_m)))

    def cut(self, from_m: float, to_m: float) -> Track:
        """Return the part between two distances, turned round if `to_m` is the smaller."""
        low, high = sorted((from_m, to_m))
        inner = [
            (mark, point)
            for mark, point in zip(self.marks_m, self.points, strict=True)
            if low < mark < high
        ]
        low, high = max(low, 0.0), min(high, self.length_m)
        points = (self.position(low), *(point for _, point in inner), self.position(high))
        # The marks are taken over, so that the parts of a line add up to the whole.
        marks = (0.0, *(mark - low for mark, _ in inner), high - low)
        if from_m <= to_m:
            return Track(points, marks)
        return Track(points[::-1], tuple(marks[-1] - mark for mark in reversed(marks)))
