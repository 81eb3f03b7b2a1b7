"""Put one way of a strip together: what it is, labels, line, legs by name, notes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from corridormap.layers.picture.layout import DroppedLabel, PlacedLabel
from corridormap.layers.picture.page.flow import wrap
from corridormap.layers.picture.strip.flags import FlagRows, Pin
from corridormap.layers.picture.strip.line import StripLine
from corridormap.layers.picture.strip.style import Block
from corridormap.layers.picture.strip.words import (
    GAUGE,
    caption_of,
    gauges_of,
    marks_of,
    missing_of,
    summary_of,
)
from corridormap.layers.scene.looks import Stroke

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from corridormap.layers.picture.pen.box import Box
    from corridormap.layers.picture.pen.canvas import Canvas, Words
    from corridormap.layers.picture.strip.style import Axis, Style
    from corridormap.layers.picture.strip.words import Mark
    from corridormap.layers.routes.way import LaidWay, WayLeg
    from corridormap.layers.scene.scene import SceneFeature

__all__ = ["StripRow"]

_SIGN_REACH_PX = 17.0
_BRACKET_PX = 9.0
_INDENT_PX, _GAUGE_INDENT_PX = 27.0, 16.0


class StripRow:
    """One way, laid out in px.

    Parameters
    ----------
    way, features, date
        What is shown, and when.
    axis, style
        Where kilometres stand, and the sizes.
    open_ends
        Whether the way goes on outside the layers, at its start and at its end.
    """

    def __init__(
        self,
        way: LaidWay,
        features: Mapping[str, SceneFeature],
        date: str,
        *,
        axis: Axis,
        style: Style,
        open_ends: tuple[bool, bool] = (False, False),
    ) -> None:
        self._way, self._features, self._date = way, features, date
        self._axis, self._style = axis, style
        marks = marks_of(way, features, date, style.countries)
        self._line = StripLine(way, features, date, marks, axis, style, *open_ends)
        gid = f"strip-{way.id}"
        over = [self._pin(mark) for mark in marks]
        self._over = FlagRows.of(over, style, gid=f"{gid}-label")
        under = [self._caption(leg) for leg in way.legs]
        under += [self._pin(mark) for mark in gauges_of(way, features, date)]
        self._under = FlagRows.of(under, style, below=True, gid=f"{gid}-caption")
        self._head = wrap(list(self._heading()), style.right - style.left)
        self._title = wrap([style.words(way.title, 18, "ink", bold=True)], style.right - style.left)
        notes = [style.words(f"{note.rstrip('.')}. ", 13, "text_second") for note in way.notes]
        self._notes = wrap(notes, style.right - style.left) if notes else None

    @property
    def height(self) -> float:
        """Height in px."""
        notes = self._notes.height + 8 * self._style.unit if self._notes else 0.0
        return self._line_y + self._below_line + notes

    @property
    def dropped(self) -> tuple[DroppedLabel, ...]:
        """Labels that found no room."""
        pins = {**self._over.pins, **self._under.pins}
        keys = (*self._over.settled.dropped, *self._under.settled.dropped)
        return tuple(DroppedLabel(self._id(key), pins[key].block.lines[0].text) for key in keys)

    def labels(self, top: float) -> tuple[PlacedLabel, ...]:
        """Return every label with its box, for a row that starts at a height."""
        line_y = top + self._line_y
        base = line_y + self._line.height + _BRACKET_PX * self._style.unit
        boxes: list[tuple[str, str, Box]] = [
            (key, rows.pins[key].block.lines[0].text, box)
            for rows, at in ((self._over, self._over_base(line_y)), (self._under, base))
            for key, box in rows.boxes(at).items()
        ]
        return tuple(PlacedLabel(self._id(key), text, box) for key, text, box in boxes)

    def _id(self, key: str) -> str:
        return f"{self._way.id}:{key}"

    def draw(self, canvas: Canvas, top: float) -> None:
        """Draw the row from a height."""
        style = self._style
        with canvas.group(f"strip-{self._way.id}"):
            self._title.draw(canvas, style.left, top)
            self._head.draw(canvas, style.left, top + self._title.height)
            line_y = top + self._line_y
            self._line.draw(canvas, line_y)
            self._over.draw(canvas, line_y, self._over_base(line_y))
            base = line_y + self._line.height
            self._brackets(canvas, base)
            self._under.draw(canvas, base, base + _BRACKET_PX * style.unit)
            if self._notes:
                y = line_y + self._below_line + 8 * style.unit
                self._notes.draw(canvas, style.left, y)

    def _brackets(self, canvas: Canvas, top: float) -> None:
        """Draw under the scale how far each leg goes."""
        unit = self._style.unit
        pen = Stroke(self._style.palette["text_second"], 1.1)
        y = top + _BRACKET_PX * unit
        for leg in self._way.legs:
            left, right = self._axis.x(leg.from_km) + unit, self._axis.x(leg.to_km) - unit
            if right > left:
                tick = y - 4 * unit
                canvas.line([(left, tick), (left, y), (right, y), (right, tick)], pen)

    @property
    def _below_line(self) -> float:
        return self._line.height + _BRACKET_PX * self._style.unit + self._under.height

    @property
    def _line_y(self) -> float:
        """Where the line is, from the row's top."""
        unit = self._style.unit
        head = self._title.height + self._head.height + 6 * unit
        return head + self._over.height + _SIGN_REACH_PX * unit

    def _over_base(self, line_y: float) -> float:
        return line_y - _SIGN_REACH_PX * self._style.unit

    def _pin(self, mark: Mark) -> Pin:
        style = self._style
        role = "text" if mark.bold else "place_label"
        lines = [style.words(mark.title, 13.5, role, bold=mark.bold)]
        if mark.detail:
            lines.append(style.words(mark.detail, 12.5, "text_second"))
        signs = () if mark.on_line else mark.signs
        indent = (_GAUGE_INDENT_PX if signs == (GAUGE,) else _INDENT_PX) * style.unit
        block = Block(tuple(lines), signs, indent if signs else 0.0)
        clear = (14.0 if mark.signs and mark.on_line else 6.0) * style.unit
        return Pin(mark.id, self._line.x(mark), block, mark.rank, clear)

    def _caption(self, leg: WayLeg) -> Pin:
        style = self._style
        feature = self._features[leg.feature]
        title, status, *lengths = caption_of(leg, feature, self._date)
        color = feature.label.color if feature.label else style.palette["text"]
        head = replace(style.words(title, 13.5, bold=True), color=color)
        lines = [style.words(text, 12.5, "text_second") for text in lengths]
        block = Block((head, style.words(status, 12.5), *lines), centered=True)
        middle = self._axis.x((leg.from_km + leg.to_km) / 2)
        return Pin(leg.feature, middle, block, 0, _BRACKET_PX * style.unit)

    def _heading(self) -> Iterator[Words]:
        """Yield how long the way is, how much is in use and what is missing."""
        style = self._style
        used, length = summary_of(self._way, self._features, self._date)
        yield style.words(f"{used}. ", 14.5, "text", bold=True)
        yield style.words(f"{length}. ", 14.5, "text_second")
        missing = missing_of(self._way, self._features, self._date)
        if missing:
            yield style.words("Missing: ", 14.5, "text", bold=True)
            yield style.words("; ".join(missing) + ".", 14.5, "text_second")
