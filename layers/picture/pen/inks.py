"""Turn the colours of a drawing into those of a print look: greys, and pure black for ink.

Which look is wanted is said by the layout; every colour that a canvas draws passes here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from corridormap.layers.theme import PALETTE

if TYPE_CHECKING:
    from corridormap.layers.picture.pen.lettering import Words
    from corridormap.layers.scene.looks import Fill, Stroke

__all__ = ["AS_THEY_ARE", "Inks"]

_BLACK = "#000000"
_INKS = frozenset(PALETTE[role] for role in ("ink", "text"))
_LIGHT = 0.4
"""Writing that reflects more than this stands on something dark and stays light."""
_DARKEST_SHADE = 0.0031308
"""Below this sRGB is linear (IEC 61966-2-1)."""

_Pen = TypeVar("_Pen", "Fill", "Stroke")


@dataclass(frozen=True)
class Inks:
    """A print look."""

    greyscale: bool = False
    black: bool = False

    def drawn(self, pen: _Pen | None) -> _Pen | None:
        """Return a fill or a stroke in the look's colour."""
        if pen is None or not (self.greyscale or self.black):
            return pen
        color = _BLACK if self.black and pen.color in _INKS else pen.color
        return replace(pen, color=grey_of(color) if self.greyscale else color)

    def written(self, words: Words) -> Words:
        """Return a text in the look's colour; what is written light stays so."""
        if self.black and _luminance(words.color) < _LIGHT:
            return replace(words, color=_BLACK)
        return replace(words, color=grey_of(words.color)) if self.greyscale else words


AS_THEY_ARE = Inks()


@lru_cache(maxsize=512)
def grey_of(color: str) -> str:
    """Return the grey that reflects as much as a colour, both "#RRGGBB" (Rec. 709, sRGB)."""
    light = _luminance(color)
    shade = 12.92 * light if light <= _DARKEST_SHADE else 1.055 * light ** (1 / 2.4) - 0.055
    level = round(255 * shade)
    return f"#{level:02X}{level:02X}{level:02X}"


@lru_cache(maxsize=512)
def _luminance(color: str) -> float:
    red, green, blue = (_linear(int(color[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(shade: float) -> float:
    power: float = ((shade + 0.055) / 1.055) ** 2.4
    return shade / 12.92 if shade <= 0.04045 else power
