"""Keep a route inside a country: follow a bank, step back from a border, measure what strays.

Positions are lon, lat (WGS 84); metres are measured on a plane fitted to the leg (azimuthal
equidistant round its middle) or, for lengths, along the ellipsoid. It must not read files or
know any country: the caller says which land and which border count.
"""

from __future__ import annotations

import heapq
from math import dist, inf
from typing import TYPE_CHECKING

import numpy as np
import shapely
from pyproj import Transformer
from shapely.geometry import LineString, Point, box
from shapely.ops import nearest_points

from corridormap.geo.errors import GeometryError
from corridormap.geo.measure import length_m

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

__all__ = ["follow_bank", "inland_point", "length_outside_m"]

Position = tuple[float, float]


def length_outside_m(line: BaseGeometry, land: BaseGeometry) -> float:
    """Return the geodesic length in metres of the part of `line` that is not on `land`.

    Parameters
    ----------
    line, land
        Degrees (WGS 84). A line along the edge of the land counts as on it.
    """
    return length_m(line.difference(land))


def inland_point(
    position: Position, *, land: BaseGeometry, border: BaseGeometry, offset_m: float
) -> Position:
    """Return the nearest position on `land` that is `offset_m` metres from `border`.

    A position that already is comes back unchanged.

    Parameters
    ----------
    position, land, border
        Degrees (WGS 84).
    offset_m
        Distance to keep from the border, metres.

    Raises
    ------
    GeometryError
        If no land within 50 km is that far from the border.
    """
    plane = _Plane(position, position)
    near = plane.clip(land, box(*Point(plane.to(position)).buffer(50_000.0).bounds))
    inner = near.difference(plane.project(border).buffer(offset_m))
    here = Point(plane.to(position))
    if inner.is_empty:
        raise GeometryError(
            "no-land-at-offset-from-border",
            offset_m=f"{offset_m:g}",
            lon=f"{position[0]:.4f}",
            lat=f"{position[1]:.4f}",
        )
    if inner.covers(here):
        return position
    return plane.back(nearest_points(inner, here)[0].coords[0])


def follow_bank(
    start: Position,
    end: Position,
    *,
    land: BaseGeometry,
    border: BaseGeometry,
    offset_m: float,
) -> LineString:
    """Return the shortest way from `start` to `end` that stays on `land`.

    The straight leg, where it stays on land. Otherwise the way keeps `offset_m` metres from
    the border, except next to a start or an end that lies closer to it.

    Parameters
    ----------
    start, end, land, border
        Degrees (WGS 84). Both ends lie on the land.
    offset_m
        Distance to keep from the border, metres.

    Raises
    ------
    GeometryError
        If an end is not on the land, or the land does not join the two.
    """
    for position in (start, end):
        _require_on_land(position, land)
    straight = LineString([start, end])
    if land.covers(straight):
        return straight
    plane = _Plane(start, end)
    ends = np.array([plane.to(start), plane.to(end)])
    free = _free_area(plane, ends, land=land, border=border, offset_m=offset_m)
    path = _shortest_path(free, ends)
    if path is None:
        raise GeometryError(
            "no-way-on-land",
            lon=f"{start[0]:.4f}",
            lat=f"{start[1]:.4f}",
            lon_end=f"{end[0]:.4f}",
            lat_end=f"{end[1]:.4f}",
        )
    middle = [plane.back((x, y)) for x, y in path[1:-1]]
    return LineString([start, *middle, end])


def _require_on_land(position: Position, land: BaseGeometry) -> None:
    if not land.covers(Point(position)):
        raise GeometryError(
            "position-is-not-on-land", lon=f"{position[0]:.5f}", lat=f"{position[1]:.5f}"
        )


class _Plane:
    """A plane in metres that fits the surroundings of a leg."""

    def __init__(self, start: Position, end: Position) -> None:
        lon, lat = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
        local = f"+proj=aeqd +lon_0={lon} +lat_0={lat} +ellps=WGS84 +units=m"
        self._to = Transformer.from_crs("EPSG:4326", local, always_xy=True)

    def to(self, position: tuple[float, float]) -> Position:
        x, y = self._to.transform(*position)
        return float(x), float(y)

    def back(self, position: tuple[float, ...]) -> Position:
        lon, lat = self._to.transform(position[0], position[1], direction="INVERSE")
        return float(lon), float(lat)

    def project(self, geometry: BaseGeometry) -> BaseGeometry:
        return shapely.transform(geometry, self._projected)

    def _projected(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack(self._to.transform(points[:, 0], points[:, 1]))

    def clip(self, geometry: BaseGeometry, window: BaseGeometry) -> BaseGeometry:
        """Project what lies in a window of metres; clipped before, so far land stays out."""
        corners = [self.back(corner) for corner in shapely.get_coordinates(window)]
        lons, lats = zip(*corners, strict=True)
        near = shapely.clip_by_rect(geometry, min(lons), min(lats), max(lons), max(lats))
        return shapely.make_valid(self.project(near))


def _free_area(
    plane: _Plane,
    ends: NDArray[np.float64],
    *,
    land: BaseGeometry,
    border: BaseGeometry,
    offset_m: float,
) -> BaseGeometry:
    """Return where the way may go, in metres: inland of the offset, and round both ends."""
    reach = max(20_000.0, dist(*ends))
    window = box(*shapely.MultiPoint(ends).buffer(reach).bounds)
    near = plane.clip(land, window)
    # The edge of the land itself is kept clear of by a little: rounding must not cross it.
    edge = near.boundary.buffer(min(30.0, offset_m / 4))
    strip = plane.project(border).intersection(window.buffer(2 * offset_m)).buffer(offset_m)
    inner = near.difference(strip).difference(edge).simplify(offset_m / 10)
    discs = []
    for x, y in ends:
        here = Point(x, y)
        gap = here.distance(inner) if not inner.is_empty else 0.0
        discs.append(here.buffer(gap + offset_m).intersection(near))
    return shapely.union_all([inner, *discs])


def _shortest_path(
    free: BaseGeometry, ends: NDArray[np.float64]
) -> list[tuple[float, float]] | None:
    """Return the corners of the shortest way, by Dijkstra over corners in sight of each other."""
    corners = np.vstack([ends, np.unique(shapely.get_coordinates(free), axis=0)])
    room = free.buffer(1.0)
    shapely.prepare(room)
    best = np.full(len(corners), inf)
    before = np.full(len(corners), -1)
    done = np.zeros(len(corners), dtype=bool)
    best[0] = 0.0
    queue = [(0.0, 0)]
    while queue:
        _, here = heapq.heappop(queue)
        if done[here]:
            continue
        done[here] = True
        if here == 1:
            return _walk_back(corners, before)
        lengths = np.hypot(*(corners - corners[here]).T)
        # Only corners that this one could bring nearer are worth the look.
        others = np.flatnonzero(~done & (best[here] + lengths < best))
        rays = shapely.linestrings(
            np.stack(
                [np.broadcast_to(corners[here], (len(others), 2)), corners[others]],
                axis=1,
            )
        )
        for other in others[shapely.covers(room, rays)]:
            best[other] = best[here] + lengths[other]
            before[other] = here
            heapq.heappush(queue, (float(best[other]), int(other)))
    return None


def _walk_back(corners: NDArray[np.float64], before: NDArray[np.int_]) -> list[tuple[float, float]]:
    path = []
    here = 1
    while here >= 0:
        path.append((float(corners[here, 0]), float(corners[here, 1])))
        here = int(before[here])
    return path[::-1]
