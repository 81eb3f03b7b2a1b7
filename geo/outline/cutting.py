"""Cut an outline to a window and simplify it, arc by arc, so that neighbours stay joined.

Cutting uses that moving every point outside a window to the nearest point of its rim leaves
a ring's fill inside as it was. So arcs are split where they meet the rim, what lies outside
is laid along it, and no ring has to be put together anew. The parts along the rim close
polygons but are neither border nor coast.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely.geometry import LineString

from corridormap.geo.outline.topojson import Topology

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from corridormap.geo.outline.topojson import Line, Polygon

    Bbox = tuple[float, float, float, float]
    Coordinates = NDArray[np.float64]

__all__ = ["cut", "simplify"]

_MIN_RING_POINTS = 4


@dataclass(frozen=True)
class _Piece:
    arc: Coordinates
    rim: bool
    """True if the piece runs along the window's rim."""


def cut(topology: Topology, window: Bbox) -> Topology:
    """Return what lies in a window.

    Parameters
    ----------
    topology
        The outline.
    window
        West, south, east, north in degrees (WGS 84).
    """
    pieces: list[_Piece] = []
    numbers: list[list[int]] = []
    for arc in topology.arcs:
        parts = _split(arc, window)
        numbers.append(list(range(len(pieces), len(pieces) + len(parts))))
        pieces.extend(parts)
    whole = Topology(tuple(p.arc for p in pieces), {}, {}, (), window)
    countries = {}
    for iso, polygons in topology.countries.items():
        cut_polygons = [_cut_polygon(polygon, numbers, pieces, whole) for polygon in polygons]
        if any(cut_polygons):
            countries[iso] = tuple(polygon for polygon in cut_polygons if polygon)
    borders = {
        pair: found
        for pair, lines in topology.borders.items()
        if (found := _inside(lines, numbers, pieces))
    }
    return _without_unused(
        replace(
            whole,
            countries=countries,
            borders=borders,
            coast=_inside(topology.coast, numbers, pieces),
        )
    )


def simplify(topology: Topology, *, tolerance_deg: float) -> Topology:
    """Return an outline with fewer points; polygons too small to keep an area go.

    Parameters
    ----------
    topology
        The outline.
    tolerance_deg
        How far a point may lie from the new line, in degrees.
    """
    lines = [LineString(arc) for arc in topology.arcs]
    plain = shapely.simplify(lines, tolerance_deg, preserve_topology=False)
    arcs = tuple(
        arc if shapely.is_empty(line) else shapely.get_coordinates(line)
        for arc, line in zip(topology.arcs, plain, strict=True)
    )
    simple = replace(topology, arcs=arcs)
    smallest = tolerance_deg**2
    countries = {}
    for iso, polygons in topology.countries.items():
        large = [_large(simple, polygon, smallest) for polygon in polygons]
        if any(large):
            countries[iso] = tuple(polygon for polygon in large if polygon)
    kept = {
        number if number >= 0 else ~number
        for polygons in countries.values()
        for polygon in polygons
        for ring in polygon
        for number in ring
    }
    borders = {
        pair: found for pair, lines in topology.borders.items() if (found := _among(lines, kept))
    }
    coast = _among(topology.coast, kept)
    return _without_unused(replace(simple, countries=countries, borders=borders, coast=coast))


def _large(topology: Topology, polygon: Polygon, smallest: float) -> Polygon:
    outside, *holes = polygon
    if abs(_area(topology, outside)) <= smallest:
        return ()
    return (outside, *(hole for hole in holes if abs(_area(topology, hole)) > smallest))


def _among(lines: Iterable[Line], kept: set[int]) -> tuple[Line, ...]:
    return tuple(line for line in lines if line[0] in kept or ~line[0] in kept)


