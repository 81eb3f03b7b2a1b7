"""Give checks, changes, promises, routes and findings as DataFrames: values of the commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from corridormap.app.exporting.claims import claims_report
from corridormap.layers.changes.dated import changes_between, usual_dates
from corridormap.layers.changes.editions import changes_of_editions
from corridormap.layers.changes.entries import change_entry
from corridormap.layers.promises.entries import PromiseEntry, promise_entries
from corridormap.layers.routes.figures import describe_routes
from corridormap.layers.scene.view import parse_date
from corridormap.layers.validation.reference import check_positions
from corridormap.layers.validation.validate import findings_of_all

if TYPE_CHECKING:
    from collections.abc import Iterable

    from corridormap.layers.changes.change import Change
    from corridormap.layers.corridor.corridor import Corridor

__all__ = [
    "changes_table",
    "claims_table",
    "editions_table",
    "findings_table",
    "positions_table",
    "promises_table",
    "routes_table",
]

_CLAIM = ("id", "result", "text", "quantities", "values", "rule", "origins")
_CHANGE = ("about", "id", "name", "field", "part", "before", "after", "date", "note", "sources")
_FINDING = ("file", "feature", "problem", "remedy", "field", "code", "params")
_POSITION = ("id", "name", "positions", "inside", "distance_m", "uncertainty_m", "holds")
_ROUTE = ("route", "route_title", "way", "title", "mode", "from", "to", "km")


def claims_table(corridor: Corridor) -> pd.DataFrame:
    """Return what `corridormap claims --json` prints, one row an entry, indexed by id."""
    return pd.DataFrame(claims_report(corridor), columns=list(_CLAIM)).set_index("id")


def changes_table(corridor: Corridor, start: str | None, end: str | None) -> pd.DataFrame:
    """Return what `corridormap changes --json` prints, one row a change.

    Raises
    ------
    ViewError
        A day is none, or the first is not before the last.
    """
    first, last = usual_dates(corridor)
    first = first if start is None else parse_date(start)
    last = last if end is None else parse_date(end)
    return _changes(changes_between(corridor, first, last))


def editions_table(older: Corridor, newer: Corridor) -> pd.DataFrame:
    """Return what `corridormap changes --against --json` prints, one row a change.

    Raises
    ------
    ViewError
        They are not editions of one corridor.
    """
    return _changes(changes_of_editions(older, newer))


def _changes(rows: Iterable[Change]) -> pd.DataFrame:
    return pd.DataFrame([change_entry(row) for row in rows], columns=[*_CHANGE, "text"])


def routes_table(corridor: Corridor, date: str) -> pd.DataFrame:
    """Return the routes' figures of `corridormap info --json` at a date, one row a way.

    Lengths are km on the mapped lines; `from` and `to` are ids of features; sums by status,
    country and mode, and lists of places and gaps, stay as dicts and lists.
    """
    rows = [
        {
            "route": route["id"],
            "route_title": route["title"],
            "way": way.pop("id"),
            **way,
            "from": way["from"]["id"],
            "to": way["to"]["id"],
        }
        for route in describe_routes(corridor, date)
        for way in route["ways"]
    ]
    return pd.DataFrame(rows) if rows else pd.DataFrame(columns=list(_ROUTE))


def promises_table(corridor: Corridor, date: str | None) -> pd.DataFrame:
    """Return what `corridormap promises --json` prints, one row a promise.

    Raises
    ------
    ViewError
        The day is none.
    """
    day = usual_dates(corridor)[1] if date is None else parse_date(date)
    rows = promise_entries(corridor, day)
    return pd.DataFrame(rows, columns=list(PromiseEntry.__annotations__))


def findings_table(corridor: Corridor) -> pd.DataFrame:
    """Return what `corridormap validate` lists: file, feature, problem, remedy."""
    found = [one.as_dict() for one in findings_of_all(corridor)]
    return pd.DataFrame(found, columns=list(_FINDING))


def positions_table(corridor: Corridor, reference: bytes, *, file: str) -> pd.DataFrame:
    """Return what `corridormap check-positions --json` prints, one row a feature, by id.

    Raises
    ------
    CorridorError
        The reference cannot be read, or names no feature.
    """
    found = [one.as_dict() for one in check_positions(corridor, reference, file=file)]
    return pd.DataFrame(found, columns=list(_POSITION)).set_index("id")
