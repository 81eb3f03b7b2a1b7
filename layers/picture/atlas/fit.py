"""Fit a page's text below its map: as large and as full as there is room for.

What does not fit below a map of a good size is set smaller, then told with fewer words,
then goes on to a page of text, which is to be well filled.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from corridormap.layers.picture.atlas.blocks import Block, balanced_columns, filled_columns

if TYPE_CHECKING:
    from corridormap.layers.picture.atlas.blocks import Columns
    from corridormap.layers.picture.atlas.sheet import Sheet

__all__ = ["Fitted", "Tell", "fit_text"]

Tell = Callable[[], Sequence[Block]]
"""Gives the texts in one manner of telling; it is asked only when that manner is tried."""

_LEAST_MAP, _LEAST_MAP_ALONE = 0.34, 0.25
"""Shares of the paper's height: a map with text below it, and one whose text would
otherwise go on to a second page."""
_MOST_MAP = 0.6
"""The same for a map whose text does go on."""
_STEPS = 7
_HEAD_PX = 44.0
"""Room for the title of a page of text."""


@dataclass(frozen=True)
class Fitted:
    """The text below a map, and what goes on to the next page."""

    columns: Columns
    rest: tuple[Block, ...] = ()


def fit_text(
    sheet: Sheet, room: float, tells: Sequence[Tell], longer: Sequence[Tell] = ()
) -> Fitted:
    """Return the text that stands below a page's map.

    Parameters
    ----------
    sheet
        The paper.
    room
        Px for map and text together.
    tells
        From the fullest manner of telling to the briefest.
    longer
        The same for a text that goes on to the next page, from the largest on.
    """
    paper = sheet.layout.height_px
    attempts = _Attempts(sheet, tells)
    for least in (_LEAST_MAP, _LEAST_MAP_ALONE):
        height = room - least * paper
        if attempts[0].height <= height:
            return Fitted(attempts[0])
        first = bisect_left(attempts, 1, key=lambda tried: int(tried.height <= height))
        if first < len(attempts):
            return Fitted(attempts[first])
    return _going_on(sheet, room, longer or tells)


class _Attempts(Sequence["Columns"]):
    """The text in each manner of telling, set when it is asked for; ever shorter."""

    def __init__(self, sheet: Sheet, tells: Sequence[Tell]) -> None:
        self._sheet, self._tells = sheet, tells
        self._made: dict[int, Columns] = {}

    def __len__(self) -> int:
        return len(self._tells)

    def __getitem__(self, index: Any) -> Any:
        if index not in self._made:
            self._made[index] = _set(self._sheet, self._tells[index]())
        return self._made[index]


def _going_on(sheet: Sheet, room: float, tells: Sequence[Tell]) -> Fitted:
    """Return text that fills this page and the next; if need be, more pages."""
    paper = sheet.layout.height_px
    low, high = room - _MOST_MAP * paper, room - _LEAST_MAP * paper
    after = sheet.floor - sheet.top - _HEAD_PX * sheet.scale
    blocks: Sequence[Block] = ()
    for tell in tells:
        blocks = tell()
        if _set(sheet, blocks).height > high + after:
            continue
        for step in range(_STEPS + 1):
            fitted = _filled(sheet, blocks, low + (high - low) * step / _STEPS)
            if _set(sheet, fitted.rest).height <= after:
                return fitted
    return _filled(sheet, blocks, high)


def _filled(sheet: Sheet, blocks: Sequence[Block], height: float) -> Fitted:
    columns, rest = filled_columns(blocks, sheet.columns, sheet.column_px, sheet.gap, height=height)
    return Fitted(columns, rest)


def _set(sheet: Sheet, blocks: Sequence[Block]) -> Columns:
    return balanced_columns(blocks, sheet.columns, sheet.column_px, sheet.gap)
