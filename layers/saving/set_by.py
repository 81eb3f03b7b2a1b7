"""Say what an operation on a corridor's settings finds, and what it makes of the two TOML files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from corridormap.layers.folder.files import MANIFEST, STYLE, layer_file
from corridormap.layers.saving.edits import PutCorridor, PutLayer, PutOrder, RemoveLayer
from corridormap.layers.saving.settings import (
    layer_settings,
    order_of,
    settings_of,
    whole_layer,
    with_layer_settings,
    with_order,
    with_settings,
    without_layer,
)
from corridormap.layers.saving.toml_text import manifest_of, style_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from corridormap.layers.saving.edits import OfSettings

__all__ = ["found_by", "set_by"]

_Said = dict[str, Any] | None


def found_by(operation: OfSettings, files: Mapping[str, bytes]) -> tuple[_Said, _Said]:
    """Return what is set where an operation changes it, and what its `was` is the hash of.

    Parameters
    ----------
    operation
        What is to be set.
    files
        The corridor's files as they were found.
    """
    manifest, style = manifest_of(files.get(MANIFEST)), style_of(files.get(STYLE))
    if isinstance(operation, RemoveLayer):
        now = layer_settings(manifest, style, operation.id)
        whole = None if now is None else whole_layer(now, files.get(layer_file(operation.id)))
        return now, whole
    match operation:
        case PutCorridor():
            found: _Said = settings_of(manifest)
        case PutOrder():
            found = order_of(manifest)
        case _:
            found = layer_settings(manifest, style, str(operation.layer.get("id", "")))
    return found, found


def set_by(operation: OfSettings, manifest: str, style: str) -> tuple[str, str]:
    """Return corridor.toml and style.toml as an operation leaves them.

    Raises
    ------
    CorridorFormatError
        A field cannot be what it is given, or a text is broken.
    """
    match operation:
        case PutCorridor():
            return with_settings(manifest, operation.corridor), style
        case PutOrder():
            return with_order(manifest, operation.layers), style
        case PutLayer():
            return with_layer_settings(manifest, style, operation.layer)
        case RemoveLayer():
            return without_layer(manifest, style, operation.id)
