"""Give the programs and styles of the browser's side, as they were made at the build.

Nothing is fetched, and nothing here knows a corridor or a page. base/browser.py makes them of
the modules that lie here.
"""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Literal

from corridormap.geo.assets import asset_path

__all__ = [
    "ONE_FILE",
    "leaflet_css",
    "one_file_css",
    "page_files",
    "page_starts_with",
    "program",
]

ONE_FILE = "corridormapPage"
"""What the `program` of the map in one file declares: `given()` returns what folium's script
looks for."""


@cache
def page_files() -> dict[str, str]:
    """Return the programs and styles of a served page by name, but for the libraries' styles.

    ``map.js`` and ``page.css`` come first; the editor's are fetched when it is wanted.

    Raises
    ------
    AssetError
        If the base data is missing.
    """
    apart = {"host.js", "newer.js", "one_file.js", "one_file.css", "whole.js"}
    folder = asset_path("browser/map.js").parent
    files = [path for path in sorted(folder.iterdir()) if path.suffix in {".js", ".css"}]
    return {path.name: path.read_text(encoding="utf-8") for path in files if path.name not in apart}


@cache
def page_starts_with() -> tuple[str, ...]:
    """Return the names of the programs that a served page needs at once.

    Raises
    ------
    AssetError
        If the base data is missing.
    """
    told = json.loads(_made("made.json"))  # noqa: TID251  of our own making
    return tuple(told["first"])


@cache
def program(name: Literal["host", "newer", "one_file", "whole"]) -> str:
    """Return a program that a page holds itself.

    Parameters
    ----------
    name
        Streamlit's component of a page of ours; what a published edition has beside its map; the
        map in one HTML file; the map in somebody's Streamlit page. The latter two declare
        `ONE_FILE` and do nothing.

    Raises
    ------
    AssetError
        If the base data is missing.
    """
    return _made(f"{name}.js")


@cache
def one_file_css() -> str:
    """Return the style of the map in one HTML file.

    Raises
    ------
    AssetError
        If the base data is missing.
    """
    return _made("one_file.css")


@cache
def leaflet_css() -> str:
    """Return Leaflet's style sheet without the pictures of controls that are not used.

    Raises
    ------
    AssetError
        If the base data is missing.
    """
    text = asset_path("leaflet/leaflet.css").read_text(encoding="utf-8")
    return re.sub(r"background-image:\s*url\([^)]*\);?", "", text)


def _made(name: str) -> str:
    return asset_path(f"browser/{name}").read_text(encoding="utf-8")
