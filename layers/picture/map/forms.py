"""Say in which forms a feature's label may stand: its rows, its numbers, and what each costs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from corridormap.layers.picture.pen.canvas import Words
from corridormap.layers.picture.placing.block import Block
from corridormap.layers.scene.labels import number_runs
from corridormap.layers.scene.prices import LABEL_PRICES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from corridormap.layers.picture.layout import Layout
    from corridormap.layers.scene.scene import Label, SceneItem

__all__ = ["LabelStyle", "area_forms", "forms_of"]

_PRICES = LABEL_PRICES
_HALO_PX = 3.0
_PER_ROW = 1.0
_MOST_NAMES = 6
"""More names than this are not told at one sign."""
_AREA_SIZES = ((15, 0.1, 0.0), (13, 0.06, 3.0), (12, 0.0, 5.0))
"""Size, letter spacing in sizes, price."""


@dataclass(frozen=True)
class LabelStyle:
    """Sizes and colours that every label of one frame shares."""

    layout: Layout
    palette: Mapping[str, str]
    numbers: Mapping[str, tuple[int, ...]]
    """Claim numbers by feature id."""

    def words(self, text: str, design_px: float, color: str, *, bold: bool = False) -> Words:
        """Return a row with the label's halo."""
        size = self.layout.text_px(design_px)
        return Words(text, size, color, bold=bold, halo_px=max(2.4, _HALO_PX * self.layout.unit))

    def numbers_of(self, items: Iterable[SceneItem]) -> tuple[int, ...]:
        """Return the claim numbers that some items carry, in order."""
        return tuple(sorted({n for i in items for n in self.numbers.get(i.feature.id, ())}))

    @property
    def badge_px(self) -> float:
        """Diameter of a claim number on the map."""
        return max(18.0, 26.0 * self.layout.unit)


def forms_of(
    named: Sequence[SceneItem],
    numbers: tuple[int, ...],
    style: LabelStyle,
    *,
    town: bool,
    more: int,
) -> list[tuple[Block, float]]:
    """Return the forms of a label with their prices, the best first; numbers alone are the last."""
    badge, runs = style.badge_px, number_runs(numbers)
    alone = [(Block((), runs, badge), _PRICES.number_alone)] if runs else []
    item = named[0]
    label = item.feature.label
    if label is None:
        return [(block, 0.0) for block, _ in alone]
    design = 15.5 if item.state == "selected" else 13.5 if town else 14.0
    first = style.words(label.text, design, label.color, bold=not town)
    rows: list[tuple[tuple[Words, ...], float]] = [((first,), 0.0)]
    if label.halves:
        rows.append((tuple(replace(first, text=half) for half in label.halves), _PRICES.broken))
    told: list[tuple[tuple[Words, ...], float]] = []
    if more:
        if 1 < len(named) <= _MOST_NAMES:
            told.append((_all_names(named, style), _PER_ROW * len(named)))
        lost = _PER_ROW * len(named) + _PRICES.second_row
        count = style.words(f"{more} more here", 12.5, style.palette["text_second"])
        told += [((*row, count), price + lost) for row, price in rows]
    else:
        second = "" if town else _second(item)
        if second:
            under = style.words(second, 12.5, style.palette["text_second"])
            told += [((*row, under), price) for row, price in rows]
        lost = _PRICES.second_row if second else 0.0
        told += [(row, price + lost) for row, price in rows]
    forms = [(Block(row, runs, badge), price) for row, price in told]
    if runs:
        forms += [(replace(block, stacked=True), price + _PRICES.stacked) for block, price in forms]
    return forms + alone


def _all_names(named: Sequence[SceneItem], style: LabelStyle) -> tuple[Words, ...]:
    """Return the names of a place that several share, each with what stands below it."""
    rows: list[Words] = []
    for item in named:
        if (label := item.feature.label) is None:
            continue
        rows.append(style.words(label.text, 14.0, label.color, bold=True))
        if second := _second(item):
            rows.append(style.words(second, 12.5, style.palette["text_second"]))
    return tuple(rows)


def _second(item: SceneItem) -> str:
    """Return what stands below a name in the item's state."""
    return item.phase.second_selected if item.state == "selected" else item.phase.second


def area_forms(
    label: Label | None, numbers: tuple[int, ...], style: LabelStyle
) -> list[tuple[Block, float]]:
    """Return the forms of an area's label with their prices; numbers alone are the last."""
    runs, badge = number_runs(numbers), style.badge_px
    forms: list[tuple[Block, float]] = []
    if label is not None:
        for design, spacing, price in _AREA_SIZES:
            row = style.words(label.capitals, design, label.color, bold=True)
            spaced = (replace(row, spacing_px=spacing * row.size_px),)
            forms.append((Block(spaced, runs, badge), price))
            if runs:
                forms.append((Block(spaced, runs, badge, stacked=True), price + _PRICES.stacked))
    if runs:
        forms.append((Block((), runs, badge), _PRICES.number_alone if label else 0.0))
    return forms
