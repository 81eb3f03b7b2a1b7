"""Mount the map in a Streamlit page, and bring its view back to Python.

The map runs in the page itself (components v2, no iframe). Draws nothing.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import streamlit as st

from corridormap.app.browser.front_end import (
    ONE_FILE,
    leaflet_css,
    one_file_css,
    program,
)
from corridormap.app.browser.leaflet import map_module
from corridormap.layers.picture.pen.web_fonts import fonts_css

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["Shown", "map_component", "whole_map_component"]

_PLACE = '<div class="corridormap-place"></div>'


@dataclass(frozen=True)
class Shown:
    """The view that is on the screen."""

    date: str
    """ISO date, YYYY-MM-DD."""
    since: str | None
    """ISO date that it is compared with, if it is."""
    layers: tuple[str, ...]
    """Ids of the visible layers."""
    bbox: tuple[float, float, float, float] | None
    """West, south, east, north in degrees."""
    selected: str | None
    """The id of the feature that is selected."""
    claim: str | None
    """The id of the claim that is selected."""
    label_language: str | None
    """The language of the features' names, by code."""


def map_component(data: dict[str, Any], *, key: str) -> Shown | None:
    """Show the map of a corridor that this server serves.

    Parameters
    ----------
    data
        ``script``, ``style``, ``document``, ``outline``, ``snapshot``: addresses on this server;
        ``view``: the view to start from; ``notices``: plain sentences to show.
    key
        Streamlit's name of this map.

    Returns
    -------
    The view, once the browser has told it.
    """
    return _shown(_mounted(_served(), data, key=key))


def whole_map_component(data: dict[str, Any], *, key: str) -> Shown | None:
    """Show a map with all its data in a page of anybody's server.

    Parameters
    ----------
    data
        ``document`` and ``outline``: JSON texts; ``view``: the view to start from; ``tag``: a word
        that changes with these three; ``height_px``: the height of the map.
    key
        Streamlit's name of this map.

    Returns
    -------
    The view, once the browser has told it of what ``tag`` names.
    """
    told = _mounted(_whole(), data, key=key)
    return _shown(told) if told and told.get("tag") == data["tag"] else None


def _mounted(component: Callable[..., Any], data: dict[str, Any], *, key: str) -> Any:
    told = component(key=key, data=data, default={"view": None}, on_view_change=lambda: None)
    return told.view


@cache
def _served() -> Callable[..., Any]:
    return st.components.v2.component(
        "corridormap_map", html=_PLACE, js=program("host"), isolate_styles=False
    )


@cache
def _whole() -> Callable[..., Any]:
    css = json.dumps(f"{fonts_css()}\n{leaflet_css()}\n{one_file_css()}")
    whole = (
        f"{program('whole')}\n{map_module()}\nconst css = {css};\n"
        f"export default (component) => {ONE_FILE}.show(component, {{ css, html, run }});\n"
    )
    return st.components.v2.component(
        "corridormap_whole_map", html=_PLACE, js=whole, isolate_styles=False
    )


def _shown(view: Mapping[str, Any] | None) -> Shown | None:
    if not view:
        return None
    bbox = view.get("bbox")
    return Shown(
        date=str(view["date"]),
        since=view.get("since"),
        layers=tuple(view["layers"]),
        bbox=(bbox[0], bbox[1], bbox[2], bbox[3]) if bbox else None,
        selected=view.get("selected"),
        claim=view.get("claim"),
        label_language=view.get("label_language"),
    )
