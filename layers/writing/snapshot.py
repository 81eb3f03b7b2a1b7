"""Read the files that make a corridor, all at once, with a word that changes when they do.

Only a corridor's own files are read, never a link that leads out of its folder. Writes
nothing (layers/writing/store.py).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from geo.errors import CorridorFormatError
from layers.folder.files import ANNOTATIONS, MANIFEST, SOURCES, STYLE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

__all__ = ["Snapshot", "own_files"]

_TEXTS = {".md", ".txt"}
_DATA = {".topojson", ".toml", ".json", ".jsonld"}
_LARGEST_BYTES = 64_000_000


@dataclass(frozen=True)
class Snapshot:
    """A corridor's files as they were read."""

    files: Mapping[str, bytes]

    @classmethod
    def of(cls, folder: Path) -> Snapshot:
        """Read a folder.

        Raises
        ------
        CorridorFormatError
            A file cannot be read, or is too large.
        """
        files = {}
        for path in own_files(folder):
            name = path.relative_to(folder).as_posix()
            try:
                if path.stat().st_size > _LARGEST_BYTES:
                    raise CorridorFormatError(
                        "the file is too large to be edited",
                        file=name,
                        remedy=f"Split it to less than {_LARGEST_BYTES / 1e6:g} MB.",
                    )
                files[name] = path.read_bytes()
            except FileNotFoundError:  # taken away since it was listed
                continue
            except OSError as error:
                raise CorridorFormatError(
                    f"the file cannot be read: {error.strerror}",
                    file=name,
                    remedy="Check its rights.",
                ) from error
        return cls(files)

    @cached_property
    def hashes(self) -> dict[str, str]:
        """The content of each file as 16 hexadecimal digits."""
        return {
            name: hashlib.sha256(body).hexdigest()[:16] for name, body in sorted(self.files.items())
        }

    @cached_property
    def revision(self) -> str:
        """A word that changes when any file does."""
        said = "".join(f"{name}\0{digits}\n" for name, digits in self.hashes.items())
        return hashlib.sha256(said.encode()).hexdigest()[:16]


def own_files(folder: Path) -> Iterator[Path]:
    """Yield the files that make a corridor: its data, and texts that lie beside them."""
    home = folder.resolve()
    named = {MANIFEST, STYLE, SOURCES, ANNOTATIONS}
    found = [path for path in folder.glob("*") if path.name in named or _is_beside(path)]
    found += folder.glob("layers/*.geojson")
    for path in sorted(found):
        if path.name.startswith(".") or not path.resolve().is_relative_to(home):
            continue
        if path.is_file():
            yield path


def _is_beside(path: Path) -> bool:
    return path.suffix.lower() in _TEXTS | _DATA
