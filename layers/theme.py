"""The colours of the base map and the page by role, the online base maps, projections, layouts.

Values only, from the design's palette; the same names serve the pictures, the JSON
document and the CSS variables (`--cm-<role>`, with `-` for `_`). Decides no sign.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "BASEMAPS",
    "LAYER_COLORS",
    "PALETTE",
    "Basemap",
    "LayoutName",
    "ProjectionName",
    "ProjectionWish",
]

LayoutName = Literal[
    "custom",
    "wide",
    "classic",
    "square",
    "story",
    "a4-landscape",
    "a4-portrait",
    "a3-landscape",
    "a3-portrait",
]
"""The sizes that an export may have by name; "custom" is any other."""
ProjectionName = Literal["mercator", "lambert"]
"""What a picture is drawn in; the screen is always in Web Mercator."""
ProjectionWish = Literal["auto", "mercator", "lambert"]
"""What is asked for; "auto" is what the corridor says, else what suits the extent."""

PALETTE: Mapping[str, str] = MappingProxyType(
    {
        "land_own": "#FAF9F5",
        "land_other": "#EFEDE6",
        "sea": "#D5E2E9",
        "coast": "#A9BDC7",
        "river": "#B3CBD8",
        "border_own": "#59616B",
        "border_own_casing": "#FFFFFF",
        "border_other": "#8B9199",
        "country_label": "#626972",
        "place_label": "#3A424C",
        "water_label": "#40667A",
        "text": "#1F2833",
        "text_second": "#56606B",
        "panel_edge": "#C9CED4",
        "hairline": "#D8DCE1",
        "control_edge": "#B9C0C8",
        "ink": "#16233B",
        "unused": "#747B84",
        "gold": "#FFC52E",
        "gold_tint": "#FFF6DC",
        "link": "#0A5A9C",
        "agrees": "#0B6B3A",
        "differs": "#8F4700",
    }
)
"""Role to hex."""

LAYER_COLORS = ("#7A2E8E", "#00786C", "#D1480A", "#16233B")
"""Colours that a corridor's layers take in order when its style names none."""


class Basemap(NamedTuple):
    """A base map a reader may choose; the outline has no address and is always there."""

    id: str
    title: str
    url: str | None
    credit: str
    max_zoom: int


BASEMAPS = (
    Basemap("outline", "Outline, offline", None, "", 19),
    Basemap(
        "osm",
        "OpenStreetMap, online",
        "https://tile.openstreetmap.org/{z}/{x}/{y}.png",
        "© OpenStreetMap contributors",
        19,
    ),
    Basemap(
        "opentopomap",
        "OpenTopoMap, online",
        "https://tile.opentopomap.org/{z}/{x}/{y}.png",
        "© OpenStreetMap contributors, SRTM; map style © OpenTopoMap (CC BY-SA)",
        17,
    ),
    Basemap(
        "esri-imagery",
        "Esri imagery, online",
        "https://server.arcgisonline.com/ArcGIS/rest/services/World_Imagery/MapServer/tile/{z}/{y}/{x}",
        "Imagery © Esri, Maxar, Earthstar Geographics, and the GIS user community",
        18,
    ),
)
"""Base maps in the order the page lists them."""
