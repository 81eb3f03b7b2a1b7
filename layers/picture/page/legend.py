"""Lay out and draw the legend: the layers and ways of drawing that the map shows."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.path import Path as MplPath

from corridormap.layers.picture.map.painter import draw_ring
from corridormap.layers.picture.map.signs import draw_area, draw_glyph, draw_line
from corridormap.layers.picture.page.flow import Flow, wrap
from corridormap.layers.picture.pen.canvas import Words
from corridormap.layers.scene.looks import AreaSign, Fill, LineSign, PointSign, Stroke
from corridormap.layers.theme import PALETTE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corridormap.layers.picture.layout import Layout
    from corridormap.layers.picture.map.marks import Marks
    from corridormap.layers.picture.pen.canvas import Canvas
    from corridormap.layers.scene.scene import Scene

__all__ = ["Legend", "LegendRow", "fit_legend", "legend_rows", "make_legend"]

_TEXT_PX = 13.5
_ROW_PX = 26.0
_SLOT_PX = 37.0
_COLUMN_GAP_PX = 10.0
_TEXT_GAP_PX = 6.0
_SMALLEST_SHARE = 0.88
_LONG_COLUMN = 4
_TEXT_COLOR = PALETTE["text"]
_SWATCH_GLYPH = 0.9


@dataclass(frozen=True)
class LegendRow:
    """Signs side by side and what they mean."""

    signs: tuple[str, ...]
    text: str
    extra: str = ""


@dataclass(frozen=True)
class _Set:
    """A row with its text broken into lines."""

    row: LegendRow
    text: Flow
    slots: int
    height: float
    unit: float

    @property
    def indent(self) -> float:
        return (self.slots * _SLOT_PX + _TEXT_GAP_PX) * self.unit

    @property
    def width(self) -> float:
        return self.indent + self.text.width

    @property
    def _points(self) -> bool:
        """Whether it begins with a point; the end of a line is drawn as a piece of it."""
        key = self.row.signs[0]
        return key.startswith("point/") and not key.startswith("point/end-")

    def draw(self, canvas: Canvas, scene: Scene, x: float, top: float) -> None:
        slot = _SLOT_PX * self.unit
        y = top + self.height / 2
        # Lines stand below lines, where a column has points before them.
        first = self.slots - len(self.row.signs) if self.row.signs and not self._points else 0
        for index, key in enumerate(self.row.signs, start=first):
            at = (x + (index + 0.5) * slot, y)
            _swatch(canvas, scene, key, at, extra=self.row.extra, unit=self.unit)
        self.text.draw(canvas, x + self.indent, y - self.text.height / 2)


@dataclass(frozen=True)
class Legend:
    """Rows set in columns, with the size that they take."""

    columns: tuple[tuple[_Set, ...], ...]
    wide: tuple[_Set, ...]
    """Rows below the columns, over the whole width."""
    gap: float

    @property
    def width(self) -> float:
        """Width in px."""
        columns = sum(_widest(c) for c in self.columns) + self.gap * (len(self.columns) - 1)
        return max(columns, _widest(self.wide))

    @property
    def height(self) -> float:
        """Height in px."""
        return self._longest + sum(row.height for row in self.wide)

    @property
    def _longest(self) -> float:
        return max((sum(row.height for row in c) for c in self.columns), default=0.0)

    def draw(self, canvas: Canvas, scene: Scene, x: float, top: float) -> None:
        """Draw the rows with their upper left corner at a position."""
        left = x
        with canvas.group("legend"):
            for column in self.columns:
                y = top
                for row in column:
                    row.draw(canvas, scene, x, y)
                    y += row.height
                x += _widest(column) + self.gap
            y = top + self._longest
            for row in self.wide:
                row.draw(canvas, scene, left, y)
                y += row.height


def legend_rows(scene: Scene, marks: Marks) -> tuple[list[LegendRow], list[LegendRow]]:
    """Return the rows of the layers in view and the rows that explain the drawing."""
    seen = {item.feature.layer for item in marks.items}
    layers = [LegendRow((layer.swatch,), layer.title) for layer in scene.layers if layer.id in seen]
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
    if best.width > width_px:
        best = _legend([], every, layout, sizes[0], most_px=width_px)
    for size in sizes:
        best = _shorter(best, layers, ways, layout, width_px, size)
    return best


def fit_legend(
    layers: Sequence[LegendRow],
    ways: Sequence[LegendRow],
    layout: Layout,
    width_px: float,
    height_px: float,
) -> Legend:
    """Set rows as `make_legend` does, in a height; its last row counts layers left out."""
    legend = make_legend(layers, ways, layout, width_px)
    kept = len(layers)
    while legend.height > height_px and kept > 1:
        # What one row takes tells how many must go; a row more is for the count.
        spare = (legend.height - height_px) / (_ROW_PX * layout.unit * max(1, len(legend.columns)))
        kept = max(1, min(kept - 1, kept - int(spare)))
        more = LegendRow((), f"and {len(layers) - kept} more layers")
        legend = make_legend([*layers[:kept], more], ways, layout, width_px)
    return legend


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
                spared = best.height - tried.height
                if tried.width <= width_px and spared > _ROW_PX * layout.unit * 0.9:
                    best = tried
    return best


def _splits(
    layers: Sequence[LegendRow], ways: Sequence[LegendRow], count: int
) -> list[list[list[LegendRow]]]:
    """Return ways to share rows among columns; the layers have columns of their own."""
    if not layers or not ways:
        return [_parts([*layers, *ways], count)]
    most = min(2, count - 1) if len(layers) > _LONG_COLUMN else 1
    return [_parts(layers, own) + _parts(ways, count - own) for own in range(1, most + 1)]


def _parts(rows: Sequence[LegendRow], count: int) -> list[list[LegendRow]]:
    size = -(-len(rows) // count)
    return [list(rows[i : i + size]) for i in range(0, len(rows), size)]


def _legend(
    columns: list[list[LegendRow]],
    wide: list[LegendRow],
    layout: Layout,
    size: float,
    *,
    most_px: float = math.inf,
) -> Legend:
    def made(row: LegendRow, slots: int) -> _Set:
        indent = (slots * _SLOT_PX + _TEXT_GAP_PX) * layout.unit
        text = wrap([Words(row.text, size, _TEXT_COLOR)], most_px - indent, leading=1.25)
        tall = (1.12 if row.extra else 1.0) * max(_ROW_PX * layout.unit, size * 1.55)
        height = max(tall, text.height + 0.4 * size)
        return _Set(row, text, slots, height, layout.unit)

    return Legend(
        tuple(tuple(made(row, _slots(column)) for row in column) for column in columns),
        tuple(made(row, len(row.signs)) for row in wide),
        _COLUMN_GAP_PX * layout.unit,
    )


def _widest(rows: Sequence[_Set]) -> float:
    return max((row.width for row in rows), default=0.0)


def _slots(column: Sequence[LegendRow]) -> int:
    return max((len(row.signs) for row in column), default=1)


def _swatch(
    canvas: Canvas, scene: Scene, key: str, at: tuple[float, float], *, extra: str, unit: float
) -> None:
    x, y = at
    sign = scene.signs[key]
    ink = scene.palette["ink"]
    if isinstance(sign, PointSign):
        if extra == "ring":
            draw_ring(canvas, (x, y), 12.0 * unit, ink, scale=unit)
        scale = _SWATCH_GLYPH * unit * min(1.0, 15.0 / max(sign.radius_px, 1.0) + 0.15)
        draw_glyph(canvas, sign, x, y, scale=scale)
        return
    half = 16.5 * unit
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
