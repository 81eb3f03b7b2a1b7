"""Join lines into one way: which end meets which, and how far along each thing stands.

Positions are lon, lat in degrees (WGS 84, EPSG:4326), distances metres on the ellipsoid.
Two ends are joined when they are no farther apart than the sum of what is not known about
the two lines; where no ends are, an end may meet the other line along its course;
otherwise there is a gap, as long as the ends are apart. A join adds nothing to the way's
length. This module knows no status, no country and no name.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from corridormap.geo.errors import GeometryError
from corridormap.geo.lines.joining import nearest_course, parts_of
from corridormap.geo.lines.track import Foot
from corridormap.geo.measure import distance_m

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corridormap.geo.lines.joining import Part, Piece, Stop
    from corridormap.geo.lines.track import LonLat, Track

__all__ = ["Gap", "Join", "Leg", "Spot", "Way", "join_pieces"]


@dataclass(frozen=True)
class Leg:
    """A piece as the way uses it: turned its way, cut where the way leaves it."""

    id: str
    track: Track
    from_m: float
    """Where it starts, as distance along the way."""
    uncertainty_m: float
    drawn: bool
    """False: its course is not known; the track is a straight line between its ends."""
    whole: bool
    """False: the way uses a part of it only."""

    @property
    def to_m(self) -> float:
        """Where it ends, as distance along the way."""
        return self.from_m + self.track.length_m

    def feet(self, at: LonLat) -> tuple[Foot, ...]:
        """Return the points of it that may be nearest to a position."""
        if self.drawn:
            return (self.track.foot(at),)
        ends = (0.0, self.track.length_m)
        return tuple(Foot(end, distance_m(at, self.track.position(end))) for end in ends)


@dataclass(frozen=True)
class Join:
    """Two things that are taken to meet, though drawn a little apart."""

    before: str
    after: str
    at_m: float
    offset_m: float
    tolerance_m: float


@dataclass(frozen=True)
class Gap:
    """A hole in the way; as long as its sides are apart in a straight line."""

    before: str
    after: str
    from_m: float
    to_m: float


@dataclass(frozen=True)
class Spot:
    """Where a position comes to lie on a way."""

    leg: str
    at_m: float
    """Distance along the way."""
    offset_m: float
    """How far the position is from the way."""
    reach_m: float
    """How well the leg's place is known."""


@dataclass(frozen=True)
class Way:
    """Lines made one, from its start to its end."""

    legs: tuple[Leg, ...]
    joins: tuple[Join, ...]
    gaps: tuple[Gap, ...]

    @property
    def length_m(self) -> float:
        """Length of all legs and gaps."""
        ends = [leg.to_m for leg in self.legs] + [gap.to_m for gap in self.gaps]
        return max(ends, default=0.0)

    def spot(self, at: LonLat) -> Spot:
        """Return where the way comes nearest to a position; of equally near ones the first.

        A leg whose course is not known has only its ends.

        Raises
        ------
        GeometryError
            The way has no leg.
        """
        feet = [(foot, leg) for leg in self.legs for foot in leg.feet(at)]
        if not feet:
            raise GeometryError("way-is-empty")
        foot, leg = min(feet, key=lambda pair: pair[0].offset_m)
        return Spot(leg.id, leg.from_m + foot.at_m, foot.offset_m, leg.uncertainty_m)


def join_pieces(
    pieces: Sequence[Piece], *, start: Stop | None = None, end: Stop | None = None
) -> Way:
    """Return the way through pieces in their order, each turned so that the gaps are least.

    Parameters
    ----------
    pieces
        Lines in the order in which the way takes them; each may be drawn in either
        direction. A line of several parts that do not meet is taken part by part.
    start, end
        Where the way starts and ends; without one, at the free end of the outer piece.
        A stop too far from the piece leaves a gap.

    Raises
    ------
    GeometryError
        A piece is neither a line nor several points.
    """
    parts = [part for piece in pieces for part in parts_of(piece)]
    if not parts:
        return Way((), (), ())
    return _laid(parts, nearest_course(parts, start, end), start, end)


def _laid(
    parts: Sequence[Part],
    taken: Sequence[tuple[float, float]],
    start: Stop | None,
    end: Stop | None,
) -> Way:
    """Return the way with everything at its distance from the start."""
    legs: list[Leg] = []
    joins: list[Join] = []
    gaps: list[Gap] = []
    at_m = 0.0
    before = None if start is None else (start.id, start.at, start.uncertainty_m)

    def meet(after: tuple[str, LonLat, float]) -> float:
        if before is None:
            return 0.0
        apart_m = distance_m(before[1], after[1])
        tolerance_m = before[2] + after[2]
        if apart_m <= tolerance_m:
            joins.append(Join(before[0], after[0], at_m, apart_m, tolerance_m))
            return 0.0
        gaps.append(Gap(before[0], after[0], at_m, at_m + apart_m))
        return apart_m

    for part, (enter_m, leave_m) in zip(parts, taken, strict=True):
        track = part.track.cut(enter_m, leave_m)
        at_m += meet((part.id, track.points[0], part.uncertainty_m))
        whole = {enter_m, leave_m} == set(part.ends)
        legs.append(Leg(part.id, track, at_m, part.uncertainty_m, part.drawn, whole))
        at_m += track.length_m
        before = (part.id, track.points[-1], part.uncertainty_m)
    if end is not None:
        meet((end.id, end.at, end.uncertainty_m))
    return Way(_marked(legs), tuple(joins), tuple(gaps))


def _marked(legs: list[Leg]) -> tuple[Leg, ...]:
    """Return the legs; of a piece in several parts none is the whole."""
    ids = [leg.id for leg in legs]
    return tuple(replace(leg, whole=leg.whole and ids.count(leg.id) == 1) for leg in legs)
