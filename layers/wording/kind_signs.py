"""The signs that a kind of one's own may have, and what each is called.

Shapes of points and ways of lines by name, or one or two letters. How they are drawn is decided
in layers/scene.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["LETTERED", "LINE_SIGNS", "POINT_SIGNS", "OwnShape", "glyph_of", "is_letters"]

OwnShape = Literal["point", "line"]

POINT_SIGNS: Mapping[str, str] = MappingProxyType(
    {
        "square": "Square",
        "triangle": "Triangle",
        "diamond": "Diamond",
        "bar": "Bar",
        "shed": "House",
        "hall": "Hall",
        "works": "Works",
        "stack": "Stack",
        "hammers": "Hammers",
        "dam": "Basin",
        "arch": "Arch",
        "boat": "Boat",
        "plane": "Aircraft",
    }
)
LINE_SIGNS: Mapping[str, str] = MappingProxyType(
    {
        "road": "Plain line",
        "rail": "Line with ticks",
        "sea": "Dotted line",
        "power": "Thin line with dots",
        "pipeline": "Hollow line",
        "route": "Pale line",
    }
)
LETTERED = "letters-"
"""What the glyph of a sign of letters begins with."""
_LETTERS = re.compile(r"[A-Z0-9]{1,2}")


def is_letters(sign: str) -> bool:
    """Tell whether a sign is one or two letters or digits."""
    return _LETTERS.fullmatch(sign) is not None


def glyph_of(shape: OwnShape, sign: str) -> str:
    """Return what is drawn at a point for a sign; a line whose way is not known has its ends."""
    if shape == "line":
        return f"end-{sign}"
    return f"{LETTERED}{sign}" if is_letters(sign) else sign
