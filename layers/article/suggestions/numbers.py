"""Find the numbers of a text that can be figures of a claim: value, unit, bound, quantity.

Every one is a proposal that a person accepts with a click or leaves; none is used by
itself. Reads English; a number whose unit is not known is left out. Knows no page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corridormap.layers.article.suggestions.dates import find_dates
from corridormap.layers.article.suggestions.number_words import (
    BOUNDS,
    CURRENCIES,
    PERIODS,
    QUANTITIES,
    SCALES,
    SMALL,
    UNITS,
)
from corridormap.layers.wording.units import DATE, dimension_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corridormap.layers.wording.quantity import Bound

__all__ = ["NumberFound", "find_numbers"]

_NUMBER = r"(?:\d{1,3}(?:[, ]\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?)"
_SCALE = rf"(?:{'|'.join(sorted(SCALES, key=len, reverse=True))})"
_BEFORE = "|".join(f"(?P<pre{i}>{pattern})" for i, pattern in enumerate(CURRENCIES))
_AFTER = "|".join(f"(?P<post{i}>{pattern})" for i, pattern in enumerate(CURRENCIES))
_UNIT = "|".join(f"(?P<unit{i}>{pattern})" for i, pattern in enumerate(UNITS))
_PER = "|".join(f"(?P<per{i}>{pattern})" for i, pattern in enumerate(PERIODS))
_SMALL = "|".join(SMALL)
_PATTERN = re.compile(
    rf"(?<![\w.,])(?:(?P<pre>{_BEFORE}) ?)?"
    rf"(?:(?P<low>{_NUMBER})(?:[ -](?P<lowscale>{_SCALE}))?(?: ?- ?| to | and )(?:\$|€)?)?"
    rf"(?P<value>{_NUMBER}|{_SMALL})(?:[ -]?(?P<scale>{_SCALE})\b)?"
    rf"(?:[ -]?(?:new |more |full |road |rail |railway |cargo |freight )?"
    rf"(?:(?P<post>{_AFTER})|(?P<unit>{_UNIT}))(?!\w))?"
    rf"(?:(?: of [a-z]+(?: [a-z]+)?)? ?(?:{_PER})(?!\w))?",
    re.IGNORECASE,
)
_COUNTS = {
    "bridges",
    "tunnels",
    "stations",
    "lanes",
    "spans",
    "tracks",
    "berths",
    "crossings",
    "states",
}
_SENTENCE = re.compile(r"(?<=[.!?]) (?=[A-Z\"'(])")
_CLEAN = re.compile(r"[, ]")
_THOUSANDS = re.compile(r"\d{1,3}(?:[, ]\d{3})+(?:\.\d+)?")
_CURRENCY_CODES = tuple(CURRENCIES.values())
_UNIT_CODES = tuple(UNITS.values())
_PERIOD_CODES = tuple(PERIODS.values())


@dataclass(frozen=True, order=True)
class NumberFound:
    """A number with its unit, or a date, where it stands in a text in normal form."""

    start: int
    end: int
    text: str
    """As written."""
    quantity: str
    """What it seems to measure; to be looked at."""
    value: float | str
    """A number, or a date as YYYY, YYYY-MM or YYYY-MM-DD."""
    unit: str
    value_max: float | None = None
    bound: Bound = ""
    note: str = ""
    """What was assumed, to be looked at."""


def find_numbers(text: str, *, written: str = "") -> tuple[NumberFound, ...]:
    """Return the numbers and dates of a text, in its order.

    Parameters
    ----------
    text
        In normal form: one run of text, straight dashes.
    written
        When the article was written, YYYY-MM-DD, to complete dates without a year.
    """
    dates = [
        NumberFound(
            date.start,
            date.end,
            text[date.start : date.end],
            _quantity(DATE, text, date.start, date.end),
            date.value,
            DATE,
            note=date.note,
        )
        for date in find_dates(text, written=written)
    ]
    taken = bytearray(len(text))
    for date in dates:
        taken[date.start : date.end] = b"\1" * (date.end - date.start)
    free = [number for number in _numbers(text) if not any(taken[number.start : number.end])]
    return tuple(sorted([*dates, *free], key=lambda found: (found.start, found.end)))


def _numbers(text: str) -> Iterator[NumberFound]:
    for match in _PATTERN.finditer(text):
        found = _number(match, text)
        if found is not None:
            yield found


def _number(match: re.Match[str], text: str) -> NumberFound | None:
    unit = _unit(match)
    if not unit:
        return None
    scale = SCALES.get((match["scale"] or "").lower(), 1.0)
    value = _value(match["value"]) * scale
    low = None
    if match["low"] and _is_range(match, text):
        own = (match["lowscale"] or "").lower()
        low = _value(match["low"]) * (SCALES[own] if own else scale)
        if low >= value:
            low = None
    if unit.split("/")[0] == "t" and scale == SCALES["million"]:
        unit = unit.replace("t", "Mt", 1)
        value, low = value / scale, low and low / scale
    start = match.start() if low is not None or not match["low"] else match.start("value")
    quantity, unit = _measured(unit, text, start, match.end())
    first, last = (value, None) if low is None else (low, value)
    return NumberFound(
        start,
        match.end(),
        text[start : match.end()],
        quantity,
        _plain(first),
        unit,
        None if last is None else _plain(last),
        _bound(text, start),
        "tons taken as tonnes" if re.search(r"\btons?\b", match[0], re.IGNORECASE) else "",
    )


def _is_range(match: re.Match[str], text: str) -> bool:
    """Tell whether two numbers are one range: "between 3 and 5", but not "in 2024 and 5 t"."""
    joined = text[match.end("low") : match.start("value")]
    before = text[max(0, match.start() - len("between ")) : match.start()]
    return "and" not in joined.lower() or before.lower() == "between "


def _unit(match: re.Match[str]) -> str:
    """Return the unit of a number, with its period; nothing when it has none."""
    unit = ""
    if match["unit"]:
        unit = _which(match, "unit", _UNIT_CODES)
    elif match["pre"]:
        unit = _which(match, "pre", _CURRENCY_CODES)
    elif match["post"]:
        unit = _which(match, "post", _CURRENCY_CODES)
    period = _which(match, "per", _PERIOD_CODES)
    small_years = unit in {"years", "months", "weeks", "days"}
    return f"{unit}/{period}" if unit and period and not small_years else unit


def _which(match: re.Match[str], group: str, codes: tuple[str, ...]) -> str:
    return next((code for i, code in enumerate(codes) if match[f"{group}{i}"]), "")


def _measured(unit: str, text: str, start: int, end: int) -> tuple[str, str]:
    """Return the quantity that a unit and its sentence speak for, and the unit to store."""
    base = unit.split("/", maxsplit=1)[0]
    if base in _COUNTS:
        return base, unit.replace(base, "count", 1)
    if base in _CURRENCY_CODES:
        return _quantity("money", text, start, end), unit
    if base in {"containers", "TEU", "trucks", "vehicles", "wagons", "trains"}:
        return ("traffic" if "/" in unit else base if base != "TEU" else "containers"), unit
    if base == "people":
        return "people", unit
    if base == "mm":
        return "gauge", unit
    whole = dimension_of(unit)
    return _quantity(whole if whole in QUANTITIES else dimension_of(base), text, start, end), unit


def _quantity(measures: str, text: str, start: int, end: int) -> str:
    """Return the quantity by the words of the sentence, those nearest to the number first."""
    before = _SENTENCE.split(text[max(0, start - 160) : start])[-1].lower()
    after = _SENTENCE.split(text[end : end + 90])[0].lower()
    best, nearest = "", 1_000
    for pattern, quantity in QUANTITIES.get(measures, (("", measures),)):
        if not pattern:
            return best or quantity
        for found in re.finditer(pattern, before):
            if len(before) - found.end() < nearest:
                best, nearest = quantity, len(before) - found.end()
        behind = re.search(pattern, after)
        if behind and behind.start() < nearest:
            best, nearest = quantity, behind.start()
    return best or measures


def _bound(text: str, start: int) -> Bound:
    before = text[max(0, start - 24) : start].lower()
    return next((bound for pattern, bound in BOUNDS if pattern.search(before)), "")


def _value(written: str) -> float:
    """Return a number as English writes it; a comma that parts no thousands is a decimal."""
    small = SMALL.get(written.lower())
    if small is not None:
        return float(small)
    if _THOUSANDS.fullmatch(written):
        return float(_CLEAN.sub("", written))
    return float(written.replace(",", "."))


def _plain(value: float) -> float:
    rounded = round(value, 6)
    return int(rounded) if rounded == int(rounded) else rounded
