"""Look up towns and countries in the gazetteer that ships with the tool (GeoNames).

The file is made by base/places.py; it is opened read-only for each question and left as it
is. This module decides which places matter most, not where their labels go.
"""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from corridormap.geo.assets import asset_path
from corridormap.geo.errors import AssetError
from corridormap.geo.folding import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    Bbox = tuple[float, float, float, float]

__all__ = [
    "Place",
    "country_names",
    "folded_name",
    "places_in",
    "places_like",
    "places_named",
]

_SCALE = 100_000
"""The file holds degrees times this."""

_IN_EXTENT = """
SELECT name, lon_e5, lat_e5, country, population, capital FROM place
WHERE lon_e5 BETWEEN ? AND ? AND lat_e5 BETWEEN ? AND ? ORDER BY id LIMIT ?
"""

_NAMED = """
SELECT n.name, p.name, lon_e5, lat_e5, country, population, capital
FROM name AS n JOIN place AS p ON p.id = n.place WHERE n.name IN ({}) ORDER BY p.id
"""
_NAMES_AT_ONCE = 400
_LIKE = """
SELECT n.name = ?1, p.id, p.name, lon_e5, lat_e5, country, population, capital
FROM (SELECT name, place FROM name WHERE name >= ?1 AND name < ?1 || char(1114111) LIMIT ?2) AS n
JOIN place AS p ON p.id = n.place
"""
_LIKE_WHOLE = """
SELECT 1, p.id, p.name, lon_e5, lat_e5, country, population, capital
FROM name AS n JOIN place AS p ON p.id = n.place WHERE n.name = ?1
"""
_LIKE_LEAST = 3
"""Letters that a beginning must have; fewer find a place only by its whole name."""
_LOOKED_AT = 4000
"""Names looked at for a beginning: some milliseconds."""
_WORD = re.compile(r"\w+")

_OWN_NAMES = {
    "XG": "Siachen Glacier",
    "XN": "Northern Cyprus",
    "XP": "Spratly Islands",
    "XS": "Somaliland",
}
"""Parts of the world's outline that have no ISO code; base/world.py gives them these."""


@dataclass(frozen=True)
class Place:
    """A town or city."""

    name: str
    at: tuple[float, float]
    """Longitude and latitude in degrees (WGS 84)."""
    country: str
    """ISO 3166-1 alpha-2 code."""
    population: int
    capital: bool
    """True for the capital of its country."""


def places_in(extent: Bbox, *, limit: int) -> tuple[Place, ...]:
    """Return the most important places of an extent, the most important first.

    Parameters
    ----------
    extent
        West, south, east, north in degrees (WGS 84).
    limit
        The largest number of places to return.

    Raises
    ------
    AssetError
        If the gazetteer is missing or broken.
    """
    west, south, east, north = (round(value * _SCALE) for value in extent)
    rows = _query(_IN_EXTENT, (west, east, south, north, limit))
    return tuple(_place(*row) for row in rows)


def folded_name(text: str) -> str:
    """Fold a name for comparison: case, accents and punctuation go; as base/places.py does."""
    if not text.isascii():
        parts = unicodedata.normalize("NFKD", text)
        text = "".join(c for c in parts if not unicodedata.combining(c))
    return " ".join(_WORD.findall(text.casefold()))


def places_named(names: Iterable[str]) -> Mapping[str, tuple[Place, ...]]:
    """Return the places of some names, in all spellings known, the most important first.

    Parameters
    ----------
    names
        As `folded_name` gives them. Names that no place has are left out of the result.

    Raises
    ------
    AssetError
        If the gazetteer is missing or broken.
    """
    found: dict[str, list[Place]] = {}
    wanted = sorted(set(names))
    for begin in range(0, len(wanted), _NAMES_AT_ONCE):
        part = wanted[begin : begin + _NAMES_AT_ONCE]
        marks = ",".join("?" * len(part))
        for said, *row in _query(_NAMED.format(marks), part):
            found.setdefault(said, []).append(_place(*row))
    return MappingProxyType({name: tuple(places) for name, places in found.items()})


def places_like(text: str, near: Bbox, *, limit: int) -> tuple[Place, ...]:
    """Return the places whose names begin with a text, in all spellings known.

    Those of just that name come first, then those inside an extent, then the more important.

    Parameters
    ----------
    text
        As somebody types it: case, accents and punctuation do not count.
    near
        West, south, east, north in degrees (WGS 84).
    limit
        The largest number of places to return.

    Raises
    ------
    AssetError
        If the gazetteer is missing or broken.
    """
    west, south, east, north = near
    found: dict[int, tuple[tuple[bool, bool, int], Place]] = {}
    for asked in dict.fromkeys((folded_name(text), folded_name(folded(text)))):
        if not asked:
            continue
        most = _LOOKED_AT if len(asked) >= _LIKE_LEAST else 0
        rows = _query(_LIKE, (asked, most)) if most else _query(_LIKE_WHOLE, (asked,))
        for same, id_, *row in rows:
            place = _place(*row)
            x, y = place.at
            inside = west <= x <= east and south <= y <= north
            worth = (not same, not inside, id_)
            if id_ not in found or worth < found[id_][0]:
                found[id_] = (worth, place)
    ordered = sorted(found.values(), key=lambda one: one[0])
    return tuple(place for _, place in ordered[:limit])


@cache
def country_names() -> Mapping[str, str]:
    """Return the English names of countries by ISO 3166-1 alpha-2 code.

    Raises
    ------
    AssetError
        If the gazetteer is missing or broken.
    """
    rows = _query("SELECT iso, name FROM country ORDER BY iso", ())
    return MappingProxyType(dict(rows) | _OWN_NAMES)


def _place(name: str, lon: int, lat: int, country: str, population: int, capital: int) -> Place:
    return Place(name, (lon / _SCALE, lat / _SCALE), country, population, bool(capital))


def _query(sql: str, values: Sequence[int | str]) -> list[Any]:
    file = asset_path("places.sqlite")
    try:
        with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro&immutable=1", uri=True)) as base:
            return base.execute(sql, values).fetchall()
    except sqlite3.Error as error:
        raise AssetError("gazetteer-cannot-be-read", file=str(file), error=error) from error
