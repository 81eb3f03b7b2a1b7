"""Name the world's seas and large lakes, and where their names go.

The seas are a small table made by hand, without shapes: what is water is asked of an outline.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from corridormap.geo.outline.ground import lakes_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from corridormap.geo.outline.ground import Lake
    from corridormap.geo.outline.topojson import Topology

    Bbox = tuple[float, float, float, float]

__all__ = ["WATERS", "Water", "drawn_seas", "lake_names", "waters_in"]

_WIDE_DEG = 60.0
_LARGE_LAKE = 4
"""The rank of a large lake's name; smaller ones come after it."""


@dataclass(frozen=True)
class Water:
    """A sea or a lake with its name."""

    name: str
    at: tuple[float, float]
    """Where its name goes: longitude and latitude in degrees (WGS 84)."""
    rank: int
    """From 1 (ocean) to 5 (small lake)."""


WATERS: tuple[Water, ...] = (
    Water("Pacific Ocean", (-140.0, 5.0), 1),
    Water("Pacific Ocean", (165.0, 20.0), 1),
    Water("Atlantic Ocean", (-35.0, 25.0), 1),
    Water("South Atlantic Ocean", (-15.0, -25.0), 1),
    Water("Indian Ocean", (78.0, -15.0), 1),
    Water("Arctic Ocean", (0.0, 82.0), 1),
    Water("Southern Ocean", (80.0, -62.0), 1),
    Water("Mediterranean Sea", (18.5, 34.8), 2),
    Water("Black Sea", (34.5, 43.2), 2),
    Water("Caspian Sea", (49.75, 38.75), 2),
    Water("Arabian Sea", (64.0, 15.5), 2),
    Water("Bay of Bengal", (88.5, 14.0), 2),
    Water("Red Sea", (38.4, 20.2), 2),
    Water("Persian Gulf", (51.6, 27.2), 2),
    Water("North Sea", (3.2, 56.2), 2),
    Water("Baltic Sea", (19.6, 57.0), 2),
    Water("Barents Sea", (40.0, 73.5), 2),
    Water("Norwegian Sea", (3.5, 67.5), 2),
    Water("South China Sea", (114.0, 14.5), 2),
    Water("East China Sea", (125.0, 29.0), 2),
    Water("Sea of Japan", (134.5, 40.0), 2),
    Water("Sea of Okhotsk", (150.0, 54.5), 2),
    Water("Bering Sea", (-177.0, 57.5), 2),
    Water("Philippine Sea", (131.0, 20.0), 2),
    Water("Coral Sea", (155.0, -16.5), 2),
    Water("Tasman Sea", (160.5, -38.0), 2),
    Water("Caribbean Sea", (-74.5, 14.8), 2),
    Water("Gulf of Mexico", (-90.5, 25.0), 2),
    Water("Hudson Bay", (-85.5, 60.0), 2),
    Water("Kara Sea", (72.0, 75.5), 3),
    Water("Sea of Azov", (36.6, 46.1), 3),
    Water("Aegean Sea", (25.0, 38.4), 3),
    Water("Adriatic Sea", (15.8, 43.0), 3),
    Water("Gulf of Oman", (58.6, 24.9), 3),
    Water("Gulf of Aden", (47.8, 12.2), 3),
    Water("Yellow Sea", (123.2, 35.6), 3),
    Water("Andaman Sea", (95.8, 10.8), 3),
    Water("Java Sea", (110.5, -5.2), 3),
    Water("Sea of Marmara", (28.1, 40.7), 4),
    Water("Gulf of Guinea", (3.0, 2.5), 3),
    Water("Bay of Biscay", (-5.0, 45.5), 3),
)


def waters_in(extent: Bbox) -> tuple[Water, ...]:
    """Return the waters whose names lie in an extent, the largest first.

    Parameters
    ----------
    extent
        West, south, east, north in degrees (WGS 84).
    """
    west, south, east, north = extent
    # On a map of a continent a small lake has no room for a name.
    wide = east - west > _WIDE_DEG
    lakes = [w for w in lake_names(lakes_in(extent)) if w.rank == _LARGE_LAKE or not wide]
    named = [*WATERS, *lakes]
    inside = [w for w in named if west <= w.at[0] <= east and south <= w.at[1] <= north]
    return tuple(sorted(inside, key=lambda water: (water.rank, water.name)))


def _named(lake: Lake) -> Water:
    return Water(lake.name, lake.at, _LARGE_LAKE if lake.rank <= 1 else _LARGE_LAKE + 1)


def lake_names(lakes: Iterable[Lake]) -> tuple[Water, ...]:
    """Return the lakes that have a name, as waters."""
    return tuple(_named(lake) for lake in lakes if lake.name)


def drawn_seas(outlines: Sequence[Topology]) -> tuple[Water, ...]:
    """Return the seas that outlines show as water where their names go.

    Parameters
    ----------
    outlines
        In the order they are painted, the finest last.
    """
    points = np.asarray([water.at for water in WATERS])
    dry = np.zeros(len(WATERS), dtype=bool)
    for outline in outlines:
        west, south, east, north = outline.bbox
        inside = ((points >= (west, south)) & (points <= (east, north))).all(axis=1)
        at = np.flatnonzero(inside)
        on_land = [shapely.contains_xy(land, points[at]) for land in _lands(outline)]
        dry[at] = np.any(on_land, axis=0) if on_land else False
    return tuple(water for water, land in zip(WATERS, dry, strict=True) if not land)


def _lands(outline: Topology) -> Iterable[shapely.MultiPolygon]:
    lands = [outline.land(iso) for iso in outline.countries]
    shapely.prepare(lands)
    return lands
