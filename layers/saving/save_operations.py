"""Save operations into a corridor's folder: every file that they change, as one save.

Until the save is whole the corridor is as before; of files that change the versions before
are kept (layers/saving/store.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from corridormap.geo.errors import CorridorFormatError
from corridormap.layers.folder.files import layer_file
from corridormap.layers.saving.apply import apply
from corridormap.layers.saving.edits import AddLayer, hash_of, parse_operations
from corridormap.layers.saving.objects import list_or_none
from corridormap.layers.saving.operation_places import place_of_object
from corridormap.layers.saving.snapshot import Snapshot
from corridormap.layers.saving.store import save_files

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from corridormap.layers.saving.apply import Applied
    from corridormap.layers.saving.edits import Operation

__all__ = ["save_operations"]


def save_operations(
    folder: Path,
    operations: Iterable[Mapping[str, Any]],
    *,
    base: Mapping[str, bytes],
    at: dt.datetime,
) -> None:
    """Change a corridor by operations.

    Parameters
    ----------
    folder
        The corridor's folder.
    operations
        As plain JSON values.
    base
        The corridor's files as they were when the operations were made.
    at
        When, for the name under which the versions before are kept.

    Raises
    ------
    CorridorFormatError
        A new layer is there already, somebody else has changed the same, or a file cannot be
        changed or written.
    """
    made = [_on(base, one) for one in parse_operations([dict(one) for one in operations])]

    def change(snapshot: Snapshot) -> Mapping[str, bytes | None]:
        applied = apply(snapshot.files, made)
        for one in made:
            if isinstance(one, AddLayer) and _is_there(one, snapshot, applied):
                file = layer_file(one.layer.id)
                raise CorridorFormatError("layer-file-is-there-already", file=file)
        if applied.conflicts:
            raise CorridorFormatError("changed-by-somebody-else", file=applied.conflicts[0].file)
        return applied.to_save

    change(Snapshot.of(folder))  # what is refused is refused before anything is touched
    save_files(folder, change, at=at)


def _is_there(one: AddLayer, snapshot: Snapshot, applied: Applied) -> bool:
    clashes = {conflict.id for conflict in applied.conflicts}
    return layer_file(one.layer.id) in snapshot.files or one.layer.id in clashes


def _on(base: Mapping[str, bytes], operation: Operation) -> Operation:
    """Return an operation that says what it found."""
    if isinstance(operation, AddLayer):
        return operation
    file, id_ = place_of_object(operation)
    held = list_or_none(file, base.get(file))
    now = held.get(id_) if held is not None else None
    return operation.model_copy(update={"was": None if now is None else hash_of(now)})
