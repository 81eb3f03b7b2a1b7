"""Check one GeoJSON geometry before a shape is made of it.

Coordinates are lon, lat in degrees (WGS 84). A fault is a problem and its remedy in
plain words; this module reads no file, names no feature and mends nothing.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import shapely
from shapely.geometry import shape

from corridormap.geo.errors import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from shapely.geometry.base import BaseGeometry

    Bbox = tuple[float, float, float, float]
    Pair = tuple[float, float]

__all__ = ["DEPTHS", "check_geometry"]

DEPTHS = {
    "Point": 0,
    "MultiPoint": 1,
    "LineString": 1,
    "MultiLineString": 2,
    "Polygon": 2,
    "MultiPolygon": 3,
}
"""Geometry types that can be drawn, and how deep their coordinates are nested."""

_MAX_DIMENSIONS = 3
_MIN_LINE = 2
_MIN_RING = 4
_MAX_LON = 180.0
_MAX_LAT = 90.0
_METRES_FROM = 1000.0
"""No degree is this large: such a number is a length on a projected map."""
_MARGIN = 0.05
"""Share of the extent by which it is grown before a swap is looked for."""


_EMPTY = Fault("the geometry is empty", "Give the feature a position, or leave the feature out.")


def check_geometry(
    value: object, *, extent: Bbox | None = None
) -> tuple[BaseGeometry | None, tuple[Fault, ...]]:
    """Return the shape of a GeoJSON geometry, or None and what is wrong with it.

    Parameters
    ----------
    value
        The parsed `geometry` member of a feature.
    extent
        West, south, east, north in degrees of the region the feature should touch; used
        only to recognise latitude and longitude in the wrong order.
    """
    fault = _structure_fault(value)
    if fault is None and isinstance(value, dict):
        kind, coordinates = str(value["type"]), value["coordinates"]
        fault = (
            _depth_fault(coordinates, DEPTHS[kind], kind)
            or _range_fault(list(_positions(coordinates)), extent)
            or _shape_fault(kind, coordinates)
        )
        if fault is None:
            return _made({"type": kind, "coordinates": coordinates})
    return None, () if fault is None else (fault,)


def _structure_fault(value: object) -> Fault | None:
    if value is None:
        return _EMPTY
    if not isinstance(value, dict):
        return Fault("the geometry is not an object", "Write it as a GeoJSON geometry.")
    kind = value.get("type")
    if kind == "GeometryCollection":
        return Fault(
            "a geometry collection cannot be drawn as one feature",
            "Make one feature of each of its parts.",
        )
    if not isinstance(kind, str) or kind not in DEPTHS:
        return Fault(f"unknown geometry type {_quoted(kind)}", f"Use one of: {', '.join(DEPTHS)}.")
    coordinates = value.get("coordinates")
    if not isinstance(coordinates, list):
        return Fault("the geometry has no coordinates", "Add them as lists of longitude, latitude.")
    return None if coordinates else _EMPTY


def _depth_fault(value: object, depth: int, kind: str) -> Fault | None:
    """Return what is wrong with the nesting of coordinates that should be `depth` deep."""
    nesting = Fault(
        f"the coordinates are not nested as a {kind} needs",
        "Each position is [longitude, latitude]; lines and rings are lists of positions.",
    )
    if not isinstance(value, list) or not value:
        return nesting
    if depth:
        return next((f for f in (_depth_fault(part, depth - 1, kind) for part in value) if f), None)
    if any(isinstance(number, (list, dict)) for number in value):
        return nesting
    if any(isinstance(n, bool) or not isinstance(n, (int, float)) for n in value):
        return Fault(
            f"a coordinate is not a number: {_quoted(value)}",
            "Write longitude and latitude as numbers in degrees.",
        )
    if not _MIN_LINE <= len(value) <= _MAX_DIMENSIONS:
        return Fault(
            f"a position has {len(value)} numbers: {_quoted(value)}",
            "Write longitude, latitude and, if it must be, a height.",
        )
    return None


def _positions(value: list[object]) -> Iterator[Pair]:
    if isinstance(value[0], list):
        for part in value:
            if isinstance(part, list):
                yield from _positions(part)
    else:
        x, y = value[0], value[1]
        if isinstance(x, (int, float)) and isinstance(y, (int, float)):
            yield _float(x), _float(y)


def _float(number: float) -> float:
    """Return a float; a whole number beyond its reach counts as endless."""
    try:
        return float(number)
    except OverflowError:
        return math.inf


def _range_fault(positions: Sequence[Pair], extent: Bbox | None) -> Fault | None:
    for x, y in positions:
        if not (math.isfinite(x) and math.isfinite(y)):
            return Fault(
                "a coordinate is not a finite number (NaN, Infinity or too large)",
                "Write longitude and latitude as plain numbers in degrees.",
            )
    outside = [(x, y) for x, y in positions if abs(x) > _MAX_LON or abs(y) > _MAX_LAT]
    if any(abs(x) > _METRES_FROM or abs(y) > _METRES_FROM for x, y in outside):
        x, y = outside[0]
        return Fault(
            f"the coordinates look like metres of a projected map: {x:.10g}, {y:.10g}",
            "Convert the file to longitude and latitude (WGS 84, EPSG:4326).",
        )
    swapped = _swap_fault(positions, extent)
    if swapped or not outside:
        return swapped
    x, y = outside[0]
    return Fault(
        f"a position is outside the world: {x:.10g}, {y:.10g}",
        "Longitude runs from -180 to 180, latitude from -90 to 90, longitude first.",
    )


def _swap_fault(positions: Sequence[Pair], extent: Bbox | None) -> Fault | None:
    """Return a fault when the positions miss the extent but hit it the other way round."""
    if extent is None:
        return None
    west, south, east, north = extent
    dx, dy = (east - west) * _MARGIN, (north - south) * _MARGIN

    def inside(x: float, y: float) -> bool:
        return west - dx <= x <= east + dx and south - dy <= y <= north + dy

    if any(inside(x, y) for x, y in positions):
        return None
    if not all(inside(y, x) for x, y in positions):
        return None
    x, y = positions[0]
    return Fault(
        f"latitude and longitude seem swapped: {x:.10g}, {y:.10g}",
        f"Write longitude first: {y:.10g}, {x:.10g}.",
    )


def _shape_fault(kind: str, coordinates: list[object]) -> Fault | None:
    if kind.endswith("LineString"):
        lines = [coordinates] if kind == "LineString" else coordinates
        for line in lines:
            pairs = list(_positions(line)) if isinstance(line, list) else []
            if len(set(pairs)) < _MIN_LINE:
                return Fault(
                    "a line has fewer than two different positions",
                    "Add the missing positions, or make it a Point.",
                )
    if kind.endswith("Polygon"):
        polygons = [coordinates] if kind == "Polygon" else coordinates
        rings = [r for p in polygons if isinstance(p, list) for r in p if isinstance(r, list)]
        for ring in rings:
            pairs = list(_positions(ring))
            if len(pairs) < _MIN_RING or pairs[0] != pairs[-1]:
                return Fault(
                    "a ring is not closed",
                    "Repeat the first position of the ring as its last, four or more in all.",
                )
    return None


def _made(geometry: dict[str, object]) -> tuple[BaseGeometry | None, tuple[Fault, ...]]:
    made = shapely.force_2d(shape(geometry))
    if "Polygon" in str(geometry["type"]) and not made.is_valid:
        where = shapely.is_valid_reason(made)
        return None, (
            Fault(
                f"the outline of an area crosses or touches itself ({where})",
                "Redraw the area so that its rings do not cross.",
            ),
        )
    return made, ()


def _quoted(value: object) -> str:
    text = str(value)
    return f"'{text[:40]}…'" if len(text) > 40 else f"'{text}'"
