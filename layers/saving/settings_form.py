"""Give the fields of the forms in which a corridor and its layers are set: their words and limits.

The limits are those of the models that read a folder. Holds no rule of its own.
"""

from __future__ import annotations

from typing import Any

from corridormap.geo.outline.places import country_names
from corridormap.layers.corridor.manifest import HEADLINE_CHARS, TITLE_CHARS
from corridormap.layers.theme import LAYER_COLORS

__all__ = ["settings_form"]

_DAY = "As 2023-12-29"


def settings_form() -> dict[str, Any]:
    """Return the fields, each with its label and its hint, as plain JSON."""
    return {
        "corridor": [
            _field("title", "Title", f"At most {TITLE_CHARS} letters", required=True),
            _field("summary", "Summary", "A line below the title", kind="lines"),
            _field(
                "headline",
                "Headline",
                f"What it is about, in a sentence of at most {HEADLINE_CHARS} letters. "
                "Empty: counted from the claims",
                kind="lines",
            ),
            _field(
                "as_of",
                "The page opens with",
                f"{_DAY}: what came later is not shown at first",
                required=True,
            ),
            _field(
                "boundary_note",
                "Note on boundaries",
                "On the map, beside the credits",
                kind="lines",
            ),
            _field(
                "boundary_note_print",
                "Note on boundaries, in pictures",
                "Empty: the same as on the map",
                kind="lines",
            ),
        ],
        "extent": [
            _field("west", "West"),
            _field("south", "South"),
            _field("east", "East"),
            _field("north", "North"),
        ],
        "date": [
            _field("label", "What it is called", required=True),
            _field("date", "Date", _DAY, required=True),
            _field(
                "searched",
                "Searched until",
                "Up to when one looked for something newer and found nothing; empty if not known",
            ),
        ],
        "layer": [
            _field("title", "Title", f"At most {TITLE_CHARS} letters", required=True),
            _field("group", "Group", "Choose one, or write a new one"),
            _field("visible", "Shown when the page opens"),
            _field("color", "Colour", "# and six digits, such as #16233B", required=True),
            _field("label_color", "Colour of its names", "Empty: the colour of the layer"),
        ],
        "countries": [list(one) for one in sorted(country_names().items(), key=lambda c: c[1])],
        "layer_colors": list(LAYER_COLORS),
    }


def _field(
    key: str, label: str, hint: str = "", *, kind: str = "text", required: bool = False
) -> dict[str, Any]:
    return {"key": key, "label": label, "hint": hint, "kind": kind, "required": required}
