"""Lay polygons flat that were stitched together over the 180th meridian or round a pole.

world-atlas joins what a flat map must cut: a ring may step from 180 degrees to -180, go once
round a pole, or name a point of the meridian with the wrong sign. Every such ring has points
on the meridian. It is taken apart there into chains, which are joined again along the
meridian, on each side from the south to the north, two and two.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

__all__ = ["Flattener", "Point"]

Point = tuple[int, int]
Ring = list[int]


@dataclass
class Flattener:
    """Collects arcs, in steps of a degree, as the polygons that use them are laid flat."""

    half: int
    """180 degrees, in steps."""
    arcs: list[list[Point]] = field(default_factory=list)
    cuts: set[int] = field(default_factory=set)
    """Numbers of the arcs that only close a ring: no coast."""
    _parts: dict[int, Ring] = field(default_factory=dict)

    def add(self, arc: list[Point]) -> None:
        """Take one more arc of the source, in the source's order."""
        number = len(self._parts)
        on_meridian = [n for n, (x, _) in enumerate(arc) if abs(x) == self.half]
        bounds = sorted({0, *on_meridian, len(arc) - 1})
        self._parts[number] = []
        for start, end in pairwise(bounds):
            part = arc[start : end + 1]
            if all(abs(x) == self.half for x, _ in part):
                continue  # runs along the meridian: joined anew for each polygon
            part[0] = self._beside(part[0], part[1])
            part[-1] = self._beside(part[-1], part[-2])
            self._parts[number].append(self._keep(part))

    def flatten(self, rings: list[Ring]) -> list[list[Ring]]:
        """Return the polygons that one polygon of the source is on a flat map.

        Parameters
        ----------
        rings
            The outside and the holes, as numbers of the source's arcs.
        """
        whole: list[Ring] = []
        chains: list[Ring] = []
        for ring in rings:
            found = self._chains([n for number in ring for n in self._parts_of(number)])
            if len(found) == 1 and self._end(found[0]) == self._start(found[0]):
                whole.append(found[0])
            else:
                chains += found
        joined = self._join(chains)
        if not joined:
            return [whole] if whole and self._has_area(whole[0]) else []
        polygons = [[ring] for ring in joined]
        for hole in whole:
            self._widest(polygons, east=self._start(hole)[0] > 0).append(hole)
        return polygons

    def _keep(self, arc: list[Point], *, cut: bool = False) -> int:
        self.arcs.append(arc)
        number = len(self.arcs) - 1
        if cut or all(abs(y) * 2 > self.half * 0.999 for _, y in arc):
            self.cuts.add(number)
        return number

    def _beside(self, point: Point, neighbour: Point) -> Point:
        if abs(point[0]) != self.half:
            return point
        return (self.half if neighbour[0] > 0 else -self.half, point[1])

    def _parts_of(self, number: int) -> Ring:
        if number >= 0:
            return self._parts[number]
        return [~part for part in reversed(self._parts[~number])]

    def _start(self, ring: Ring) -> Point:
        return self.arcs[ring[0]][0] if ring[0] >= 0 else self.arcs[~ring[0]][-1]

    def _end(self, ring: Ring) -> Point:
        return self.arcs[ring[-1]][-1] if ring[-1] >= 0 else self.arcs[~ring[-1]][0]

    def _chains(self, parts: Ring) -> list[Ring]:
        """Break a ring wherever one part does not start where the last one ended."""
        chains: list[Ring] = []
        for part in parts:
            if chains and self._end(chains[-1]) == self._start([part]):
                chains[-1].append(part)
            else:
                chains.append([part])
        if len(chains) > 1 and self._end(chains[-1]) == self._start(chains[0]):
            chains[0] = chains.pop() + chains[0]
        return chains

    def _join(self, chains: list[Ring]) -> list[Ring]:
        """Join chains along the meridian; an odd number of ends means round the pole."""
        ends = {
            (n, last): point
            for n, chain in enumerate(chains)
            for last, point in ((False, self._start(chain)), (True, self._end(chain)))
        }
        sides = [
            sorted((e for e in ends if ends[e][0] * sign > 0), key=lambda e: ends[e][1])
            for sign in (1, -1)
        ]
        if len(sides[0]) % 2:
            pole = -self.half // 2 if ends[sides[0][0]][1] < 0 else self.half // 2
            arc = [(self.half, pole), (-self.half, pole)]
            return self._join([*chains, [self._keep(arc, cut=True)]])
        partner = {}
        for side in sides:
            for low, high in zip(side[::2], side[1::2], strict=True):
                partner[low], partner[high] = high, low
        joined: list[Ring] = []
        left = dict(enumerate(chains))
        while left:
            number, chain = left.popitem()
            ring = list(chain)
            at = partner[number, True]
            while at != (number, False):
                ring += self._edge(self._end(ring), ends[at])
                following = left.pop(at[0])
                ring += [~n for n in reversed(following)] if at[1] else following
                at = partner[at[0], not at[1]]
            joined.append(ring + self._edge(self._end(ring), self._start(ring)))
        return joined

    def _edge(self, start: Point, end: Point) -> Ring:
        return [self._keep([start, end], cut=True)] if start != end else []

    def _has_area(self, ring: Ring) -> bool:
        points = {point for n in ring for point in self.arcs[n if n >= 0 else ~n]}
        return len(points) > 2

    def _widest(self, polygons: list[list[Ring]], *, east: bool) -> list[Ring]:
        """Return the polygon with the most points on one side of Greenwich."""

        def points(polygon: list[Ring]) -> int:
            arcs = [self.arcs[n if n >= 0 else ~n] for n in polygon[0]]
            return sum((x > 0) == east for arc in arcs for x, _ in arc)

        return max(polygons, key=points)
