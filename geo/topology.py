"""Join lines into one way: which end meets which, and how far along each thing stands.

Positions are lon, lat in degrees (WGS 84, EPSG:4326), distances metres on the ellipsoid.
Two ends are joined when they are no farther apart than the sum of what is not known about
the two lines; where no ends are, an end may meet the other line along its course;
otherwise there is a gap, as long as the ends are apart. A join adds nothing to the way's
length. This module knows no status, no country and no name.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

import networkx as nx
import shapely
from shapely.geometry import LineString, MultiLineString, MultiPoint

from geo.errors import GeometryError
from geo.measure import distance_m
from geo.track import Foot, LonLat, Track

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from shapely.geometry.base import BaseGeometry

__all__ = ["Gap", "Join", "Leg", "Piece", "Spot", "Stop", "Way", "join_pieces"]


@dataclass(frozen=True)
class Piece:
    """Something a way is made of: a line, or only the ends of one."""

    id: str
    shape: BaseGeometry
    """A line; or points in order, of a thing whose course between them is not known."""
    uncertainty_m: float


@dataclass(frozen=True)
class Stop:
    """Where a way starts or ends."""

    id: str
    at: LonLat
    uncertainty_m: float


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
            raise GeometryError("the way is empty", remedy="Give it a line.")
        foot, leg = min(feet, key=lambda pair: pair[0].offset_m)
        return Spot(leg.id, leg.from_m + foot.at_m, foot.offset_m, leg.uncertainty_m)


@dataclass(frozen=True)
class _Part:
    """A piece as one track, with the distances along it at which a way may turn off."""

    id: str
    track: Track
    uncertainty_m: float
    drawn: bool

    @property
    def ends(self) -> tuple[float, float]:
        return 0.0, self.track.length_m


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
    parts = [part for piece in pieces for part in _parts(piece)]
    if not parts:
        return Way((), (), ())
    graph = _graph(parts, start, end)
    nodes = nx.shortest_path(graph, _START, _END, weight="apart_m")
    stations = [(int(i), float(at_m)) for i, at_m, _ in nodes[1:-1]]
    taken = [(stations[2 * i][1], stations[2 * i + 1][1]) for i in range(len(parts))]
    return _laid(parts, taken, start, end)


_Node = tuple[int, float, str]
_START: _Node = (-1, 0.0, "start")
_END: _Node = (-2, 0.0, "end")


def _parts(piece: Piece) -> Iterator[_Part]:
    shape = piece.shape
    if isinstance(shape, MultiLineString):
        shape = shapely.line_merge(shape)
    lines = shapely.get_parts(shape) if isinstance(shape, MultiLineString) else [shape]
    if isinstance(shape, MultiPoint) and len(shape.geoms) > 1:
        track = Track.of([(point.x, point.y) for point in shape.geoms])
        yield _Part(piece.id, track, piece.uncertainty_m, drawn=False)
        return
    for line in lines:
        if not isinstance(line, LineString) or line.is_empty:
            raise GeometryError(
                "a way cannot lead along this shape",
                feature=piece.id,
                remedy="Draw it as a line, or give the points of its two ends.",
            )
        yield _Part(piece.id, Track.of(line.coords), piece.uncertainty_m, drawn=True)


def _graph(parts: Sequence[_Part], start: Stop | None, end: Stop | None) -> nx.DiGraph:
    """Return every way through the parts; edges that leave a part cost how far apart it is."""
    graph = nx.DiGraph()
    turns: list[set[float]] = [set(part.ends) for part in parts]
    links: list[tuple[_Node, _Node, float]] = []
    for i, (one, other) in enumerate(pairwise(parts)):
        for a, b, apart_m in _meetings(one, other):
            turns[i].add(a)
            turns[i + 1].add(b)
            links.append(((i, a, "out"), (i + 1, b, "in"), apart_m))
    last = len(parts) - 1
    for at_m, apart_m in _stations(parts[0], start):
        turns[0].add(at_m)
        links.append((_START, (0, at_m, "in"), apart_m))
    for at_m, apart_m in _stations(parts[last], end):
        turns[last].add(at_m)
        links.append(((last, at_m, "out"), _END, apart_m))
    for tail, head, apart_m in links:
        graph.add_edge(tail, head, apart_m=apart_m)
    for i, places in enumerate(turns):
        for a in sorted(places):
            for b in sorted(places - {a}):
                graph.add_edge((i, a, "in"), (i, b, "out"), apart_m=0.0)
    return graph


def _meetings(one: _Part, other: _Part) -> Iterator[tuple[float, float, float]]:
    """Yield where two parts may meet (distance along each) and how far apart they are there."""
    found = [
        (a, b, distance_m(one.track.position(a), other.track.position(b)))
        for a in one.ends
        for b in other.ends
    ]
    yield from found
    tolerance_m = one.uncertainty_m + other.uncertainty_m
    if min(apart_m for _, _, apart_m in found) <= tolerance_m:
        return
    for a in one.ends:
        foot = other.track.foot(one.track.position(a))
        if foot.offset_m <= tolerance_m:
            yield a, foot.at_m, foot.offset_m
    for b in other.ends:
        foot = one.track.foot(other.track.position(b))
        if foot.offset_m <= tolerance_m:
            yield foot.at_m, b, foot.offset_m


def _stations(part: _Part, stop: Stop | None) -> list[tuple[float, float]]:
    """Return where a way may start or end on a part, and how far the stop is from there."""
    if stop is None:
        return [(at_m, 0.0) for at_m in part.ends]
    tolerance_m = part.uncertainty_m + stop.uncertainty_m
    found = [(a, distance_m(part.track.position(a), stop.at)) for a in part.ends]
    foot: Foot = part.track.foot(stop.at)
    if min(apart_m for _, apart_m in found) > tolerance_m >= foot.offset_m:
        found.append((foot.at_m, foot.offset_m))
    return found


def _laid(
    parts: Sequence[_Part],
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
