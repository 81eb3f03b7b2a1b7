"""Write changes as plain JSON: rows of the command line, and of the browser's document."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any, TypedDict

from corridormap.layers.changes.change import Shape
from corridormap.layers.changes.dated import dated_changes, usual_dates
from corridormap.layers.changes.words import change_text, change_when
from corridormap.layers.claims.entries import said_entry
from corridormap.layers.wording.quantity import Value

if TYPE_CHECKING:
    from corridormap.layers.changes.change import About, Change, Field, Said
    from corridormap.layers.corridor.corridor import Corridor

__all__ = ["ChangeEntry", "ChangesInDocument", "change_entry", "changes_document"]


class ChangeEntry(TypedDict):
    """A change as a row: of what, which field, before, after, by whose word."""

    about: About
    id: str
    name: str
    field: Field
    part: str
    """Which of several: a figure's quantity, a name's language."""
    before: Any
    """A word, a list of values with their units, a shape; null where nothing was said."""
    after: Any
    date: str
    """As sourced: YYYY, YYYY-MM or YYYY-MM-DD; empty between editions."""
    note: str
    text: str
    """The change in words."""
    sources: list[str]


class DatedChange(TypedDict):
    """A dated change of a feature, in words."""

    feature: str
    since: str
    """ISO date: it is a change of every period that begins before and ends then or later."""
    date_label: str
    text: str
    lights: bool
    """Whether the feature itself changed; a report of it alone does not light it."""
    sources: list[str]


class ChangesInDocument(TypedDict):
    """Every dated change, and the two ISO dates that are compared at first."""

    since: str
    date: str
    rows: list[DatedChange]


def change_entry(change: Change) -> ChangeEntry:
    """Return a change with its words."""
    return {
        "about": change.about,
        "id": change.id,
        "name": change.name,
        "field": change.field,
        "part": change.part,
        "before": _said(change.before),
        "after": _said(change.after),
        "date": change.date,
        "note": change.note,
        "text": change_text(change),
        "sources": list(change.sources),
    }


def changes_document(corridor: Corridor) -> ChangesInDocument:
    """Return what the browser lists for any two dates, by feature and date."""
    since, date = usual_dates(corridor)
    return {
        "since": since,
        "date": date,
        "rows": [
            {
                "feature": row.id,
                "since": row.since,
                "date_label": change_when(row),
                "text": change_text(row),
                "lights": row.lights,
                "sources": list(row.sources),
            }
            for row in dated_changes(corridor)
        ],
    }


def _said(said: Said) -> Any:
    if isinstance(said, Shape):
        return asdict(said)
    if isinstance(said, tuple):
        return [
            {
                "quantity": part.quantity,
                **said_entry(part),
                **({"date": part.date} if part.date else {}),
            }
            if isinstance(part, Value)
            else part
            for part in said
        ]
    return said
