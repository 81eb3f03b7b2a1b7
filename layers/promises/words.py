"""Say what became of a promise: the one place of its words."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from corridormap.layers.corridor.status import day_after
from corridormap.layers.promises.ledger import months_between
from corridormap.layers.wording.words import capital, date_label, lowered, plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from corridormap.layers.corridor.promise import Promise
    from corridormap.layers.promises.ledger import Course, State

__all__ = [
    "HOW_TO_READ",
    "STATE_LABELS",
    "course_label",
    "course_text",
    "due_label",
    "due_text",
    "said_label",
    "standing_text",
    "state_text",
]

STATE_LABELS: Mapping[State, str] = {
    "kept": "kept",
    "late": "late",
    "overdue": "overdue",
    "open": "open",
}
HOW_TO_READ = (
    "Across: when it was said. Upward: for when. Level is on course, a step up is put off; what "
    "lies below the slanting line is past. A ring is still open, a filled point was missed (brown) "
    "or kept (green), a diamond is when it came; grey is how vague the date was."
)
_ONCE = {1: "once", 2: "twice"}


def due_label(promise: Promise) -> str:
    """Return for when it was promised, as exact as it was said.

    "2028", "end of 2030", "Jan 2026 to Mar 2026", "Mar 2021 (within three years)".
    """
    date = " to ".join(dict.fromkeys(date_label(part) for part in promise.due.split("/")))
    put = plain(promise.due_as)
    if not put:
        return date
    return put if promise.due_by[:4] in put else f"{date} ({put})"


def due_text(course_label: str, due_label: str, standing: str) -> str:
    """Return a promise on an axis of time: "opening due end of 2027: open"."""
    return f"{lowered(course_label)} due {due_label}: {standing}"


def said_label(promise: Promise) -> str:
    """Return who said it and when: "Minister of Roads, 7 Jan 2024"."""
    return f"{plain(promise.by)}, {date_label(promise.said)}"


def course_label(course: Course) -> str:
    """Return the milestone as a heading: "Opening"."""
    return capital(plain(course.milestone))


def state_text(course: Course, promise: Promise, date: str) -> str:
    """Return what has become of a promise by an ISO date; empty before it was made.

    "kept", "late by 14 months", "overdue by 3 months", "open".
    """
    state = course.state_of(promise, date)
    if state == "late":
        return f"late by {_span(promise.due_by, course.reached_day)}"
    if state == "overdue":
        return f"overdue by {_span(promise.due_by, date)}"
    return STATE_LABELS[state] if state else ""


def standing_text(course: Course, promise: Promise, date: str) -> str:
    """Return the same in words that hold for as long as the state does.

    An overdue promise is "overdue since 1 Jan 2026" for as long as it is.
    """
    if course.state_of(promise, date) == "overdue":
        return f"overdue since {date_label(day_after(promise.due_by))}"
    return state_text(course, promise, date)


def course_text(course: Course, date: str) -> str:
    """Return what a milestone's promises come to by an ISO date; empty before the first.

    "Reached 20 Jun 2024: late by 12 months on the first promise; put off once", "Due end of
    2030, open; put off 3 times, first due 2017".
    """
    made = course.said_by(date)
    if not made:
        return ""
    first, last = made[0], made[-1]
    put_off = len(course.put_off(date))
    if course.reached and course.reached_day <= date:
        state = state_text(course, first, date)
        text = f"Reached {date_label(course.reached.date)}: {state}"
        text += " on the first promise" if len(made) > 1 else ""
        return f"{text}; put off {_times(put_off)}" if put_off else text
    state = standing_text(course, last, date)
    text = f"{'Was due' if state.startswith('overdue') else 'Due'} {due_label(last)}, {state}"
    return f"{text}; put off {_times(put_off)}, first due {due_label(first)}" if put_off else text


def _times(n: int) -> str:
    return _ONCE.get(n, f"{n} times")


def _span(start: str, end: str) -> str:
    months = months_between(start, end)
    if months:
        return "1 month" if months == 1 else f"{months} months"
    days = (dt.date.fromisoformat(end) - dt.date.fromisoformat(start)).days
    return "1 day" if days == 1 else f"{days} days"
