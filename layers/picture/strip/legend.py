"""Say how to read a strip: only the looks and signs that it shows, in running lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from corridormap.layers.corridor.status import LOOK_LABELS, LOOKS
from corridormap.layers.picture.map.signs import draw_line
from corridormap.layers.picture.strip.style import draw_sign
from corridormap.layers.picture.strip.words import GAUGE, gap_words, gauges_of, marks_of
from corridormap.layers.scene.looks import Fill, LineSign, Stroke
from corridormap.layers.scene.signs import line_key, make_sign, point_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from corridormap.layers.corridor.status import Look
    from corridormap.layers.picture.pen.canvas import Canvas, Words
    from corridormap.layers.picture.strip.style import Style
    from corridormap.layers.routes.way import LaidWay
    from corridormap.layers.scene.scene import SceneFeature

__all__ = ["Entry", "StripLegend", "legend_entries"]

_SWATCH_PX, _AFTER_PX, _BETWEEN_PX, _ROW_PX = 40.0, 8.0, 22.0, 27.0
_TEXT_PX = 13.5


@dataclass(frozen=True)
class Entry:
    """A swatch and what it means."""

    swatch: str
    """Key of a sign, or "gap", "place", "gauge"."""
    text: str


def legend_entries(
    ways: Sequence[LaidWay], features: Mapping[str, SceneFeature], date: str
) -> list[Entry]:
    """Return what a reader needs to read the strips of some ways at a date."""
    return list(dict.fromkeys((*_lines(ways, features, date), *_points(ways, features, date))))


def _lines(
    ways: Sequence[LaidWay], features: Mapping[str, SceneFeature], date: str
) -> Iterator[Entry]:
    drawn: dict[Look, str] = {}
    modes: set[str] = set()
    why = [gap_words(None, None, date) for way in ways if way.holes]
    for way in ways:
        for leg in way.legs:
            phase = features[leg.feature].phase_at(date)
            if phase is None or not leg.drawn:
                why.append(gap_words(leg, features[leg.feature], date))
                continue
            modes.add(phase.sign.split("/")[1])
            drawn.setdefault(phase.look, phase.sign)
    for look in LOOKS:
        if look in drawn:
            yield Entry(drawn[look], LOOK_LABELS[look])
    if len(modes) > 1 and "rail" in modes:
        color = next(iter(drawn.values())).rsplit("/", 1)[1]
        yield Entry(line_key("rail", "operating", color), "Ticks: railway")
    if why:
        yield Entry("gap", f"No line: {', or '.join(dict.fromkeys(why))}")


def _points(
    ways: Sequence[LaidWay], features: Mapping[str, SceneFeature], date: str
) -> Iterator[Entry]:
    marks = [mark for way in ways for mark in marks_of(way, features, date, {})]
    found = {key.split("/")[1]: key for mark in marks for key in mark.signs if key != GAUGE}
    for glyph, text in (("bracket", "Bridge"), ("disc", "Border crossing")):
        if glyph in found:
            color = _color(found[glyph], [key for mark in marks for key in mark.signs])
            yield Entry(point_key(glyph, "operating", color), text)
    if any(not mark.signs and not mark.bold for mark in marks):
        yield Entry("place", "Town on the way")
    if any(gauges_of(way, features, date) for way in ways):
        yield Entry(GAUGE, "Change of gauge")


def _color(key: str, keys: Sequence[str]) -> str:
    """Return the colour of a glyph where it is not the grey of what is not in use."""
    glyph = key.split("/")[1]
    own = [k for k in keys if k != GAUGE and k.split("/")[1] == glyph]
    return next((k for k in own if k.split("/")[2] != "unused"), key).rsplit("/", 1)[1]


@dataclass(frozen=True)
class StripLegend:
    """Entries set in running lines."""

    rows: tuple[tuple[tuple[float, Entry, Words], ...], ...]
    style: Style

    @classmethod
    def of(cls, entries: Sequence[Entry], style: Style) -> StripLegend:
        """Return entries broken into lines that fit the page."""
        unit = style.unit
        rows: list[list[tuple[float, Entry, Words]]] = [[]]
        x = style.left
        for entry in entries:
            words = style.words(entry.text, _TEXT_PX)
            width = (_SWATCH_PX + _AFTER_PX) * unit + words.width
            if rows[-1] and x + width > style.right:
                rows.append([])
                x = style.left
            rows[-1].append((x, entry, words))
            x += width + _BETWEEN_PX * unit
        return cls(tuple(tuple(row) for row in rows if row), style)

    @property
    def row_px(self) -> float:
        """Height of a line."""
        return max(_ROW_PX * self.style.unit, 1.6 * self.style.size(_TEXT_PX))

    @property
    def height(self) -> float:
        """Height of all lines."""
        return len(self.rows) * self.row_px

    def draw(self, canvas: Canvas, top: float) -> None:
        """Draw the lines from a height."""
        unit = self.style.unit
        with canvas.group("legend"):
            for index, row in enumerate(self.rows):
                y = top + (index + 0.5) * self.row_px
                for x, entry, words in row:
                    self._swatch(canvas, entry.swatch, x, y)
                    at = x + (_SWATCH_PX + _AFTER_PX) * unit
                    canvas.words(words, at, y + 0.35 * words.size_px)

    def _swatch(self, canvas: Canvas, swatch: str, x: float, y: float) -> None:
        style, unit = self.style, self.style.unit
        right, middle = x + _SWATCH_PX * unit, x + 0.5 * _SWATCH_PX * unit
        if swatch == "gap":
            soft = style.palette["text_second"]
            for at in (x, right):
                canvas.line([(at, y - 6 * unit), (at, y + 6 * unit)], Stroke(soft, 1.4 * unit))
            dots = Stroke(soft, 1.3 * unit, (0.1, 4.0 * unit), cap="round")
            canvas.path([(x + 5 * unit, y), (right - 5 * unit, y)], stroke=dots)
        elif swatch == "place":
            fill = Fill(style.palette["place_label"])
            canvas.circle(middle, y, 3.2 * unit, fill=fill)
        elif swatch == GAUGE:
            draw_sign(canvas, [GAUGE], middle, y, style)
        else:
            sign = make_sign(swatch)
            if isinstance(sign, LineSign):
                line = np.array([[x, y], [right, y]])
                draw_line(canvas, sign, [line], scale=0.95 * unit)
            else:
                draw_sign(canvas, [swatch], middle, y, style, small=True)
