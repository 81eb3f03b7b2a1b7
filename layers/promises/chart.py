"""Lay out the trend of a milestone: when it was due, against when that was said.

Across goes the date of saying, upward the date that was named: a thing on its way stays level,
one that is put off climbs. Where a promise falls due it meets the diagonal. The project
manager's milestone trend chart; places are shares of the chart's width and height, so that any
renderer can draw it. Decides no colour and draws nothing.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corridormap.layers.wording.words import date_label

if TYPE_CHECKING:
    from corridormap.layers.promises.ledger import Course

__all__ = ["Chart", "ChartPromise", "Tick", "chart_of"]

_FEWEST = 2
_MOST_TICKS = 8
_STEPS = (1, 2, 5, 10, 20, 50, 100)


@dataclass(frozen=True)
class Tick:
    """A year on an axis: a line where it begins, its label in its middle."""

    at: float
    label_at: float
    label: str


@dataclass(frozen=True)
class ChartPromise:
    """A promise as a point; a vague due date is a stroke from its first to its last day."""

    since: str
    """ISO date on which it was said: it is drawn from then on."""
    x: float
    low: float
    high: float
    label: str
    """The last of its due dates, as exact as it was said."""


@dataclass(frozen=True)
class Chart:
    """Places as shares of width (x, from the left) and height (y, from below)."""

    first: str
    last: str
    """ISO dates of the left and the right edge."""
    promises: tuple[ChartPromise, ...]
    said_ticks: tuple[Tick, ...]
    due_ticks: tuple[Tick, ...]
    diagonal: tuple[float, float, float, float] | None
    """x, y, x, y of the line on which the day named is the day of saying; None if it lies
    outside."""
    reached: tuple[float, float] | None
    reached_since: str
    """ISO date of the event that keeps the promises; empty without one."""

    def x_of(self, date: str) -> float:
        """Return where an ISO date stands across, within the edges."""
        return min(1.0, max(0.0, _share(_day(date), _day(self.first), _day(self.last))))


def chart_of(course: Course, until: str) -> Chart | None:
    """Return the chart of a milestone of several promises, or None.

    Parameters
    ----------
    course
        The promises.
    until
        ISO date to which the chart reaches at least, unless the milestone was reached before.
    """
    if len(course.promises) < _FEWEST:
        return None
    reached = course.reached_day
    said = [promise.said_day for promise in course.promises]
    due = [day for promise in course.promises for day in (promise.due_from, promise.due_by)]
    left, right = _years([*said, reached or until])
    low, high = _years([*due, *([reached] if reached else [])])

    def x(day: str) -> float:
        return _share(_day(day), left, right)

    def y(day: str) -> float:
        return _share(_day(day), low, high)

    start, end = max(left, low), min(right, high)
    diagonal = None
    if start < end:
        diagonal = tuple(
            round(share, 4)
            for day in (start, end)
            for share in (_share(day, left, right), _share(day, low, high))
        )
    return Chart(
        first=dt.date.fromordinal(left).isoformat(),
        last=dt.date.fromordinal(right).isoformat(),
        promises=tuple(
            ChartPromise(
                promise.said_day,
                x(promise.said_day),
                y(promise.due_from),
                y(promise.due_by),
                date_label(promise.due.split("/")[-1]),
            )
            for promise in course.promises
        ),
        said_ticks=_ticks(left, right),
        due_ticks=_ticks(low, high),
        diagonal=diagonal,  # type: ignore[arg-type]  # four numbers
        reached=(x(reached), y(reached)) if reached else None,
        reached_since=reached,
    )


def _years(days: list[str]) -> tuple[int, int]:
    """Return the first day of the first year and the first day after the last one."""
    years = [int(day[:4]) for day in days]
    last = min(max(years) + 1, dt.MAXYEAR)
    return dt.date(min(years), 1, 1).toordinal(), dt.date(last, 1, 1).toordinal()


def _ticks(first: int, last: int) -> tuple[Tick, ...]:
    start, end = (dt.date.fromordinal(day).year for day in (first, last))
    step = next((step for step in _STEPS if (end - start) / step <= _MOST_TICKS), _STEPS[-1])
    years = [year for year in range(start, end) if year % step == 0]
    return tuple(
        Tick(
            _share(dt.date(year, 1, 1).toordinal(), first, last),
            _share(dt.date(year, 7, 2).toordinal(), first, last),
            str(year),
        )
        for year in years
    )


def _day(date: str) -> int:
    return dt.date.fromisoformat(date).toordinal()


def _share(day: int, first: int, last: int) -> float:
    return round((day - first) / max(last - first, 1), 4)
