"""Choose how lines meet to make one way: which end of each comes first, where it is left.

Ends meet ends where they may be the same place, given what is not known about the two
lines; else an end may meet the other line along its course; else the nearest ends face
each other over a gap. Of all ways through the lines in their order the one with the
smallest sum of distances is taken, of equal ones the longest. Positions are lon, lat in
degrees (WGS 84, EPSG:4326), distances metres on the ellipsoid. This module lays nothing
out.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import networkx as nx
import shapely
from shapely.geometry import LineString, MultiLineString, MultiPoint

from corridormap.geo.errors import GeometryError
from corridormap.geo.lines.track import Track
from corridormap.geo.measure import distance_m

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from shapely.geometry.base import BaseGeometry

    from corridormap.geo.lines.track import LonLat

__all__ = ["Part", "Piece", "Stop", "nearest_course", "parts_of"]

_LEFT_OUT = 1e-6
"""Price of a metre of a line that a way leaves out: it decides only between equals."""
_Node = tuple[int, float, str]
_START: _Node = (-1, 0.0, "start")
_END: _Node = (-2, 0.0, "end")


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
class Part:
    """A piece, or one line of it, as a track."""

    id: str
    track: Track
    uncertainty_m: float
    drawn: bool

    @property
    def ends(self) -> tuple[float, float]:
        """Where it starts and ends, as distance along itself."""
        return 0.0, self.track.length_m


def nearest_course(
    parts: Sequence[Part], start: Stop | None, end: Stop | None
) -> list[tuple[float, float]]:
    """Return where the way enters and leaves each part, as distances along that part.

    Parameters
    ----------
    parts
        At least one, in the order in which the way takes them.
    start, end
        Where the way starts and ends, if that is known.
    """
    graph = _graph(parts, start, end)
    nodes = nx.shortest_path(graph, _START, _END, weight="apart_m")
    turns = [float(at_m) for _, at_m, _ in nodes[1:-1]]
    return list(zip(turns[::2], turns[1::2], strict=True))


def parts_of(piece: Piece) -> Iterator[Part]:
    """Yield the tracks that a piece is made of, in the order in which it holds them.

    Raises
    ------
    GeometryError
        The piece is neither a line nor several points.
    """
    shape = piece.shape
    if isinstance(shape, MultiLineString):
        shape = shapely.line_merge(shape)
    lines = shapely.get_parts(shape) if isinstance(shape, MultiLineString) else [shape]
    if isinstance(shape, MultiPoint) and len(shape.geoms) > 1:
        track = Track.of([(point.x, point.y) for point in shape.geoms])
        yield Part(piece.id, track, piece.uncertainty_m, drawn=False)
        return
    for line in lines:
        if not isinstance(line, LineString) or line.is_empty:
            raise GeometryError("way-cannot-lead-along-shape", feature=piece.id)
        yield Part(piece.id, Track.of(line.coords), piece.uncertainty_m, drawn=True)


def _graph(parts: Sequence[Part], start: Stop | None, end: Stop | None) -> nx.DiGraph:
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
                left_out_m = parts[i].track.length_m - abs(a - b)
                graph.add_edge((i, a, "in"), (i, b, "out"), apart_m=_LEFT_OUT * left_out_m)
    return graph


def _meetings(one: Part, other: Part) -> Iterator[tuple[float, float, float]]:
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


def _stations(part: Part, stop: Stop | None) -> list[tuple[float, float]]:
    """Return where a way may start or end on a part, and how far the stop is from there."""
    if stop is None:
        return [(at_m, 0.0) for at_m in part.ends]
    tolerance_m = part.uncertainty_m + stop.uncertainty_m
    found = [(a, distance_m(part.track.position(a), stop.at)) for a in part.ends]
    foot = part.track.foot(stop.at)
    if min(apart_m for _, apart_m in found) > tolerance_m >= foot.offset_m:
        found.append((foot.at_m, foot.offset_m))
    return found
