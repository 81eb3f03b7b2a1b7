"""Understand what a file says of its coordinate system, and say which one would fit.

A system is understood from EPSG codes and WKT or PROJJSON without outside parts; nothing
is guessed for the user, opened or fetched. Coordinates are x, y whatever the system says.
"""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError, ProjError

from corridormap.geo.errors import ReadError
from corridormap.geo.formats.table import short

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from corridormap.geo.measure import Bbox

    Points = NDArray[np.float64]

__all__ = ["WGS84", "CrsGuess", "MissingCrsError", "crs_named", "crs_stated", "fitting", "words_of"]

WGS84 = CRS.from_epsg(4326)
_NAMED = re.compile(r"(?i)\s*(EPSG|ESRI)\s*:\s*(\d{4,6})\s*")
_URN = re.compile(
    r"(?i)(?:urn:(?:x-)?ogc:def:crs:|https?://www\.opengis\.net/def/crs/)"
    r"(EPSG|ESRI)[:/][\d.]*[:/](\d{4,6})"
)
_CRS84 = re.compile(
    r"(?i)(?:urn:ogc:def:crs:|https?://www\.opengis\.net/def/crs/)?OGC[:/](?:1\.3)?[:/]?CRS84h?"
)
# Parts of a definition that make the projection library open another file.
_OUTSIDE = re.compile(r"(?i)grids=(?!@null)|bound_?crs|parameter_?\s?file|\+init|\+proj=pipeline")
_MAX_TEXT = 20_000
_MARGIN = 1.0
"""Degrees around the extent in which a fit still counts."""
_MEANT = 0.9
"""Share of the points that must fall near the extent."""
_USUAL = (
    3857, 3395, 3035, 2039, 5070, 27700, 2154, 25832, 25833, 28402, 28403, 28404, 28405, 28406,
    28407, 28408, 28409, 28410, 28411, 28412,
)  # fmt: skip


@dataclass(frozen=True)
class CrsGuess:
    """A coordinate system in which the numbers would fall where the corridor is."""

    code: str
    """Such as "EPSG:32638"."""
    name: str


_WITHOUT_A_GUESS = {
    "file-names-no-coordinate-system": "file-names-no-coordinate-system-nor-a-guess",
    "degrees-look-like-metres": "degrees-look-like-metres-nor-a-guess",
}


class MissingCrsError(ReadError):
    """The file does not say in which coordinate system its numbers are, or says wrong."""

    def __init__(
        self, code: str, *, file: str = "", guesses: tuple[CrsGuess, ...] = (), **said: Any
    ) -> None:
        listed = "; ".join(f"{guess.code} ({guess.name})" for guess in guesses[:6])
        if guesses:
            super().__init__(code, file=file, guesses=listed, **said)
        else:
            super().__init__(_WITHOUT_A_GUESS[code], file=file, **said)
        self.guesses = guesses


def crs_named(text: str, *, file: str = "") -> CRS:
    """Return the system that a user chose, such as "EPSG:32638".

    Raises
    ------
    ReadError
        It is no code, or an unknown one.
    """
    match = _NAMED.fullmatch(text)
    try:
        if match:
            return CRS.from_authority(match.group(1).upper(), match.group(2))
    except CRSError:
        pass
    raise ReadError("unknown-coordinate-system", file=file, text=short(text))


def crs_stated(text: str, *, file: str) -> CRS | None:
    """Return the system that a file states, or None when it states none.

    Raises
    ------
    ReadError
        What it states cannot be understood, or leads to other files.
    """
    said = text.strip()
    if not said or re.match(r"(?i)(LOCAL_CS|ENGCRS|ENGINEERINGCRS)", said):
        return None
    if _CRS84.fullmatch(said):
        return WGS84
    named = _NAMED.fullmatch(said) or _URN.fullmatch(said)
    if named:
        return crs_named(f"{named.group(1)}:{named.group(2)}", file=file)
    if len(said) > _MAX_TEXT or _OUTSIDE.search(said):
        raise ReadError("coordinate-system-leads-away", file=file)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            stated = CRS.from_json(said) if said.startswith("{") else CRS.from_wkt(said)
            known = stated.to_authority(min_confidence=70)
        return CRS.from_authority(*known) if known else stated
    except (CRSError, ValueError, TypeError, KeyError, RecursionError) as error:
        raise ReadError(
            "coordinate-system-cannot-be-understood", file=file, said=short(said, 80)
        ) from error


def words_of(crs: CRS) -> str:
    """Return a system's code and name to read: "EPSG:32638 (WGS 84 / UTM zone 38N)"."""
    known = crs.to_authority(min_confidence=70)
    name = short(crs.name, 80)
    return f"{known[0]}:{known[1]} ({name})" if known else name


def fitting(points: Points, extent: Bbox | None) -> tuple[CrsGuess, ...]:
    """Return the usual systems in which points would fall near an extent.

    Parameters
    ----------
    points
        Rows of x, y, at least one.
    extent
        West, south, east, north in degrees; without it nothing is fitting.
    """
    if extent is None:
        return ()
    sample = points[:: max(1, len(points) // 50)]
    codes = [4326] if (np.abs(sample) <= [180, 90]).all() else _near(extent)
    found = []
    for code in codes:
        try:
            crs = CRS.from_epsg(code)
            change = Transformer.from_crs(crs, WGS84, always_xy=True)
            lon, lat = change.transform(sample[:, 0], sample[:, 1])
        except (CRSError, ProjError):
            continue
        west, south, east, north = extent
        inside = (lon >= west - _MARGIN) & (lon <= east + _MARGIN)
        inside &= (lat >= south - _MARGIN) & (lat <= north + _MARGIN)
        if np.mean(inside) >= _MEANT:
            found.append(CrsGuess(f"EPSG:{code}", short(crs.name, 80)))
    return tuple(found)


def _near(extent: Bbox) -> list[int]:
    """Return the usual projected systems, of UTM only the zones about an extent."""
    west, south, east, north = extent
    first, last = int((west + 180) // 6) - 1, int((east + 180) // 6) + 1
    zones = {zone % 60 for zone in range(first, last + 1)}
    codes = [32601 + zone for zone in sorted(zones) if north > 0]
    codes += [32701 + zone for zone in sorted(zones) if south < 0]
    return [*codes, *_USUAL]
