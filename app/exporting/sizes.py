"""Say how large each layout is, in CSS px or millimetres, and how fine a PNG of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from corridormap.layers.theme import LayoutName

__all__ = [
    "CUSTOM",
    "DPI",
    "LAYOUTS",
    "LAYOUT_NAMES",
    "MM_PER_INCH",
    "PAPERS",
    "PAPERS_MM",
    "PX_PER_INCH",
    "SCREENS",
]

CUSTOM = "custom"
MM_PER_INCH = 25.4
PX_PER_INCH = 96.0
DPI = {"screen": 96.0, "double": 192.0, "print": 300.0}
"""Of a PNG, by density."""
SCREENS = {
    "wide": (1600, 900),
    "classic": (1600, 1200),
    "square": (1080, 1080),
    "story": (1080, 1920),
}
PAPERS_MM = {
    "a4-landscape": (297, 210),
    "a4-portrait": (210, 297),
    "a3-landscape": (420, 297),
    "a3-portrait": (297, 420),
}
LAYOUT_NAMES: dict[LayoutName, str] = {
    "custom": "Own size",
    "wide": "Wide, 16:9",
    "classic": "Classic, 4:3",
    "square": "Square",
    "story": "Portrait story, 9:16",
    "a4-landscape": "A4, landscape",
    "a4-portrait": "A4, portrait",
    "a3-landscape": "A3, landscape",
    "a3-portrait": "A3, portrait",
}
PAPERS: tuple[str, ...] = tuple(PAPERS_MM)
LAYOUTS: tuple[str, ...] = (*SCREENS, *PAPERS_MM, CUSTOM)
