"""Draw the small pictures of docs/review: every layout of both corridors, and three near views.

Run it after a change of how pictures look, look at each, and write in docs/review/README.md what
is worst in it.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from PIL import Image

import corridormap
from scripts.tools import ROOT

if TYPE_CHECKING:
    from typing import Any

FOLDER = ROOT / "docs" / "review"
SMALL_PX, COLORS = 600, 160
LAYOUTS = (
    "default",
    "wide",
    "classic",
    "square",
    "story",
    "a4-landscape",
    "a4-portrait",
    "a3-landscape",
    "a3-portrait",
)
NEAR = {
    "astara": ("azerbaijan-iran", (48.7, 38.3, 49.0, 38.55)),
    "nakhchivan": ("azerbaijan-iran", (44.7, 38.6, 46.6, 39.8)),
    "caspian": ("north-south", (46.0, 36.0, 56.0, 48.0)),
}


def views() -> dict[str, tuple[str, dict[str, Any], dict[str, Any]]]:
    """Return by name the corridor, what of it is shown, and how it is drawn."""
    found: dict[str, tuple[str, dict[str, Any], dict[str, Any]]] = {}
    for corridor in ("azerbaijan-iran", "north-south"):
        for layout in LAYOUTS:
            how = {} if layout == "default" else {"layout": layout}
            found[f"{corridor}-{layout}"] = corridor, {}, how
    for name, (corridor, bbox) in NEAR.items():
        found[name] = corridor, {"bbox": bbox}, {}
    return found


def main() -> None:
    """Draw them all."""
    FOLDER.mkdir(exist_ok=True)
    for name, (corridor, shown, how) in views().items():
        made = corridormap.open(corridor).at(**shown).snapshot(density="screen", **how)
        with Image.open(io.BytesIO(made.body)) as image:
            image.thumbnail((SMALL_PX, SMALL_PX), Image.Resampling.LANCZOS)
            small = image.convert("RGB").quantize(COLORS, dither=Image.Dither.NONE)
            small.save(FOLDER / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
