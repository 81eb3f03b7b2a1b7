"""Mount the map document in a Streamlit page, and bring its view back to Python.

The map runs in the page itself (components v2, no iframe). Python sends small messages
only: addresses of what to fetch, and the view to start from. Draws nothing.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import streamlit as st

from corridormap.app.browser.front_end import component_js

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["map_component"]

NAME = "corridormap_map"


@cache
def _renderer() -> Callable[..., Any]:
    return st.components.v2.component(
        NAME,
        html='<div class="corridormap-place"></div>',
        js=component_js(),
        isolate_styles=False,
    )


def map_component(data: dict[str, Any]) -> dict[str, Any] | None:
    """Show the map; return the view that is on the screen, once the browser has told it.

    Parameters
    ----------
    data
        ``script``, ``style``, ``document``, ``outline``, ``snapshot``: addresses on this server;
        ``view``: the view to start from; ``notices``: plain sentences to show.
    """
    result = _renderer()(key="map", data=data, default={"view": None}, on_view_change=lambda: None)
    view = result.view
    return dict(view) if view else None
