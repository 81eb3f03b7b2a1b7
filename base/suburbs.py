"""Tell suburbs from towns: GeoNames lists the parts of a city beside the city itself.

A place is taken for a suburb if it lies close to one several times as large; how close grows
with the larger one, as a city's own area does.
"""

from __future__ import annotations

from math import cos, hypot, radians, sqrt
from typing import Any

__all__ = ["suburbs"]

_TIMES_LARGER = 3
_SMALLEST_CITY = 50_000
_RADIUS_KM = 0.4
"""Radius of a city of a thousand; it grows with the square root of the population."""
_LARGEST_RADIUS_KM = 30.0
_DEGREE_KM = 111.2
_CELL_DEG = 0.5


def suburbs(cities: list[Any]) -> set[int]:
    """Return the GeoNames ids of places that are part of a larger one's built-up area."""
    cells: dict[tuple[int, int], list[Any]] = {}
    for city in cities:
        if city["population"] >= _SMALLEST_CITY:
            cells.setdefault(_cell(city), []).append(city)
    return {city["geonameid"] for city in cities if _in_shadow(city, cells)}


def _in_shadow(city: Any, cells: dict[tuple[int, int], list[Any]]) -> bool:
    column, row = _cell(city)
    return any(
        other["population"] > city["population"] * _TIMES_LARGER
        and _distance_km(city, other) < _radius_km(other)
        for dx in (-1, 0, 1)
        for dy in (-1, 0, 1)
        for other in cells.get((column + dx, row + dy), ())
    )


def _radius_km(city: Any) -> float:
    return min(_RADIUS_KM * sqrt(city["population"] / 1000), _LARGEST_RADIUS_KM)


def _distance_km(one: Any, other: Any) -> float:
    dy = one["latitude"] - other["latitude"]
    dx = (one["longitude"] - other["longitude"]) * cos(radians(one["latitude"]))
    return hypot(dx, dy) * _DEGREE_KM


def _cell(city: Any) -> tuple[int, int]:
    return (int(city["longitude"] // _CELL_DEG), int(city["latitude"] // _CELL_DEG))
