"""Say which fonts of the web there are, and give each as a rule of a style sheet.

Pages and pictures hold their fonts themselves: nothing is fetched.
"""

from __future__ import annotations

import base64
from functools import cache

from corridormap.geo.assets import asset_path

__all__ = ["FACES", "RANGES", "face_css", "fonts_css", "woff2_css"]

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
def fonts_css() -> str:
    """Return the fonts as a style sheet that holds them as ``data:`` addresses.

    Raises
    ------
    AssetError
        If the base data is missing.
    """
    return "\n".join(woff2_css(*face) for face in FACES)


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
