"""Check one GeoJSON geometry before a shape is made of it.

Coordinates are lon, lat in degrees (WGS 84). A fault is a problem and its remedy in
plain words; this module reads no file, names no feature and mends nothing.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

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


_EMPTY = Fault("geometry-is-empty")


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
            return _made({"type": kind, "coordinates": _flat(coordinates, DEPTHS[kind])})
    return None, () if fault is None else (fault,)


def _structure_fault(value: object) -> Fault | None:
    if value is None:
        return _EMPTY
    if not isinstance(value, dict):
        return Fault("geometry-is-not-an-object")
    kind = value.get("type")
    if kind == "GeometryCollection":
        return Fault("geometry-collection-cannot-be-drawn")
    if not isinstance(kind, str) or kind not in DEPTHS:
        return Fault("unknown-geometry-type", kind=_quoted(kind), known=", ".join(DEPTHS))
    coordinates = value.get("coordinates")
    if not isinstance(coordinates, list):
        return Fault("geometry-has-no-coordinates")
    return None if coordinates else _EMPTY


def _depth_fault(value: object, depth: int, kind: str) -> Fault | None:
    """Return what is wrong with the nesting of coordinates that should be `depth` deep."""
    nesting = Fault("not-nested-as-kind-needs", kind=kind)
    if not isinstance(value, list) or not value:
        return nesting
    if depth:
        return next((f for f in (_depth_fault(part, depth - 1, kind) for part in value) if f), None)
    if any(isinstance(number, (list, dict)) for number in value):
        return nesting
    if any(isinstance(n, bool) or not isinstance(n, (int, float)) for n in value):
        return Fault("coordinate-is-not-a-number", value=_quoted(value))
    if not _MIN_LINE <= len(value) <= _MAX_DIMENSIONS:
        return Fault("position-has-wrong-count-of-numbers", n=len(value), value=_quoted(value))
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


def _flat(value: list[Any], depth: int) -> list[Any]:
    """Return coordinates without heights, which one position may have and the next not."""
    return value[:2] if depth == 0 else [_flat(part, depth - 1) for part in value]


def _float(number: float) -> float:
    """Return a float; a whole number beyond its reach counts as endless."""
    try:
        return float(number)
    except OverflowError:
        return math.inf


def _range_fault(positions: Sequence[Pair], extent: Bbox | None) -> Fault | None:
    for x, y in positions:
        if not (math.isfinite(x) and math.isfinite(y)):
            return Fault("coordinate-is-not-finite")
    outside = [(x, y) for x, y in positions if abs(x) > _MAX_LON or abs(y) > _MAX_LAT]
    if any(abs(x) > _METRES_FROM or abs(y) > _METRES_FROM for x, y in outside):
        x, y = outside[0]
        return Fault("coordinates-look-like-metres", x=f"{x:.10g}", y=f"{y:.10g}")
    swapped = _swap_fault(positions, extent)
    if swapped or not outside:
        return swapped
    x, y = outside[0]
    return Fault("position-outside-world", x=f"{x:.10g}", y=f"{y:.10g}")


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
    return Fault("latitude-and-longitude-seem-swapped", x=f"{x:.10g}", y=f"{y:.10g}")


def _shape_fault(kind: str, coordinates: list[object]) -> Fault | None:
    if kind.endswith("LineString"):
        lines = [coordinates] if kind == "LineString" else coordinates
        for line in lines:
            pairs = list(_positions(line)) if isinstance(line, list) else []
            if len(set(pairs)) < _MIN_LINE:
                return Fault("line-has-fewer-than-two-different-positions")
    if kind.endswith("Polygon"):
        polygons = [coordinates] if kind == "Polygon" else coordinates
        rings = [r for p in polygons if isinstance(p, list) for r in p if isinstance(r, list)]
        for ring in rings:
            pairs = list(_positions(ring))
            if len(pairs) < _MIN_RING or pairs[0] != pairs[-1]:
                return Fault("ring-is-not-closed")
    return None


def _made(geometry: dict[str, object]) -> tuple[BaseGeometry | None, tuple[Fault, ...]]:
    try:
        made = shape(geometry)
    except (ValueError, TypeError, shapely.errors.GEOSException):
        return None, (Fault("geometry-cannot-be-made"),)
    if "Polygon" in str(geometry["type"]) and not made.is_valid:
        where = shapely.is_valid_reason(made)
        return None, (Fault("outline-of-area-crosses-itself", where=where),)
    return made, ()


def _quoted(value: object) -> str:
    text = str(value)
    return f"'{text[:40]}…'" if len(text) > 40 else f"'{text}'"
