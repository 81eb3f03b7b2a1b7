"""Name the files of a corridor's folder. Opens none of them."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from corridormap.layers.wording.plainly import FILE_NAME

__all__ = [
    "ANNOTATIONS",
    "COLUMNS",
    "HOME",
    "LAYERS",
    "LAYOUTS",
    "MANIFEST",
    "SOURCES",
    "STYLE",
    "is_layer_file",
    "is_own",
    "is_writable_name",
    "layer_file",
]

MANIFEST = "corridor.toml"
STYLE = "style.toml"
SOURCES = "sources.json"
ANNOTATIONS = "annotations.jsonld"
LAYOUTS = "layouts.toml"
COLUMNS = "columns.json"
"""How the files that layers came from became layers (layers/columns/recipes.py)."""
LAYERS = "layers"
HOME = ".corridormap"
"""The folder in which saves are prepared (layers/saving/store.py)."""

_LAYER = ".geojson"
_NAMED = frozenset({MANIFEST, STYLE, SOURCES, ANNOTATIONS, LAYOUTS, COLUMNS})
_BESIDE = frozenset({".md", ".txt", ".topojson", ".toml", ".json", ".jsonld"})
"""Endings of an outline, and of texts that lie beside."""
_WRITABLE = re.compile(rf"(?:{LAYERS}/)?{FILE_NAME.strip('^$')}")
_MOST_CHARACTERS = 200


def layer_file(layer: str) -> str:
    """Return the file of a layer, relative to the corridor's folder."""
    return f"{LAYERS}/{layer}{_LAYER}"


def is_layer_file(name: str) -> bool:
    """Tell whether a name in `layers` is that of a layer's file."""
    return name.endswith(_LAYER) and not name.startswith(".")


def is_own(name: str) -> bool:
    """Tell whether a name in the folder is that of a file which belongs to a corridor."""
    if name.startswith("."):
        return False
    return name in _NAMED or PurePosixPath(name).suffix.lower() in _BESIDE


def is_writable_name(name: str) -> bool:
    """Tell whether a name, relative to the folder, is one that the tool ever writes."""
    return len(name) <= _MOST_CHARACTERS and _WRITABLE.fullmatch(name) is not None
