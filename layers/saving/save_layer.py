"""Save a new layer into a corridor's folder: its file, its source and its entry, as one save.

Until the save is whole the corridor is as before; of files that change the versions before
are kept (layers/saving/store.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from corridormap.geo.errors import CorridorFormatError
from corridormap.layers.folder.files import layer_file
from corridormap.layers.saving.apply import apply
from corridormap.layers.saving.edits import parse_operations
from corridormap.layers.saving.snapshot import Snapshot
from corridormap.layers.saving.store import save_files

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["save_layer"]


def save_layer(
    folder: Path,
    *,
    entry: Mapping[str, Any],
    collection: Mapping[str, Any],
    source: Mapping[str, Any] | None,
    at: dt.datetime,
) -> None:
    """Add a layer to a corridor.

    Parameters
    ----------
    folder
        The corridor's folder.
    entry
        The layer as corridor.toml names it: id, title and perhaps group, visible, notes.
    collection
        Its GeoJSON.
    source
        A CSL-JSON entry to add to the sources, if any.
    at
        When, for the name under which the versions before are kept.

    Raises
    ------
    CorridorFormatError
        The layer is there already, a file cannot be changed or cannot be written.
    """
    operations = parse_operations(
        [
            {
                "op": "add_layer",
                "layer": dict(entry),
                "features": list(collection["features"]),
                "source": None if source is None else dict(source),
            }
        ]
    )
    file = layer_file(str(entry["id"]))

    def change(snapshot: Snapshot) -> Mapping[str, bytes]:
        applied = apply(snapshot.files, operations)
        if applied.conflicts or file in snapshot.files:
            raise CorridorFormatError("layer-file-is-there-already", file=file)
        return applied.changes

    change(Snapshot.of(folder))  # what is refused is refused before anything is touched
    save_files(folder, change, at=at)
