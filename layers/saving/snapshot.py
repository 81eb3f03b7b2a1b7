"""Hold the files that make a corridor as they were read, with a word that changes when they do.

They are read by layers/folder/opening.py. Writes nothing (layers/saving/store.py).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from corridormap.geo.errors import CorridorFormatError
from corridormap.layers.folder.opening import read_folder, read_place

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from corridormap.layers.folder.opening import FolderFiles
    from corridormap.layers.folder.place import Place

__all__ = ["Snapshot"]

_IN_PART = {"unreadable", "too-large", "too-much", "too-many", "unsteady"}
"""Why a file was not read that is one of the corridor's."""


@dataclass(frozen=True)
class Snapshot:
    """A corridor's files as they were read."""

    files: Mapping[str, bytes]
    hashes: Mapping[str, str] = field(init=False)
    """The content of each file as 16 hexadecimal digits."""
    revision: str = field(init=False)
    """A word that changes when any file does."""

    def __post_init__(self) -> None:
        """Hash the files."""
        hashes = {
            name: hashlib.sha256(body).hexdigest()[:16] for name, body in sorted(self.files.items())
        }
        said = "".join(f"{name}\0{digits}\n" for name, digits in hashes.items())
        object.__setattr__(self, "hashes", hashes)
        object.__setattr__(self, "revision", hashlib.sha256(said.encode()).hexdigest()[:16])

    @classmethod
    def of(cls, folder: Path) -> Snapshot:
        """Read a folder.

        Raises
        ------
        CorridorFormatError
            A file cannot be read, or is too large.
        """
        return cls._of(read_folder(folder))

    @classmethod
    def of_place(cls, place: Place) -> Snapshot:
        """Read a folder that is held open; it raises as `of` does."""
        return cls._of(read_place(place))

    @classmethod
    def _of(cls, read: FolderFiles) -> Snapshot:
        faults = [refusal.finding for refusal in read.refusals if refusal.code in _IN_PART]
        if faults:
            raise CorridorFormatError.of(faults)
        return cls(read.files)
