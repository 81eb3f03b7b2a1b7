"""Read an extent of the world's outline (Natural Earth) from the base data.

The files and their form are made by base/world.py. Only the arcs of polygons that touch the
extent are looked at. This module cuts nothing: what it returns may reach out of the extent.
"""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from corridormap.geo.assets import asset_path
from corridormap.geo.errors import AssetError
from corridormap.geo.outline.topojson import Topology

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

    from corridormap.geo.outline.topojson import Line, Polygon

    Bbox = tuple[float, float, float, float]

__all__ = ["Scale", "read_atlas"]

Scale = Literal["10m", "50m", "110m"]
"""Natural Earth's scales: 1:10, 1:50 and 1:110 million."""

_WORLD = (-180.0, -90.0, 180.0, 90.0)


def read_atlas(scale: Scale, extent: Bbox | None = None) -> Topology:
    """Return the polygons that touch an extent, whole, with their borders and coast.

    Parameters
    ----------
    scale
        Which of the world's outlines.
    extent
        West, south, east, north in degrees (WGS 84); None for the world.

    Raises
    ------
    AssetError
        If the base data is missing or broken.
    """
    return _open(scale).topology(extent or _WORLD)


@dataclass(frozen=True)
class _Atlas:
    """A file of base/world.py, its points not yet looked at."""

    points: NDArray[np.int32]
    starts: NDArray[np.int64]
    boxes: NDArray[np.float64]
    edges: frozenset[int]
    step_deg: float
    countries: tuple[tuple[str, tuple[tuple[Polygon, Bbox], ...]], ...]

    def topology(self, extent: Bbox) -> Topology:
        """Return the polygons that touch an extent, and their arcs only."""
        touching = {
            iso: tuple(polygon for polygon, box in polygons if _touch(box, extent))
            for iso, polygons in self.countries
        }
        used = {
            (n if n >= 0 else ~n)
            for polygons in touching.values()
            for polygon in polygons
            for ring in polygon
            for n in ring
        }
        order = {old: new for new, old in enumerate(sorted(used))}
        countries = {
            iso: tuple(tuple(_renumber(ring, order) for ring in p) for p in polygons)
            for iso, polygons in touching.items()
            if polygons
        }
        borders, coast = _borders_and_coast(countries, {order[n] for n in self.edges & used})
        arcs = tuple(self._arc(number) for number in order)
        return Topology(arcs, countries, borders, coast, _WORLD)

    def _arc(self, number: int) -> NDArray[np.float64]:
        arc = self.points[self.starts[number] : self.starts[number + 1]]
        return arc.astype(np.float64) * self.step_deg


@cache
def _open(scale: Scale) -> _Atlas:
    path = asset_path(f"world/{scale}.bin")
    body = path.read_bytes()
    try:
        (length,) = struct.unpack_from("<q", body)
        header = json.loads(body[8 : 8 + length])  # noqa: TID251  the program's own file
        points = np.frombuffer(body, dtype="<i4", offset=8 + length).reshape(-1, 2)
        return _atlas(header, points)
    except (ValueError, KeyError, struct.error) as error:
        raise AssetError("world-outline-is-broken", file=str(path), error=error) from error


def _atlas(header: Mapping[str, Any], points: NDArray[np.int32]) -> _Atlas:
    step_deg = float(header["step"])
    boxes = np.asarray(header["boxes"], dtype=np.float64) * step_deg
    countries = tuple(
        (
            str(country["iso"]),
            tuple((_as_polygon(rings), _box(rings[0], boxes)) for rings in country["polygons"]),
        )
        for country in header["countries"]
    )
    starts = np.asarray(header["starts"], dtype=np.int64)
    return _Atlas(points, starts, boxes, frozenset(header["edges"]), step_deg, countries)


def _as_polygon(rings: Iterable[Iterable[int]]) -> Polygon:
    return tuple(tuple(ring) for ring in rings)


def _box(ring: Iterable[int], boxes: NDArray[np.float64]) -> Bbox:
    found = boxes[[n if n >= 0 else ~n for n in ring]]
    west, south = found[:, :2].min(axis=0).tolist()
    east, north = found[:, 2:].max(axis=0).tolist()
    return (west, south, east, north)


def _touch(one: Bbox, other: Bbox) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def _renumber(ring: Line, order: Mapping[int, int]) -> Line:
    return tuple(order[n] if n >= 0 else ~order[~n] for n in ring)


def _borders_and_coast(
    countries: Mapping[str, tuple[Polygon, ...]], edges: set[int]
) -> tuple[dict[tuple[str, str], tuple[Line, ...]], tuple[Line, ...]]:
    """Tell arcs between two countries from arcs of one; what neither is, is inside one."""
    users: dict[int, list[str]] = {}
    for iso, polygons in countries.items():
        for number in (n for polygon in polygons for ring in polygon for n in ring):
            users.setdefault(number if number >= 0 else ~number, []).append(iso)
    borders: dict[tuple[str, str], list[Line]] = {}
    coast: list[Line] = []
    for number in sorted(users.keys() - edges):
        owners = sorted(set(users[number]))
        if len(owners) > 1:
            borders.setdefault((owners[0], owners[1]), []).append((number,))
        elif len(users[number]) == 1:
            coast.append((number,))
    return {pair: tuple(lines) for pair, lines in sorted(borders.items())}, tuple(coast)
