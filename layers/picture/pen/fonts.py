"""Find the fonts that ship with the tool and measure text in them; it draws nothing."""

from __future__ import annotations

import io
import warnings
from functools import lru_cache
from pathlib import Path
from threading import get_ident

import matplotlib as mpl
from matplotlib.font_manager import FontEntry, FontProperties, fontManager
from matplotlib.ft2font import FT2Font, LoadFlags

from corridormap.geo.assets import asset_path
from corridormap.geo.errors import CorridorError

__all__ = ["SVG_FAMILY", "face_of", "font", "text_width", "written_in_arabic"]

# A program that reads no embedded fonts takes one about as wide; DejaVu Sans would overlap.
SVG_FAMILY = "'Noto Sans', 'Noto Sans Arabic', 'Open Sans', Arial, 'DejaVu Sans', sans-serif"

_FAMILY = "Corridormap Sans"
_ARABIC_FAMILY = "Corridormap Sans Arabic"
_EM_PX = 1000.0
_FILES = (
    (_FAMILY, "NotoSans-Regular.ttf", "normal", 400),
    (_FAMILY, "NotoSans-Bold.ttf", "normal", 700),
    (_FAMILY, "NotoSans-Italic.ttf", "italic", 400),
    (_ARABIC_FAMILY, "NotoSansArabic-Regular.ttf", "normal", 400),
    (_ARABIC_FAMILY, "NotoSansArabic-Bold.ttf", "normal", 700),
)


@lru_cache(maxsize=1)
def _families() -> tuple[str, ...]:
    """Make the shipped fonts known to matplotlib under names of our own.

    Names of our own, so that another Noto Sans on the machine is never taken instead.
    """
    families: list[str] = []
    for family, name, style, weight in _FILES:
        try:
            path = asset_path(f"fonts/{name}")
        except CorridorError:
            continue
        if not Path(path).is_file():
            continue
        fontManager.ttflist.append(
            FontEntry(
                fname=str(path),
                name=family,
                style=style,
                weight=weight,
                stretch="normal",
                size="scalable",
            )
        )
        if family not in families:
            families.append(family)
    return (*families, "DejaVu Sans")


def written_in_arabic(text: str) -> bool:
    """Tell whether a text has Arabic letters.

    Its spaces, dashes and joiners are then taken from the Arabic font too: where the font
    changes inside a word, a PDF would set the next letter off its place.
    """
    return any("\u0600" <= letter <= "\u06ff" for letter in text)


def _in_order(*, arabic: bool) -> tuple[str, ...]:
    families = _families()
    first = [family for family in families if arabic and family == _ARABIC_FAMILY]
    return (*first, *(family for family in families if family not in first))


@lru_cache(maxsize=256)
def font(
    size_px: float, *, bold: bool = False, italic: bool = False, arabic: bool = False
) -> FontProperties:
    """Return the font of a size in CSS px, with the shipped fallbacks behind it."""
    return FontProperties(
        family=list(_in_order(arabic=arabic)),
        size=size_px * 0.75,
        weight=700 if bold else 400,
        style="italic" if italic else "normal",
    )


@lru_cache(maxsize=16)
def _files(*, bold: bool, italic: bool, arabic: bool = False) -> tuple[str, ...]:
    found = []
    for family in _in_order(arabic=arabic):
        if family == "DejaVu Sans":
            style = ("Bold" if bold else "") + ("Oblique" if italic else "")
            found.append(_of_matplotlib(f"DejaVuSans{'-' if style else ''}{style}.ttf"))
            continue
        prop = FontProperties(
            family=[family], weight=700 if bold else 400, style="italic" if italic else "normal"
        )
        found.append(str(fontManager.findfont(prop, fallback_to_default=False)))
    return tuple(found)


def _of_matplotlib(name: str) -> str:
    return str(Path(mpl.get_data_path()) / "fonts" / "ttf" / name)


class _Held(io.BytesIO):
    """A font's file in memory, named by its path; from a disk, each letter would be read anew."""

    def __init__(self, path: str) -> None:
        super().__init__(Path(path).read_bytes())
        self._path = path

    def __str__(self) -> str:
        return self._path


@lru_cache(maxsize=32)
def _face(files: tuple[str, ...], _thread: int) -> FT2Font:
    """Return a font with its fallbacks, as matplotlib does: each thread has its own."""
    boxes = FT2Font(_of_matplotlib("LastResortHE-Regular.ttf"), _warn_if_used=True)
    boxes.set_charmap(0)
    behind = [FT2Font(_Held(file)) for file in files[1:]]
    return FT2Font(_Held(files[0]), _fallback_list=[*behind, boxes])


def face_of(prop: FontProperties) -> FT2Font:
    """Return the face of a font that `font` gave, without its size."""
    files = _files(
        bold=prop.get_weight() == 700,
        italic=prop.get_style() == "italic",
        arabic=prop.get_family()[0] == _ARABIC_FAMILY,
    )
    return _face(files, get_ident())


@lru_cache(maxsize=32_768)
def _em_width(text: str, *, bold: bool, italic: bool) -> float:
    face = face_of(font(_EM_PX, bold=bold, italic=italic, arabic=written_in_arabic(text)))
    face.set_size(_EM_PX, 72)
    with warnings.catch_warnings():
        # A letter that no font has is drawn as a box; a warning would be a line of code to read.
        warnings.filterwarnings("ignore", message="Glyph", category=UserWarning)
        face.set_text(text, 0.0, flags=LoadFlags.NO_HINTING)
    width, _ = face.get_width_height()
    return float(width) / 64.0 / _EM_PX


def text_width(
    text: str, size_px: float, *, bold: bool = False, italic: bool = False, spacing_px: float = 0.0
) -> float:
    """Return the width of a line of text in px.

    Parameters
    ----------
    text
        One line.
    size_px
        Size of the font.
    bold, italic
        The face.
    spacing_px
        Space added after every letter but the last.
    """
    if spacing_px:
        letters = sum(_em_width(letter, bold=bold, italic=italic) for letter in text)
        return letters * size_px + spacing_px * max(0, len(text) - 1)
    return _em_width(text, bold=bold, italic=italic) * size_px
