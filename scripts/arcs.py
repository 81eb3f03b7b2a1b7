"""Cut polygons that share their sides into arcs, for writing TopoJSON.

Works on whole-number grid coordinates only. It must not read files, know countries by
name or decide what a border is: it reports which owners lie along each arc.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from shapely.geometry.polygon import orient

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from shapely.geometry import Polygon

__all__ = ["Arc", "ArcTable", "GridPoint", "join_arcs"]

GridPoint = tuple[int, int]
Segment = tuple[GridPoint, GridPoint]


@dataclass(frozen=True)
class Arc:
    """A run of grid points with the same owners along all of it."""

    points: tuple[GridPoint, ...]
    owners: tuple[str, ...]
    on_edge: bool
    """True where the run is only the edge of the clip window."""


class ArcTable:
    """The arcs of a set of polygons, and the polygons as lists of arc numbers.

    Parameters
    ----------
    parts
        Valid polygons per owner, in whole grid units; touching polygons share vertices.
    on_edge
        Tells whether a segment lies on the edge of the clip window.
    """

    def __init__(
        self,
        parts: Mapping[str, Sequence[Polygon]],
        on_edge: Callable[[GridPoint, GridPoint], bool],
    ) -> None:
        self._on_edge = on_edge
        self._owners = _segment_owners(parts)
        self._nodes = self._find_nodes()
        self._numbers: dict[tuple[GridPoint, ...], int] = {}
        self.arcs: list[Arc] = []
        self.shapes = {
            owner: [[self._ring(points) for points in _rings(polygon)] for polygon in parts[owner]]
            for owner in sorted(parts)
        }

    def _label(self, segment: Segment) -> tuple[tuple[str, ...], bool]:
        return tuple(sorted(self._owners[segment])), self._on_edge(*segment)

    def _find_nodes(self) -> frozenset[GridPoint]:
        at: dict[GridPoint, list[Segment]] = defaultdict(list)
        for segment in self._owners:
            for point in segment:
                at[point].append(segment)
        return frozenset(
            point
            for point, segments in at.items()
            if len(segments) != 2 or self._label(segments[0]) != self._label(segments[1])
        )

    def _ring(self, points: list[GridPoint]) -> list[int]:
        starts = [i for i, point in enumerate(points) if point in self._nodes]
        # A ring that meets no node starts at its smallest point, whoever walks it.
        first = starts[0] if starts else points.index(min(points))
        walk = [*points[first:], *points[: first + 1]]
        cuts = [i for i, point in enumerate(walk) if point in self._nodes] or [
            0,
            len(walk) - 1,
        ]
        return [self._number(tuple(walk[a : b + 1])) for a, b in itertools.pairwise(cuts)]

    def _number(self, run: tuple[GridPoint, ...]) -> int:
        if run in self._numbers:
            return self._numbers[run]
        if run[::-1] in self._numbers:
            return ~self._numbers[run[::-1]]
        owners, on_edge = self._label(_segment(run[0], run[1]))
        self._numbers[run] = len(self.arcs)
        self.arcs.append(Arc(points=run, owners=owners, on_edge=on_edge))
        return self._numbers[run]


def join_arcs(arcs: Sequence[Arc], numbers: Sequence[int]) -> list[list[int]]:
    """Chain arcs end to end, so that a dashed line does not restart at every node.

    Returns
    -------
    list of list of int
        Arc numbers per line, in TopoJSON's spelling (``~n`` for arc n reversed).
    """
    left = sorted(numbers)
    lines: list[list[int]] = []
    while left:
        line = [left.pop(0)]
        for forward in (True, False):
            while (more := _next_arc(arcs, line, left, forward=forward)) is not None:
                left.remove(more if more >= 0 else ~more)
                line = [*line, more] if forward else [more, *line]
        lines.append(line)
    return lines


def _next_arc(
    arcs: Sequence[Arc], line: list[int], left: list[int], *, forward: bool
) -> int | None:
    end = _ends(arcs, line[-1])[1] if forward else _ends(arcs, line[0])[0]
    for number in left:
        for spelling in (number, ~number):
            if _ends(arcs, spelling)[0 if forward else 1] == end:
                return spelling
    return None


def _ends(arcs: Sequence[Arc], number: int) -> tuple[GridPoint, GridPoint]:
    points = arcs[number if number >= 0 else ~number].points
    return (points[0], points[-1]) if number >= 0 else (points[-1], points[0])


def _segment(a: GridPoint, b: GridPoint) -> Segment:
    return (a, b) if a < b else (b, a)


def _rings(polygon: Polygon) -> Iterator[list[GridPoint]]:
    turned = orient(polygon, 1.0)
    for ring in (turned.exterior, *turned.interiors):
        yield [(round(x), round(y)) for x, y in ring.coords[:-1]]


def _segment_owners(parts: Mapping[str, Sequence[Polygon]]) -> dict[Segment, set[str]]:
    owners: dict[Segment, set[str]] = defaultdict(set)
    for owner, polygons in parts.items():
        for polygon in polygons:
            for points in _rings(polygon):
                for a, b in zip(points, [*points[1:], points[0]], strict=True):
                    owners[_segment(a, b)].add(owner)
    return owners
