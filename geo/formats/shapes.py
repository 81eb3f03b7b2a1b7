"""Mend one shape: swap axes, drop repeats, turn rings, make areas valid, cut at 180 degrees.

Each function takes a shape in longitude and latitude and returns new ones: none when
nothing is left, several when it falls apart. Decides nothing and asks nobody.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import numpy as np
import shapely
from shapely.affinity import translate
from shapely.geometry import (
    LinearRing,
    LineString,
    Polygon,
    box,
)
from shapely.geometry.polygon import orient

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    Points = NDArray[np.float64]

__all__ = [
    "as_kind",
    "as_many",
    "cut_at_180",
    "drawable_of",
    "joined",
    "leaps_180",
    "ring_order_is_wrong",
    "single_points",
    "split_up",
    "swapped",
    "valid",
    "with_ring_order",
    "without_repeats",
]

_HALF = 180.0
_TURN = 360.0
_MIN_LINE = 2
_NOTHING = 1e-12
"""Share of its box that a ring's area is at least, if it was not drawn flat."""


def swapped(shape: BaseGeometry) -> BaseGeometry:
    """Return a shape with x and y exchanged, and its rings as they ran."""
    turned = shapely.transform(shape, lambda points: points[:, ::-1])
    return shapely.reverse(turned) if "Polygon" in shape.geom_type else turned


def without_repeats(shape: BaseGeometry) -> BaseGeometry:
    """Return a shape in which no point directly follows itself."""
    if "Point" in shape.geom_type:
        return shape
    return shapely.remove_repeated_points(shape, 0.0)


def ring_order_is_wrong(shape: BaseGeometry) -> bool:
    """Tell whether an outer ring runs clockwise or a hole counter-clockwise (RFC 7946)."""
    return any(
        not part.exterior.is_ccw or any(hole.is_ccw for hole in part.interiors)
        for part in shapely.get_parts(shape)
        if isinstance(part, Polygon) and not part.is_empty
    )


def with_ring_order(shape: BaseGeometry) -> BaseGeometry:
    """Return a shape whose outer rings run counter-clockwise and holes clockwise."""
    if isinstance(shape, Polygon):
        return orient(shape)
    if shape.geom_type != "MultiPolygon":
        return shape
    return shapely.multipolygons([orient(part) for part in shapely.get_parts(shape)])


def valid(shape: BaseGeometry) -> tuple[BaseGeometry, ...]:
    """Return the area of a shape whose rings cross, as valid areas; lines in it are lost."""
    made = shapely.make_valid(shape)
    areas = [p for p in _all_parts(made) if isinstance(p, Polygon) and not p.is_empty]
    if not areas:
        return ()
    return (areas[0] if len(areas) == 1 else shapely.multipolygons(areas),)


def split_up(shape: BaseGeometry) -> tuple[BaseGeometry, ...]:
    """Return the parts of a mixed collection as shapes of one type each."""
    groups: dict[str, list[BaseGeometry]] = {}
    for part in _all_parts(shape):
        if not part.is_empty:
            groups.setdefault(part.geom_type, []).append(part)
    return tuple(joined(parts) for parts in groups.values())


def single_points(shape: BaseGeometry) -> tuple[BaseGeometry, ...]:
    """Return each point of several, as a shape of its own."""
    return tuple(shapely.get_parts(shape).tolist())


def drawable_of(shape: BaseGeometry | None) -> tuple[BaseGeometry | None, int, int]:
    """Return what of a shape has a place, a length or an area, and what has none.

    Returns
    -------
    tuple
        The shape without what nobody could see, itself where nothing is lost, or None where
        nothing is left; how many of its parts and how many holes of areas are gone.
    """
    if shape is None or shape.is_empty:
        return None, 0, 0
    if shape.geom_type not in _NESTED:
        kept, holes = _seen(shape)
        return kept, 0, holes
    given = shapely.get_parts(shape).tolist()
    found = [drawable_of(part) for part in given]
    parts = [part for part, _, _ in found if part is not None]
    lost = len(given) - len(parts) + sum(gone for _, gone, _ in found)
    holes = sum(gone for _, _, gone in found)
    if not parts:
        return None, lost, holes
    return (as_kind(shape.geom_type, parts) if lost or holes else shape), lost, holes


def _seen(part: BaseGeometry) -> tuple[BaseGeometry | None, int]:
    """Return a plain part, or None if it has no length or area, and how many holes it loses."""
    if part.is_empty:
        return None, 0
    if isinstance(part, LineString):
        return (part if part.length > 0 else None), 0
    if not isinstance(part, Polygon):
        return part, 0
    if _is_flat(part.exterior):
        return None, 0
    holes = [hole for hole in part.interiors if not _is_flat(hole)]
    lost = len(part.interiors) - len(holes)
    return (Polygon(part.exterior, holes) if lost else part), lost


