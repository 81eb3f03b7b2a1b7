"""Give the outline of an extent: land, borders, coast and waters, coarse below and fine above.

The world comes from Natural Earth, the neighbourhood of a corridor from the detailed outline
in its folder. Finer tiers are drawn over coarser ones: each paints its window with the sea's
colour first, so that tiers need not fit together. This module chooses no colour.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

import shapely

from corridormap.geo.outline.atlas import Scale, read_atlas
from corridormap.geo.outline.cutting import cut, simplify
from corridormap.geo.outline.ground import laid_on_borders, lakes_in, rivers_in
from corridormap.geo.outline.interior import label_points
from corridormap.geo.outline.packing import pack_outline, pack_waters
from corridormap.geo.outline.places import country_names
from corridormap.geo.outline.topojson import OutlineFile, Topology, read_topology
from corridormap.geo.outline.waters import drawn_seas, lake_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from shapely.geometry.base import BaseGeometry

    from corridormap.geo.outline.ground import Lake, River

    Bbox = tuple[float, float, float, float]

__all__ = ["Tier", "browser_outline", "tiers"]

_SCALES: Mapping[str, tuple[tuple[float, Scale], ...]] = {
    "print": ((40.0, "10m"), (150.0, "50m"), (360.0, "110m")),
    "screen": ((15.0, "10m"), (90.0, "50m"), (360.0, "110m")),
}
"""For each use, up to which width of the extent (degrees) an outline is taken."""

_DETAIL_SHARE = 1 / 5
"""Below this share of the extent's width a detailed outline is too small to see."""

_WORLD_TOLERANCE_DEG = 0.05
_STEPS_DEG: Mapping[str, float] = {"world": 0.01, "near": 0.0005, "detail": 0.00002}
"""Quantisation of what the browser draws: far below a pixel where a tier is looked at."""


_WATER_STEPS_DEG: Mapping[str, float] = {"world": 0.01, "near": 0.002, "detail": 0.0005}
_WORLD_LAKES = 0
"""Natural Earth's rank up to which the browser draws lakes far from the corridor."""
_WORLD = (-180.0, -90.0, 180.0, 90.0)


@dataclass(frozen=True, eq=False)
class Tier:
    """One outline, cut to the extent asked for; lon, lat in degrees (WGS 84)."""

    id: str
    window: Bbox | None
    """What the tier paints over with the sea first; None for all of the extent."""
    land: Mapping[str, BaseGeometry]
    """By ISO 3166-1 alpha-2 code."""
    borders: tuple[tuple[str, str, BaseGeometry], ...]
    """The two countries' codes and the border's line."""
    coast: BaseGeometry
    lakes: tuple[Lake, ...] = ()
    """Those that are not cut out of the land."""
    rivers: tuple[River, ...] = ()


@lru_cache(maxsize=3)
def tiers(
    extent: Bbox, *, detail: OutlineFile | None, scale: Literal["screen", "print"] = "print"
) -> tuple[Tier, ...]:
    """Return the tiers of an extent in the order they are painted.

    Those of the last extents are kept: a picture is tried before it is taken.

    Parameters
    ----------
    extent
        West, south, east, north in degrees (WGS 84).
    detail
        A corridor's detailed outline, or None.
    scale
        What the outline is for.

    Raises
    ------
    AssetError
        If the base data is missing.
    ReadError
        If the detailed outline cannot be read.
    """
    width = extent[2] - extent[0]
    name: Scale = next((name for limit, name in _SCALES[scale] if width <= limit), "110m")
    world = _tier("world", read_atlas(name, extent), extent, None)
    found = [replace(world, lakes=lakes_in(extent), rivers=rivers_in(extent))]
    if detail is not None:
        topology = read_topology(detail)
        window = _overlap(topology.bbox, extent)
        if window and topology.bbox[2] - topology.bbox[0] > width * _DETAIL_SHARE:
            fine = _tier("detail", topology, window, window)
            found.append(replace(fine, rivers=_cut(laid_on_borders(detail), window)))
    return tuple(found)


def browser_outline(extent: Bbox, *, detail: OutlineFile | None, near: Bbox) -> dict[str, Any]:
    """Return the outline the browser draws, as JSON values.

    Parameters
    ----------
    extent
        The corridor: west, south, east, north in degrees (WGS 84).
    detail
        A corridor's detailed outline, or None.
    near
        The neighbourhood, in which the world is shown finely.

    Raises
    ------
    AssetError
        If the base data is missing.
    ReadError
        If the detailed outline cannot be read.
    """
    outlines = {
        "world": simplify(read_atlas("50m"), tolerance_deg=_WORLD_TOLERANCE_DEG),
        "near": cut(read_atlas("10m", near), near),
    }
    if detail is not None:
        outlines["detail"] = read_topology(detail)
    lakes = {"world": _large(lakes_in(_WORLD)), "near": lakes_in(near)}
    rivers = {"world": _long(rivers_in(_WORLD)), "near": rivers_in(near)}
    if detail is not None:
        rivers["detail"] = laid_on_borders(detail)
    points = label_points(outlines["world"], (extent, near))
    names = country_names()
    return {
        "tiers": [
            {
                "id": name,
                "window": None if name == "world" else list(topology.bbox),
                "outline": pack_outline(topology, step_deg=_STEPS_DEG[name]),
                "waters": pack_waters(
                    lakes.get(name, ()), rivers.get(name, ()), step_deg=_WATER_STEPS_DEG[name]
                ),
            }
            for name, topology in outlines.items()
        ],
        "countries": [
            {"iso": iso, "name": names.get(iso, iso), "labels": labels}
            for iso, labels in points.items()
        ],
        "waters": [
            {"name": water.name, "at": list(water.at), "rank": water.rank}
            for water in (
                *drawn_seas(tuple(outlines.values())),
                *lake_names({lake.name: lake for tier in lakes.values() for lake in tier}.values()),
            )
        ],
    }


def _large(lakes: tuple[Lake, ...]) -> tuple[Lake, ...]:
    return tuple(
        replace(lake, shape=shapely.simplify(lake.shape, _WORLD_TOLERANCE_DEG))
        for lake in lakes
        if lake.rank <= _WORLD_LAKES
    )


def _long(rivers: tuple[River, ...]) -> tuple[River, ...]:
    return tuple(
        replace(river, line=shapely.simplify(river.line, _WORLD_TOLERANCE_DEG))
        for river in rivers
        if river.rank == 1
    )


def _tier(name: str, topology: Topology, extent: Bbox, window: Bbox | None) -> Tier:
    land = {}
    for iso in topology.countries:
        shape = shapely.clip_by_rect(topology.land(iso), *extent)
        if not shape.is_empty:
            land[iso] = shape
    borders = []
    for (a, b), lines in topology.borders.items():
        line = shapely.clip_by_rect(topology.lines(lines), *extent)
        if not line.is_empty:
            borders.append((a, b, line))
    coast = shapely.clip_by_rect(topology.lines(topology.coast), *extent)
    return Tier(name, window, land, tuple(borders), coast)


def _cut(rivers: Iterable[River], window: Bbox) -> tuple[River, ...]:
    parts = (replace(r, line=shapely.clip_by_rect(r.line, *window)) for r in rivers)
    return tuple(river for river in parts if not river.line.is_empty)


def _overlap(one: Bbox, other: Bbox) -> Bbox | None:
    west, south = max(one[0], other[0]), max(one[1], other[1])
    east, north = min(one[2], other[2]), min(one[3], other[3])
    return (west, south, east, north) if west < east and south < north else None
