"""Give the texts of the browser's side: our modules and styles, Leaflet, and the fonts.

They are read from this package and from the base data, and joined; nothing is fetched, and
nothing here knows a corridor or a page.
"""

from __future__ import annotations

import base64
import re
from functools import cache
from importlib.resources import files

from corridormap.geo.assets import asset_path
from corridormap.geo.errors import AssetError

__all__ = [
    "FACES",
    "RANGES",
    "editor_css",
    "editor_js",
    "face_css",
    "fonts_css",
    "front_end_css",
    "front_end_js",
    "leaflet_css",
    "leaflet_js",
    "woff2_css",
]

_STYLES = ("corridormap", "evidence", "map", "export")

FACES = (
    # family, file, weight, style, characters (the subsets as their makers cut them)
    ("Noto Sans", "noto-sans-latin-ext-400-normal", 400, "normal", "latin-ext"),
    ("Noto Sans", "noto-sans-latin-ext-700-normal", 700, "normal", "latin-ext"),
    ("Noto Sans", "noto-sans-latin-ext-400-italic", 400, "italic", "latin-ext"),
    ("Noto Sans", "noto-sans-latin-400-normal", 400, "normal", "latin"),
    ("Noto Sans", "noto-sans-latin-700-normal", 700, "normal", "latin"),
    ("Noto Sans", "noto-sans-latin-400-italic", 400, "italic", "latin"),
    ("Noto Sans Arabic", "noto-sans-arabic-arabic-400-normal", 400, "normal", "arabic"),
    ("Noto Sans Arabic", "noto-sans-arabic-arabic-700-normal", 700, "normal", "arabic"),
)
RANGES = {
    "latin": "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,"
    "U+0329,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD",
    "latin-ext": "U+0100-02BA,U+02BD-02C5,U+02C7-02CC,U+02CE-02D7,U+02DD-02FF,U+0304,U+0308,"
    "U+0329,U+1D00-1DBF,U+1E00-1E9F,U+1EF2-1EFF,U+2020,U+20A0-20AB,U+20AD-20C0,U+2113,"
    "U+2C60-2C7F,U+A720-A7FF",
    "arabic": "U+0600-06FF,U+0750-077F,U+0870-088E,U+0890-0891,U+0897-08E1,U+08E3-08FF,"
    "U+200C-200E,U+2010-2011,U+204F,U+2E41,U+FB50-FDFF,U+FE70-FE74,U+FE76-FEFC",
}


@cache
def front_end_js() -> str:
    """Return our JavaScript modules, one after the other as ``web/modules.txt`` orders them."""
    return "\n".join(_web_text(f"{name}.js") for name in _web_text("modules.txt").split())


@cache
def front_end_css() -> str:
    """Return our style sheets."""
    return "\n".join(_web_text(f"{name}.css") for name in _STYLES)


@cache
def editor_js() -> str:
    """Return the drawing tools and the editor's modules, as ``web/edit/modules.txt`` orders them.

    They come after `front_end_js`, on served pages only.
    """
    listed = _web_text("edit/modules.txt").split()
    return "\n".join([_geoman("min.js"), *(_web_text(f"edit/{name}.js") for name in listed)])


@cache
def editor_css() -> str:
    """Return the editor's style sheets: the shell's first, then those of its panels."""
    folder = files("corridormap.layers").joinpath("web", "edit")
    names = sorted(one.name for one in folder.iterdir() if one.name.endswith(".css"))
    own = (_web_text(f"edit/{name}") for name in sorted(names, key="edit.css".__ne__))
    return "\n".join([_geoman("css"), *own])


@cache
def leaflet_js() -> str:
    """Return Leaflet, without the link to a source map that is not there.

    Raises
    ------
    AssetError
        If the base data is missing.
    """
    text = asset_path("leaflet/leaflet.js").read_text(encoding="utf-8")
    return re.sub(r"\n//# sourceMappingURL=\S*\s*$", "\n", text)


@cache
def leaflet_css() -> str:
    """Return Leaflet's style sheet without the pictures of controls that are not used.

    Raises
    ------
    AssetError
        If the base data is missing.
    """
    text = asset_path("leaflet/leaflet.css").read_text(encoding="utf-8")
    return re.sub(r"background-image:\s*url\([^)]*\);?", "", text)


@cache
def fonts_css() -> str:
    """Return the fonts as a style sheet that holds them as ``data:`` addresses.

    Raises
    ------
    AssetError
        If the base data is missing.
    """
    return "\n".join(woff2_css(*face) for face in FACES)


def _geoman(ending: str) -> str:
    """Return Leaflet-Geoman without the links to source maps that are not there."""
    text = asset_path(f"leaflet-geoman/leaflet-geoman.{ending}").read_text(encoding="utf-8")
    return re.sub(r"\n(?://|/\*)# sourceMappingURL=\S*(?: \*/)?\s*$", "\n", text)


def _web_text(name: str) -> str:
    source = files("corridormap.layers").joinpath("web", name)
    if not source.is_file():
        problem = "this file of the front end is missing"
        remedy = "Install Corridormap again."
        raise AssetError(problem, file=f"layers/web/{name}", remedy=remedy)
    return source.read_text(encoding="utf-8")


def woff2_css(family: str, name: str, weight: int, style: str, subset: str) -> str:
    """Return a face of `FACES` as a rule that holds its whole font."""
    data = asset_path(f"fonts/{name}.woff2").read_bytes()
    return face_css(family, weight, style, data=data, form="woff2", subset=subset)


def face_css(
    family: str, weight: int, style: str, *, data: bytes, form: str, subset: str = ""
) -> str:
    """Return a font as a rule that holds it as a ``data:`` address.

    Parameters
    ----------
    family, weight, style
        What the rule is for.
    data, form
        The font, and what it is packed as: woff or woff2.
    subset
        Which of `RANGES` it is for; empty for whatever it has.
    """
    text = base64.b64encode(data).decode("ascii")
    letters = f";unicode-range:{RANGES[subset]}" if subset else ""
    return (
        f'@font-face{{font-family:"{family}";font-style:{style};font-weight:{weight};'
        f"font-display:block;src:url(data:font/{form};base64,{text}) format('{form}'){letters}}}"
    )
