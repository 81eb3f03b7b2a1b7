"""Hold an outline as arcs that neighbours share, and read it from TopoJSON.

An outline's TopoJSON always has three objects: `countries` (polygons, property `iso`),
`borders` (lines, properties `a` and `b`: ISO codes) and `coast` (lines). Edges that only
close a polygon at the rim of a window are in no line. This module neither cuts nor
simplifies (geo/outline/cutting.py) and knows no country.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from shapely.geometry import LineString, MultiLineString, MultiPolygon
from shapely.geometry import Polygon as Shape

from corridormap.geo.errors import ReadError
from corridormap.geo.json_file import parse_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    Coordinates = NDArray[np.float64]

__all__ = ["Line", "OutlineFile", "Polygon", "Topology", "decode", "read_topology"]

Line = tuple[int, ...]
"""Numbers of the arcs that follow each other; ~n stands for arc n backwards."""
Polygon = tuple[Line, ...]
"""Rings, the outside first."""

_MIN_RING_POINTS = 4
_OBJECTS = ("countries", "borders", "coast")


class OutlineFile(NamedTuple):
    """An outline's file as it was read."""

    name: str
    """How messages name it."""
    raw: bytes


@dataclass(frozen=True)
class Topology:
    """Countries, borders and coast made of shared arcs; lon, lat in degrees (WGS 84)."""

    arcs: tuple[Coordinates, ...]
    countries: Mapping[str, tuple[Polygon, ...]]
    """By ISO 3166-1 alpha-2 code."""
    borders: Mapping[tuple[str, str], tuple[Line, ...]]
    """By the two codes, in the order of the alphabet."""
    coast: tuple[Line, ...]
    bbox: tuple[float, float, float, float]
    """Window that the outline fills: west, south, east, north."""

    def coordinates(self, line: Line) -> Coordinates:
        """Return the points of arcs that follow each other, joints once."""
        parts = [self.arcs[n] if n >= 0 else self.arcs[~n][::-1] for n in line]
        if len(parts) == 1:
            return parts[0]
        return np.concatenate([parts[0], *(part[1:] for part in parts[1:])])

    def land(self, iso: str) -> MultiPolygon:
        """Return a country's polygons; rings too short to be one are left out."""
        found = [self._shape(rings) for rings in self.countries[iso]]
        return MultiPolygon([shape for shape in found if shape is not None])

    def lines(self, lines: Iterable[Line]) -> MultiLineString:
        """Return arcs that follow each other as a MultiLineString."""
        return MultiLineString([LineString(self.coordinates(line)) for line in lines])

    def _shape(self, rings: Polygon) -> Shape | None:
        found = [self.coordinates(ring) for ring in rings]
        if len(found[0]) < _MIN_RING_POINTS:
            return None
        return Shape(found[0], [ring for ring in found[1:] if len(ring) >= _MIN_RING_POINTS])


@lru_cache(maxsize=8)
def read_topology(file: OutlineFile) -> Topology:
    """Read a TopoJSON outline; the last few are kept.

    Raises
    ------
    ReadError
        If it is no JSON, or no outline of ours.
    """
    topology = parse_json(file.raw, file=file.name)
    try:
        return decode(topology)
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, OverflowError) as error:
        raise ReadError(
            "not-a-topojson-outline",
            file=file.name,
            objects=", ".join(_OBJECTS),
            name=type(error).__name__,
            error=error,
        ) from error


def decode(topology: Mapping[str, Any]) -> Topology:
    """Read an outline from TopoJSON's JSON values.

    Raises
    ------
    ValueError, KeyError, TypeError, IndexError
        If it is no outline: an object is missing, or an arc is not there.
    """
    scale = np.asarray(topology["transform"]["scale"], dtype=np.float64)
    shift = np.asarray(topology["transform"]["translate"], dtype=np.float64)
    arcs = tuple(
        np.cumsum(np.asarray(arc, dtype=np.int64).reshape(-1, 2), axis=0) * scale + shift
        for arc in topology["arcs"]
    )
    if not all(np.isfinite(arc).all() and len(arc) > 1 for arc in arcs):
        msg = "an arc has too few points or one that is not finite"
        raise ValueError(msg)
    objects = topology["objects"]
    countries = {
        str(geometry["properties"]["iso"]): tuple(
            tuple(_line(ring, len(arcs)) for ring in polygon) for polygon in _parts(geometry)
        )
        for geometry in objects["countries"]["geometries"]
    }
    if not all(all(polygons) for polygons in countries.values()):
        msg = "a polygon has no ring"
        raise ValueError(msg)
    borders = {
        (str(geometry["properties"]["a"]), str(geometry["properties"]["b"])): tuple(
            _line(line, len(arcs)) for line in _parts(geometry)
        )
        for geometry in objects["borders"]["geometries"]
    }
    coast = tuple(
        _line(line, len(arcs))
        for geometry in objects["coast"]["geometries"]
        for line in _parts(geometry)
    )
    return Topology(arcs, countries, borders, coast, _bbox(topology, arcs))


def _parts(geometry: Mapping[str, Any]) -> Sequence[Any]:
    single = geometry["type"] in {"Polygon", "LineString"}
    return [geometry["arcs"]] if single else geometry["arcs"]


def _line(numbers: Sequence[int], count: int) -> Line:
    line = tuple(int(number) for number in numbers)
    if not line or any(not -count <= number < count for number in line):
        msg = f"an arc is named that is not among the {count} arcs"
        raise ValueError(msg)
    return line


def _bbox(
    topology: Mapping[str, Any], arcs: Sequence[Coordinates]
) -> tuple[float, float, float, float]:
    if "bbox" in topology:
        west, south, east, north = (float(value) for value in topology["bbox"])
        if not np.isfinite((west, south, east, north)).all():
            msg = "the window has an end that is not finite"
            raise ValueError(msg)
        return (west, south, east, north)
    points = np.concatenate(arcs)
    west, south = points.min(axis=0).tolist()
    east, north = points.max(axis=0).tolist()
    return (west, south, east, north)
