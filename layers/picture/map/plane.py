"""Lay the globe onto a plane: Web Mercator, or a Lambert conformal conic fitted to an extent.

Both are conformal: at any place lengths are drawn at one scale in all directions, and that
scale depends on the latitude alone.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Protocol

import numpy as np
import shapely
from pyproj import Transformer

from corridormap.layers.wording.words import latitude

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from corridormap.layers.scene.scene import Bbox
    from corridormap.layers.theme import ProjectionName

__all__ = [
    "MAX_LAT",
    "MERCATOR",
    "METRES_PER_DEGREE",
    "Conic",
    "Mercator",
    "Plane",
    "conic_of",
    "plane_of",
    "spread",
]

MAX_LAT = 85.0511
METRES_PER_DEGREE = 111319.49
"""Length of a degree of the equator, in which a plane is measured."""

_ECCENTRICITY = 0.0818191908426215
"""Of WGS 84."""
_PARALLELS_IN = 1 / 6
"""How far inside the extent's height each standard parallel lies."""
_WIDEST_DEG = 150.0
_LEAST_CONE = 0.1
_LEAST_SUM_DEG = 1.0
_SAMPLES = 33
_BEHIND_DEG = 179.0
_FAR_LAT, _LAST_LAT = 80.0, 89.99
"""A cone shows nothing beyond `_FAR_LAT` of the other hemisphere, nor its own pole."""


