"""Copy the web fonts and make the fonts that pictures are drawn with.

Fontsource cuts a family into subsets by script. Browsers take those as they are;
matplotlib needs one TrueType file for each style, so its subsets are merged.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from fontTools.merge import Merger
from fontTools.ttLib import TTFont

from base.kerning import simplify_layout

__all__ = ["build"]

_SANS = "noto-sans"
_ARABIC = "noto-sans-arabic"

_WEB = (
    *(
        (_SANS, subset, style)
        for subset in ("latin", "latin-ext")
        for style in ("400-normal", "400-italic", "700-normal")
    ),
    *((_ARABIC, "arabic", style) for style in ("400-normal", "700-normal")),
)

_SANS_SUBSETS = ("latin", "latin-ext", "cyrillic", "cyrillic-ext", "greek", "vietnamese")
_PRINT = {
    "NotoSans-Regular.ttf": (_SANS, _SANS_SUBSETS, "400-normal"),
    "NotoSans-Bold.ttf": (_SANS, _SANS_SUBSETS, "700-normal"),
    "NotoSans-Italic.ttf": (_SANS, _SANS_SUBSETS, "400-italic"),
    "NotoSansArabic-Regular.ttf": (_ARABIC, ("arabic", "latin"), "400-normal"),
    "NotoSansArabic-Bold.ttf": (_ARABIC, ("arabic", "latin"), "700-normal"),
}


def build(modules: Path, target: Path) -> None:
    """Fill `target` with woff2 subsets and merged TrueType fonts."""
    target.mkdir()
    for family, subset, style in _WEB:
        source = _subset(modules, family, subset, style)
        shutil.copyfile(source, target / source.name)
    for name, (family, subsets, style) in _PRINT.items():
        sources = [_subset(modules, family, subset, style) for subset in subsets]
        _merge(sources, target / name, simple=family == _SANS)


def _subset(modules: Path, family: str, subset: str, style: str) -> Path:
    folder = modules / "@fontsource" / family / "files"
    return folder / f"{family}-{subset}-{style}.woff2"


def _merge(sources: list[Path], target: Path, *, simple: bool) -> None:
    """Merge subsets of one style into a TrueType file whose bytes repeat.

    Parameters
    ----------
    simple
        Keep no layout but kerning; Arabic letters need more to join.
    """
    with tempfile.TemporaryDirectory() as folder:
        files = [_unpack(source, Path(folder)) for source in sources]
        merged = Merger().merge([str(file) for file in files])
        first = TTFont(files[0], recalcTimestamp=False)["head"]
    if simple:
        simplify_layout(merged)
    # Merging says that it was made now, and a picture holds the font: two installations would
    # draw other bytes.
    merged["head"].created, merged["head"].modified = first.created, first.modified
    merged.recalcTimestamp = False
    merged.save(target)


def _unpack(source: Path, folder: Path) -> Path:
    file = folder / f"{source.stem}.ttf"
    font = TTFont(source, recalcTimestamp=False)
    font.flavor = None
    font.save(file)
    return file
