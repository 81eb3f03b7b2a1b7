"""Gather the dates at which something changed, for the date control.

Events of all features by day, in words; the first and last day; the named dates of the
corridor; what was due when. What is simply there (towns, areas) has no ticks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from corridormap.layers.promises.dues import due_days
from corridormap.layers.wording.kinds import is_simply_there
from corridormap.layers.wording.words import STATUS_LABELS, date_label, day_label

if TYPE_CHECKING:
    from collections.abc import Iterable

    from corridormap.layers.corridor.manifest import Manifest, NamedDate
    from corridormap.layers.promises.dues import DueDay
    from corridormap.layers.scene.scene import Event, SceneFeature

__all__ = ["Timeline", "searched_note", "timeline_of"]

_SPELLED_OUT = 2
_EARLY_SHARE = 0.2
"""Share of the changes that may lie before the axis starts."""
_FIRST_WORDS = {label.partition(" ")[0] for label in STATUS_LABELS.values()}


class NamedDay(TypedDict):
    """A day that the corridor gives a name."""

    id: str
    label: str
    date: str
    date_label: str
    note: str
    """What is to be known of the day; may be empty."""


class Change(TypedDict):
    """A day on which something changed, in words."""

    date: str
    date_label: str
    text: str
    features: list[str]


class Timeline(TypedDict):
    """What the date control shows; days are ISO dates."""

    axis: str
    """Where an axis of years starts; what changed before it shares one tick there."""
    first: str
    last: str
    named: list[NamedDay]
    changes: list[Change]
    dues: list[DueDay]
    ahead: str
    """The last day on which something is due, where that is after `last`; else empty."""


def timeline_of(features: Iterable[SceneFeature], manifest: Manifest) -> Timeline:
    """Return first and last day, the named dates and every change in the order of days.

    `axis` is the first day of the year at which an axis of years should start; the few
    changes before it share one tick there.
    """
    features = sorted(features, key=lambda feature: feature.id)
    events = [
        (event, feature)
        for feature in features
        if not is_simply_there(feature.kind, [event.status for event in feature.history])
        for event in feature.history
    ]
    days: dict[str, list[tuple[Event, SceneFeature]]] = {}
    for event, feature in sorted(events, key=lambda pair: pair[0].since):
        days.setdefault(event.since, []).append((event, feature))
    as_of = manifest.as_of.isoformat()
    sinces = [phase.since for feature in features for phase in feature.phases] or [as_of]
    named: list[NamedDay] = [
        {
            "id": named.id,
            "label": named.label,
            "date": named.date.isoformat(),
            "date_label": date_label(named.date.isoformat()),
            "note": searched_note(named),
        }
        for named in manifest.dates
    ]
    last = max([*sinces, as_of, *(entry["date"] for entry in named)])
    dues = [due for feature in features for due in due_days(feature.id, feature.promises)]
    dues.sort(key=lambda due: due["date"])
    return {
        "axis": _axis(sorted(days) or [as_of]),
        "first": min(sinces),
        "last": last,
        "named": named,
        "changes": [_change(day, found) for day, found in days.items()],
        "dues": dues,
        "ahead": dues[-1]["date"] if dues and dues[-1]["date"] > last else "",
    }


def searched_note(named: NamedDate) -> str:
    """Return that nothing newer was found, and when one looked; empty if nobody says so."""
    if named.searched is None:
        return ""
    return f"Nothing newer was found in a search of {day_label(named.searched.isoformat())}"


def _axis(days: list[str]) -> str:
    """Return where an axis of years starts, so that a few old events do not squeeze the rest."""
    return f"{days[int(len(days) * _EARLY_SHARE)][:4]}-01-01"


def _change(day: str, found: list[tuple[Event, SceneFeature]]) -> Change:
    texts = [f"{feature.name}: {_lowered(event.text)}" for event, feature in found]
    more = len(texts) - _SPELLED_OUT
    text = "; ".join(texts[:_SPELLED_OUT])
    vaguest = min((event.date for event, _ in found), key=len)
    return {
        "date": day,
        "date_label": date_label(vaguest),
        "text": f"{text}; and {more} more" if more > 0 else text,
        "features": list(dict.fromkeys(feature.id for _, feature in found)),
    }


def _lowered(text: str) -> str:
    """Return a sentence as it reads after a colon; names and abbreviations keep capitals."""
    first, _, rest = text.partition(" ")
    word = first.rstrip(":")
    lowered = word.lower() if word in _FIRST_WORDS else word
    return lowered + first[len(word) :] + (f" {rest}" if rest else "")
