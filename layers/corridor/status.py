"""A feature's status through time: its dated events, and what it is at a date.

The words are Global Energy Monitor's. A vague date (a year, a month) counts from its
first day. This module reads no file and picks no colour: it names one of four looks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["LOOKS", "LOOK_LABELS", "LOOK_OF", "STATUSES", "Look", "Status"]

Status = Literal[
    "announced",
    "pre-construction",
    "construction",
    "operating",
    "shelved",
    "cancelled",
    "mothballed",
    "retired",
]

STATUSES: tuple[Status, ...] = get_args(Status)
Look = Literal["operating", "construction", "planned", "unused"]
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
}
"""Eight words, four looks; the card gives the exact word."""

LOOK_LABELS: Mapping[Look, str] = {
    "operating": "Operating",
    "construction": "Under construction",
    "planned": "Planned",
    "unused": "Not in use or historic",
}
