"""Show what the first rows of a file become, and what of all of them is not understood."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict

from corridormap.layers.columns.rows import mapped
from corridormap.layers.columns.rules import ROLES
from corridormap.layers.columns.values import OUR_WORDS
from corridormap.layers.wording.words import STATUS_LABELS, amount, date_label, distance, short

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from corridormap.geo.formats import Feature
    from corridormap.layers.columns.rows import Given, NotUnderstood, Row
    from corridormap.layers.columns.rules import ColumnRules

__all__ = ["PREVIEWED", "Preview", "not_understood_text", "preview_of", "state_text"]

PREVIEWED = 10
_TEXT = 160


class PreviewRow(TypedDict):
    """What one row becomes, to read."""

    facts: list[list[str]]
    """Pairs of a field's label and what it says."""
    columns: list[list[str]]
    """Pairs of a column that stays and its value."""


class Preview(TypedDict):
    """What the first rows become, and what of all rows is not understood."""

    rows: list[PreviewRow]
    not_understood: list[dict[str, Any]]
    """Column, value and how often it stands there."""
    understood: int
    """How many rows have nothing that is not understood."""
    count: int


def preview_of(features: Sequence[Feature], rules: ColumnRules, given: Given) -> Preview:
    """Return what a file's rows become by rules."""
    made = mapped(features, rules, given)
    return {
        "rows": [_row(row) for row in made.rows[:PREVIEWED]],
        "not_understood": [
            {"column": one.column, "value": one.value, "count": one.count}
            for one in made.not_understood
        ],
        "understood": sum(not row.not_understood for row in made.rows),
        "count": len(made.rows),
    }


def not_understood_text(told: Sequence[NotUnderstood]) -> list[str]:
    """Return a line for each value: "'im Bau?' in 'Zustand': 3 rows"."""
    return [
        f"'{one.value}' in '{short(one.column, 30)}': {one.count:,} row{'s' * (one.count != 1)}"
        for one in told
    ]


def state_text(event: Mapping[str, Any]) -> str:
    """Return a state with its date to read."""
    label = STATUS_LABELS[event["status"]]
    if event["status"] == "unknown":
        return label
    if event.get("at_latest"):
        return f"{label}; since when is not known"
    return f"{label} since {date_label(event['date'])}"


def _row(row: Row) -> PreviewRow:
    return {
        "facts": [[label, short(text, _TEXT)] for label, text in _facts(row.ours)],
        "columns": [
            [short(name, 80), short(value, _TEXT)]
            for name, value in row.left.items()
            if value is not None
        ],
    }


def _facts(ours: Mapping[str, Any]) -> list[tuple[str, str]]:
    facts: list[tuple[str, str]] = []
    for key, value in ours.items():
        language = key.partition(":")[2]
        if key == "name" or language:
            facts.append((f"{ROLES['name']} ({language})" if language else ROLES["name"], value))
        elif key in {"kind", "mode"}:
            facts.append((ROLES["kind" if key == "kind" else "mode"], OUR_WORDS[key][value]))
        elif key == "countries":
            facts.append((ROLES["country"], ", ".join(value)))
        elif key == "uncertainty_m":
            facts.append((ROLES["uncertainty"], distance(value)))
        elif key == "sources":
            facts.append((ROLES["source"], ", ".join(value)))
        elif key == "figures":
            texts = [(f["quantity"], amount(f["value"], f["unit"])) for f in value]
            facts += [(quantity, text) for quantity, text in texts]
        elif key == "status_history":
            facts.append((ROLES["status"], state_text(value[-1])))
            facts += [(ROLES["note"], value[-1]["note"])] if "note" in value[-1] else []
    return facts
