"""Write the files of a corridor of layers that are at hand: manifest, layers, sources.

Returns bytes by file name; checks no feature (that is the reading's work) and writes no file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from corridormap.layers.folder.files import MANIFEST, SOURCES, layer_file
from corridormap.layers.saving.objects import JsonList, new_layer_text
from corridormap.layers.saving.template import manifest_head
from corridormap.layers.saving.toml_text import with_layer

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from corridormap.layers.saving.template import NewCorridor

__all__ = ["files_of_layers", "title_of"]


def files_of_layers(
    new: NewCorridor,
    layers: Mapping[str, Iterable[Mapping[str, Any]]],
    sources: Iterable[Mapping[str, Any]],
) -> dict[str, bytes]:
    """Return the files of a corridor.

    Parameters
    ----------
    new
        What it is to be.
    layers
        GeoJSON features by layer id.
    sources
        CSL-JSON entries.

    Raises
    ------
    CorridorFormatError
        A layer's id cannot be one, or what the corridor is to be cannot be written down.
    """
    manifest = manifest_head(new)
    files: dict[str, bytes] = {}
    for layer, features in layers.items():
        manifest = with_layer(manifest, {"id": layer, "title": title_of(layer)})
        files[layer_file(layer)] = new_layer_text(layer, tuple(features))
    listed = JsonList(SOURCES, None)
    for source in sources:
        listed.append(source)
    return {MANIFEST: manifest.encode(), **files, SOURCES: listed.content()}


def title_of(layer: str) -> str:
    """Return a layer's title when its user gave none: the id as words."""
    return layer.replace("-", " ").capitalize()
