"""List the files of a save that holds, so that whoever comes next can finish it.

The list is `.corridormap/journal.json` in a corridor's folder. What stands in it is not
trusted: it may come with a folder from outside, and names no file but a corridor's own.
Moves no file (layers/writing/store.py).
"""

from __future__ import annotations

import contextlib
import json
import os
import re
from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from geo.errors import CorridorFormatError
from layers.plainly import FILE_NAME

if TYPE_CHECKING:
    from pathlib import Path

__all__ = [
    "HOME",
    "Journal",
    "Step",
    "fsync_folder",
    "home_of",
    "is_pending",
    "target_of",
    "write_whole",
]

HOME = ".corridormap"
_JOURNAL = "journal.json"
_OWN = re.compile(rf"(layers/)?{FILE_NAME.strip('^$')}")


class Step(BaseModel):
    """One file of a save."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    file: Annotated[str, Field(pattern=rf"^(?:{_OWN.pattern})$", max_length=200)]
    """Its name relative to the corridor's folder."""
    staged: Annotated[str, Field(pattern=r"^staged/[0-9]+$")]
    """Where its new content stands, relative to `.corridormap`."""


class Journal(BaseModel):
    """The files of a save that holds but is not finished."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    steps: tuple[Step, ...]
    at: Annotated[str, Field(pattern=r"^[0-9T:.Z-]+$", max_length=60)]
    """The name under which the versions before it are kept."""

    def write(self, folder: Path) -> None:
        """Write it: from here on the save holds."""
        home = home_of(folder)
        write_whole(home / f"{_JOURNAL}.part", self.model_dump_json(indent=1).encode())
        (home / f"{_JOURNAL}.part").replace(home / _JOURNAL)
        fsync_folder(home)

    @staticmethod
    def remove(folder: Path) -> None:
        """Take it away: the save is finished, or never held."""
        home = home_of(folder)
        (home / f"{_JOURNAL}.part").unlink(missing_ok=True)
        (home / _JOURNAL).unlink(missing_ok=True)
        fsync_folder(home)

    @classmethod
    def read(cls, folder: Path) -> Journal | None:
        """Read it, if there is one.

        Raises
        ------
        CorridorFormatError
            It is not one that this program has written.
        """
        path = home_of(folder) / _JOURNAL
        try:
            return cls.model_validate(json.loads(path.read_bytes()))
        except FileNotFoundError:
            return None
        except (OSError, ValueError, RecursionError, ValidationError) as error:
            raise CorridorFormatError(
                "the list of a save that was cut short cannot be used",
                file=f"{HOME}/{_JOURNAL}",
                remedy="Remove that file; the corridor's own files are as they stand.",
            ) from error


def home_of(folder: Path) -> Path:
    """Return the folder in which saves are prepared; refuse one that leads elsewhere."""
    home = folder / HOME
    if home.is_symlink() or (home.exists() and not home.is_dir()):
        raise CorridorFormatError(
            "this must be a folder, not a link or a file", file=HOME, remedy="Remove it."
        )
    return home


def is_pending(folder: Path) -> bool:
    """Tell whether a save is being made, or was cut short."""
    return (folder / HOME / _JOURNAL).is_file()


def target_of(folder: Path, name: str) -> Path:
    """Return where a file of a corridor stands.

    Raises
    ------
    CorridorFormatError
        It would lead out of the folder.
    """
    path = folder / name
    inside = path.resolve().is_relative_to(folder.resolve())
    if not _OWN.fullmatch(name) or not inside or path.parent.is_symlink():
        raise CorridorFormatError(
            "the file leads out of the corridor's folder",
            file=name,
            remedy="Make it a file of the folder, not a link.",
        )
    return path.resolve()


def write_whole(path: Path, body: bytes, *, like: Path | None = None) -> None:
    """Write a file through to the disk.

    Parameters
    ----------
    path
        The file.
    body
        Its content.
    like
        A file whose rights it takes, if that is there.
    """
    with path.open("wb") as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())
    if like is not None and like.exists():
        path.chmod(like.stat().st_mode & 0o777)


def fsync_folder(folder: Path) -> None:
    """Make the names in a folder last; where a system cannot, there is nothing to be done."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
