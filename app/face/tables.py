"""Give checks, routes and findings as DataFrames: the values of the commands, as rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from corridormap.app.exporting.claims import claims_report
from corridormap.layers.routes.figures import describe_routes
from corridormap.layers.validation.validate import findings_of_all

if TYPE_CHECKING:
    from corridormap.layers.corridor.corridor import Corridor

__all__ = ["claims_table", "findings_table", "routes_table"]

_CLAIM = ("id", "result", "text", "quantities", "values", "rule")
_FINDING = ("file", "feature", "problem", "remedy", "field", "code", "params")
_ROUTE = ("route", "route_title", "way", "title", "mode", "from", "to", "km")


def claims_table(corridor: Corridor) -> pd.DataFrame:
    """Return what `corridormap claims --json` prints, one row an entry, indexed by id."""
    return pd.DataFrame(claims_report(corridor), columns=list(_CLAIM)).set_index("id")


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


def findings_table(corridor: Corridor) -> pd.DataFrame:
    """Return what `corridormap validate` lists: file, feature, problem, remedy."""
    found = [one.as_dict() for one in findings_of_all(corridor)]
    return pd.DataFrame(found, columns=list(_FINDING))
