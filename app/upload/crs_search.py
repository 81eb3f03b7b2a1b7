"""Find coordinate systems by words of their names or by their EPSG codes.

Those in use where the corridor is come first; which one is right stays the user's choice.
"""

from __future__ import annotations

from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from pyproj.database import query_crs_info
from pyproj.enums import PJType

if TYPE_CHECKING:
    from corridormap.geo.measure import Bbox

__all__ = ["FoundCrs", "search_crs"]

_MOST = 20
_MOST_WORDS = 8
_ALSO = MappingProxyType({"3857": "web mercator google", "4326": "gps longitude latitude degrees"})
_USUAL = "WGS 84"
"""How the names of systems in wide use begin."""


class FoundCrs(NamedTuple):
    """A coordinate system."""

    code: str
    """Such as "EPSG:32638"."""
    name: str
    near: bool
    """Whether it is meant for where the corridor is."""
    kind: str
    """What its numbers are: degrees, or metres or feet."""


class _Known(NamedTuple):
    code: str
    name: str
    words: str
    kind: str
    area: Bbox | None
    size: float


def search_crs(text: str, extent: Bbox) -> tuple[FoundCrs, ...]:
    """Return the systems whose names or codes hold every word, the likelier first.

    Parameters
    ----------
    text
        Words, or a code such as "32638" or "EPSG:32638".
    extent
        West, south, east, north in degrees of the corridor.
    """
    words = text.casefold().replace("epsg:", "").split()[:_MOST_WORDS]
    if not words:
        return ()
    found = [known for known in _all_known() if all(word in known.words for word in words)]
    exact = words[0] if len(words) == 1 else ""
    found.sort(
        key=lambda known: (
            known.code != f"EPSG:{exact}",
            not _meets(known.area, extent),
            not known.name.startswith(_USUAL),
            # What is made for a smaller part of the world fits it better.
            known.size,
            known.name,
        )
    )
    return tuple(
        FoundCrs(known.code, known.name, _meets(known.area, extent), known.kind)
        for known in found[:_MOST]
    )


@cache
def _all_known() -> tuple[_Known, ...]:
    made = []
    for info in query_crs_info(
        auth_name="EPSG", pj_types=[PJType.GEOGRAPHIC_2D_CRS, PJType.PROJECTED_CRS]
    ):
        use = info.area_of_use
        area = (use.west, use.south, use.east, use.north) if use else None
        size = _size(area) if area else 1e6
        kind = "degrees" if info.type == PJType.GEOGRAPHIC_2D_CRS else "metres or feet"
        also = f"{use.name if use else ''} {_ALSO.get(info.code, '')}"
        words = f"{info.name} {info.code} {also}".casefold()
        made.append(_Known(f"EPSG:{info.code}", info.name, words, kind, area, size))
    return tuple(made)


def _size(area: Bbox) -> float:
    west, south, east, north = area
    return (east - west + (360 if east < west else 0)) * (north - south)


def _meets(area: Bbox | None, extent: Bbox) -> bool:
    if area is None:
        return False
    west, south, east, north = area
    if west > east:  # across the 180th meridian
        wide = extent[2] >= west or extent[0] <= east
    else:
        wide = extent[0] <= east and extent[2] >= west
    return wide and extent[1] <= north and extent[3] >= south
