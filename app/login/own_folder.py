"""Keep small files of the tool's own in a folder that only this user reads and writes.

The folder is the platform's own for such things; it and its files are made for this user
alone, links in it are not followed, and what others may write is not used. Holds nothing of
a corridor.
"""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING, Self

from corridormap.geo.whole_file import put_whole
from corridormap.layers.folder.seal import state_folder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = ["OwnFolder"]

_MOST_BYTES = 2_000_000
_FOLLOW_NOT = getattr(os, "O_NOFOLLOW", 0)
_WAIT_NOT = getattr(os, "O_NONBLOCK", 0)
_BYTES = getattr(os, "O_BINARY", 0)
_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH


class OwnFolder:
    """A folder of this user's own, and the small files in it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @classmethod
    def find(cls) -> Self | None:
        """Return the folder, made if it is not there; None where there can be none."""
        try:
            path = state_folder()
            path.mkdir(parents=True, exist_ok=True, mode=0o700)
            if not _is_own(path.lstat(), stat.S_ISDIR):
                return None
        except (OSError, RuntimeError):  # no home folder is a RuntimeError
            return None
        return cls(path)

    def seen(self, name: str) -> tuple[int, int, int] | None:
        """Return what changes when a file does; None if there is none."""
        try:
            found = (self.path / name).lstat()
        except OSError:
            return None
        return found.st_ino, found.st_size, found.st_mtime_ns

    def read(self, name: str) -> bytes | None:
        """Return a file's bytes; None if it is missing, too large, a link or not our own."""
        try:
            handle = os.open(self.path / name, os.O_RDONLY | _FOLLOW_NOT | _WAIT_NOT | _BYTES)
        except OSError:
            return None
        with open(handle, "rb") as file:  # noqa: PTH123 - a handle has no path
            found = os.fstat(handle)
            if not _is_own(found, stat.S_ISREG) or found.st_size > _MOST_BYTES:
                return None
            return file.read(_MOST_BYTES)

    def write(self, name: str, data: bytes) -> None:
        """Put a whole file in the place of the one before, readable to this user alone.

        Raises
        ------
        OSError
            The disk is full or the folder cannot be written any more.
        """
        put_whole(self.path / name, data, mode=0o600)


def _is_own(found: os.stat_result, is_kind: Callable[[int], bool]) -> bool:
    """Tell whether a file is of a kind, this user's, and written by nobody else."""
    if not is_kind(found.st_mode):
        return False
    if not hasattr(os, "getuid"):  # Windows: the folder is below the user's own profile
        return True
    return found.st_uid == os.getuid() and not found.st_mode & _OTHERS_WRITE
