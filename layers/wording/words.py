"""Turn the words and numbers of the data into words to read.

Labels of statuses and quantities, dates ("11 Mar 2022"), lengths ("±1.5 km") and
numbers with their unit. English only; it decides no look and knows no feature.
"""

from __future__ import annotations

import calendar
import datetime as dt
import json
import math
import re
import unicodedata
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = [
    "FIELD_LABELS",
    "LANGUAGES",
    "MODE_LABELS",
    "QUALITY_LABELS",
    "QUANTITY_LABELS",
    "STATUS_LABELS",
    "amount",
    "capital",
    "date_label",
    "day_label",
    "distance",
    "escaped",
    "full_date",
    "last_date",
    "latitude",
    "lowered",
    "number",
    "plain",
    "short",
    "visible",
]

LANGUAGES: Mapping[str, str] = MappingProxyType(
    {
        "az": "Azerbaijani",
        "en": "English",
        "fa": "Persian",
        "hy": "Armenian",
        "ka": "Georgian",
        "kk": "Kazakh",
        "ru": "Russian",
        "tk": "Turkmen",
        "tr": "Turkish",
    }
)
"""Languages by code; another one is called by its code."""

STATUS_LABELS: Mapping[str, str] = MappingProxyType(
    {
        "announced": "Announced",
        "pre-construction": "Pre-construction",
        "construction": "Under construction",
        "operating": "Operating",
        "shelved": "Shelved",
        "cancelled": "Cancelled",
        "mothballed": "Mothballed",
        "retired": "Retired",
        "unknown": "State not known",
    }
)

MODE_LABELS: Mapping[str, str] = MappingProxyType(
    {
        "road": "road",
        "rail": "rail",
        "road_rail": "road and rail",
        "power": "electricity",
        "pipeline": "pipeline",
        "sea": "sea",
        "multimodal": "several modes",
        "none": "",
    }
)

FIELD_LABELS: Mapping[str, str] = MappingProxyType(
    {
        "name": "Name",
        "kind": "Kind",
        "mode": "Mode",
        "status": "Status",
        "status_date": "Status since",
        "position_quality": "How well the place is known",
        "uncertainty_m": "Within how many metres",
        "source": "Source",
        "countries": "Countries",
    }
)
"""What is asked of a feature, wherever it is asked: forms, tables, columns of a file."""

QUALITY_LABELS: Mapping[str, str] = MappingProxyType(
    {
        "exact": "Exact",
        "traced": "Traced",
        "approximate": "Approximate",
        "schematic": "Connection only",
    }
)

QUANTITY_LABELS: Mapping[str, str] = MappingProxyType(
    {
        "land_acquired": "Land acquired",
        "bridges": "Bridges on it",
        "tunnels": "Tunnels on it",
        "stations": "Stations on it",
        "spans": "Spans",
        "speed": "Design speed",
    }
)
"""Only what differs from the quantity's own word with a capital."""

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
# Tabs and line ends become spaces; every other control character and lone surrogate goes.
_SPACES = re.compile(r"[\t\n\r\x85\u2028\u2029]+")
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
# Joiners, and the Arabic and Syriac signs that Unicode calls formats although they are drawn.
_KEPT = frozenset("\u200c\u200d\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u08e2")
_MILLION = 1e6
_BILLION = 1e9
_KM = 1000.0


def plain(text: object) -> str:
    """Return text from data as one line that any renderer can write; never as markup."""
    return _UNSEEN.sub("", _SPACES.sub(" ", str(text))).strip()


def short(text: object, limit: int = 60) -> str:
    """Return a quoted piece of somebody's input, cut so that a message stays one line."""
    line = plain(text)
    return f"{line[: limit - 1]}…" if len(line) > limit else line


def visible(text: str) -> str:
    """Return text whose every unseen character is written out: "<U+202E>".

    Line ends, escapes, marks that turn the direction of writing, and characters that stand for
    nothing. The joiners of Persian and other scripts stay: words are not right without them.
    """
    return _unseen_as(text, lambda each: f"<U+{ord(each):04X}>")


def escaped(text: str) -> str:
    """Return a line of JSON whose every unseen character is escaped, so that it says the same."""
    return _unseen_as(text, lambda each: json.dumps(each)[1:-1])


