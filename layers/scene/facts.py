"""Write a feature's figures as lines to read: "Size: 216 × 24.5 m (2023)".

Conflicting values stay separate lines with their own sources; which of them is right is
not decided here.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from corridormap.layers.claims.later import later_figure
from corridormap.layers.claims.words import quantity_label
from corridormap.layers.scene.scene import Fact
from corridormap.layers.wording.period import period_label
from corridormap.layers.wording.words import amount, number, plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from corridormap.layers.corridor.feature import FeatureProperties, Figure
    from corridormap.layers.corridor.source import Source

__all__ = ["facts_of"]


def facts_of(said: FeatureProperties, sources: Mapping[str, Source]) -> tuple[Fact, ...]:
    """Return the figures as facts, those of one label next to each other.

    Parameters
    ----------
    said
        The feature's properties.
    sources
        The corridor's bibliography, which knows since when a figure is known.
    """
    left = list(said.figures)
    facts: list[Fact] = []
    for figure in said.figures:
        if figure not in left:
            continue
        left.remove(figure)
        width = _width_of(figure, left)
        if width is not None:
            left.remove(width)
        later = later_figure(sources, figure.sources)
        facts.append(replace(_fact(figure, width), later=later))
    order = list(dict.fromkeys(fact.label for fact in facts))
    return tuple(sorted(facts, key=lambda fact: order.index(fact.label)))


def _width_of(figure: Figure, others: list[Figure]) -> Figure | None:
    """Return the width that belongs to a length: same unit, date, note and sources."""
    if figure.quantity != "length" or figure.value_max is not None:
        return None
    for width in others:
        same = width == figure.model_copy(update={"quantity": "width", "value": width.value})
        if same and width.quantity == "width" and width.value_max is None:
            return width
    return None


def _fact(figure: Figure, width: Figure | None) -> Fact:
    unit = plain(figure.unit)
    if width is None:
        label = quantity_label(figure.quantity)
        text = amount(figure.value, unit, value_max=figure.value_max)
    else:
        label = "Size"
        text = f"{number(figure.value)} × {number(width.value)} {unit}"
    note = plain(figure.note)
    if figure.bound:
        text = f"{figure.bound} {text}"
    of = plain(figure.of) if figure.of.casefold() not in note.casefold() else ""
    kind = plain(figure.kind) if figure.kind.casefold() not in note.casefold() else ""
    time = period_label(figure.period) or (figure.date[:4] if figure.date else "")
    aside = "; ".join(part for part in (time, of, kind, note) if part)
    return Fact(label, f"{text} ({aside})" if aside else text, figure.sources)
