"""Say how large and in which colours a strip is drawn, and where a kilometre stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from corridormap.layers.picture.map.signs import draw_glyph
from corridormap.layers.picture.pen.canvas import Words
from corridormap.layers.picture.strip.words import GAUGE
from corridormap.layers.scene.looks import PointSign, Stroke
from corridormap.layers.scene.signs import make_sign

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from corridormap.layers.picture.pen.canvas import Canvas
    from corridormap.layers.scene.looks import Fill

__all__ = ["Axis", "Block", "Style", "draw_sign"]

_SMALLEST_TEXT_PX = 12.0
_LEADING = 1.24
_ASCENT = 0.97
_GAUGE_HALF_PX = (2.6, 8.0)


@dataclass(frozen=True)
class Axis:
    """Kilometres laid out from left to right."""

    left: float
    right: float
    km: float
    """The kilometre at the right end."""

    def x(self, km: float) -> float:
        """Return where a kilometre stands, in px."""
        return self.left + (self.right - self.left) * km / self.km


@dataclass(frozen=True)
class Style:
    """Sizes and colours that all rows share."""

    unit: float
    """How much larger than in the design, which is 1600 px wide."""
    palette: Mapping[str, str]
    left: float
    right: float
    """Nothing is written beyond these."""
    countries: Mapping[str, str]
    """Names by ISO code."""
    tints: Mapping[str, Fill]
    """The colour of each country's band."""

    @property
    def sign_scale(self) -> float:
        """How much larger than on the screen signs and lines are drawn."""
        return max(0.9, 1.15 * self.unit)

    def size(self, design_px: float) -> float:
        """Return the size of a text, never under 12 px."""
        return max(_SMALLEST_TEXT_PX, design_px * self.unit)

    def words(
        self, text: str, design_px: float, role: str = "text", *, bold: bool = False
    ) -> Words:
        """Return a text in a colour of the palette."""
        return Words(text, self.size(design_px), self.palette[role], bold=bold)


@dataclass(frozen=True)
class Block:
    """Lines of text, with room for a sign before them."""

    lines: tuple[Words, ...]
    signs: tuple[str, ...] = ()
    indent: float = 0.0
    centered: bool = False

    @property
    def width(self) -> float:
        """Width in px, the sign included."""
        return self.indent + max((words.width for words in self.lines), default=0.0)

    @property
    def height(self) -> float:
        """Height in px."""
        return sum(_LEADING * words.size_px for words in self.lines)

    def draw(self, canvas: Canvas, style: Style, left: float, top: float) -> None:
        """Draw sign and lines from their upper left corner."""
        if self.signs:
            middle = top + 0.5 * _LEADING * self.lines[0].size_px
            draw_sign(canvas, self.signs, left + 0.42 * self.indent, middle, style, small=True)
        y = top
        for words in self.lines:
            shift = (self.width - self.indent - words.width) / 2 if self.centered else 0.0
            canvas.words(words, left + self.indent + shift, y + _ASCENT * words.size_px)
            y += _LEADING * words.size_px


def draw_sign(
    canvas: Canvas, keys: Iterable[str], x: float, y: float, style: Style, *, small: bool = False
) -> None:
    """Draw the signs of one place on top of each other, the last one uppermost."""
    scale = style.sign_scale * (0.62 if small else 1.0)
    for key in keys:
        if key == GAUGE:
            dx, dy = (half * style.unit for half in _GAUGE_HALF_PX)
            for side in (-dx, dx):
                pen = Stroke(style.palette["ink"], 2.0 * style.unit)
                canvas.path([(x + side, y - dy), (x + side, y + dy)], stroke=pen)
            continue
        sign = make_sign(key)
        if isinstance(sign, PointSign):
            draw_glyph(canvas, sign, x, y, scale=scale)
