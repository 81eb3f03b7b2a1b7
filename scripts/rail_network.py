"""Read the world's railways of PyPI's scgraph_data as data: nodes, edges, the length of each.

The package (2.0.0, April 2024; code MIT, data OpenStreetMap, ODbL 1.0) holds only nodes where
tracks meet, rounded to 0.001 degrees, and joins them by straight edges. Each edge also tells how
long the track itself is, and that bounds how far the track can be from the edge: it lies in the
ellipse whose foci are the ends and whose paths by way of the rim are as long as the track, so
never farther from the straight edge than `aside_m`. The file is read as a literal; none of the
package's code runs.
"""

from __future__ import annotations

import ast
import heapq
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corridormap.geo.measure import distance_m

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Edge", "Network", "aside_m", "read_network"]

LonLat = tuple[float, float]
_NEAR_DEG = 1.0


def aside_m(chord_m: float, length_m: float) -> float:
    """Return how far a track of a length can be from the straight line between its ends."""
    return math.sqrt(max(0.0, length_m**2 - chord_m**2)) / 2


@dataclass(frozen=True)
class Edge:
    """A straight edge, and the length of the track that it stands for."""

    start: LonLat
    end: LonLat
    track_m: float

    @property
    def chord_m(self) -> float:
        """The straight length."""
        return distance_m(self.start, self.end)

    @property
    def aside_m(self) -> float:
        """How far the track can be from it."""
        return aside_m(self.chord_m, self.track_m)


@dataclass(frozen=True)
class Network:
    """Nodes by number, and from each the edges to its neighbours."""

    nodes: dict[int, LonLat]
    edges: dict[int, dict[int, float]]
    """Length of the track in metres."""

    def nearest(self, at: LonLat) -> int:
        """Return the node nearest to a position.

        Raises
        ------
        ValueError
            There is none within a degree.
        """
        near = [
            (distance_m(at, spot), node)
            for node, spot in self.nodes.items()
            if abs(spot[0] - at[0]) < _NEAR_DEG and abs(spot[1] - at[1]) < _NEAR_DEG
        ]
        if not near:
            raise ValueError(f"no railway near {at}")
        return min(near)[1]

    def way(self, start: LonLat, end: LonLat) -> list[Edge]:
        """Return the shortest way along the tracks between the nodes nearest to two positions.

        Raises
        ------
        ValueError
            The tracks do not meet.
        """
        first, last = self.nearest(start), self.nearest(end)
        reached, before, queue = {first: 0.0}, {first: first}, [(0.0, first)]
        while queue:
            so_far, node = heapq.heappop(queue)
            if node == last:
                return self._edges(before, last)
            for other, length in self.edges[node].items():
                if so_far + length < reached.get(other, math.inf):
                    reached[other], before[other] = so_far + length, node
                    heapq.heappush(queue, (so_far + length, other))
        raise ValueError(f"no railway from {start} to {end}")

    def _edges(self, before: dict[int, int], node: int) -> list[Edge]:
        found = []
        while before[node] != node:
            start, end = self.nodes[before[node]], self.nodes[node]
            track = max(self.edges[before[node]][node], distance_m(start, end))
            found.append(Edge(start, end, track))
            node = before[node]
        return found[::-1]


def read_network(file: Path, extent: tuple[float, float, float, float]) -> Network:
    """Read the part of a network that lies in an extent (west, south, east, north).

    Parameters
    ----------
    file
        `world_railways.py` of the installed package.
    """
    found = {
        part.targets[0].id: part.value
        for part in ast.parse(file.read_text(encoding="utf-8")).body
        if isinstance(part, ast.Assign) and isinstance(part.targets[0], ast.Name)
    }
    west, south, east, north = extent
    nodes = {
        number: (lon, lat)
        for number, (lat, lon) in enumerate(ast.literal_eval(found["nodes"]))
        if west < lon < east and south < lat < north
    }
    graph = ast.literal_eval(found["graph"])
    edges = {
        node: {other: km * 1000 for other, km in graph[node].items() if other in nodes}
        for node in nodes
    }
    return Network(nodes, edges)
