"""Compare numbers with units and dates: what may be compared, and whether two agree.

A value stands for a span: half of its last digit to either side, more if the source says
"about", open if it says "more than". Money of two currencies is never compared. Sources,
features and wording are not known here.
"""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from corridormap.geo.errors import CorridorFormatError
from corridormap.layers.wording.units import DATE, convert, dimension_of, unit_of
from corridormap.layers.wording.words import full_date, short

__all__ = [
    "ABOUT_SHARE",
    "Bound",
    "Span",
    "Value",
    "agree",
    "comparable",
    "gap",
    "same_number",
    "span_of",
]

Bound = Literal["", "about", "more than", "at least", "less than", "at most"]

ABOUT_SHARE = 0.05
"""How far a value that a source calls "about" may be off, as a share."""

_ROUNDED_FROM = 1e6
_PASSING = {"traffic", "transit", "growth", "progress", "population", "containers", "land_acquired"}
"""Words of quantities that change with time: their values are of a period."""
_EXACT = {"count", "people"}


@dataclass(frozen=True)
class Value:
    """One value of a quantity, from a claim, a source or the map."""

    quantity: str
    value: float | str
    """A number, or a date as YYYY, YYYY-MM or YYYY-MM-DD."""
    unit: str
    value_max: float | str | None = None
    bound: Bound = ""
    of: str = ""
    """What it is a value of, when not of the whole thing: only like goes with like."""
    date: str = ""
    """Of what time it is, or when it was said."""
    note: str = ""
    sources: tuple[str, ...] = ()
    span: tuple[float, float] | None = None
    """Its bounds in its own unit, where they are known better than from its digits."""

    @property
    def dimension(self) -> str:
        """What its unit measures; every currency is a dimension of its own."""
        return dimension_of(self.unit)

    @property
    def passing(self) -> bool:
        """Whether the quantity changes with time, as traffic does."""
        return not _PASSING.isdisjoint(self.quantity.split())


@dataclass(frozen=True)
class Span:
    """Bounds of a value in the base unit of its dimension; dates are days."""

    low: float
    high: float


def span_of(value: Value) -> Span:
    """Return the bounds of a value in its base unit.

    Raises
    ------
    CorridorFormatError
        The value is no number, or no date where the unit says so.
    """
    if value.dimension == DATE:
        return _open(Span(_days(value.value)[0], _days(_last(value))[1]), value.bound)
    first, last = _number(value.value), _number(_last(value))
    factor = unit_of(value.unit).factor
    if value.span is not None:
        return Span(value.span[0] * factor, value.span[1] * factor)
    low, high = first - _half(first, value.dimension), last + _half(last, value.dimension)
    if value.bound == "about":
        low, high = low - ABOUT_SHARE * abs(first), high + ABOUT_SHARE * abs(last)
    return _open(Span(low * factor, high * factor), value.bound)


def _last(value: Value) -> float | str:
    return value.value if value.value_max is None else value.value_max


def _open(span: Span, bound: Bound) -> Span:
    if bound in {"more than", "at least"}:
        return Span(span.low, math.inf)
    return Span(-math.inf, span.high) if bound in {"less than", "at most"} else span


def _number(value: float | str) -> float:
    if isinstance(value, str) or not math.isfinite(value):
        raise CorridorFormatError("figure-is-not-a-number", value=short(value))
    return float(value)


def _half(value: float, dimension: str) -> float:
    """Return half of the last digit, a shade less so that neighbours do not touch.

    From a million up a number is taken as rounded to its second digit, or to its last one
    that is not 0: "1.6 billion" is good to 50 million.
    """
    if dimension in _EXACT:
        return 0.0
    exponent = int(Decimal(repr(float(value))).normalize().as_tuple().exponent)
    if abs(value) >= _ROUNDED_FROM:
        exponent = min(exponent, math.floor(math.log10(abs(value))) - 1)
    else:
        exponent = min(exponent, 0)
    return 0.5 * 10.0**exponent * (1 - 1e-6)


def _days(value: float | str) -> tuple[int, int]:
    """Return the first and the last day of a date as sourced."""
    first = full_date(value) if isinstance(value, str) else None
    if first is None or not isinstance(value, str):
        raise CorridorFormatError("figure-is-not-a-date", value=short(value))
    day = dt.date.fromisoformat(first)
    after = {4: (day.year + 1, 1), 7: (day.year + day.month // 12, day.month % 12 + 1)}
    if len(value) not in after:
        return day.toordinal(), day.toordinal()
    year, month = after[len(value)]
    last = dt.date.max if year > dt.MAXYEAR else dt.date(year, month, 1) - dt.timedelta(days=1)
    return day.toordinal(), last.toordinal()


def comparable(a: Value, b: Value) -> bool:
    """Tell whether two values are alternatives: same quantity, part, dimension and period."""
    alike = (a.quantity, a.of, a.dimension) == (b.quantity, b.of, b.dimension)
    return alike and _same_period(a, b)


def _same_period(a: Value, b: Value) -> bool:
    if not a.passing or not a.date or not b.date:
        return True
    return a.date.startswith(b.date) or b.date.startswith(a.date)


def agree(a: Value, b: Value) -> bool:
    """Tell whether the spans of two comparable values overlap."""
    one, two = span_of(a), span_of(b)
    return max(one.low, two.low) <= min(one.high, two.high)


def gap(a: Value, b: Value) -> float:
    """Return how far two comparable values are apart, in the unit of the first (days for dates).

    Values as written, without their spans; 0 when one says less exactly what the other says.
    """
    if agree(a, b):
        return 0.0
    if a.dimension == DATE:
        one, two = span_of(a), span_of(b)
        return max(one.low, two.low) - min(one.high, two.high)
    nearest = min(
        (
            abs(_number(mine) - convert(_number(theirs), b.unit, a.unit))
            for mine in (a.value, _last(a))
            for theirs in (b.value, _last(b))
        ),
    )
    return round(nearest, 9)


def same_number(a: Value, b: Value) -> bool:
    """Tell whether one number is given with two units, or for two things: 1.6 bn EUR and USD."""
    if a.quantity != b.quantity or DATE in {a.dimension, b.dimension} or not _same_period(a, b):
        return False
    differs = a.dimension != b.dimension if a.of == b.of else a.dimension == b.dimension
    return differs and (a.value, a.value_max) == (b.value, b.value_max)
