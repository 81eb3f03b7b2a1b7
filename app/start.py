"""Say what the map of a page starts from: where its files are, and the view it opens with.

The page's head and Streamlit's component start the same map from the same words. Draws
nothing and keeps nothing.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from app.routes import addresses
from app.watch import watch_data
from geo.errors import CorridorError
from layers.scenes.view import View

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.library import Library, OpenCorridor

__all__ = ["head_html", "start_data"]


def start_data(opened: OpenCorridor, query: Mapping[str, str]) -> dict[str, Any]:
    """Return addresses, view and notices for the query of a page's address, as JSON values."""
    view, notices = View.from_query(query, opened.corridor)
    return {
        **addresses(opened),
        "view": view.model_dump(mode="json"),
        "notices": list(notices),
        "watch": watch_data(opened.corridor.folder),
    }


def head_html(library: Library, corridor: str, query: Mapping[str, str]) -> str:
    """Return what the page's head holds for the map, or nothing if there is no corridor to show.

    Streamlit's page tells the reader why a corridor cannot be shown.
    """
    try:
        data = start_data(library.open(corridor), query)
    except CorridorError:
        return ""
    text = json.dumps(data, ensure_ascii=True)
    for character in "<>&":
        text = text.replace(character, f"\\u{ord(character):04x}")
    # The addresses are ours: a fixed prefix and hexadecimal tags, nothing to escape.
    return (
        f'<link rel="stylesheet" href="{data["style"]}">'
        f'<script type="application/json" id="corridormap-start">{text}</script>'
        f'<script async fetchpriority="high" src="{data["script"]}"></script>'
        f'<link rel="preload" as="fetch" crossorigin="anonymous" href="{data["document"]}">'
        f'<link rel="preload" as="fetch" crossorigin="anonymous" href="{data["outline"]}">'
    )
