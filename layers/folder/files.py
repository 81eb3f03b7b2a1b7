"""Name the files of a corridor's folder. Opens none of them."""

from __future__ import annotations

__all__ = ["ANNOTATIONS", "MANIFEST", "SOURCES", "STYLE", "layer_file"]

MANIFEST = "corridor.toml"
STYLE = "style.toml"
SOURCES = "sources.json"
ANNOTATIONS = "annotations.jsonld"


def layer_file(layer: str) -> str:
    """Return the file of a layer, relative to the corridor's folder."""
    return f"layers/{layer}.geojson"
