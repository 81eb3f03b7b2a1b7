"""Lay out and draw the legend: the layers and ways of drawing that the map shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.path import Path as MplPath

from layers.looks import AreaSign, Fill, LineSign, PointSign, Stroke
from layers.print.canvas import Words
from layers.print.painter import draw_ring
from layers.print.signs import draw_area, draw_glyph, draw_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layers.print.canvas import Canvas
    from layers.print.layout import Layout
    from layers.print.marks import Marks
    from layers.scene import Scene

__all__ = ["Legend", "LegendRow", "legend_rows", "make_legend"]

_TEXT_PX = 13.5
_ROW_PX = 26.0
_SLOT_PX = 40.0
_COLUMN_GAP_PX = 12.0
_SMALLEST_SHARE = 0.88
_SWATCH_GLYPH = 0.9


@dataclass(frozen=True)
class LegendRow:
    """Signs side by side and what they mean."""

    signs: tuple[str, ...]
    text: str
    extra: str = ""


@dataclass(frozen=True)
class Legend:
    """Rows set in columns, with the size that they take."""

    columns: tuple[tuple[LegendRow, ...], ...]
    widths: tuple[float, ...]
    wide: tuple[LegendRow, ...]
    """Rows below the columns, over the whole width."""
    wide_px: float
    row_px: float
    text_px: float
    unit: float

    @property
    def width(self) -> float:
        """Width in px."""
        gaps = _COLUMN_GAP_PX * self.unit * (len(self.columns) - 1)
        return max(sum(self.widths) + gaps, self.wide_px)

    @property
    def height(self) -> float:
        """Height in px."""
        longest = max((len(column) for column in self.columns), default=0)
        return (longest + 1.1 * len(self.wide)) * self.row_px

    def draw(self, canvas: Canvas, scene: Scene, x: float, top: float) -> None:
        """Draw the rows with their upper left corner at a position."""
        left, unit = x, self.unit
        with canvas.group("legend"):
            for column, width in zip(self.columns, self.widths, strict=True):
                slots = _slots(column)
                for index, row in enumerate(column):
                    middle = top + (index + 0.5) * self.row_px
                    self._row(canvas, scene, row, x, middle, slots)
                x += width + _COLUMN_GAP_PX * unit
            longest = max((len(column) for column in self.columns), default=0)
            for index, row in enumerate(self.wide):
                middle = top + (longest + 1.1 * (index + 0.55)) * self.row_px
                self._row(canvas, scene, row, left, middle, len(row.signs))

    def _row(
        self, canvas: Canvas, scene: Scene, row: LegendRow, x: float, y: float, slots: int
    ) -> None:
        slot = _SLOT_PX * self.unit
        for index, key in enumerate(row.signs):
            center = x + (index + 0.5) * slot
            _swatch(canvas, scene, key, center, y, row.extra, self.unit)
        words = Words(row.text, self.text_px, scene.palette["text"])
        canvas.words(words, x + slots * slot + 6 * self.unit, y + 0.35 * self.text_px)


def legend_rows(scene: Scene, marks: Marks) -> tuple[list[LegendRow], list[LegendRow]]:
    """Return the rows of the layers in view and the rows that explain the drawing."""
    seen = {item.feature.layer for item in marks.items}
    layers = [LegendRow((l.swatch,), l.title) for l in scene.layers if l.visible and l.id in seen]
    return layers, [LegendRow(e.signs, e.text, e.extra) for e in scene.legend]


def make_legend(
    layers: Sequence[LegendRow], ways: Sequence[LegendRow], layout: Layout, width_px: float
) -> Legend:
    """Set rows in as many columns as a width holds, the layers first.

    Parameters
    ----------
    layers, ways
        Rows in order.
    layout
        The picture's sizes.
    width_px
        Width that the columns may take together.
    """
    every = [*layers, *ways]
    sizes = [layout.text_px(_TEXT_PX * share) for share in (1.0, 0.95, _SMALLEST_SHARE)]
    best = _legend([every] if every else [], [], layout, sizes[0])
    for size in sizes:
        best = _shorter(best, layers, ways, layout, width_px, size)
    return best


def _shorter(
    best: Legend,
    layers: Sequence[LegendRow],
    ways: Sequence[LegendRow],
    layout: Layout,
    width_px: float,
    size: float,
) -> Legend:
    """Return the shortest legend of a text size, if it is shorter by a row than the best."""
    short = [row for row in ways if not row.extra]
    wide = [row for row in ways if row.extra]
    every = [*layers, *ways]
    for rows, below in ((every, []), ([*layers, *short], wide)):
        own = rows[len(layers) :]
        for count in range(2, min(5, len(rows)) + 1):
            for columns in _splits(layers, own, count):
                tried = _legend(columns, below, layout, size)
                if tried.width <= width_px and tried.height < best.height - 0.9 * best.row_px:
                    best = tried
    return best


def _splits(
    layers: Sequence[LegendRow], ways: Sequence[LegendRow], count: int
) -> list[list[list[LegendRow]]]:
    """Return ways to share rows among columns: layers apart where that is as short."""
    rows = [*layers, *ways]
    size = -(-len(rows) // count)
    even = [list(rows[i : i + size]) for i in range(0, len(rows), size)]
    if not layers or not ways:
        return [even]
    size = -(-len(ways) // (count - 1))
    apart = [list(layers)] + [list(ways[i : i + size]) for i in range(0, len(ways), size)]
    return [apart, even]


def _legend(
    columns: list[list[LegendRow]], wide: list[LegendRow], layout: Layout, size: float
) -> Legend:
    unit = layout.unit
    widths = tuple(max(_row_width(row, _slots(c), unit, size) for row in c) for c in columns)
    wide_px = max((_row_width(row, len(row.signs), unit, size) for row in wide), default=0.0)
    row_px = max(_ROW_PX * unit, size * 1.55)
    shared = tuple(tuple(column) for column in columns)
    return Legend(shared, widths, tuple(wide), wide_px, row_px, size, unit)


def _row_width(row: LegendRow, slots: int, unit: float, size: float) -> float:
    return (slots * _SLOT_PX + 6) * unit + Words(row.text, size, "#000000").width


def _slots(column: Sequence[LegendRow]) -> int:
    return max((len(row.signs) for row in column), default=1)


def _swatch(
    canvas: Canvas, scene: Scene, key: str, x: float, y: float, extra: str, unit: float
) -> None:
    sign = scene.signs[key]
    ink = scene.palette["ink"]
    if isinstance(sign, PointSign):
        if extra == "ring":
            draw_ring(canvas, x, y, 12.0 * unit, ink, scale=unit)
        scale = _SWATCH_GLYPH * unit * min(1.0, 15.0 / max(sign.radius_px, 1.0) + 0.15)
        draw_glyph(canvas, sign, x, y, scale=scale)
        return
    half = 18.0 * unit
    if isinstance(sign, LineSign):
        line = np.array([[x - half, y], [x + half, y]])
        if extra == "band":
            canvas.path(line, stroke=Stroke(sign.band.color, 16 * unit, opacity=0.2))
        draw_line(canvas, sign, [line], scale=unit * 0.95)
        return
    if isinstance(sign, AreaSign):
        w, h = 14.0 * unit, 7.5 * unit
        corners = [(x - w, y - h), (x + w, y - h), (x + w, y + h), (x - w, y + h), (x - w, y - h)]
        codes = [MplPath.MOVETO] + [MplPath.LINETO] * 3 + [MplPath.CLOSEPOLY]
        points = np.array(corners, dtype=np.float64)
        canvas.path(points, np.array(codes, dtype=np.uint8), fill=Fill(scene.palette["land_own"]))
        draw_area(canvas, sign, points, np.array(codes, dtype=np.uint8), scale=unit * 0.9)
