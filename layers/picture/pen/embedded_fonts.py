"""Cut the fonts down to the letters that a file shows, for a page or an SVG in one file.

In a page the basic Latin letters stay whole. Of the others only those in the page are kept,
so that a page in English with some Persian names does not carry a library of letters.
"""

from __future__ import annotations

import io
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from corridormap.geo.assets import asset_path
from corridormap.layers.picture.pen.web_fonts import FACES, RANGES, face_css, woff2_css

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["page_fonts_css", "picture_fonts_css"]

_WHOLE = "latin"
_ARABIC = re.compile("[\u0600-\u06ff\ufb50-\ufdff\ufe70-\ufefc]")
_SANS, _SANS_ARABIC = "Noto Sans", "Noto Sans Arabic"
_FILES = {
    ("latin-ext", 400, "normal"): "NotoSans-Regular",
    ("latin-ext", 700, "normal"): "NotoSans-Bold",
    ("latin-ext", 400, "italic"): "NotoSans-Italic",
    ("arabic", 400, "normal"): "NotoSansArabic-Regular",
    ("arabic", 700, "normal"): "NotoSansArabic-Bold",
}


def page_fonts_css(text: str) -> str:
    """Return the fonts for the letters of a text, as a style sheet that holds them.

    Raises
    ------
    AssetError
        If the base data is missing.
    """
    letters = frozenset(text)
    sheets = []
    for face in FACES:
        family, _, weight, style, subset = face
        if subset == _WHOLE:
            sheets.append(woff2_css(*face))
            continue
        used = "".join(sorted(letters & _letters_of(subset)))
        if used:
            data = _cut(_FILES[subset, weight, style], used)
            sheets.append(face_css(family, weight, style, data=data, form="woff", subset=subset))
    return "\n".join(sheets)


def picture_fonts_css(text: str, *, styles: Iterable[tuple[int, str]]) -> str:
    """Return the fonts for a picture's words, as a style sheet that holds them.

    Parameters
    ----------
    text
        All words of the picture.
    styles
        Weight and style of each face that it uses: (400, "normal").

    Raises
    ------
    AssetError
        If the base data is missing.
    """
    letters = "".join(sorted(frozenset(text)))
    sheets = []
    for weight, style in sorted(styles):
        data = _cut(_FILES["latin-ext", weight, style], letters)
        sheets.append(face_css(_SANS, weight, style, data=data, form="woff"))
        name = _FILES.get(("arabic", weight, style))
        if name and _ARABIC.search(letters):
            data = _cut(name, letters)
            sheets.append(face_css(_SANS_ARABIC, weight, style, data=data, form="woff"))
    return "\n".join(sheets)


@lru_cache(maxsize=4)
def _letters_of(subset: str) -> frozenset[str]:
    found: set[str] = set()
    for first, last in re.findall(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?", RANGES[subset]):
        found.update(map(chr, range(int(first, 16), int(last or first, 16) + 1)))
    # What basic Latin has is never looked for elsewhere.
    return frozenset(found) - (frozenset() if subset == _WHOLE else _letters_of(_WHOLE))


@lru_cache(maxsize=32)
def _cut(name: str, letters: str) -> bytes:
    """Return a font of these letters and the forms they take, as WOFF."""
    from fontTools import subset

    options = subset.Options(flavor="woff", hinting=False, notdef_outline=True)
    with subset.load_font(asset_path(f"fonts/{name}.ttf"), options) as font:
        cutter = subset.Subsetter(options=options)
        cutter.populate(text=letters)
        cutter.subset(font)
        out = io.BytesIO()
        subset.save_font(font, out, options)
    return out.getvalue()
