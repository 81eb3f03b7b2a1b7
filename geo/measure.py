"""Measure on the ellipsoid: lengths, areas, points along a line, the map's scale.

Lengths are metres and areas square metres on WGS 84, coordinates lon, lat in degrees.
This module projects nothing and knows no feature.
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

import shapely
from pyproj import Geod
from shapely.geometry import LineString, MultiLineString, Point

from corridormap.geo.errors import GeometryError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shapely.geometry.base import BaseGeometry

__all__ = [
    "Bbox",
    "area_m2",
    "bbox_of",
    "distance_m",
    "grown",
    "length_m",
    "metres_per_px",
    "middle_of",
    "point_along",
]

Bbox = tuple[float, float, float, float]
"""West, south, east, north in degrees (WGS 84)."""

_GEOD = Geod(ellps="WGS84")
_METRES_PER_DEGREE = 111_319.49
_TILE_PX = 256


def length_m(geometry: BaseGeometry) -> float:
    """Return the geodesic length of a line in metres; 0 for points, the rim for areas."""
    return float(_GEOD.geometry_length(geometry))


def area_m2(geometry: BaseGeometry) -> float:
    """Return the geodesic area in square metres; holes count as not there."""
    parts = [g for g in shapely.get_parts(geometry) if g.geom_type == "Polygon"]
    oriented = [shapely.geometry.polygon.orient(part) for part in parts]
    return float(sum(abs(_GEOD.geometry_area_perimeter(part)[0]) for part in oriented))


def distance_m(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Return the geodesic distance between two positions in metres."""
    return float(_GEOD.inv(a[0], a[1], b[0], b[1])[2])


def point_along(line: BaseGeometry, share: float) -> tuple[float, float]:
    """Return the position at a share (0 to 1) of a line's geodesic length.

    Of several parts the longest is walked. Within a leg the position is interpolated in
    degrees, as the leg is drawn: off by less than 1 % of the leg at the latitudes of roads.

    Raises
    ------
    GeometryError
        The geometry is not a line.
    """
    longest = _longest(line)
    points = list(longest.coords)
    pairs = list(pairwise(points))
    legs = [distance_m((a[0], a[1]), (b[0], b[1])) for a, b in pairs]
    left = max(0.0, min(1.0, share)) * sum(legs)
    for (a, b), leg in zip(pairs, legs, strict=True):
        if left <= leg and leg > 0:
            part = left / leg
            return a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part
        left -= leg
    return points[-1][0], points[-1][1]


def middle_of(geometry: BaseGeometry) -> tuple[float, float]:
    """Return where a label belongs: the point, the middle of the line, inside the area."""
    if geometry.geom_type in {"LineString", "MultiLineString"}:
        return point_along(geometry, 0.5)
    if geometry.geom_type == "MultiPoint":
        first = shapely.get_parts(geometry)[0]
        return first.x, first.y
    inside = geometry if isinstance(geometry, Point) else _inside(geometry)
    return inside.x, inside.y


def bbox_of(geometries: Iterable[BaseGeometry]) -> Bbox | None:
    """Return the box that holds all geometries, or None if there is none."""
    shapes = list(geometries)
    if not shapes:
        return None
    west, south, east, north = shapely.total_bounds(shapes)
    return float(west), float(south), float(east), float(north)


def grown(box: Bbox, share: float) -> Bbox:
    """Return a box grown on each side by a share of its width and height, in the world."""
    west, south, east, north = box
    dx, dy = (east - west) * share, (north - south) * share
    return (
        max(-180.0, west - dx),
        max(-90.0, south - dy),
        min(180.0, east + dx),
        min(90.0, north + dy),
    )


def metres_per_px(lat: float, zoom: float) -> float:
    """Return the ground length of one CSS px in Web Mercator at a latitude and a zoom."""
    px_per_degree = _TILE_PX * 2**zoom / 360
    return _METRES_PER_DEGREE * math.cos(math.radians(lat)) / px_per_degree


def _longest(line: BaseGeometry) -> LineString:
    parts = [part for part in shapely.get_parts(line) if isinstance(part, LineString)]
    if not parts or not isinstance(line, (LineString, MultiLineString)):
        raise GeometryError("not-a-line")
    return max(parts, key=length_m)


def _inside(geometry: BaseGeometry) -> Point:
    """Return a point well inside the largest part, where a name has room."""
    largest = max(shapely.get_parts(geometry), key=lambda part: part.area)
    west, _south, east, _north = largest.bounds
    try:
        radius = shapely.maximum_inscribed_circle(largest, tolerance=(east - west) / 100)
    except shapely.errors.GEOSException:
        return Point(largest.representative_point())
    return Point(radius.coords[0])
