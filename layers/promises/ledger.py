"""Hold each promise against what happened: kept, kept late, overdue or open at a date.

The one place that decides it. A promise is of a milestone of a feature, such as its opening,
and kept by the first event of the feature that dates that milestone. A vague date counts from
its first day, as everywhere, and a promise is due until the last day of what was named.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from corridormap.layers.corridor.corridor import once_for
from corridormap.layers.corridor.status import day_after
from corridormap.layers.wording.words import full_date, plain

if TYPE_CHECKING:
    from corridormap.layers.corridor.corridor import Corridor
    from corridormap.layers.corridor.feature import FeatureProperties, StatusEvent
    from corridormap.layers.corridor.promise import Promise

__all__ = ["STATES", "Course", "State", "courses_of", "ledger", "months_between", "reached_by"]

State = Literal["kept", "late", "overdue", "open"]
STATES: tuple[State, ...] = get_args(State)


@dataclass(frozen=True)
class Course:
    """All that was promised of one milestone of a feature, in the order in which it was said."""

    feature: str
    name: str
    """What a reader knows the feature by."""
    milestone: str
    promises: tuple[Promise, ...]
    reached: StatusEvent | None
    """The event that keeps them, or None."""

    @property
    def reached_day(self) -> str:
        """The ISO date on which the milestone was reached; empty where no event says so."""
        return (full_date(self.reached.date) or "") if self.reached else ""

    def said_by(self, date: str) -> tuple[Promise, ...]:
        """Return the promises that had been made by an ISO date."""
        return tuple(promise for promise in self.promises if promise.said_day <= date)

    def state_of(self, promise: Promise, date: str) -> State | None:
        """Return what has become of a promise by an ISO date; None before it was made."""
        if promise.said_day > date:
            return None
        reached = self.reached_day
        if reached and reached <= date:
            return "kept" if reached <= promise.due_by else "late"
        return "overdue" if date > promise.due_by else "open"

    def put_off(self, date: str) -> tuple[Promise, ...]:
        """Return each promise by an ISO date that is due later than all said before it.

        Of one that is due again at an earlier time, as another speaker may have it, it is not
        said that the thing was put off.
        """
        found: list[Promise] = []
        latest = ""
        for promise in self.said_by(date):
            if latest and promise.due_by > latest:
                found.append(promise)
            latest = max(latest, promise.due_by)
        return tuple(found)

    def turning_days(self) -> tuple[str, ...]:
        """Return the ISO dates from which something else is to be said, in order."""
        days = {promise.said_day for promise in self.promises}
        days |= {day_after(promise.due_by) for promise in self.promises}
        if self.reached_day:
            days.add(self.reached_day)
        first = min(promise.said_day for promise in self.promises)
        return tuple(sorted(day for day in days if day >= first))


@once_for
def ledger(corridor: Corridor) -> tuple[Course, ...]:
    """Return every promised milestone, by feature in the corridor's order."""
    return tuple(
        course
        for layer in corridor.layers
        for feature, said in layer.features.items()
        for course in courses_of(feature, said)
    )


def courses_of(feature: str, said: FeatureProperties) -> tuple[Course, ...]:
    """Return the promised milestones of a feature, in the order of their first promises."""
    promises: dict[str, list[Promise]] = {}
    for promise in sorted(said.promises, key=lambda one: one.said_day):
        promises.setdefault(promise.milestone, []).append(promise)
    return tuple(
        Course(feature, plain(said.name), milestone, tuple(made), reached_by(said, milestone))
        for milestone, made in promises.items()
    )


def reached_by(said: FeatureProperties, milestone: str) -> StatusEvent | None:
    """Return the first event of a feature that dates a milestone, or None."""
    return next((event for event in said.events() if event.milestone == milestone), None)


def months_between(start: str, end: str) -> int:
    """Return the whole months from one ISO date to a later one."""
    one, other = dt.date.fromisoformat(start), dt.date.fromisoformat(end)
    months = 12 * (other.year - one.year) + other.month - one.month
    # The last day of a month is as late in it as a day can be.
    last = (other + dt.timedelta(days=1)).day == 1
    return months - (1 if other.day < one.day and not last else 0)
