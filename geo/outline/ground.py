"""Give the rivers and lakes of an extent: which of the world's matter, their names, their shapes.

The files in `geo/outline/ground` are made by scripts/make_waters.py and can be replaced by others
of the same form. They are much coarser than a corridor's own outline: there a river that runs
along a border is laid onto it. This module chooses no colour.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from corridormap.geo.errors import AssetError
from corridormap.geo.outline.topojson import read_topology

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from corridormap.geo.outline.topojson import OutlineFile

    Bbox = tuple[float, float, float, float]

__all__ = [
    "SHOWN_M_PER_PX",
    "Lake",
    "River",
    "laid_on_borders",
    "lakes_in",
    "rivers_in",
]

SHOWN_M_PER_PX = {1: (40.0, 20_000.0), 2: (40.0, 7000.0), 3: (40.0, 1500.0)}
"""At how many metres per px rivers are drawn, by rank: smaller they would be a net of lines, and
nearer by they, known to about a kilometre, would be shown where they are not."""

_STEP_DEG = 0.005
_ON_BORDER_DEG, _NEAR_BORDER_DEG = 0.02, 0.03
"""A river is laid onto a border up to the first, and led to it up to the second."""


@dataclass(frozen=True)
class River:
    """A river with its lines, lon, lat in degrees (WGS 84), from its head down."""

    name: str
    rank: int
    """1 of a continent, 2 of a country, 3 of a region."""
    line: BaseGeometry


@dataclass(frozen=True)
class Lake:
    """A lake with its area, lon, lat in degrees (WGS 84)."""

    name: str
    rank: int
    """Natural Earth's scale rank, 0 the largest."""
    at: tuple[float, float]
    """Where its name goes, lon lat: the middle of its widest part."""
    shape: BaseGeometry


def rivers_in(extent: Bbox) -> tuple[River, ...]:
    """Return what of the rivers lies in an extent: west, south, east, north in degrees.

    Raises
    ------
    AssetError
        If the file is missing or broken.
    """
    rivers, boxes = _rivers()
    cut = ((rivers[i], shapely.clip_by_rect(rivers[i].line, *extent)) for i in _at(boxes, extent))
    return tuple(replace(r, line=line) for r, line in cut if not line.is_empty)


def lakes_in(extent: Bbox) -> tuple[Lake, ...]:
    """Return what of the lakes lies in an extent: west, south, east, north in degrees.

    Raises
    ------
    AssetError
        If the file is missing or broken.
    """
    lakes, boxes = _lakes()
    cut = ((lakes[i], shapely.clip_by_rect(lakes[i].shape, *extent)) for i in _at(boxes, extent))
    return tuple(replace(lake, shape=shape) for lake, shape in cut if not shape.is_empty)


@lru_cache(maxsize=16)
def laid_on_borders(detail: OutlineFile) -> tuple[River, ...]:
    """Return the rivers of a detailed outline, laid onto its borders where they run along one.

    Raises
    ------
    AssetError
        If the file of rivers is missing or broken.
    ReadError
        If the detailed outline cannot be read.
    """
    outline = read_topology(detail)
    borders = outline.lines([line for lines in outline.borders.values() for line in lines])
    return tuple(
        River(river.name, river.rank, _laid(river.line, borders))
        for river in rivers_in(outline.bbox)
    )


def _laid(line: BaseGeometry, border: BaseGeometry) -> BaseGeometry:
    """Move what is near a border onto it; farther away ever less, so that no corner shows."""
    if border.is_empty:
        return line
    shapely.prepare(border)

    def moved(every: NDArray[np.float64]) -> NDArray[np.float64]:
        near = shapely.dwithin(border, shapely.points(every), _NEAR_BORDER_DEG)
        points = every[near]
        ways = shapely.get_coordinates(shapely.shortest_line(shapely.points(points), border))
        target = ways.reshape(-1, 2, 2)[:, 1]
        away = np.hypot(*(target - points).T)
        share = (_NEAR_BORDER_DEG - away) / (_NEAR_BORDER_DEG - _ON_BORDER_DEG)
        laid = every.copy()
        laid[near] += np.clip(share, 0.0, 1.0)[:, None] * (target - points)
        return laid

    return shapely.transform(shapely.segmentize(line, _STEP_DEG), moved)


def _at(boxes: NDArray[np.float64], extent: Bbox) -> list[int]:
    west, south, east, north = extent
    touching = (
        (boxes[:, 0] <= east)
        & (boxes[:, 2] >= west)
        & (boxes[:, 1] <= north)
        & (boxes[:, 3] >= south)
    )
    found: list[int] = np.flatnonzero(touching).tolist()
    return found


@cache
def _rivers() -> tuple[list[River], NDArray[np.float64]]:
    rivers = [
        River(row["name"], row["rank"], shapely.MultiLineString(row["lines"]))
        for row in _read("rivers.json")
    ]
    return rivers, _boxes(river.line for river in rivers)


@cache
def _lakes() -> tuple[list[Lake], NDArray[np.float64]]:
    lakes = [
        Lake(
            row["name"],
            row["rank"],
            tuple(row["at"]),
            shapely.make_valid(
                shapely.MultiPolygon([(rings[0], rings[1:]) for rings in row["polygons"]])
            ),
        )
        for row in _read("lakes.json")
    ]
    return lakes, _boxes(lake.shape for lake in lakes)


def _boxes(shapes: Iterable[BaseGeometry]) -> NDArray[np.float64]:
    return np.array([shape.bounds for shape in shapes])


def _read(name: str) -> list[Any]:
    file = files("corridormap.geo.outline") / "ground" / name
    try:
        rows: list[Any] = json.loads(file.read_bytes())  # noqa: TID251  the program's own file
    except (OSError, ValueError) as error:
        raise AssetError("rivers-or-lakes-are-broken", file=str(file), error=error) from error
    return rows
