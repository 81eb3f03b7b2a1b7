"""Turn lon, lat into px of the picture by Web Mercator, so that shapes match the screen."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from corridormap.layers.picture.pen.box import Box
    from corridormap.layers.scene.scene import Bbox

__all__ = ["METRES_PER_DEGREE", "Projection", "around", "fit", "mercator_y"]

MAX_LAT = 85.0511
METRES_PER_DEGREE = 111319.49
_SMALLEST_SPAN_DEG = 0.002
_WEB_TILE_PX = 256.0


def mercator_y(lat: float) -> float:
    """Return the Web Mercator ordinate of a latitude, in degrees of longitude."""
    clamped = max(-MAX_LAT, min(MAX_LAT, lat))
    return math.degrees(math.asinh(math.tan(math.radians(clamped))))


def _latitude(y: float) -> float:
    return math.degrees(math.atan(math.sinh(math.radians(y))))


@dataclass(frozen=True)
class Projection:
    """The map frame: a box on the picture and the place it shows."""

    box: Box
    west: float
    north_y: float
    px_per_degree: float

    @property
    def bbox(self) -> Bbox:
        """What the frame shows: west, south, east, north in degrees."""
        return (
            self.west,
            _latitude(self.north_y - self.box.height / self.px_per_degree),
            self.west + self.box.width / self.px_per_degree,
            _latitude(self.north_y),
        )

    @property
    def center_lat(self) -> float:
        """Latitude of the middle of the frame."""
        return _latitude(self.north_y - self.box.height / self.px_per_degree / 2)

    @property
    def zoom(self) -> float:
        """The zoom level of a web map of the same scale."""
        return math.log2(self.px_per_degree * 360.0 / _WEB_TILE_PX)

    def xy(self, lon: float, lat: float) -> tuple[float, float]:
        """Return the px of a position."""
        x = self.box.left + (lon - self.west) * self.px_per_degree
        return x, self.box.top + (self.north_y - mercator_y(lat)) * self.px_per_degree

    def array(self, lonlat: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the px of an (n, 2) array of positions."""
        out = np.empty_like(lonlat)
        lat = np.clip(lonlat[:, 1], -MAX_LAT, MAX_LAT)
        mercator = np.degrees(np.arcsinh(np.tan(np.radians(lat))))
        out[:, 0] = self.box.left + (lonlat[:, 0] - self.west) * self.px_per_degree
        out[:, 1] = self.box.top + (self.north_y - mercator) * self.px_per_degree
        return out

    def geometry(self, geometry: BaseGeometry) -> BaseGeometry:
        """Return a geometry in px."""
        return shapely.transform(shapely.force_2d(geometry), self.array)

    def metres_per_px(self, lat: float) -> float:
        """Return ground metres per px at a latitude."""
        return METRES_PER_DEGREE * math.cos(math.radians(lat)) / self.px_per_degree


def around(bbox: Bbox, share: float) -> Bbox:
    """Return a bbox made larger on each side by a share of its width and height."""
    west, south, east, north = bbox
    dx, dy = (east - west) * share, (north - south) * share
    return west - dx, max(-90.0, south - dy), east + dx, min(90.0, north + dy)


def fit(extent: Bbox, box: Box) -> Projection:
    """Return the projection that shows an extent whole in a frame, extended, never cropped.

    Parameters
    ----------
    extent
        West, south, east, north in degrees.
    box
        The frame in px.
    """
    west, south, east, north = extent
    low, high = mercator_y(south), mercator_y(north)
    width = max(east - west, _SMALLEST_SPAN_DEG)
    height = max(high - low, _SMALLEST_SPAN_DEG)
    px_per_degree = min(box.width / width, box.height / height)
    center_x, center_y = (west + east) / 2, (low + high) / 2
    north_y = center_y + box.height / px_per_degree / 2
    top = mercator_y(MAX_LAT)
    if 2 * top * px_per_degree >= box.height:
        north_y = min(top, max(north_y, -top + box.height / px_per_degree))
    return Projection(box, center_x - box.width / px_per_degree / 2, north_y, px_per_degree)
