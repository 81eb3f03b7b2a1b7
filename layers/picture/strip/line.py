"""Draw the line of a way: legs in their look, gaps, signs, countries, kilometres."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from corridormap.layers.picture.map.signs import draw_line
from corridormap.layers.picture.pen.box import Box
from corridormap.layers.picture.strip.style import draw_sign
from corridormap.layers.picture.strip.words import gap_words
from corridormap.layers.scene.looks import Fill, LineSign, Stroke
from corridormap.layers.scene.signs import make_sign
from corridormap.layers.wording.words import number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from corridormap.layers.picture.pen.canvas import Canvas, Words
    from corridormap.layers.picture.strip.style import Axis, Style
    from corridormap.layers.picture.strip.words import Mark
    from corridormap.layers.routes.way import LaidWay
    from corridormap.layers.scene.scene import SceneFeature

__all__ = ["StripLine"]

_STEPS_KM = (1.0, 2.0, 5.0, 10.0, 20.0, 25.0, 50.0, 100.0, 200.0, 500.0, 1000.0)
_BAND_TOP_PX, _BAND_PX, _TICK_PX = 17.0, 20.0, 5.0
_NUMBER_APART_PX = 56.0
_STUB_PX = 26.0
_BEYOND_PX = 32.0
"""How far from the end a station stands that lies beyond the last bridge."""
_DOT_PX, _SIGN_REACH_PX = 3.2, 18.0
_SPACING = 0.16


@dataclass(frozen=True)
class StripLine:
    """The line of one way with what lies on and right under it."""

    way: LaidWay
    features: Mapping[str, SceneFeature]
    date: str
    marks: Sequence[Mark]
    axis: Axis
    style: Style
    open_start: bool
    open_end: bool
    """The way goes on there, outside the layers."""

    def x(self, mark: Mark) -> float:
        """Return where a mark stands; a station beyond a bridge or border, beside it."""
        x = self.axis.x(mark.km)
        if mark.id == self.way.end and self._beyond(mark):
            return x + _BEYOND_PX * self.style.unit
        return x

    def _beyond(self, end: Mark) -> bool:
        """Tell whether the last station lies behind the last bridge or in another country."""
        if any(m.km == end.km for m in self.marks if m.on_line and m.signs):
            return True
        countries = self.features[end.id].countries
        return bool(countries and self.way.stretches) and (
            self.way.stretches[-1].country not in countries
        )

    @property
    def ends(self) -> tuple[float, float]:
        """Where the way's first and last station stand."""
        stations = {mark.id: self.x(mark) for mark in self.marks}
        start, end = self.axis.x(0.0), self.axis.x(self.way.km)
        return stations.get(self.way.start, start), stations.get(self.way.end, end)

    @property
    def height(self) -> float:
        """Height under the line: countries, scale and its figures."""
        return (_BAND_TOP_PX + _BAND_PX + _TICK_PX) * self.style.unit + 1.3 * self.style.size(12)

    def draw(self, canvas: Canvas, y: float) -> None:
        """Draw everything with the line at a height."""
        gid = f"strip-{self.way.id}"
        with canvas.group(f"{gid}-countries"):
            self._countries(canvas, y)
        with canvas.group(f"{gid}-kilometres"):
            self._scale(canvas, y)
        with canvas.group(f"{gid}-line"):
            self._stubs(canvas, y)
            self._legs(canvas, y)
            self._dots(canvas, y)
        for mark in self.marks:
            if mark.on_line and mark.signs:
                with canvas.group(f"{gid}-sign-{mark.id}"):
                    draw_sign(canvas, mark.signs, self.axis.x(mark.km), y, self.style)

    def _countries(self, canvas: Canvas, y: float) -> None:
        unit, palette = self.style.unit, self.style.palette
        top, bottom = y + _BAND_TOP_PX * unit, y + (_BAND_TOP_PX + _BAND_PX) * unit
        parts = list(self._country_parts())
        for country, left, right in parts:
            box = Box(left, top, right, bottom)
            canvas.box(box, fill=self.style.tints[country])
            words = self._country_words(country, box.width)
            if words is not None:
                x = box.center[0] + words.spacing_px / 2
                canvas.words(words, x, box.center[1] + 0.36 * words.size_px, anchor="middle")
        for (one, _, x), (other, _, _) in pairwise(parts):
            if one != other:
                for width, color in ((3.6, "border_own_casing"), (1.5, "border_own")):
                    pen = Stroke(palette[color], width * unit)
                    canvas.line([(x, y), (x, bottom + _TICK_PX * unit)], pen)

    def _country_parts(self) -> Iterator[tuple[str, float, float]]:
        """Yield the countries with their ends in px, those that follow each other as one."""
        x = self.axis.x
        parts: list[tuple[str, float, float]] = []
        for part in self.way.stretches:
            left, right = x(part.from_km), x(part.to_km)
            if parts and parts[-1][0] == part.country and left - parts[-1][2] < 0.5:
                parts[-1] = (part.country, parts[-1][1], right)
            else:
                parts.append((part.country, left, right))
        yield from parts
        end = self.features.get(self.way.end)
        beyond = self.ends[1] - x(self.way.km)
        if parts and end is not None and end.countries and beyond > 0:
            yield end.countries[0], parts[-1][2], self.ends[1] + 0.5 * beyond

    def _country_words(self, country: str, room: float) -> Words | None:
        names = [self.style.countries.get(iso, iso) for iso in country.split("/")]
        for text in (" / ".join(names).upper(), country):
            words = self.style.words(text, 12, "country_label")
            words = replace(words, spacing_px=_SPACING * words.size_px)
            if words.width + 8 * self.style.unit <= room:
                return words
        return None

    def _scale(self, canvas: Canvas, y: float) -> None:
        """Draw the scale of kilometres; the last figure is the way's length."""
        unit, ink = self.style.unit, self.style.palette["text_second"]
        top = y + (_BAND_TOP_PX + _BAND_PX) * unit
        base = top + _TICK_PX * unit + 1.05 * self.style.size(12)
        px_per_km = (self.axis.right - self.axis.left) / self.axis.km
        apart = max(_NUMBER_APART_PX * unit, 4.2 * self.style.size(12))
        step = next((s for s in _STEPS_KM if s * px_per_km >= apart), _STEPS_KM[-1])
        last = self.style.words(f"{number(round(self.way.km))} km", 12, "text", bold=True)
        end_x = min(self.axis.x(self.way.km), self.style.right - last.width / 2)
        for index in range(int(self.way.km / step) + 1):
            x = self.axis.x(index * step)
            canvas.line([(x, top), (x, top + _TICK_PX * unit)], Stroke(ink, 1.0))
            words = self.style.words(number(index * step), 12, "text_second")
            if x + words.width / 2 + 6 * unit < end_x - last.width / 2:
                canvas.words(words, x, base, anchor="middle")
        x = self.axis.x(self.way.km)
        canvas.line([(x, top), (x, top + _TICK_PX * unit)], Stroke(ink, 1.6))
        canvas.words(last, end_x, base, anchor="middle")
        edge = Stroke(ink, 1.0)
        canvas.line([(self.axis.x(0), top), (x, top)], edge)

    def _stubs(self, canvas: Canvas, y: float) -> None:
        """Draw dots where the way goes on outside the layers."""
        unit = self.style.unit
        pen = Stroke(self.style.palette["unused"], 3.0 * unit, (0.1, 6.0 * unit), cap="round")
        start, end = self.ends
        link = Stroke(self.style.palette["text_second"], 1.4 * unit)
        for here, there in ((start, self.axis.x(0.0)), (self.axis.x(self.way.km), end)):
            if there > here:
                canvas.line([(here, y), (there, y)], link)
        if self.open_start:
            canvas.path([(start - 9 * unit, y), (start - _STUB_PX * unit, y)], stroke=pen)
        if self.open_end:
            canvas.path([(end + 9 * unit, y), (end + _STUB_PX * unit, y)], stroke=pen)

    def _legs(self, canvas: Canvas, y: float) -> None:
        for leg in self.way.legs:
            feature = self.features[leg.feature]
            phase = feature.phase_at(self.date)
            left, right = self.axis.x(leg.from_km), self.axis.x(leg.to_km)
            sign = make_sign(phase.sign) if phase else None
            with canvas.group(f"strip-{self.way.id}-leg-{leg.feature}"):
                if isinstance(sign, LineSign) and leg.drawn:
                    points = np.array([[left, y], [right, y]])
                    draw_line(canvas, sign, [points], scale=self.style.sign_scale)
                else:
                    words = gap_words(leg, feature, self.date)
                    self._gap(canvas, (left, right), y, words)
        for hole in self.way.holes:
            ends = self.axis.x(hole.from_km), self.axis.x(hole.to_km)
            self._gap(canvas, ends, y, gap_words(None, None, self.date))

    def _gap(self, canvas: Canvas, ends: tuple[float, float], y: float, text: str) -> None:
        """Draw nothing where nothing is known, between two bars, and say so."""
        unit, palette = self.style.unit, self.style.palette
        left, right = ends
        pen = Stroke(palette["text_second"], 1.4 * unit)
        for x in ends:
            canvas.line([(x, y - 7 * unit), (x, y + 7 * unit)], pen)
        words = replace(self.style.words(text, 13, "text_second"), italic=True)
        dots = Stroke(palette["text_second"], 1.3 * unit, (0.1, 4.0 * unit), cap="round")
        a, b = self._widest(left + 6 * unit, right - 6 * unit)
        half = words.width / 2 + 8 * unit
        if b - a < 2 * half:
            # The name under the line says it as well.
            canvas.path([(left + 6 * unit, y), (right - 6 * unit, y)], stroke=dots)
            return
        middle = (a + b) / 2
        canvas.path([(left + 6 * unit, y), (middle - half, y)], stroke=dots)
        canvas.path([(middle + half, y), (right - 6 * unit, y)], stroke=dots)
        canvas.words(words, middle, y + 0.34 * words.size_px, anchor="middle")

    def _widest(self, left: float, right: float) -> tuple[float, float]:
        """Return the widest part between two positions that no sign stands in."""
        reach = {True: _SIGN_REACH_PX * self.style.unit, False: 2 * _DOT_PX * self.style.unit}
        at, free = left, [(left, left)]
        for mark in self.marks:
            x, half = self.x(mark), reach[bool(mark.signs)]
            if mark.on_line and left < x + half and x - half < right:
                free.append((at, max(at, x - half)))
                at = max(at, x + half)
        free.append((at, max(at, right)))
        return max(free, key=lambda part: part[1] - part[0])

    def _dots(self, canvas: Canvas, y: float) -> None:
        unit, palette = self.style.unit, self.style.palette
        for mark in self.marks:
            if mark.on_line and not mark.signs:
                radius = _DOT_PX * unit * (1.5 if mark.bold else 1.0)
                fill = Fill("#FFFFFF" if mark.bold else palette["place_label"])
                color = palette["ink"] if mark.bold else "#FFFFFF"
                edge = Stroke(color, (2.2 if mark.bold else 1.4) * unit)
                canvas.circle(self.x(mark), y, radius, fill=fill, stroke=edge)
