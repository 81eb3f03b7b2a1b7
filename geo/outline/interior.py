"""Find points well inside countries, for their names.

A country gets a point for each large part of what an extent shows of it, and for each large
part of the whole. This module chooses no label and measures no text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from corridormap.geo.outline.topojson import Topology

    Bbox = tuple[float, float, float, float]

__all__ = ["interior_point", "label_points"]

_SMALL_SHARE = 0.05
"""A part smaller than this share of the country's largest part gets no name of its own."""
_TOLERANCE_SHARE = 0.05
"""How exactly the largest circle is found, as a share of the part's extent."""
_MAX_LATITUDE_DEG = 80.0


def interior_point(shape: BaseGeometry) -> tuple[float, float]:
    """Return the middle of the largest circle inside a polygon, as seen on the map.

    Parameters
    ----------
    shape
        A polygon, lon, lat in degrees (WGS 84).
    """
    west, south, east, north = shape.bounds
    middle = min(abs(south + north) / 2, _MAX_LATITUDE_DEG)
    stretch = np.asarray([float(np.cos(np.radians(middle))), 1.0])
    tolerance = max((east - west) * stretch[0], north - south) * _TOLERANCE_SHARE
    flat = shapely.transform(shape, lambda points: points * stretch).simplify(tolerance / 4)
    radius = shapely.maximum_inscribed_circle(flat, tolerance=tolerance)
    lon, lat = shapely.get_coordinates(radius)[0] / stretch
    return (round(float(lon), 3), round(float(lat), 3))


def label_points(topology: Topology, extents: Sequence[Bbox]) -> dict[str, list[list[float]]]:
    """Return points for the names of all countries: first those for the extents given.

    Parameters
    ----------
    topology
        The outline of the world.
    extents
        Windows, each west, south, east, north in degrees (WGS 84), most wanted first.
    """
    found: dict[str, list[list[float]]] = {}
    for iso in topology.countries:
        land = topology.land(iso)
        shown = [shapely.clip_by_rect(land, *extent) for extent in extents]
        points = [list(interior_point(part)) for shape in (*shown, land) for part in _large(shape)]
        found[iso] = [point for n, point in enumerate(points) if point not in points[:n]]
    return found


def _large(shape: BaseGeometry) -> Iterable[BaseGeometry]:
    parts: NDArray[np.object_] = shapely.get_parts(shape)
    areas = shapely.area(parts)
    keep = (areas > 0) & (areas >= areas.max(initial=0) * _SMALL_SHARE)
    order = np.argsort(-areas)
    return [parts[number] for number in order if keep[number]]
