"""Find positions that claim to be better known than their source rounds.

A point on whole or half minutes was rounded there, and may be half a step off in either
direction; a geometry source may also tell its own resolution. Points that name no geometry
source are left alone: nobody says where their digits are from.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from shapely.geometry import Point

from corridormap.geo.errors import Fault
from corridormap.layers.wording.words import distance, short

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shapely.geometry.base import BaseGeometry

    from corridormap.layers.corridor.feature import FeatureProperties

__all__ = ["rounding_faults"]

_METRES_PER_DEGREE = 111_320.0
_STEPS = ((60, "a minute"), (120, "half a minute"))
"""Steps to a degree, coarsest first, and their words."""
_KEPT_DEG = 0.00006
"""How far a rounded value is from its step when it is written with four digits."""


def rounding_faults(said: FeatureProperties, geometry: BaseGeometry) -> Iterator[Fault]:
    """Yield where the uncertainty is smaller than the source can support."""
    for index, source in enumerate(said.geometry_source):
        if source.resolution_m is not None and source.resolution_m > said.uncertainty_m:
            yield Fault(
                "uncertainty-below-resolution",
                f"geometry_source.{index}.resolution_m",
                band=distance(said.uncertainty_m),
                source=short(source.source),
                resolution=distance(source.resolution_m),
            )
    if not isinstance(geometry, Point) or not said.geometry_source:
        return
    for steps, step in _STEPS:
        half_m = _METRES_PER_DEGREE / steps / 2
        if _on_step(geometry.x, steps) and _on_step(geometry.y, steps):
            if said.uncertainty_m < half_m:
                yield Fault(
                    "uncertainty-below-rounding",
                    "uncertainty_m",
                    band=distance(said.uncertainty_m),
                    step=step,
                    half=distance(half_m),
                )
            return


def _on_step(degrees: float, steps: int) -> bool:
    return abs(degrees * steps - round(degrees * steps)) <= _KEPT_DEG * steps
