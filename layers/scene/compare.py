"""A view at two dates, side by side: the scene before, the scene after, and what changed.

Which features changed, and in which words each is told, is decided here and nowhere after.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from corridormap.layers.changes.dated import changes_between, period_of
from corridormap.layers.changes.words import change_text, change_when, status_change_text
from corridormap.layers.scene.resolve import build_scene

if TYPE_CHECKING:
    from collections.abc import Iterable

    from corridormap.layers.changes.change import Change
    from corridormap.layers.corridor.corridor import Corridor
    from corridormap.layers.scene.scene import Scene
    from corridormap.layers.scene.view import View

__all__ = ["Compared", "ToldChange", "compare", "compared_view"]


@dataclass(frozen=True)
class ToldChange:
    """A feature that changed, and how a list tells it."""

    feature: str
    name: str
    short: str
    """What it became, or the latest that changed of it."""
    full: str
    """Everything that changed of it, with dates."""
    sources: tuple[str, ...]
    """Ids of whose word it is, each once."""


@dataclass(frozen=True)
class Compared:
    """Two scenes of one view, and the features that changed between them, in the list's order."""

    before: Scene
    after: Scene
    changes: tuple[ToldChange, ...]


def compared_view(corridor: Corridor, view: View) -> View:
    """Return a view whose two dates are there and in order; those not asked for are the usual."""
    since, date = period_of(corridor, view.since, view.date)
    return view.model_copy(update={"since": since, "date": date})


def compare(corridor: Corridor, view: View) -> Compared:
    """Return the scenes of a view at its two dates, and what changed of the layers it shows.

    Those whose status changed come first, each kind in the corridor's order. A selection or a
    claim of the view is not marked: what changed is.

    Raises
    ------
    ViewError
        The two dates are one.
    """
    seen = compared_view(corridor, view).model_copy(update={"selected": None, "claim": None})
    start, end = seen.since or seen.date, seen.date
    rows = [row for row in changes_between(corridor, start, end) if row.lights]
    after = build_scene(corridor, seen)
    shown = {item.feature.id for item in after.items}
    told = [
        _told(list(of_it))
        for feature, of_it in groupby(rows, key=lambda row: row.id)
        if feature in shown
    ]
    status = {row.id for row in rows if row.field == "status"}
    return Compared(
        before=build_scene(corridor, seen.model_copy(update={"date": start, "since": end})),
        after=after,
        changes=tuple(sorted(told, key=lambda one: one.feature not in status)),
    )


def _told(rows: list[Change]) -> ToldChange:
    states = [row for row in rows if row.field == "status"]
    short = status_change_text(states) if states else change_text(rows[-1], noted=False)
    sources = tuple(dict.fromkeys(source for row in rows for source in row.sources))
    return ToldChange(rows[0].id, rows[0].name, short, _full(rows), sources)


def _full(rows: Iterable[Change]) -> str:
    return ". ".join(f"{change_when(row)}: {change_text(row)}" for row in rows)
