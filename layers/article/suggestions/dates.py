"""Find dates in a text as people write them, and say them as YYYY, YYYY-MM or YYYY-MM-DD.

A date without its year gets one only from the day the article was written, and the note
says so. Decides nothing: what is found is proposed.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

from corridormap.layers.article.suggestions.number_words import MONTHS

__all__ = ["DateFound", "find_dates"]

_NAMES = "|".join(sorted(MONTHS, key=len, reverse=True))
_MONTH = rf"(?P<month>{_NAMES})\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:1[6-9]|20)\d\d)"
_PATTERNS = tuple(
    re.compile(rf"(?<![\w.,-]){pattern}(?![\w]|[.,]\d|-\d)", re.IGNORECASE)
    for pattern in (
        rf"{_YEAR}-(?P<number>0\d|1[0-2])-(?P<day>[0-3]\d)",
        rf"(?P<day>\d{{1,2}})\.(?P<number>\d{{1,2}})\.{_YEAR}",
        rf"{_DAY} (?:of )?{_MONTH},? {_YEAR}",
        rf"{_MONTH} {_DAY},? {_YEAR}",
        rf"{_MONTH} (?:of )?{_YEAR}",
        rf"{_DAY} (?:of )?{_MONTH}",
        rf"{_MONTH} {_DAY}",
        rf"(?P<cue>in|this|last|since|until|by|from|during|early|late|mid) {_MONTH}",
        rf"(?P<cue>in|since|until|by|from|during|of|for|to|early|late|mid|year) {_YEAR}",
    )
)


class DateFound(NamedTuple):
    """A date where it stands; without a year and a day to count from it is no date yet."""

    start: int
    end: int
    value: str
    note: str = ""


def find_dates(text: str, *, written: str = "") -> tuple[DateFound, ...]:
    """Return the dates of a text in its order.

    Parameters
    ----------
    text
        In normal form.
    written
        When the article was written, YYYY-MM-DD: a date without a year is the last such day
        before. Without it such dates are left out.
    """
    taken = bytearray(len(text))  # a mark for each letter: a text may be dates and nothing else
    found: list[DateFound] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            date = _date(match, written)
            if date is None or any(taken[date.start : date.end]):
                continue
            taken[date.start : date.end] = b"\1" * (date.end - date.start)
            found.append(date)
    return tuple(sorted(found))


def _date(match: re.Match[str], written: str) -> DateFound | None:
    said = match.groupdict()
    start = match.start() + (len(said["cue"]) + 1 if said.get("cue") else 0)
    name = said.get("month")
    if name and not name[0].isupper():
        return None  # "may" and "march" as verbs
    month = int(said.get("number") or 0) or (MONTHS[name.lower()] if name else 0)
    day = int(said.get("day") or 0)
    year, note = int(said.get("year") or 0), ""
    if not year:
        year = _year_before(month, day, written)
        note = "the year is taken from the article's date"
    if not year or not _possible(year, month, day):
        return None
    parts = [f"{year:04d}", *(f"{part:02d}" for part in (month, day) if part)]
    return DateFound(start, match.end(), "-".join(parts), note)


def _year_before(month: int, day: int, written: str) -> int:
    """Return the year of the last such day, or month, up to the day the article was written."""
    try:
        last = dt.date.fromisoformat(written)
    except ValueError:
        return 0
    return last.year if (month, day or 1) <= (last.month, last.day) else last.year - 1


def _possible(year: int, month: int, day: int) -> bool:
    try:
        dt.date(year, month or 1, day or 1)
    except ValueError:
        return False
    return True
