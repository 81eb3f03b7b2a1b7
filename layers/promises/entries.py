"""Write the ledger of promises as rows: of the command line, a table, a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from corridormap.layers.promises.ledger import ledger
from corridormap.layers.promises.words import due_label, state_text
from corridormap.layers.wording.words import plain

if TYPE_CHECKING:
    from corridormap.layers.corridor.corridor import Corridor
    from corridormap.layers.corridor.promise import Promise
    from corridormap.layers.promises.ledger import Course, State

__all__ = ["PromiseEntry", "promise_entries"]


class PromiseEntry(TypedDict):
    """A promise as a row; dates as sourced, and as ISO dates where they end in `_by`."""

    id: str
    """Of the feature."""
    name: str
    milestone: str
    by: str
    """Who said it."""
    said: str
    due: str
    due_by: str
    """The last day on which it is not overdue."""
    due_label: str
    state: State
    text: str
    """The state in words: "late by 14 months"."""
    reached: str
    """When the milestone was reached, as sourced; empty if it was not by the date."""
    put_off: int
    """How often the milestone had been put off when this was said, this time included."""
    note: str
    sources: list[str]


def promise_entries(corridor: Corridor, date: str) -> list[PromiseEntry]:
    """Return every promise that had been made by an ISO date, by feature and milestone."""
    return [
        _entry(course, promise, state, date)
        for course in ledger(corridor)
        for promise in course.promises
        if (state := course.state_of(promise, date)) is not None
    ]


def _entry(course: Course, promise: Promise, state: State, date: str) -> PromiseEntry:
    reached = course.reached.date if course.reached and course.reached_day <= date else ""
    return {
        "id": course.feature,
        "name": course.name,
        "milestone": plain(course.milestone),
        "by": plain(promise.by),
        "said": promise.said,
        "due": promise.due,
        "due_by": promise.due_by,
        "due_label": due_label(promise),
        "state": state,
        "text": state_text(course, promise, date),
        "reached": reached,
        "put_off": len(course.put_off(promise.said_day)),
        "note": plain(promise.note),
        "sources": list(promise.sources),
    }