def _unseen_as(text: str, written: Callable[[str], str]) -> str:
    if text.isprintable():
        return text
    return "".join(each if _is_seen(each) else written(each) for each in text)


def _is_seen(char: str) -> bool:
    # Spaces of any width are seen well enough; Python calls only one of them printable.
    return char.isprintable() or char in _KEPT or unicodedata.category(char) == "Zs"


def capital(text: str) -> str:
    """Return a sentence's text with its first letter as a capital."""
    return text[:1].upper() + text[1:]


def lowered(text: str) -> str:
    """Return a label as it reads inside a sentence; an acronym keeps its capitals."""
    first = text.split(" ", 1)[0]
    return text if first[1:] != first[1:].lower() else text[:1].lower() + text[1:]


@lru_cache(maxsize=4_096)
def full_date(text: str) -> str | None:
    """Return YYYY, YYYY-MM or YYYY-MM-DD as its first day, or None if it is no date."""
    match = _DATE.fullmatch(text)
    if not match:
        return None
    year, month, day = (int(part or 1) for part in match.groups())
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return None


def last_date(text: str) -> str | None:
    """Return YYYY, YYYY-MM or YYYY-MM-DD as its last day, or None if it is no date."""
    first = full_date(text)
    match = _DATE.fullmatch(text)
    if first is None or match is None:
        return None
    year, month, day = match.groups()
    if day:
        return first
    last_month = int(month or 12)
    return f"{year}-{last_month:02}-{calendar.monthrange(int(year), last_month)[1]:02}"


def date_label(text: str) -> str:
    """Return "11 Mar 2022", "Mar 2022" or "2022", as exact as the date is."""
    match = _DATE.fullmatch(text)
    if not match or full_date(text) is None:
        return plain(text)
    year, month, day = match.groups()
    parts = [str(int(day))] if day else []
    parts += [_MONTHS[int(month) - 1][:3]] if month else []
    return " ".join([*parts, year])


def day_label(text: str) -> str:
    """Return a full date with the month's whole name: "29 December 2023"."""
    date = dt.date.fromisoformat(text)
    return f"{date.day} {_MONTHS[date.month - 1]} {date.year}"


def number(value: float) -> str:
    """Return a number with commas for thousands and no more digits than it has."""
    if float(value).is_integer() and abs(value) < 1e15:
        return f"{int(value):,}"
    return f"{value:,.10g}" if abs(value) < 1e9 else f"{value:,.4g}"


def latitude(degrees: float) -> str:
    """Return a latitude to read: "40° N", "12.5° S", "0°"."""
    return f"{abs(degrees):g}°{'' if not degrees else ' N' if degrees > 0 else ' S'}"


def distance(metres: float) -> str:
    """Return a length to read: "60 m", "1.5 km", "12 km"."""
    if not math.isfinite(metres):
        return "?"
    if metres < _KM:
        return f"{number(round(metres))} m"
    km = metres / _KM
    return f"{number(round(km, 1) if km < 10 else round(km))} km"


def amount(value: float, unit: str, *, value_max: float | None = None) -> str:
    """Return a value or a range with its unit: "1,000 trucks/day", "€1.6 billion"."""
    money = {"EUR": "€", "USD": "$"}.get(unit, f"{unit} " if unit in {"AZN", "IRR", "RUB"} else "")
    values = [value] if value_max is None else [value, value_max]
    if money:
        return "–".join(money + _large(v) for v in values)
    text = "–".join(number(v) for v in values)
    if unit in {"count", ""}:
        return text
    if unit == "%":
        return f"{text} %"
    what, _, per = unit.partition("/")
    if per in {"day", "week", "month", "year"}:
        return f"{text} {_UNITS.get(what, what)} a {per}"
    return f"{text} {_UNITS.get(unit, unit)}"


def _large(value: float) -> str:
    for step, word in ((_BILLION, "billion"), (_MILLION, "million")):
        if abs(value) >= step:
            return f"{number(round(value / step, 3))} {word}"
    return number(value)


_UNITS: Mapping[str, str] = MappingProxyType(
    {
        "km2": "km²",
        "m2": "m²",
        "Mt": "million t",
        "per_mille": "‰",
    }
)
