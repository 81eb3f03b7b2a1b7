"""Draw up signs of one or two letters: strokes of a pen, so that no renderer needs a font.

Letters stand on a square that is filled as the status says. Lengths are CSS px.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from corridormap.layers.scene.looks import Fill, Path, Stroke
from corridormap.layers.theme import PALETTE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["LETTERS", "letter_parts"]

_WHITE = "#FFFFFF"
_HALF_PX = 6.6
_EDGE_PX = 6.0
_DASH = (2.4, 1.9)
_PALE = 0.3
"""Opacity of the half that is built: letters are read on it."""

_BOWL = "10 30 41 45 36 16 05 01 10"
_STROKES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "A": ("06 20 46", "14 34"),
        "B": ("00 06 36 45 44 33 03", "00 30 41 42 33"),
        "C": ("41 30 10 01 05 16 36 45",),
        "D": ("00 06 26 44 42 20 00",),
        "E": ("40 00 06 46", "03 33"),
        "F": ("40 00 06", "03 33"),
        "G": ("41 30 10 01 05 16 36 45 43 23",),
        "H": ("00 06", "40 46", "03 43"),
        "I": ("20 26",),
        "J": ("40 45 36 16 05",),
        "K": ("00 06", "40 03 46"),
        "L": ("00 06 46",),
        "M": ("06 00 23 40 46",),
        "N": ("06 00 46 40",),
        "O": (_BOWL,),
        "P": ("06 00 30 41 42 33 03",),
        "Q": (_BOWL, "24 46"),
        "R": ("06 00 30 41 42 33 03", "23 46"),
        "S": ("41 30 10 01 02 13 33 44 45 36 16 05",),
        "T": ("00 40", "20 26"),
        "U": ("00 05 16 36 45 40",),
        "V": ("00 26 40",),
        "W": ("00 16 23 36 40",),
        "X": ("00 46", "40 06"),
        "Y": ("00 23 40", "23 26"),
        "Z": ("00 40 06 46",),
        "0": (_BOWL, "31 15"),
        "1": ("02 20 26",),
        "2": ("01 10 30 41 42 06 46",),
        "3": ("00 40 23 33 44 45 36 16 05",),
        "4": ("36 30 04 44",),
        "5": ("40 00 02 32 43 45 36 16 05",),
        "6": ("40 10 01 05 16 36 45 44 33 03",),
        "7": ("00 40 16",),
        "8": ("13 02 01 10 30 41 42 33 13 04 05 16 36 45 44 33",),
        "9": ("06 36 45 41 30 10 01 02 13 43",),
    }
)
"""Corners of each stroke, two digits each: to the right of 4, down of 6."""


LETTERS = tuple(_STROKES)


def letter_parts(letters: str, look: str, color: str) -> tuple[Path, ...]:
    """Return the parts of a sign of one or two letters in one of the five looks."""
    color = PALETTE["unused"] if look == "unused" else color
    casing = Path(_square(_HALF_PX), closed=True, fill=Fill(_WHITE), stroke=Stroke(_WHITE, 4.0))
    if look == "operating":
        ground: tuple[Path, ...] = (Path(_square(_HALF_PX), closed=True, fill=Fill(color)),)
        return (casing, *ground, *_written(letters, _WHITE))
    dash = {"planned": _DASH, "unknown": (0.8, 2.2)}.get(look, ())
    ground = (Path(_square(_EDGE_PX), closed=True, stroke=Stroke(color, 1.3, dash)),)
    if look == "construction":
        half = ((-_HALF_PX, -_HALF_PX), (0.0, -_HALF_PX), (0.0, _HALF_PX), (-_HALF_PX, _HALF_PX))
        ground = (Path(half, closed=True, fill=Fill(color, _PALE)), *ground)
    slash = ((-_EDGE_PX, _EDGE_PX), (_EDGE_PX, -_EDGE_PX))
    struck = (Path(slash, stroke=Stroke(color, 1.0)),) if look == "unused" else ()
    return (casing, *ground, *struck, *_written(letters, color))


def _square(half: float) -> tuple[tuple[float, float], ...]:
    return (-half, -half), (half, -half), (half, half), (-half, half)


def _written(letters: str, color: str) -> Iterator[Path]:
    """Yield the strokes of letters, in the middle of the sign."""
    wide, high, pen = (6.0, 7.6, 1.7) if len(letters) == 1 else (3.7, 7.0, 1.35)
    gap = 1.9
    left = -(wide * len(letters) + gap * (len(letters) - 1)) / 2
    for place, letter in enumerate(letters):
        for stroke in _STROKES.get(letter, ()):  # none for a blank
            corners = tuple(
                (
                    round(left + place * (wide + gap) + int(corner[0]) / 4 * wide, 2),
                    round((int(corner[1]) / 6 - 0.5) * high, 2),
                )
                for corner in stroke.split()
            )
            yield Path(corners, stroke=Stroke(color, pen, cap="round"))