def _split(arc: Coordinates, window: Bbox) -> list[_Piece]:
    """Split an arc at the rim; parts outside are laid along it."""
    west, south, east, north = window
    low, high = np.asarray([west, south]), np.asarray([east, north])
    if ((arc >= low) & (arc <= high)).all():
        return [_Piece(arc, rim=False)]
    for axis, value in ((0, west), (0, east), (1, south), (1, north)):
        arc = _with_crossings(arc, axis, value)
    laid = np.clip(arc, low, high)
    middles = (arc[1:] + arc[:-1]) / 2
    inside = np.all((middles > low) & (middles < high), axis=1)
    changes = np.flatnonzero(inside[1:] != inside[:-1]) + 1
    bounds = [0, *changes.tolist(), len(inside)]
    pieces = []
    for start, end in pairwise(bounds):
        part = laid[start : end + 1]
        rim = not inside[start]
        part = _tidy(part) if rim else part
        if len(part) > 1:
            pieces.append(_Piece(part, rim=rim))
    return pieces


def _with_crossings(arc: Coordinates, axis: int, value: float) -> Coordinates:
    """Add a point wherever an arc crosses a meridian or a parallel."""
    beyond = arc[:, axis] - value
    at = np.flatnonzero(beyond[:-1] * beyond[1:] < 0)
    if not len(at):
        return arc
    share = (beyond[at] / (beyond[at] - beyond[at + 1]))[:, None]
    points = arc[at] + share * (arc[at + 1] - arc[at])
    points[:, axis] = value
    return np.insert(arc, at + 1, points, axis=0)


def _tidy(rim: Coordinates) -> Coordinates:
    """Leave only the ends and the corners of a part that runs along the rim."""
    steps = np.diff(rim, axis=0)
    rim = rim[np.concatenate(([True], (steps != 0).any(axis=1)))]
    if len(rim) < 3:
        return rim
    steps = np.diff(rim, axis=0)
    straight = ((steps[1:] == 0) & (steps[:-1] == 0)).any(axis=1)
    return rim[np.concatenate(([True], ~straight, [True]))]


def _cut_polygon(
    polygon: Polygon, numbers: list[list[int]], pieces: list[_Piece], whole: Topology
) -> Polygon:
    rings = [ring for ring in (_renumber(ring, numbers) for ring in polygon) if ring]
    return tuple(ring for ring in rings if _fills(ring, pieces, whole))


def _renumber(ring: Line, numbers: list[list[int]]) -> Line:
    found: list[int] = []
    for number in ring:
        found += numbers[number] if number >= 0 else [~n for n in reversed(numbers[~number])]
    return tuple(found)


def _fills(ring: Line, pieces: list[_Piece], whole: Topology) -> bool:
    """Tell whether a ring fills something: it enters the window or goes all round it."""
    if any(not pieces[n if n >= 0 else ~n].rim for n in ring):
        return True
    west, south, east, north = whole.bbox
    return abs(_area(whole, ring)) > (east - west) * (north - south) / 2


def _area(topology: Topology, ring: Line) -> float:
    """Return a ring's signed area, in square degrees."""
    points = topology.coordinates(ring)
    if len(points) < _MIN_RING_POINTS:
        return 0.0
    x, y = (points - points[0]).T
    return float(x[:-1] @ y[1:] - x[1:] @ y[:-1]) / 2


def _inside(
    lines: Iterable[Line], numbers: list[list[int]], pieces: list[_Piece]
) -> tuple[Line, ...]:
    return tuple(
        (number,)
        for line in lines
        for number in _renumber(line, numbers)
        if not pieces[number if number >= 0 else ~number].rim
    )


def _without_unused(topology: Topology) -> Topology:
    """Drop arcs that nothing names, and number the rest anew."""
    used = {number if number >= 0 else ~number for line in _all_lines(topology) for number in line}
    order = {old: new for new, old in enumerate(sorted(used))}

    def renumber(line: Line) -> Line:
        return tuple(order[n] if n >= 0 else ~order[~n] for n in line)

    return replace(
        topology,
        arcs=tuple(topology.arcs[number] for number in order),
        countries={
            iso: tuple(tuple(renumber(ring) for ring in polygon) for polygon in polygons)
            for iso, polygons in topology.countries.items()
        },
        borders={
            pair: tuple(renumber(line) for line in lines)
            for pair, lines in topology.borders.items()
        },
        coast=tuple(renumber(line) for line in topology.coast),
    )


def _all_lines(topology: Topology) -> Iterator[Line]:
    for polygons in topology.countries.values():
        for polygon in polygons:
            yield from polygon
    for lines in topology.borders.values():
        yield from lines
    yield from topology.coast
