"""Tell a feature's promises as both renderers read them: words for every time, and a chart.

What a promise comes to changes on a few days only; between two of them the words hold.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from corridormap.layers.promises.chart import Chart, chart_of
from corridormap.layers.promises.ledger import courses_of
from corridormap.layers.promises.words import (
    course_label,
    course_text,
    due_label,
    said_label,
    standing_text,
)
from corridormap.layers.wording.words import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from corridormap.layers.corridor.feature import FeatureProperties
    from corridormap.layers.promises.ledger import Course, State

__all__ = ["ToldCourse", "ToldPromise", "Turn", "told_courses"]


@dataclass(frozen=True)
class Turn:
    """What is said from a day until the next turn."""

    since: str
    """ISO date."""
    state: State | Literal[""]
    text: str


@dataclass(frozen=True)
class ToldPromise:
    """One promise: who said it when, for when, and what became of it."""

    since: str
    """ISO date on which it was said; a vague one counts from its first day."""
    said_label: str
    due_by: str
    """ISO date of the last day on which it is not overdue."""
    due_label: str
    note: str
    turns: tuple[Turn, ...]
    sources: tuple[str, ...]

    def at(self, date: str) -> Turn | None:
        """Return what is said of it at an ISO date; None before it was made."""
        return _at(self.turns, date)


@dataclass(frozen=True)
class ToldCourse:
    """The promises of one milestone, in the order in which they were said."""

    milestone: str
    label: str
    turns: tuple[Turn, ...]
    """What they come to."""
    promises: tuple[ToldPromise, ...]
    chart: Chart | None
    """Due dates against the dates on which they were said, where there are several."""

    def at(self, date: str) -> Turn | None:
        """Return what they come to at an ISO date; None before the first was made."""
        return _at(self.turns, date)


def told_courses(feature: str, said: FeatureProperties, until: str) -> tuple[ToldCourse, ...]:
    """Return what is told of a feature's promises, by milestone.

    Parameters
    ----------
    feature, said
        Its id and properties.
    until
        ISO date of the latest that is known of the corridor.
    """
    return tuple(_told(course, until) for course in courses_of(feature, said))


def _told(course: Course, until: str) -> ToldCourse:
    days = course.turning_days()

    def sum_of(day: str) -> Turn:
        last = course.said_by(day)[-1]
        return Turn(day, course.state_of(last, day) or "", course_text(course, day))

    return ToldCourse(
        milestone=course.milestone,
        label=course_label(course),
        turns=_turns(days, sum_of),
        promises=tuple(
            ToldPromise(
                since=promise.said_day,
                said_label=said_label(promise),
                due_by=promise.due_by,
                due_label=due_label(promise),
                note=plain(promise.note),
                turns=_turns(
                    (day for day in days if day >= promise.said_day),
                    lambda day, promise=promise: Turn(  # type: ignore[misc]
                        day,
                        course.state_of(promise, day) or "",
                        standing_text(course, promise, day),
                    ),
                ),
                sources=promise.sources,
            )
            for promise in course.promises
        ),
        chart=chart_of(course, until),
    )


def _turns(days: Iterable[str], of: Callable[[str], Turn]) -> tuple[Turn, ...]:
    """Return a turn for each day on which the words are others than before."""
    turns: list[Turn] = []
    for day in days:
        turn = of(day)
        if not turns or (turns[-1].state, turns[-1].text) != (turn.state, turn.text):
            turns.append(turn)
    return tuple(turns)


def _at(turns: tuple[Turn, ...], date: str) -> Turn | None:
    return next((turn for turn in reversed(turns) if turn.since <= date), None)
