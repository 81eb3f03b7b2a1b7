"""Show what the first rows of a file become, and what of all of them is not understood."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from corridormap.layers.columns.rows import mapped
from corridormap.layers.columns.rules import ROLES
from corridormap.layers.columns.values import OUR_WORDS
from corridormap.layers.wording.words import STATUS_LABELS, amount, date_label, distance, short

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from corridormap.geo.formats import Feature
    from corridormap.layers.columns.rows import Given, NotUnderstood, Row
    from corridormap.layers.columns.rules import ColumnRules
    from corridormap.layers.wording.kinds import OfKind

__all__ = ["PREVIEWED", "Preview", "not_understood_text", "preview_of", "state_text"]

PREVIEWED = 10
_TEXT = 160


@dataclass(frozen=True)
class PreviewRow:
    """What one row becomes, to read."""

    facts: tuple[tuple[str, str], ...]
    """Pairs of a field's label and what it says."""
    columns: tuple[tuple[str, str], ...]
    """Pairs of a column that stays and its value."""


@dataclass(frozen=True)
class Preview:
    """What the first rows become, and what of all rows is not understood."""

    rows: tuple[PreviewRow, ...]
    not_understood: tuple[NotUnderstood, ...]
    count: int
    """How many rows there are."""


def preview_of(features: Sequence[Feature], rules: ColumnRules, given: Given) -> Preview:
    """Return what a file's rows become by rules."""
    made = mapped(features, rules, given)
    rows = tuple(_row(row, given.kinds) for row in made.rows[:PREVIEWED])
    return Preview(rows, tuple(made.not_understood), len(made.rows))


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


def _row(row: Row, kinds: Mapping[str, OfKind]) -> PreviewRow:
    left = [(name, value) for name, value in row.left.items() if value is not None]
    return PreviewRow(
        tuple((label, short(text, _TEXT)) for label, text in _facts(row.ours, kinds)),
        tuple((short(name, 80), short(value, _TEXT)) for name, value in left),
    )


def _facts(ours: Mapping[str, Any], kinds: Mapping[str, OfKind]) -> list[tuple[str, str]]:
    facts: list[tuple[str, str]] = []
    for key, value in ours.items():
        language = key.partition(":")[2]
        if key == "name" or language:
            facts.append((f"{ROLES['name']} ({language})" if language else ROLES["name"], value))
        elif key == "kind":
            facts.append((ROLES["kind"], kinds[value].label))
        elif key == "mode":
            facts.append((ROLES["mode"], OUR_WORDS["mode"][value]))
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
