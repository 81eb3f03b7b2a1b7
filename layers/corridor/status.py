"""A feature's status through time: its dated events, and what it is at a date.

The words are Global Energy Monitor's, and *unknown*: that a state is not known is an answer,
told as such and never turned into a state. A vague date (a year, a month) counts from its
first day. Where the newest event that changed a status announced its own end, the status is
not known from the day after. This module reads no file and picks no colour: it names one of
five looks.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol, get_args

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = [
    "LOOKS",
    "LOOK_LABELS",
    "LOOK_OF",
    "STATUSES",
    "Look",
    "State",
    "Status",
    "day_after",
    "states_of",
]

Status = Literal[
    "announced",
    "pre-construction",
    "construction",
    "operating",
    "shelved",
    "cancelled",
    "mothballed",
    "retired",
    "unknown",
]

STATUSES: tuple[Status, ...] = get_args(Status)
Look = Literal["operating", "construction", "planned", "unused", "unknown"]
LOOKS: tuple[Look, ...] = get_args(Look)

LOOK_OF: Mapping[Status, Look] = {
    "announced": "planned",
    "pre-construction": "planned",
    "construction": "construction",
    "operating": "operating",
    "shelved": "unused",
    "cancelled": "unused",
    "mothballed": "unused",
    "retired": "unused",
    "unknown": "unknown",
}
"""Nine words, five looks; the card gives the exact word."""

LOOK_LABELS: Mapping[Look, str] = {
    "operating": "Operating",
    "construction": "Under construction",
    "planned": "Planned",
    "unused": "Not in use or historic",
    "unknown": "State not known",
}


class _Dated(Protocol):
    """What counts of an event."""

    @property
    def status(self) -> Status: ...
    @property
    def since(self) -> str: ...
    @property
    def last_day(self) -> str: ...


class State(NamedTuple):
    """A status from a day on; the last one that was known, where it is known no more."""

    since: str
    """ISO date."""
    status: Status
    is_known: bool = True


def states_of(events: Iterable[_Dated]) -> tuple[State, ...]:
    """Return the states of a feature in order, of its events in order.

    An event that keeps the status adds none, and its announced end is one of what it tells, not
    of the status. Of several events on a day the last one counts.
    """
    states: list[State] = []
    ends = ""
    for event in events:
        if ends and ends < event.since:
            states.append(State(day_after(ends), states[-1].status, is_known=False))
            ends = ""
        now = State(event.since, event.status)
        if states and states[-1][1:] == now[1:]:
            continue
        ends = event.last_day
        if states and states[-1].since == now.since:
            states.pop()
            if states and states[-1][1:] == now[1:]:
                continue
        states.append(now)
    if ends:
        states.append(State(day_after(ends), states[-1].status, is_known=False))
    return tuple(states)


def day_after(date: str) -> str:
    """Return the ISO date of the next day; of the last one there is, itself."""
    day = dt.date.fromisoformat(date)
    return date if day == dt.date.max else (day + dt.timedelta(days=1)).isoformat()
