"""Point out what can hardly be meant, before a file is added: it is read, and said.

Nothing is left out for it: 0, 0 lies in the sea off Africa, and yet a buoy stands there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from corridormap.geo.errors import Finding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corridormap.geo.formats.proposal import Feature
    from corridormap.geo.measure import Bbox

__all__ = ["doubts_of", "is_null_island"]

_FEWEST = 3
"""So many features in one place are no coincidence."""
_FAR = 3.0
"""So many times the extent's size away from it is far."""


def is_null_island(shape: shapely.Geometry) -> bool:
    """Tell whether a shape has a position at exactly 0, 0: how a missing one is often written."""
    west, south, east, north = shapely.bounds(shape)
    if west > 0 or south > 0 or east < 0 or north < 0:
        return False  # most of them, without looking at every position
    return bool((shapely.get_coordinates(shape) == 0).all(axis=1).any())


def doubts_of(
    features: Sequence[Feature], file: str, *, extent: Bbox | None
) -> tuple[Finding, ...]:
    """Return what to look at before the features of a file are added.

    Parameters
    ----------
    features
        In longitude and latitude.
    file
        How messages name it.
    extent
        West, south, east, north in degrees of the corridor, if it is known.
    """
    shapes = [feature.geometry for feature in features]
    found = [
        Finding("position-is-null-island", file, feature.where)
        for feature in features
        if is_null_island(feature.geometry)
    ]
    west, south, east, north = shapely.total_bounds(shapes)
    if len(features) >= _FEWEST and west == east and south == north:
        found.append(Finding("all-features-in-one-place", file, n=len(features)))
    if extent and not found:
        found += _far(features, file, extent)
    return tuple(found)


def _far(features: Sequence[Feature], file: str, extent: Bbox) -> list[Finding]:
    west, south, east, north = extent
    dx, dy = (east - west) * _FAR, (north - south) * _FAR
    bounds = shapely.bounds([feature.geometry for feature in features])
    apart = (bounds[:, 0] > east + dx) | (bounds[:, 2] < west - dx)
    apart |= (bounds[:, 1] > north + dy) | (bounds[:, 3] < south - dy)
    if apart.all():
        return []  # the whole file is about another place, which is said where it is shown
    return [
        Finding("feature-is-far-away", file, features[number].where)
        for number in np.flatnonzero(apart).tolist()
    ]