class Plane(Protocol):
    """A plane, x to the right and y up, in degrees of the equator (111319.49 m)."""

    @property
    def name(self) -> ProjectionName:
        """Its word."""

    @property
    def straight(self) -> bool:
        """Whether meridians and parallels are straight, upright and level."""

    @property
    def title(self) -> str:
        """What a picture says of it."""

    def point(self, lon: float, lat: float) -> tuple[float, float]:
        """Return the place of a position in degrees."""

    def points(self, lonlat: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the places of an (n, 2) array of positions in degrees."""

    def positions(self, xy: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the positions in degrees of an (n, 2) array of places."""

    def enlargement(self, lat: float) -> float:
        """Return how many times longer than on the globe a short line is at a latitude."""

    def turn(self, lon: float) -> float:
        """Return by how many degrees north is turned clockwise from up at a longitude."""

    def ready(self, geometry: BaseGeometry, step_deg: float) -> BaseGeometry:
        """Return a geometry whose points alone need be put on the plane.

        Parameters
        ----------
        geometry
            In degrees; its legs are straight in longitude and latitude (RFC 7946).
        step_deg
            The longest leg that is as good as straight on the plane.
        """


@dataclass(frozen=True)
class Mercator:
    """Web Mercator, as on the screen."""

    name: ProjectionName = "mercator"
    straight: bool = True
    title: str = "Web Mercator"

    def point(self, lon: float, lat: float) -> tuple[float, float]:
        """Return the place of a position in degrees."""
        clamped = max(-MAX_LAT, min(MAX_LAT, lat))
        return lon, math.degrees(math.asinh(math.tan(math.radians(clamped))))

    def points(self, lonlat: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the places of an (n, 2) array of positions in degrees."""
        lat = np.clip(lonlat[:, 1], -MAX_LAT, MAX_LAT)
        return np.column_stack([lonlat[:, 0], np.degrees(np.arcsinh(np.tan(np.radians(lat))))])

    def positions(self, xy: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the positions in degrees of an (n, 2) array of places."""
        return np.column_stack([xy[:, 0], np.degrees(np.arctan(np.sinh(np.radians(xy[:, 1]))))])

    def enlargement(self, lat: float) -> float:
        """Return how many times longer than on the globe a short line is at a latitude."""
        return 1.0 / math.cos(math.radians(min(abs(lat), MAX_LAT)))

    def turn(self, lon: float) -> float:  # noqa: ARG002  north is up everywhere
        """Return by how many degrees north is turned clockwise from up at a longitude."""
        return 0.0

    def ready(self, geometry: BaseGeometry, step_deg: float) -> BaseGeometry:  # noqa: ARG002
        """Return a geometry whose points alone need be put on the plane: as it is."""
        return geometry


@dataclass(frozen=True)
class Conic:
    """A Lambert conformal conic on WGS 84, true to scale at two parallels.

    Formulas: Snyder, Map Projections, A Working Manual (USGS 1987), equations 14-15 and 15-1
    to 15-11; positions are turned by PROJ.
    """

    lon: float
    """The meridian that is upright, in degrees."""
    south: float
    north: float
    """The parallels that are true to scale, in degrees."""
    name: ProjectionName = "lambert"
    straight: bool = False

    @property
    def title(self) -> str:
        """What a picture says of it."""
        return f"Lambert conformal conic, true at {latitude(self.south)} and {latitude(self.north)}"

    @cached_property
    def cone(self) -> float:
        """The cone's constant: degrees of the plane's fan to a degree of longitude."""
        one, other = _radius(self.south), _radius(self.north)
        narrower = math.log(_parallel(self.south) / _parallel(self.north))
        return narrower / math.log(one / other)

    @cached_property
    def _transformer(self) -> Transformer:
        return Transformer.from_pipeline(
            "+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad "
            f"+step +proj=lcc +lat_1={self.south} +lat_2={self.north} "
            f"+lat_0={(self.south + self.north) / 2} +lon_0={self.lon} +ellps=WGS84"
        )

    @cached_property
    def apex(self) -> float:
        """Where the cone's pole lies on the upright meridian."""
        y: float = self._transformer.transform(self.lon, math.copysign(90.0, self.cone))[1]
        return y / METRES_PER_DEGREE

    def point(self, lon: float, lat: float) -> tuple[float, float]:
        """Return the place of a position in degrees."""
        south, north = self._seen
        x, y = self._transformer.transform(lon, min(max(lat, south), north))
        return x / METRES_PER_DEGREE, y / METRES_PER_DEGREE

    def points(self, lonlat: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the places of an (n, 2) array of positions in degrees."""
        lat = np.clip(lonlat[:, 1], *self._seen)
        return np.column_stack(self._transformer.transform(lonlat[:, 0], lat)) / METRES_PER_DEGREE

    def positions(self, xy: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the positions in degrees; longitudes go on beyond 180 as the fan does."""
        x, y = (xy * METRES_PER_DEGREE).T
        _, lat = self._transformer.transform(x, y, direction="INVERSE")
        side = math.copysign(1.0, self.cone)
        angle = np.arctan2(side * xy[:, 0], side * (self.apex - xy[:, 1]))
        return np.column_stack([self.lon + np.degrees(angle) / self.cone, lat])

    def enlargement(self, lat: float) -> float:
        """Return how many times longer than on the globe a short line is at a latitude."""
        south, north = self._seen
        seen = min(max(lat, south), north)
        along: float = (_radius(seen) / _radius(self.south)) ** self.cone
        return along * _parallel(self.south) / _parallel(seen)

    def turn(self, lon: float) -> float:
        """Return by how many degrees north is turned clockwise from up at a longitude."""
        return (self.lon - lon) * self.cone

    def ready(self, geometry: BaseGeometry, step_deg: float) -> BaseGeometry:
        """Return a geometry whose points alone need be put on the plane.

        Legs are cut into steps, and what lies behind the cone, where it is slit open, is left
        out: a leg across the slit would cross the map.
        """
        if geometry.geom_type in {"Point", "MultiPoint"}:
            return geometry
        west, _, east, _ = geometry.bounds
        behind = _BEHIND_DEG
        if west < self.lon - behind or east > self.lon + behind:
            geometry = shapely.clip_by_rect(
                geometry, self.lon - behind, -90.0, self.lon + behind, 90.0
            )
        return shapely.segmentize(geometry, step_deg)

    @cached_property
    def _seen(self) -> tuple[float, float]:
        """The latitudes it can show."""
        return (-_FAR_LAT, _LAST_LAT) if self.cone > 0 else (-_LAST_LAT, _FAR_LAT)


MERCATOR = Mercator()


def plane_of(name: ProjectionName, extent: Bbox) -> Plane:
    """Return the plane of a name for an extent; Web Mercator where no cone suits it."""
    return (conic_of(extent) if name == "lambert" else None) or MERCATOR


@lru_cache(maxsize=64)
def conic_of(extent: Bbox) -> Conic | None:
    """Return the conic fitted to an extent, or None where none suits it.

    The standard parallels lie a sixth of the extent's height inside it. No cone suits what lies
    evenly about the equator, is wider than 150 degrees, or is drawn more evenly by Mercator.

    Parameters
    ----------
    extent
        West, south, east, north in degrees.
    """
    west, south, east, north = extent
    tall = north - south
    # Told in as few digits as a reader can check, and used as told.
    digits = max(0, math.ceil(-math.log10(max(tall, 1e-9) / 12)))
    low, high = (
        round(lat, digits) for lat in (south + tall * _PARALLELS_IN, north - tall * _PARALLELS_IN)
    )
    if east - west > _WIDEST_DEG or not low < high or abs(low + high) < _LEAST_SUM_DEG:
        return None
    conic = Conic((west + east) / 2, low, high)
    if abs(conic.cone) < _LEAST_CONE:
        return None
    return conic if spread(conic, south, north) < spread(MERCATOR, south, north) else None


def spread(plane: Plane, south: float, north: float) -> float:
    """Return how many times the largest scale between two latitudes is the smallest."""
    scales = [plane.enlargement(float(lat)) for lat in np.linspace(south, north, _SAMPLES)]
    return max(scales) / min(scales)


def _parallel(lat: float) -> float:
    """Return the radius of a parallel, in radii of the equator (Snyder 14-15)."""
    sine = _ECCENTRICITY * math.sin(math.radians(lat))
    return math.cos(math.radians(lat)) / math.sqrt(1.0 - sine * sine)


def _radius(lat: float) -> float:
    """Return what of a latitude grows with the distance from the pole (Snyder 15-9)."""
    sine = _ECCENTRICITY * math.sin(math.radians(lat))
    half = math.tan(math.radians(45.0 - lat / 2.0))
    radius: float = half / ((1.0 - sine) / (1.0 + sine)) ** (_ECCENTRICITY / 2.0)
    return radius
