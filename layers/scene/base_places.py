"""Choose the towns and capitals of the base map, and from which zoom each is worth a name.

Near the corridor many, farther away only capitals. Places come from geo/outline/places.py; labels
are placed by the renderers.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from corridormap.geo.measure import grown
from corridormap.geo.outline.places import places_in
from corridormap.layers.scene.scene import ScenePlace
from corridormap.layers.wording.words import plain

if TYPE_CHECKING:
    from corridormap.geo.outline.places import Place
    from corridormap.layers.scene.scene import Bbox

__all__ = ["base_places"]

_NEAR = 0.2
"""Share of the extent added on each side, within which most places are named."""
_AROUND = 1.0
"""The same for the largest towns beyond."""
_FAR = 4.0
"""The same for capitals."""
_AROUND_LIMIT = 80
_FAR_LIMIT = 600
_CAPITAL_RANK = 40
_PLACE_RANK = 50
_MIN_ZOOMS = (
    (1_000_000, 5.0),
    (300_000, 6.0),
    (100_000, 7.0),
    (40_000, 7.5),
    (15_000, 8.5),
    (5_000, 9.5),
    (2_000, 10.5),
)
_LAST_ZOOM = 11.5
_CAPITAL_ZOOM = 4.0


@lru_cache(maxsize=32)
def base_places(extent: Bbox, *, limit: int = 220) -> tuple[ScenePlace, ...]:
    """Return places around an extent, and the capitals far around, most important first.

    Parameters
    ----------
    extent
        West, south, east, north in degrees.
    limit
        Most places returned from the extent and its rim.
    """
    near = places_in(grown(extent, _NEAR), limit=limit)
    around = places_in(grown(extent, _AROUND), limit=_AROUND_LIMIT)
    far = [p for p in places_in(grown(extent, _FAR), limit=_FAR_LIMIT) if p.capital]
    # Towns of one name and size exist: their place decides, else the order would be by chance.
    every = sorted(
        {*near, *around, *far}, key=lambda p: (not p.capital, -p.population, p.name, p.at)
    )
    return tuple(_scene_place(place, index) for index, place in enumerate(every))


def _scene_place(place: Place, index: int) -> ScenePlace:
    if place.capital:
        rank, zoom = _CAPITAL_RANK, _CAPITAL_ZOOM
    else:
        rank = _PLACE_RANK + index
        zoom = next((z for people, z in _MIN_ZOOMS if place.population >= people), _LAST_ZOOM)
    return ScenePlace(plain(place.name), place.at, place.capital, rank, zoom)
