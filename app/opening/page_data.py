"""Keep what a corridor's page is drawn from: its document and its outline, made once.

The served page and the page in one file show the same values. Draws nothing.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from corridormap.app.browser.document import build_document
from corridormap.geo.outline.outline import browser_outline

if TYPE_CHECKING:
    from corridormap.layers.corridor.corridor import Corridor

__all__ = ["page_document", "page_outline"]

_KEPT = 1
"""Each holds its corridor, which the server may have let go; a file asks for one again."""
_WIDE_DEG = 15.0
_LAST_LAT = 85.0
"""Web Mercator ends there."""


@lru_cache(maxsize=_KEPT)
def page_document(corridor: Corridor) -> dict[str, Any]:
    """Return the browser's document of a corridor; not to be changed."""
    return build_document(corridor)


@lru_cache(maxsize=_KEPT)
def page_outline(corridor: Corridor) -> dict[str, Any]:
    """Return the outline the browser draws, as JSON values; not to be changed."""
    extent = corridor.manifest.extent
    # Round a continent the fine outline of the neighbourhood would weigh more than the map.
    wide = extent[2] - extent[0] > _WIDE_DEG
    near = extent if wide else _grown(extent)
    return browser_outline(extent, detail=corridor.outline, near=near)


def _grown(extent: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    """Return an extent (degrees) grown by its own size on every side, within the world."""
    west, south, east, north = extent
    width, height = east - west, north - south
    return (
        max(-180.0, west - width),
        max(-_LAST_LAT, south - height),
        min(180.0, east + width),
        min(_LAST_LAT, north + height),
    )
