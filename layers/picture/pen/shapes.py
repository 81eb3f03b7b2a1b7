"""Turn shapely geometry in px into vertices and codes, cut to what the frame shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely
from matplotlib.path import Path as MplPath

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from corridormap.layers.picture.pen.box import Box

__all__ = ["cut", "joined", "lines_of", "outline_of", "polygons_of"]


def cut(geometry: BaseGeometry, box: Box, margin_px: float) -> BaseGeometry:
    """Return the part of a geometry inside the frame and a margin round it."""
    grown = box.grown(margin_px)
    return shapely.clip_by_rect(geometry, grown.left, grown.top, grown.right, grown.bottom)


def polygons_of(geometry: BaseGeometry) -> list[BaseGeometry]:
    """Return the polygons of any geometry."""
    parts = shapely.get_parts(geometry)
    if any(shapely.get_type_id(part) == shapely.GeometryType.GEOMETRYCOLLECTION for part in parts):
        parts = shapely.get_parts(parts)
    return [p for p in parts if shapely.get_type_id(p) == shapely.GeometryType.POLYGON]


def lines_of(geometry: BaseGeometry) -> list[NDArray[np.float64]]:
    """Return the vertices of every line of a geometry."""
    kinds = {shapely.GeometryType.LINESTRING, shapely.GeometryType.LINEARRING}
    parts = [p for p in shapely.get_parts(geometry) if shapely.get_type_id(p) in kinds]
    return [shapely.get_coordinates(part) for part in parts if not part.is_empty]


def joined(
    lines: Iterable[NDArray[np.float64]],
) -> tuple[NDArray[np.float64], NDArray[np.uint8]]:
    """Return one path of many lines: one pen pass, so that see-through joints do not add up."""
    parts = [line for line in lines if len(line) > 1]
    if not parts:
        return np.empty((0, 2)), np.empty(0, dtype=np.uint8)
    codes = [np.full(len(part), MplPath.LINETO, dtype=np.uint8) for part in parts]
    for code in codes:
        code[0] = MplPath.MOVETO
    return np.vstack(parts), np.concatenate(codes)


def outline_of(
    geometries: Iterable[BaseGeometry],
) -> tuple[NDArray[np.float64], NDArray[np.uint8]]:
    """Return one path of all rings; holes run against their shells, so both fill rules agree."""
    vertices: list[NDArray[np.float64]] = []
    codes: list[NDArray[np.uint8]] = []
    for geometry in geometries:
        for polygon in polygons_of(geometry):
            for ring in shapely.get_rings(shapely.orient_polygons(polygon)):
                points = shapely.get_coordinates(ring)
                vertices.append(points)
                kind = np.full(len(points), MplPath.LINETO, dtype=np.uint8)
                kind[0], kind[-1] = MplPath.MOVETO, MplPath.CLOSEPOLY
                codes.append(kind)
    if not vertices:
        return np.empty((0, 2)), np.empty(0, dtype=np.uint8)
    return np.vstack(vertices), np.concatenate(codes)
