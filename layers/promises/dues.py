"""Tell the days on which something was due, for an axis of time.

One mark stands for all that a feature had due on a day; which state it has is decided here, so
that no renderer weighs one promise against another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from corridormap.layers.promises.told import Turn
from corridormap.layers.promises.words import due_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from corridormap.layers.promises.ledger import State
    from corridormap.layers.promises.told import ToldCourse, ToldPromise

__all__ = ["DueDay", "due_days"]

_GRAVEST: tuple[State, ...] = ("overdue", "late", "open", "kept")
"""Where several fall due on a day, the mark has the first of these that one of them has."""


class DueDay(TypedDict):
    """The last day on which something of a feature was not overdue."""

    date: str
    feature: str
    turns: list[Turn]
    """What is said of it, from the day on which the first such promise was made."""


def due_days(feature: str, courses: Iterable[ToldCourse]) -> list[DueDay]:
    """Return the days on which something of a feature was due, in their order.

    Parameters
    ----------
    feature
        Its id.
    courses
        What is told of its promises.
    """
    days: dict[str, list[tuple[str, ToldPromise]]] = {}
    for course in courses:
        for promise in course.promises:
            days.setdefault(promise.due_by, []).append((course.label, promise))
    return [
        {"date": day, "feature": feature, "turns": _turns(made)}
        for day, made in sorted(days.items())
    ]


def _turns(made: list[tuple[str, ToldPromise]]) -> list[Turn]:
    turns: list[Turn] = []
    for since in sorted({turn.since for _, promise in made for turn in promise.turns}):
        said = [(label, one, turn) for label, one in made if (turn := one.at(since))]
        states = {turn.state for _, _, turn in said}
        texts = dict.fromkeys(
            due_text(label, one.due_label, turn.text) for label, one, turn in said
        )
        state = next(state for state in _GRAVEST if state in states)
        turn = Turn(since, state, "; ".join(texts))
        if not turns or (turns[-1].state, turns[-1].text) != (turn.state, turn.text):
            turns.append(turn)
    return turns
