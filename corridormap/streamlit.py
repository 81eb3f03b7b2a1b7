"""The map in a Streamlit page of your own.

    import corridormap
    import corridormap.streamlit

    corridor = corridormap.open("azerbaijan-iran")
    view = corridormap.streamlit.corridor_map(corridor, key="map")

Public is `corridor_map`.
"""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from typing import TYPE_CHECKING

from corridormap.app.component.component import whole_map_component
from corridormap.app.face.view import HEIGHT_PX, View, Wish, view_of
from corridormap.app.opening.page_data import page_document, page_outline

if TYPE_CHECKING:
    from corridormap.app.face.corridor import Corridor
    from corridormap.layers.corridor.corridor import Corridor as ReadCorridor

__all__ = ["corridor_map"]

_KEPT = 8


def corridor_map(corridor: Corridor | View, *, key: str, height_px: int = HEIGHT_PX) -> View:
    """Show a corridor, and return the view that is on the screen.

    Its layers, cards, claims, routes and dates work as on the page of `corridormap serve`. What
    that page's server does is not there: it edits nothing and offers no export; the view that is
    returned draws (`view.snapshot`) and exports. Nothing is fetched.

    Parameters
    ----------
    corridor
        What `corridormap.open` or `corridormap.from_layers` gave; or a view of it to begin with:
        another one, such as of a date that the page's user chose, is shown when it is given.
    key
        Streamlit's name of this map. A page may show several, each with a key of its own.
    height_px
        Height in px; it is as wide as its container.

    Raises
    ------
    CorridorError
        The corridor cannot be read.
    """
    start = corridor if isinstance(corridor, View) else corridor.at()
    document, outline, tag = _texts(start.read())
    view = start.as_json()
    data = {
        "document": document,
        "outline": outline,
        "view": view,
        "tag": _tag(tag, json.dumps(view, sort_keys=True)),
        "height_px": height_px,
    }
    shown = whole_map_component(data, key=key)
    if shown is None:
        return start
    wish: Wish = {
        "since": shown.since,
        "layers": shown.layers,
        "bbox": shown.bbox,
        "selected": shown.selected,
        "claim": shown.claim,
        "label_language": shown.label_language,
    }
    return view_of(start.read(), shown.date, wish)


@lru_cache(maxsize=_KEPT)
def _texts(corridor: ReadCorridor) -> tuple[str, str, str]:
    """Return document and outline as JSON texts, and a word that changes with them."""
    document = json.dumps(page_document(corridor), ensure_ascii=False, allow_nan=False)
    outline = json.dumps(page_outline(corridor), ensure_ascii=False, allow_nan=False)
    return document, outline, _tag(document, outline)


def _tag(*texts: str) -> str:
    return hashlib.sha256("".join(texts).encode("utf-8")).hexdigest()[:16]
