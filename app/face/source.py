"""Where a corridor of the face comes from: a folder, or files in memory. Draws nothing.

A source gives single files when they are asked for, and the whole corridor when something needs
all of it. What cannot be read then is told as a warning, as a command tells it on stderr.
"""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Protocol

from corridormap.app.opening.notes import opening_notes
from corridormap.geo.errors import CorridorFormatError
from corridormap.layers.corridor.corridor import Corridor as ReadCorridor
from corridormap.layers.corridor.corridor import load_corridor
from corridormap.layers.folder.opening import read_file, stamp_of
from corridormap.layers.folder.refusal import RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from corridormap.geo.errors import Finding
    from corridormap.layers.folder.refusal import Refusal

__all__ = ["CorridorWarning", "FileSource", "FolderSource", "Source"]

_STACK = 2


class CorridorWarning(UserWarning):
    """Something of a corridor could not be read and is not shown."""


class Source(Protocol):
    """What a corridor is read from."""

    @property
    def name(self) -> str:
        """How messages and `repr` name it."""

    def read(self, file: str) -> bytes:
        """Return one file by its name relative to the corridor's folder.

        Raises
        ------
        CorridorFormatError
            It is not there, or is not to be opened.
        """

    def whole(self) -> ReadCorridor:
        """Read all of it, and warn of what cannot be read.

        Raises
        ------
        CorridorFormatError
            It is no corridor any more.
        """


class FolderSource:
    """A corridor's folder, as it stood when it was opened.

    Parameters
    ----------
    folder
        The folder. One that changes afterwards is not read any further: parts of two states
        would look like one corridor.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._stamp = stamp_of(folder)

    @property
    def name(self) -> str:
        """The folder's path."""
        return str(self.folder)

    def read(self, file: str) -> bytes:
        """Return one file; see `Source`."""
        body = read_file(self.folder, file)
        self._require_unchanged()
        return body

    def whole(self) -> ReadCorridor:
        """Read the folder; see `Source`."""
        read = load_corridor(self.folder)
        self._require_unchanged()
        _warn(opening_notes(read))
        return read

    def _require_unchanged(self) -> None:
        if stamp_of(self.folder) != self._stamp:
            raise CorridorFormatError("folder-has-changed", file=self.folder.name)


class FileSource:
    """A corridor's files in memory, by their names relative to its folder.

    Parameters
    ----------
    files
        Contents by name.
    name
        How messages name it.
    refusals, others
        What was left out where they are from, and names of files that no layer's file can have.
    """

    def __init__(
        self,
        files: Mapping[str, bytes],
        *,
        name: str,
        refusals: tuple[Refusal, ...] = (),
        others: tuple[str, ...] = (),
    ) -> None:
        self._files = files
        self._name = name
        self._refusals = refusals
        self._others = others

    @property
    def name(self) -> str:
        """What it was called when it was given."""
        return self._name

    def read(self, file: str) -> bytes:
        """Return one file; see `Source`."""
        if file not in self._files:
            raise RefusedError("missing", file)
        return self._files[file]

    def whole(self) -> ReadCorridor:
        """Read the files; see `Source`."""
        read = ReadCorridor.of(self._files, refusals=self._refusals, others=self._others)
        _warn(read.findings)
        return read


def _warn(findings: Iterable[Finding]) -> None:
    for finding in findings:
        warnings.warn(str(finding), CorridorWarning, stacklevel=_STACK)
