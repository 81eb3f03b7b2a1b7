"""Turn lon, lat into px of the picture: a frame on the plane of a projection.

Web Mercator matches the screen; where its scale would differ too much inside the frame, a conic
is fitted to the extent.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import shapely

from corridormap.layers.picture.map.plane import (
    MAX_LAT,
    METRES_PER_DEGREE,
    conic_of,
    plane_of,
    spread,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from corridormap.layers.picture.map.plane import Plane
    from corridormap.layers.picture.pen.box import Box
    from corridormap.layers.scene.scene import Bbox
    from corridormap.layers.theme import ProjectionName, ProjectionWish

__all__ = ["Projection", "around", "chosen", "fit", "shape_of"]

_SMALLEST_SPAN_DEG = 0.002
_WEB_TILE_PX = 256.0
_MOST_SPREAD = 1.15
"""How much Web Mercator's scale may differ inside a frame before a conic is taken."""
_EDGE_POINTS = 65
_LEG_DEG, _LONGEST_LEG_DEG = 0.02, 1.0
"""Legs of this, times the root of the metres per px, bend by less than a tenth of a px."""
_OPEN_DEG = 175.0


@dataclass(frozen=True)
class Projection:
    """The map frame: a box on the picture and the place on a plane that it shows."""

    box: Box
    plane: Plane
    west_x: float
    """Of the frame's left edge, on the plane."""
    north_y: float
    """Of its upper edge."""
    px_per_degree: float
    """Px to a degree of the equator on the plane; see `metres_per_px` for the ground."""

    @cached_property
    def edge(self) -> NDArray[np.float64]:
        """The frame's edge, from its upper left corner on clockwise, closed, in degrees."""
        box, steps = self.box, np.linspace(0.0, 1.0, 2 if self.plane.straight else _EDGE_POINTS)
        x, y = box.left + steps * box.width, box.top + steps * box.height
        sides = [
            np.column_stack([x, np.full_like(x, box.top)]),
            np.column_stack([np.full_like(y, box.right), y]),
            np.column_stack([x[::-1], np.full_like(x, box.bottom)]),
            np.column_stack([np.full_like(y, box.left), y[::-1]]),
        ]
        return self.positions(np.vstack(sides))

    @cached_property
    def bbox(self) -> Bbox:
        """What holds all that the frame shows: west, south, east, north in degrees."""
        west, south = self.edge.min(axis=0).tolist()
        east, north = self.edge.max(axis=0).tolist()
        return west, south, east, north

    @property
    def whole(self) -> bool:
        """Whether the frame shows the globe alone, and nothing of where a cone is slit open."""
        if self.plane.straight:
            return True
        away = np.abs(self.edge[:, 0] - self.middle[0])
        return bool(away.max() < _OPEN_DEG)

    @cached_property
    def middle(self) -> tuple[float, float]:
        """The position of the frame's middle, in degrees."""
        lon, lat = self.positions(np.array([self.box.center]))[0].tolist()
        return lon, lat

    @cached_property
    def zoom(self) -> float:
        """The zoom level of a web map of the same scale in the frame's middle."""
        lat = self.middle[1]
        web = METRES_PER_DEGREE * math.cos(math.radians(lat)) / self.metres_per_px(lat)
        return math.log2(web * 360.0 / _WEB_TILE_PX)

    def xy(self, lon: float, lat: float) -> tuple[float, float]:
        """Return the px of a position."""
        x, y = self.plane.point(lon, lat)
        return (
            self.box.left + (x - self.west_x) * self.px_per_degree,
            self.box.top + (self.north_y - y) * self.px_per_degree,
        )

    def array(self, lonlat: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the px of an (n, 2) array of positions."""
        out = self.plane.points(lonlat)
        out[:, 0] = self.box.left + (out[:, 0] - self.west_x) * self.px_per_degree
        out[:, 1] = self.box.top + (self.north_y - out[:, 1]) * self.px_per_degree
        return out

    def positions(self, xy: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the positions in degrees of an (n, 2) array of px."""
        out = np.empty_like(xy, dtype=np.float64)
        out[:, 0] = self.west_x + (xy[:, 0] - self.box.left) / self.px_per_degree
        out[:, 1] = self.north_y - (xy[:, 1] - self.box.top) / self.px_per_degree
        return self.plane.positions(out)

    def geometry(self, geometry: BaseGeometry) -> BaseGeometry:
        """Return a geometry in px; its legs are straight in longitude and latitude."""
        flat = shapely.force_2d(geometry)
        return shapely.transform(self.plane.ready(flat, self._leg_deg), self.array)

    def geometries(self, geometries: Sequence[BaseGeometry]) -> list[BaseGeometry]:
        """Return many geometries in px, at once: one by one they take a snapshot's time."""
        flat = shapely.force_2d(np.array(geometries, dtype=object))
        made = [self.plane.ready(each, self._leg_deg) for each in flat]
        return list(shapely.transform(np.array(made, dtype=object), self.array))

    @cached_property
    def _leg_deg(self) -> float:
        return min(_LONGEST_LEG_DEG, _LEG_DEG * math.sqrt(self.metres_per_px(self.middle[1])))

    def metres_per_px(self, lat: float) -> float:
        """Return ground metres per px at a latitude, the same in all directions."""
        return METRES_PER_DEGREE / self.plane.enlargement(lat) / self.px_per_degree

    def north_at(self, x: float, y: float) -> float:
        """Return by how many degrees north is turned clockwise from up at a px."""
        return self.plane.turn(float(self.positions(np.array([[x, y]]))[0, 0]))


def around(bbox: Bbox, share: float) -> Bbox:
    """Return a bbox made larger on each side by a share of its width and height."""
    west, south, east, north = bbox
    dx, dy = (east - west) * share, (north - south) * share
    return west - dx, max(-90.0, south - dy), east + dx, min(90.0, north + dy)


def chosen(extent: Bbox, box: Box, wish: ProjectionWish) -> ProjectionName:
    """Return the projection that a frame is drawn in.

    Parameters
    ----------
    extent
        West, south, east, north in degrees.
    box
        The frame in px.
    wish
        What is asked for. "lambert" is drawn where a cone suits the extent and the frame shows
        nothing but the globe; "auto" takes it where Web Mercator's scale would differ by more
        than 15 % inside the frame, and the cone's by less than Mercator's.
    """
    if wish == "mercator" or conic_of(extent) is None:
        return "mercator"
    fanned = fit(extent, box, "lambert")
    if not fanned.whole:
        return "mercator"
    if wish == "lambert":
        return "lambert"
    uneven = _spread(fit(extent, box))
    return "lambert" if uneven > _MOST_SPREAD and _spread(fanned) < uneven else "mercator"


def _spread(projection: Projection) -> float:
    _, south, _, north = projection.bbox
    return spread(projection.plane, south, north)


def shape_of(extent: Bbox, name: ProjectionName) -> float:
    """Return how many times taller than wide an extent is on a projection's plane."""
    left, bottom, right, top = _on_plane(extent, plane_of(name, extent))
    return (top - bottom) / max(right - left, 1e-6)


def _on_plane(extent: Bbox, plane: Plane) -> Bbox:
    """Return the smallest upright rectangle of a plane that holds an extent."""
    west, south, east, north = extent
    steps = np.linspace(0.0, 1.0, 2 if plane.straight else _EDGE_POINTS)
    lon, lat = west + steps * (east - west), south + steps * (north - south)
    level = [np.column_stack([lon, np.full_like(lon, at)]) for at in (south, north)]
    upright = [np.column_stack([np.full_like(lat, at), lat]) for at in (west, east)]
    points = plane.points(np.vstack([*level, *upright]))
    return *points.min(axis=0).tolist(), *points.max(axis=0).tolist()


def fit(extent: Bbox, box: Box, name: ProjectionName = "mercator") -> Projection:
    """Return the projection that shows an extent whole in a frame, extended, never cropped.

    Parameters
    ----------
    extent
        West, south, east, north in degrees.
    box
        The frame in px.
    name
        Which projection; see `chosen`.
    """
    plane = plane_of(name, extent)
    left, bottom, right, top = _on_plane(extent, plane)
    width = max(right - left, _SMALLEST_SPAN_DEG)
    height = max(top - bottom, _SMALLEST_SPAN_DEG)
    px_per_degree = min(box.width / width, box.height / height)
    west_x = (left + right) / 2 - box.width / px_per_degree / 2
    north_y = (bottom + top) / 2 + box.height / px_per_degree / 2
    if plane.name == "mercator":
        last = plane.point(0.0, MAX_LAT)[1]
        if 2 * last * px_per_degree >= box.height:
            north_y = min(last, max(north_y, -last + box.height / px_per_degree))
    return Projection(box, plane, west_x, north_y, px_per_degree)
