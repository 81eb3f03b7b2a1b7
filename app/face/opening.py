"""Open a corridor for the face: built in, from a folder or from a zip."""

from __future__ import annotations

from os import fspath
from pathlib import Path
from typing import TYPE_CHECKING

from corridormap.app.face.corridor import Corridor
from corridormap.app.face.source import FileSource, FolderSource
from corridormap.layers.corridor.corridor import find_corridor
from corridormap.layers.folder.zip_file import read_zip

if TYPE_CHECKING:
    from os import PathLike

__all__ = ["open_corridor"]


def open_corridor(id_or_path: str | PathLike[str]) -> Corridor:
    """Return a corridor; see `corridormap.open`."""
    given = fspath(id_or_path)
    path = Path(given)
    if path.is_file():
        read = read_zip(path)
        return Corridor(
            FileSource(read.files, name=given, refusals=read.refusals, others=read.others)
        )
    return Corridor(FolderSource(find_corridor(given)))
