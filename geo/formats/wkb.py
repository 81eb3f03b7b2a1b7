"""Make shapes of well-known binary (WKB), after counting what it holds.

A few bytes can claim millions of points or collections nested without end; both are
found here, before the geometry library walks into them. Knows no file format.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import shapely

from corridormap.geo.errors import GeometryError, ReadError

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from corridormap.geo.formats.tally import Tally

__all__ = ["shape_of_wkb", "srid_of_wkb"]

_POINT, _LINE, _POLYGON, _COLLECTION = 1, 2, 3, 7
_PARTS = {4, 5, 6, _COLLECTION}
_MAX_DEPTH = 8
_Z, _M, _SRID = 0x80000000, 0x40000000, 0x20000000


def shape_of_wkb(data: bytes, tally: Tally) -> tuple[BaseGeometry | None, bool]:
    """Return the shape of WKB without heights, and whether rings of it were not closed.

    Parameters
    ----------
    data
        Plain, ISO or extended WKB.
    tally
        Counts its points and what is dropped.

    Raises
    ------
    GeometryError
        With problem and remedy only: it is broken, too large, or of an unknown type.
    """
    try:
        end, left = _walk(data, 0, 0, tally.points_left)
    except (struct.error, IndexError) as error:
        raise GeometryError("geometry-is-broken-in-file") from error
    if end > len(data):
        raise GeometryError("geometry-is-broken-in-file")
    try:
        shape, opened = shapely.from_wkb(data, on_invalid="raise"), False
    except shapely.errors.GEOSException:
        shape, opened = _closed(data), True
    tally.take(tally.points_left - left)
    return tally.flat(shapely.set_srid(shape, 0)), opened


def srid_of_wkb(data: bytes) -> int:
    """Return the number of the system that extended WKB names, or 0."""
    order = "<" if data[0] == 1 else ">"
    code, srid = struct.unpack_from(f"{order}II", data, 1)
    return int(srid) if code & _SRID else 0


def _closed(data: bytes) -> BaseGeometry:
    try:
        shape = shapely.from_wkb(data, on_invalid="fix")
    except shapely.errors.GEOSException:
        shape = None
    if shape is None:
        raise GeometryError("geometry-is-broken-in-file")
    return shape


def _walk(data: bytes, at: int, depth: int, left: int) -> tuple[int, int]:
    """Return where the geometry at a position ends and how many points may still come."""
    order = "<" if data[at] == 1 else ">"
    (code,) = struct.unpack_from(f"{order}I", data, at + 1)
    at += 9 if code & _SRID else 5
    kind, thousands = code & 0xFF if code & (_Z | _M | _SRID) else code % 1000, code % 10000 // 1000
    extra = bool(code & _Z) + bool(code & _M)
    if not code & (_Z | _M | _SRID):
        extra = {0: 0, 1: 1, 2: 1, 3: 2}.get(thousands, 0)
    size = 8 * (2 + extra)
    if kind == _POINT:
        return at + size, left - 1
    if kind not in {_LINE, _POLYGON, *_PARTS}:
        raise GeometryError("geometry-of-undrawable-kind", kind=kind)
    (count,) = struct.unpack_from(f"{order}I", data, at)
    at += 4
    if kind == _LINE:
        return _points(data, at, count * size, count, left)
    if depth >= _MAX_DEPTH:
        raise GeometryError("geometry-is-nested-too-deeply")
    for _ in range(count):
        if kind == _POLYGON:
            (points,) = struct.unpack_from(f"{order}I", data, at)
            at, left = _points(data, at + 4, points * size, points, left)
        else:
            at, left = _walk(data, at, depth + 1, left)
    return at, left


def _points(data: bytes, at: int, length: int, count: int, left: int) -> tuple[int, int]:
    if at + length > len(data):
        raise GeometryError("geometry-is-broken-in-file")
    if count > left:
        raise ReadError("more-points-than-can-be-read")
    return at + length, left - count
