"""Hold one line of text in one face, and give its outline or its SVG.

It knows the fonts and no renderer; where words stand is decided elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from matplotlib.textpath import TextToPath

from corridormap.layers.picture.pen.fonts import (
    SVG_FAMILY,
    face_of,
    font,
    text_width,
    written_in_arabic,
)
from corridormap.layers.scene.looks import Stroke

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matplotlib.font_manager import FontProperties
    from matplotlib.ft2font import FT2Font
    from numpy.typing import NDArray

__all__ = ["OUTLINE_EM", "Anchor", "Words", "halo", "outline_of", "runs", "svg_texts"]

Anchor = Literal["start", "middle", "end"]

OUTLINE_EM = 100.0
"""Size of the font that outlines are in."""


@dataclass(frozen=True)
class Words:
    """One line of text in one face."""

    text: str
    size_px: float
    color: str
    bold: bool = False
    italic: bool = False
    spacing_px: float = 0.0
    halo_px: float = 0.0
    """Width of the white halo in all; half of it is seen on each side."""
    opacity: float = 1.0

    @property
    def is_spaced(self) -> bool:
        """Whether its letters stand apart: never those that join each other."""
        return self.spacing_px > 0 and not written_in_arabic(self.text)

    @property
    def width(self) -> float:
        """Width in px."""
        spacing = self.spacing_px if self.is_spaced else 0.0
        return text_width(
            self.text, self.size_px, bold=self.bold, italic=self.italic, spacing_px=spacing
        )


def halo(width_px: float) -> Stroke:
    """Return the white edge that keeps words apart from the map."""
    return Stroke("#FFFFFF", width_px, cap="round", opacity=0.92)


def runs(words: Words) -> list[tuple[str, float]]:
    """Return what is drawn in one go, with its distance from the left in px."""
    if not words.is_spaced:
        return [(words.text, 0.0)]
    found, x = [], 0.0
    for letter in words.text:
        found.append((letter, x))
        x += text_width(letter, words.size_px, bold=words.bold, italic=words.italic)
        x += words.spacing_px
    return found


class _Outlines(TextToPath):
    """matplotlib's outlines, in our faces."""

    def _get_font(self, prop: FontProperties) -> FT2Font:
        face = face_of(prop)
        face.set_size(self.FONT_SCALE, self.DPI)
        return face


_OUTLINES = _Outlines()


@lru_cache(maxsize=1024)
def outline_of(text: str, *, bold: bool, italic: bool) -> tuple[NDArray[np.float64], Any]:
    """Return the outline of a text as vertices, y upwards, and path codes; see `OUTLINE_EM`."""
    vertices, codes = _OUTLINES.get_text_path(
        font(OUTLINE_EM, bold=bold, italic=italic, arabic=written_in_arabic(text)), text
    )
    return np.asarray(vertices, dtype=np.float64), codes


def svg_texts(
    words: Words, x: float, y: float, anchor: Anchor, *, scale: float
) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield an SVG's text elements: the halo first, as the same words with a white edge.

    Parameters
    ----------
    words, x, y, anchor
        What stands where, in CSS px.
    scale
        The SVG's units per CSS px.
    """
    text = words.text.rstrip()
    shown = replace(words, text=text)
    if not text:
        return
    # The length keeps words in their place where the reader has not our fonts.
    place = {
        "x": _number(x * scale),
        "y": _number(y * scale),
        "textLength": _number(shown.width * scale),
        "lengthAdjust": "spacingAndGlyphs",
    }
    style = f"font-family: {SVG_FAMILY}; font-size: {_number(words.size_px * scale)}px"
    style += f"; text-anchor: {anchor}"
    style += "; font-weight: 700" if words.bold else ""
    style += "; font-style: italic" if words.italic else ""
    if words.is_spaced:
        style += f"; letter-spacing: {_number(words.spacing_px * scale)}px"
    if words.halo_px:
        edge = halo(words.halo_px)
        white = (
            f"; fill: none; stroke: {edge.color}; stroke-width: "
            f"{_number(edge.width_px * scale)}px; stroke-linejoin: round; "
            f"stroke-opacity: {edge.opacity}"
        )
        yield text, {**place, "style": style + white, "aria-hidden": "true"}
    style += f"; fill: {words.color}"
    style += f"; fill-opacity: {words.opacity}" if words.opacity < 1 else ""
    yield text, {**place, "style": style}


def _number(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".")
