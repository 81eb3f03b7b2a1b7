"""Say what is known only from after a day: a verdict, a figure or an event of later sources.

A map as known on a day that leans on later sources without a word claims more than was known.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from corridormap.layers.wording.words import date_label, full_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from corridormap.layers.corridor.source import Source

__all__ = ["Later", "later_event", "later_figure", "later_verdict"]


@dataclass(frozen=True)
class Later:
    """Knowledge of a date: one who looks at an earlier day is told so."""

    since: str
    """ISO date, YYYY-MM-DD (a vaguer date stands at its first day)."""
    text: str
    """What is said then: "later: 7 Jan 2024"."""

    def at(self, date: str) -> str:
        """Return what is said of it at an ISO date; empty where it was known by then."""
        return self.text if date < self.since else ""


def later_verdict(sources: Mapping[str, Source], ids: Iterable[str]) -> Later | None:
    """Return since when a verdict could be given: from the newest of all that it leans on."""
    dates = _dates(sources, ids)
    return _later(max(dates, key=_day)) if dates else None


def later_figure(sources: Mapping[str, Source], ids: Iterable[str]) -> Later | None:
    """Return since when a figure is known: from the first that gave it, if each has a date."""
    told = tuple(ids)
    dates = _dates(sources, told)
    return _later(min(dates, key=_day)) if dates and len(dates) == len(told) else None


def later_event(since: str, sources: Mapping[str, Source], ids: Iterable[str]) -> Later | None:
    """Return since when an event is known, if it was first told after it was; else None.

    Parameters
    ----------
    since
        Its full ISO date.
    sources, ids
        The bibliography, and those of it that tell of the event.
    """
    told = later_figure(sources, ids)
    return told if told and told.since > since else None


def _dates(sources: Mapping[str, Source], ids: Iterable[str]) -> list[str]:
    dates = [sources[id_].issued.iso for id_ in ids if id_ in sources]
    return [date for date in dates if full_date(date)]


def _day(date: str) -> str:
    return full_date(date) or date


def _later(date: str) -> Later:
    return Later(_day(date), f"later: {date_label(date)}")
