"""Compare numbers with units and dates: what may be compared, and whether two agree.

A value stands for a span: half of its last digit to either side, more if the source says
"about", open if it says "more than". Money of two currencies is never compared. Sources,
features and wording are not known here.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from corridormap.geo.errors import CorridorFormatError
from corridormap.layers.wording.period import days_of, period_days
from corridormap.layers.wording.units import DATE, WORDS, convert, dimension_of, unit_of
from corridormap.layers.wording.words import plain, short

__all__ = [
    "ABOUT_SHARE",
    "Bound",
    "Span",
    "Unlike",
    "Value",
    "agree",
    "comparable",
    "gap",
    "overlap",
    "same_number",
    "span_of",
    "unlike",
]

Bound = Literal["", "about", "more than", "at least", "less than", "at most"]

Unlike = Literal["period", "scope", "kind"]
"""In what two values of one quantity may differ, so that they are no alternatives."""

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
    """Its scope, when it is not of the whole thing: only like goes with like."""
    kind: str = ""
    """What is counted, where that may differ: "exchanged", "in transit", "plan"."""
    period: str = ""
    """The time that it is of, as `period_days` reads it."""
    date: str = ""
    """When it was said; of what time it is, where no period is given."""
    note: str = ""
    place: str = ""
    """Where in its sources it stands, to read."""
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
        return bool(self.period) or not _PASSING.isdisjoint(self.quantity.split())


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
    days = days_of(value) if isinstance(value, str) else None
    if days is None:
        raise CorridorFormatError("figure-is-not-a-date", value=short(value))
    return days


def comparable(a: Value, b: Value) -> bool:
    """Tell whether two values are alternatives: same quantity, dimension, scope, kind and time."""
    return (a.quantity, a.dimension) == (b.quantity, b.dimension) and not unlike(a, b)


def unlike(a: Value, b: Value) -> tuple[Unlike, ...]:
    """Return in what two values of one quantity differ, so that neither can test the other.

    Two periods are one when they have the same days. Where one value has none, its date stands
    for it: then the one must lie within the other. A kind that is not given may be any.
    """
    found: list[Unlike] = [] if _same_time(a, b) else ["period"]
    if _folded(a.of) != _folded(b.of):
        found.append("scope")
    if a.kind and b.kind and _folded(a.kind) != _folded(b.kind):
        found.append("kind")
    return tuple(found)


def overlap(a: Value, b: Value) -> bool:
    """Tell whether the times of two values have a day in common, or one has no time."""
    one, two = _time(a), _time(b)
    return one is None or two is None or max(one[0], two[0]) <= min(one[1], two[1])


def _same_time(a: Value, b: Value) -> bool:
    one, two = _time(a), _time(b)
    if one is None or two is None:
        return True
    if a.period and b.period:
        return one == two
    shared = max(one[0], two[0]), min(one[1], two[1])
    return shared in {one, two}


def _time(value: Value) -> tuple[int, int] | None:
    """Return the days that a value is of, if it changes with time and says of which."""
    return period_days(value.period or value.date) if value.passing else None


def _folded(text: float | str) -> str:
    return " ".join(plain(text).casefold().split())


def agree(a: Value, b: Value) -> bool:
    """Tell whether the spans of two comparable values overlap; words agree when they are equal."""
    if a.unit == WORDS:
        return _folded(a.value) == _folded(b.value)
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
    """Tell whether one number is given with two units: 1.6 bn EUR and USD."""
    if a.quantity != b.quantity or {DATE, WORDS} & {a.unit, b.unit} or unlike(a, b):
        return False
    return a.dimension != b.dimension and (a.value, a.value_max) == (b.value, b.value_max)
