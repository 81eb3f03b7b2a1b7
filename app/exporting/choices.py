"""Give the choices of an export as the page's form shows them: each word with its name.

The form has no list of its own: what is added here is there to choose.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

from corridormap.app.exporting.option_words import ALT_CHARS, LARGEST_PX, SMALLEST_PX
from corridormap.app.exporting.options import (
    Arrangement,
    Density,
    ExportOptions,
    Format,
)
from corridormap.app.exporting.sizes import DPI, LAYOUT_NAMES, PAPERS
from corridormap.layers.corridor.layouts import LARGEST_MM, SMALLEST_MM

if TYPE_CHECKING:
    from corridormap.layers.theme import ProjectionWish

__all__ = ["export_choices"]

_FORMATS: dict[Format, tuple[str, str]] = {
    "png": ("PNG", "A picture for any page or document."),
    "svg": ("SVG", "A drawing that stays sharp, with a group for each layer to edit."),
    "pdf": ("PDF", "For print: a drawing with its fonts inside."),
    "html": (
        "HTML",
        "The whole map in one file: switches, cards and dates work without a network.",
    ),
}
_ARRANGEMENTS: dict[Arrangement, str] = {
    "auto": "As the shape suggests",
    "beside": "Claims beside the map",
    "below": "Claims below the map",
    "map": "Map only",
    "changes": "Before and after",
}
_DENSITIES: dict[Density, tuple[str, ...]] = {
    "auto": ("Automatic", "300 dpi on paper, else that of a screen."),
    "screen": ("Screen",),
    "double": ("Double",),
    "print": ("300 dpi",),
}
_PROJECTIONS: dict[ProjectionWish, tuple[str, ...]] = {
    "auto": ("Automatic", "A conic on wide maps, where Web Mercator's scale would differ much."),
    "mercator": ("Web Mercator", "As on the screen."),
    "lambert": ("Lambert conic", "Fitted to the extent: true to scale within a few per cent."),
}
_LOOKS = {"transparent": "Without paper", "greyscale": "Greyscale", "black": "Pure black"}
_PARTS = {"claims": "Claims", "locator": "Locator map", "inset": "Detail inset"}


def export_choices() -> dict[str, Any]:
    """Return the lists of the form, each entry [word, name, what it is], and its limits.

    `first` is what is chosen at first; sides are in CSS px or mm, densities in dpi.
    """
    usual = ExportOptions()
    return {
        "formats": [[word, *_FORMATS[word]] for word in get_args(Format)],
        "layouts": [[word, name] for word, name in LAYOUT_NAMES.items()],
        "arrangements": [[word, name] for word, name in _ARRANGEMENTS.items()],
        "densities": [[word, *names] for word, names in _DENSITIES.items()],
        "projections": [[word, *names] for word, names in _PROJECTIONS.items()],
        "parts": [[word, name] for word, name in _PARTS.items()],
        "looks": [[word, name] for word, name in _LOOKS.items()],
        "papers": list(PAPERS),
        "dpi": DPI,
        "side_px": {"least": SMALLEST_PX, "most": LARGEST_PX},
        "side_mm": {"least": SMALLEST_MM, "most": LARGEST_MM},
        "alt_chars": ALT_CHARS,
        "first": {
            "format": usual.format,
            "layout": usual.layout,
            "width": usual.size_px[0],
            "height": usual.size_px[1],
            "arrange": usual.arrangement,
            "density": usual.density,
            "projection": usual.projection,
            "width_mm": usual.width_mm,
            "height_mm": usual.height_mm,
            **{part: getattr(usual, part) for part in (*_PARTS, *_LOOKS)},
        },
    }
