"""Read the time that a figure is of: a day, a month, a year, or from one day to another."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from pydantic import AfterValidator, Field

from corridormap.layers.wording.plainly import RefusedValueError
from corridormap.layers.wording.words import date_label, full_date, short

__all__ = ["PeriodText", "days_of", "period_days", "period_label"]

_PATTERN = r"^(\d{4}(-\d{2}(-\d{2})?)?(/\d{4}(-\d{2}(-\d{2})?)?)?)?$"


def _checked(text: str) -> str:
    if text and period_days(text) is None:
        raise RefusedValueError("period-is-not-one", text=short(text))
    return text


PeriodText = Annotated[
    str, AfterValidator(_checked), Field(json_schema_extra={"pattern": _PATTERN})
]


def days_of(date: str) -> tuple[int, int] | None:
    """Return the first and the last day of a date as sourced, as ordinals; None if it is none."""
    first = full_date(date)
    if first is None:
        return None
    day = dt.date.fromisoformat(first)
    after = {4: (day.year + 1, 1), 7: (day.year + day.month // 12, day.month % 12 + 1)}
    if len(date) not in after:
        return day.toordinal(), day.toordinal()
    year, month = after[len(date)]
    last = dt.date.max if year > dt.MAXYEAR else dt.date(year, month, 1) - dt.timedelta(days=1)
    return day.toordinal(), last.toordinal()


def period_days(text: str) -> tuple[int, int] | None:
    """Return the first and the last day of a period, as ordinals; None if it is no period."""
    first, _, last = text.partition("/")
    one, two = days_of(first), days_of(last or first)
    return None if one is None or two is None or two[1] < one[0] else (one[0], two[1])


def period_label(text: str) -> str:
    """Return a period to read: "2023", "21 Mar 2023 to 20 Feb 2024"."""
    return " to ".join(date_label(part) for part in text.split("/") if part)
