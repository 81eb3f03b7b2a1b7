"""Tell a change in words: one sentence's worth, without a stop. The one place of its wording."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corridormap.geo.measure import distance_m
from corridormap.layers.changes.change import Shape
from corridormap.layers.claims.words import quantity_label, value_text
from corridormap.layers.wording.kinds import KIND_LABELS, status_label
from corridormap.layers.wording.quantity import Value
from corridormap.layers.wording.words import (
    MODE_LABELS,
    capital,
    date_label,
    day_label,
    distance,
    lowered,
    plain,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from corridormap.layers.changes.change import Change, Field, Said

__all__ = ["change_label", "change_text", "change_when", "status_change_text"]

_LABELS: Mapping[Field, str] = {
    "name": "Name",
    "kind": "Kind",
    "layer": "Layer",
    "mode": "Mode",
    "countries": "Countries",
    "history": "Status",
    "report": "Note",
    "geometry": "Shape",
    "position": "Position",
    "text": "Text",
    "features": "About",
    "sources": "Sources",
}


def change_label(since: str, date: str) -> str:
    """Return what is lit where two ISO dates are compared: "changed since 29 December 2023"."""
    return f"changed {'since' if since <= date else 'until'} {day_label(since)}"


def change_when(change: Change) -> str:
    """Return when it changed, as exact as it is known: "11 Mar 2022"; empty for editions."""
    return date_label(change.date) if change.date else ""


def change_text(change: Change, *, noted: bool = True) -> str:
    """Return what changed: "Operating, until then under construction: opened".

    Parameters
    ----------
    change
        What is told.
    noted
        Whether its values are told with the notes of their sources.
    """
    if change.field == "presence":
        return "Added" if change.before is None else "Removed"
    if change.field == "status":
        return _status_text(change)
    if change.field == "report" and isinstance(change.after, str) and change.after == change.before:
        return capital(change.note) or f"Still {lowered(_status(change, change.after))}"
    if moved := _moved(change):
        return moved
    label = _label(change)
    after, before = (_said(change, said, noted=noted) for said in (change.after, change.before))
    if not after:
        return f"{label}: left out; before: {before}"
    return f"{label}: {after}; before: {before}" if before else f"{label}: {after}"


def status_change_text(states: Sequence[Change]) -> str:
    """Return what several changes of status come to: "Announced → operating (30 Dec 2023)"."""
    first, last = states[0], states[-1]
    before, after = _status(first, first.before), _status(last, last.after)
    text = f"{before} → {lowered(after)}" if before else f"New: {lowered(after)}"
    return f"{text} ({change_when(last)})"


def _moved(change: Change) -> str:
    """Return how far a point moved; empty where it is no point, or the distance tells nothing."""
    before, after = change.before, change.after
    if not (isinstance(before, Shape) and isinstance(after, Shape)):
        return ""
    if not before.type == after.type == "Point":
        return ""
    metres = distance_m(before.at, after.at)
    lon, lat = after.at
    return f"Moved {distance(metres)}, to {lat:.5f}, {lon:.5f}" if metres >= 1 else ""


def _status_text(change: Change) -> str:
    before, after = _status(change, change.before), _status(change, change.after)
    text = after if before in {"", after} else f"{after}, until then {lowered(before)}"
    return f"{text}: {change.note}" if change.note else text


def _status(change: Change, said: Said) -> str:
    return status_label(change.kind, said) if isinstance(said, str) else ""


def _label(change: Change) -> str:
    if change.field == "figure" and change.part:
        return quantity_label(change.part)
    label = "Figures" if change.field == "figure" else _LABELS[change.field]
    return f"{label} ({change.part})" if change.part and change.field == "name" else label


def _said(change: Change, said: Said, *, noted: bool) -> str:
    """Return one side of a change to read; empty where nothing is said."""
    if said is None or isinstance(said, str):
        return _word(change, said or "")
    if isinstance(said, Shape):
        lon, lat = said.at
        size = f", {distance(said.length_m)}" if said.length_m else ""
        return f"{said.type} at {lat:.5f}, {lon:.5f}{size}"
    texts = [
        _value(change, part, noted=noted) if isinstance(part, Value) else plain(part)
        for part in said
    ]
    return ", ".join(texts)


def _word(change: Change, said: str) -> str:
    if change.field == "history" and said:
        return lowered(_status(change, said))
    if change.field == "kind":
        return KIND_LABELS.get(said, said)
    return MODE_LABELS.get(said, said) if change.field == "mode" else said


def _value(change: Change, value: Value, *, noted: bool) -> str:
    """Return a value, what it is of, and its own date where that is not the change's."""
    aside = [plain(part) for part in (value.of, value.kind) if part]
    if value.date and value.date != change.date:
        aside.append(date_label(value.date))
    text = value_text(value, noted=noted and not aside)
    if not change.part:
        text = f"{lowered(quantity_label(value.quantity))} {text}"
    return f"{text} ({', '.join(aside)})" if aside else text
