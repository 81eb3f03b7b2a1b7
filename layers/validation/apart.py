"""Find things that stand apart in words and together on the map.

"The bridges stand 800 m apart" under one point that is said to be good to 100 m: whichever is
meant, the point is no nearer to it than half of that. Only a feature's own words on its
position are read, and only distances "apart".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from shapely.geometry import Point

from corridormap.geo.errors import Fault
from corridormap.layers.wording.words import distance

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shapely.geometry.base import BaseGeometry

    from corridormap.layers.corridor.feature import FeatureProperties

__all__ = ["apart_faults"]

_APART = re.compile(r"([\d.,]+)\s*(k?m)\b(?:\s+or\s+[\d.,]+\s*k?m)?\s+apart", re.IGNORECASE)


def apart_faults(said: FeatureProperties, geometry: BaseGeometry) -> Iterator[Fault]:
    """Yield distances of a point's own words that its uncertainty does not hold."""
    if not isinstance(geometry, Point):
        return
    for number, unit in _APART.findall(said.position_note):
        apart_m = _metres(number, unit)
        if apart_m is not None and apart_m / 2 > said.uncertainty_m:
            yield Fault(
                "apart-in-words-only",
                "uncertainty_m",
                apart=distance(apart_m),
                band=distance(said.uncertainty_m),
            )


def _metres(number: str, unit: str) -> float | None:
    try:
        value = float(number.replace(",", "").rstrip("."))
    except ValueError:
        return None
    return value * (1000 if unit.casefold() == "km" else 1)