def as_kind(kind: str, parts: Sequence[BaseGeometry]) -> BaseGeometry:
    """Return plain shapes as one of a kind of several, such as "MultiPolygon"."""
    makers: dict[str, Any] = {
        "MultiPoint": shapely.multipoints,
        "MultiLineString": shapely.multilinestrings,
        "MultiPolygon": shapely.multipolygons,
        "GeometryCollection": shapely.geometrycollections,
    }
    return cast("BaseGeometry", makers[kind](list(parts)))


def leaps_180(shape: BaseGeometry) -> bool:
    """Tell whether a shape runs over the 180th meridian, beyond it or in one leap."""
    points = shapely.get_coordinates(shape)
    if len(points) and np.abs(points[:, 0]).max() > _HALF:
        return True
    return any(
        len(line) > 1 and np.abs(np.diff(line[:, 0])).max() > _HALF for line in _lines(shape)
    )


def cut_at_180(shape: BaseGeometry) -> tuple[BaseGeometry, ...]:
    """Return a shape cut at the 180th meridian, its parts on their own sides."""
    parts: list[BaseGeometry] = []
    for part in shapely.get_parts(shape):
        whole = _unrolled(part)
        if isinstance(whole, Polygon) and not whole.is_valid:
            whole = shapely.make_valid(whole)
        west, _, east, _ = whole.bounds
        first, last = (int(np.floor((lon + _HALF) / _TURN)) for lon in (west, east))
        if whole.geom_type == "Point":
            last = first
        for turn in range(first, min(last, first + 3) + 1):
            middle = turn * _TURN
            cut = shapely.intersection(whole, box(middle - _HALF, -90, middle + _HALF, 90))
            moved = translate(cut, xoff=-middle)
            parts += [p for p in _all_parts(moved) if p.geom_type == part.geom_type]
    return (joined(parts),) if parts else ()


def joined(parts: Sequence[BaseGeometry]) -> BaseGeometry:
    """Return shapes as one: a single one as it is, several as a Multi- of their type."""
    if len(parts) == 1:
        return parts[0]
    kinds = {part.geom_type for part in parts}
    made: Any = shapely.geometrycollections(list(parts))
    if kinds == {"Point"}:
        made = shapely.multipoints(list(parts))
    elif kinds == {"LineString"}:
        made = shapely.multilinestrings(list(parts))
    elif kinds == {"Polygon"}:
        made = shapely.multipolygons(list(parts))
    return cast("BaseGeometry", made)


def as_many(shape: BaseGeometry | None) -> BaseGeometry | None:
    """Return a plain shape as a Multi- of one, as a file has it; others as they are."""
    many: Any = {
        "Point": shapely.multipoints,
        "LineString": shapely.multilinestrings,
        "Polygon": shapely.multipolygons,
    }.get(shape.geom_type if shape is not None else "")
    return cast("BaseGeometry", many([shape])) if many else shape


def _all_parts(shape: BaseGeometry) -> list[BaseGeometry]:
    """Return the plain points, lines and areas of a shape, however deep they lie."""
    parts = [shape]
    while any(part.geom_type in _NESTED for part in parts):
        parts = list(shapely.get_parts(parts))
    return [LineString(part) if isinstance(part, LinearRing) else part for part in parts]


_NESTED = {"MultiPoint", "MultiLineString", "MultiPolygon", "GeometryCollection"}


def _is_flat(ring: LinearRing) -> bool:
    """Tell whether a ring encloses nothing: it has fewer than three places, or runs back."""
    if len(np.unique(shapely.get_coordinates(ring), axis=0)) <= _MIN_LINE:
        return True
    west, south, east, north = ring.bounds
    area = Polygon(ring)
    if abs(area.area) > _NOTHING * (east - west) * (north - south):
        return False
    # A ring in the shape of an 8 measures nothing either, but encloses something.
    return not any(isinstance(part, Polygon) for part in _all_parts(shapely.make_valid(area)))


def _lines(shape: BaseGeometry) -> list[Points]:
    found = []
    for part in _all_parts(shape):
        if isinstance(part, Polygon):
            found += [shapely.get_coordinates(ring) for ring in (part.exterior, *part.interiors)]
        elif isinstance(part, LineString):
            found.append(shapely.get_coordinates(part))
    return found


def _unrolled(part: BaseGeometry) -> BaseGeometry:
    """Return a part whose longitudes go on beyond 180 rather than leaping back."""
    lines = _lines(part)
    if not lines:
        return part
    rings = [np.column_stack([np.unwrap(line[:, 0], period=_TURN), line[:, 1]]) for line in lines]
    if isinstance(part, LineString):
        return LineString(rings[0])
    near = rings[0][0, 0]
    holes = [ring - [round((ring[0, 0] - near) / _TURN) * _TURN, 0.0] for ring in rings[1:]]
    return Polygon(rings[0], holes)
