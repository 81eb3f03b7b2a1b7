"""Know units: what each measures, and how large it is.

A rate is a thing per time, such as trucks/day; a unit that is not known measures itself.
Money of two currencies is never turned into one another: that needs a rate and a day.
"""

from __future__ import annotations

from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from corridormap.geo.errors import CorridorFormatError
from corridormap.layers.wording.words import short

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["DATE", "WORDS", "Unit", "convert", "dimension_of", "unit_of"]

DATE = "date"
"""The unit of dates, and their dimension."""
WORDS = "words"
"""The unit of what was found by hand, in words; nothing is compared with it."""


class Unit(NamedTuple):
    """What a unit measures, and its size in the base unit of that."""

    dimension: str
    factor: float


_DAYS: Mapping[str, float] = MappingProxyType(
    {"day": 1.0, "week": 7.0, "month": 365.25 / 12, "quarter": 365.25 / 4, "year": 365.25}
)
_UNITS: Mapping[str, Unit] = MappingProxyType(
    {
        "mm": Unit("length", 0.001),
        "cm": Unit("length", 0.01),
        "m": Unit("length", 1.0),
        "km": Unit("length", 1000.0),
        "ft": Unit("length", 0.3048),
        "mi": Unit("length", 1609.344),
        "m2": Unit("area", 1.0),
        "ha": Unit("area", 10_000.0),
        "km2": Unit("area", 1e6),
        "t": Unit("mass", 1.0),
        "kt": Unit("mass", 1000.0),
        "Mt": Unit("mass", 1e6),
        "%": Unit("share", 1.0),
        "per_mille": Unit("share", 0.1),
        "km/h": Unit("speed", 1.0),
        "mph": Unit("speed", 1.609344),
        "days": Unit("duration", 1.0),
        "weeks": Unit("duration", 7.0),
        "months": Unit("duration", 365.25 / 12),
        "years": Unit("duration", 365.25),
        "count": Unit("count", 1.0),
        "": Unit("count", 1.0),
        "people": Unit("people", 1.0),
        DATE: Unit(DATE, 1.0),
    }
)


@lru_cache(maxsize=256)
def unit_of(unit: str) -> Unit:
    """Return what a unit measures and its size; a unit not known measures itself."""
    if unit in _UNITS:
        return _UNITS[unit]
    what, slash, period = unit.partition("/")
    if slash and period in _DAYS:
        dimension, factor = unit_of(what)
        return Unit(f"{dimension} per time", factor / _DAYS[period])
    return Unit(unit, 1.0)


def dimension_of(unit: str) -> str:
    """Return what a unit measures: "length" for m and km, "EUR" for EUR."""
    return unit_of(unit).dimension


def convert(value: float, unit: str, to: str) -> float:
    """Return a value in another unit of the same dimension.

    Raises
    ------
    CorridorFormatError
        The two units measure different things, as two currencies do.
    """
    here, there = unit_of(unit), unit_of(to)
    if here.dimension != there.dimension or DATE in here:
        raise CorridorFormatError("unit-cannot-be-converted", unit=short(unit), to=short(to))
    return value * here.factor / there.factor
