"""Lay out and draw one way as a strip: the line, what stands on it, countries, kilometres.

From above: what it is, labels, the line, the countries, the scale of kilometres, the legs
by name. All sizes in px of the picture; every position along the line comes from `Axis`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from layers.looks import Fill, LineSign, PointSign, Stroke
from layers.print.box import Box
from layers.print.canvas import Words
from layers.print.flow import wrap
from layers.print.layout import PlacedLabel
from layers.print.signs import draw_glyph, draw_line
from layers.print.strip_labels import Flag, settle
from layers.print.strip_words import (
    GAUGE,
    caption_of,
    gap_words,
    marks_of,
    missing_of,
    summary_of,
)
from layers.signs import make_sign
from layers.words import number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from layers.print.canvas import Canvas
    from layers.print.flow import Flow
    from layers.print.strip_labels import Settled
    from layers.print.strip_words import Mark
    from layers.scene import SceneFeature
    from layers.way import LaidWay, WayLeg

__all__ = ["Axis", "Style", "StripRow", "draw_gauge"]

_STEPS_KM = (5.0, 10.0, 20.0, 25.0, 50.0, 100.0, 200.0, 500.0, 1000.0)
_BAND_PX, _TICK_PX = 19.0, 5.0
_SIGN_REACH_PX, _DOT_PX = 15.0, 3.4
_CHANNEL_PX = 11.0


@dataclass(frozen=True)
class Axis:
    """Kilometres laid out from left to right."""

    left: float
    right: float
    km: float
    """The kilometre at the right end."""

    def x(self, km: float) -> float:
        """Return where a kilometre stands."""
        return self.left + (self.right - self.left) * km / self.km


@dataclass(frozen=True)
class Style:
    """Sizes and colours that all rows share."""

    unit: float
    palette: Mapping[str, str]
    bounds: tuple[float, float]
    """Left and right edge of what may be written."""
    countries: Mapping[str, str]
    tints: Mapping[str, Fill]
    open_start: bool
    open_end: bool

    def text(self, design_px: float) -> float:
        """Return the size of a text, never under 12."""
        return max(12.0, design_px * self.unit)

    def words(self, text: str, size: float, role: str = "text", *, bold: bool = False) -> Words:
        """Return a text in a colour of the palette."""
        return Words(text, self.text(size), self.palette[role], bold=bold)


@dataclass(frozen=True)
class _Label:
    """Lines of text, with room for a sign before them."""

    lines: tuple[Words, ...]
    sign: tuple[str, ...]
    indent: float

    @property
    def width(self) -> float:
        return self.indent + max(words.width for words in self.lines)

    @property
    def height(self) -> float:
        return sum(1.22 * words.size_px for words in self.lines)

    def draw(self, canvas: Canvas, left: float, top: float) -> None:
        """Draw the lines from a corner."""
        y = top
        for words in self.lines:
            canvas.words(words, left + self.indent, y + 0.95 * words.size_px)
            y += 1.22 * words.size_px


class StripRow:
    """One way, laid out.

    Parameters
    ----------
    way, features, date
        What is shown.
    axis, style
        Where kilometres stand, and sizes.
    """

    def __init__(
        self,
        way: LaidWay,
        features: Mapping[str, SceneFeature],
        date: str,
        axis: Axis,
        style: Style,
    ) -> None:
        self._way, self._features, self._date = way, features, date
        self._axis, self._style = axis, style
        self._marks = {mark.id: mark for mark in marks_of(way, features, date)}
        self._labels = {key: self._label(mark) for key, mark in self._marks.items()}
        self._over = self._settled()
        self._heights = self._row_heights()
        self._captions, self._under = self._legs()
        self._head = self._heading()
        self._notes = [
            wrap([style.words(note, 12.5, "text_second")], self._width) for note in way.notes
        ]

    @property
    def _width(self) -> float:
        left, right = self._style.bounds
        return right - left

    @property
    def dropped(self) -> tuple[str, ...]:
        """Titles of labels that found no room."""
        return tuple(self._marks[key].title for key in self._over.dropped)

    @property
    def height(self) -> float:
        """Height of the whole row."""
        notes = sum(flow.height for flow in self._notes)
        return self._line_y + self._below_line + notes + 6 * self._style.unit

    @property
    def _line_y(self) -> float:
        """Where the line is, from the row's top."""
        unit = self._style.unit
        head = sum(flow.height for flow in self._head) + 10 * unit
        channel = _CHANNEL_PX * unit
        labels = sum(height + channel for height in self._heights)
        return head + labels + (_SIGN_REACH_PX + 4) * unit

    @property
    def _below_line(self) -> float:
        unit = self._style.unit
        rows = self._under_tops
        return rows[-1] if rows else 60 * unit

    def _label(self, mark: Mark) -> _Label:
        style = self._style
        lines = [style.words(mark.title, 13.5 if mark.bold else 13, "text", bold=mark.bold)]
        if mark.detail:
            lines.append(style.words(mark.detail, 12, "text_second"))
        if not mark.bold and not mark.on_line:
            lines[0] = style.words(mark.title, 13, "place_label")
        sign = () if mark.on_line else mark.signs
        indent = (12 if sign == (GAUGE,) else 30) * style.unit if sign else 0.0
        return _Label(tuple(lines), sign, indent)

    def _settled(self) -> Settled:
        style = self._style
        flags = [
            Flag(
                key,
                self._axis.x(mark.km),
                self._labels[key].width,
                self._labels[key].height,
                mark.rank,
            )
            for key, mark in self._marks.items()
        ]
        left, right = style.bounds
        return settle(flags, left, right, gap=12 * style.unit, reach=26 * style.unit)

    def _row_heights(self) -> list[float]:
        heights: dict[int, float] = {}
        for key, row in zip(self._over.keys, self._over.rows, strict=True):
            heights[row] = max(heights.get(row, 0.0), self._labels[key].height)
        return [heights[row] for row in sorted(heights)]

    def _heading(self) -> tuple[Flow, ...]:
        style = self._style
        length, used = summary_of(self._way, self._features, self._date)
        gap = "  "
        first = [
            Words(self._way.title + gap, style.text(17), style.palette["ink"], bold=True),
        ]
        second = [
            style.words(f"{used}. ", 14, "text", bold=True),
            style.words(f"{length[0].upper()}{length[1:]}. ", 14, "text_second"),
        ]
        missing = missing_of(self._way, self._features, self._date)
        if missing:
            second.append(style.words("Missing: ", 14, "text", bold=True))
            second.append(style.words("; ".join(missing) + ".", 14, "text_second"))
        return wrap(first, self._width), wrap(second, self._width)
