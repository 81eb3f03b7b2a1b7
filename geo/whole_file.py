"""Write a file, or a new folder, so that it is there whole or not at all.

It is written beside its place under a name that nobody can guess, through to the disk, and then
moved there; what stood there before stays until then. Nothing is written through a link, or into
a file that is there. What is in it, and what a user is told when it fails, is the caller's.
"""

from __future__ import annotations

import os
import secrets
import shutil
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["flush_names", "put_folder", "put_whole", "write_new"]

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL
# No line ends of a system's own, and no link followed, where a system knows of them.
_AS_IT_IS = getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
_EVERYBODY = 0o666
"""Less what the user's own mask takes off."""


def write_new(
    name: str | Path,
    body: bytes,
    *,
    mode: int = _EVERYBODY,
    rights: int | None = None,
    handle: int | None = None,
) -> None:
    """Write a file that is not there yet, through to the disk.

    Parameters
    ----------
    name, handle
        Its path; or its name in a folder that is held open.
    body
        What it says.
    mode
        The rights that it is made with, less the user's mask.
    rights
        The rights that it is to have, whatever the mask says.

    Raises
    ------
    OSError
        Something is there, or it cannot be written.
    """
    opened = os.open(name, _NEW | _AS_IT_IS, mode, dir_fd=handle)
    with os.fdopen(opened, "wb") as file:
        file.write(body)
        file.flush()
        if rights is not None:
            os.fchmod(file.fileno(), rights)
        os.fsync(file.fileno())


def put_whole(path: Path, body: bytes, *, mode: int = _EVERYBODY) -> None:
    """Put a whole file in its place, over the one that may be there.

    Parameters
    ----------
    path, body, mode
        See `write_new`.

    Raises
    ------
    OSError
        Its folder is not there or may not be written to, or the disk is full.
    """
    partial = _beside(path)
    try:
        write_new(partial, body, mode=mode)
        partial.replace(path)
    finally:
        # It is there only if something went wrong, or if the user stopped the program.
        with suppress(OSError):
            partial.unlink(missing_ok=True)


def put_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put a whole folder of files in its place, where nothing or an empty folder is.

    Parameters
    ----------
    folder
        Its path.
    files
        What is in it, by the name relative to it.

    Raises
    ------
    OSError
        Something is there, or it cannot be written.
    """
    # A folder in a folder of this user alone: that one has the rights of any that the user makes.
    beside = _beside(folder.absolute())
    made = beside / "made"
    try:
        beside.mkdir(mode=0o700)
        made.mkdir()
        for name, body in files.items():
            path = made / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(body)
        if folder.is_dir():
            folder.rmdir()
        made.rename(folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def flush_names(folder: Path | int) -> None:
    """Make the names in a folder last through a power cut, where the system can.

    Parameters
    ----------
    folder
        Its path, or a handle that holds it open.
    """
    with suppress(OSError):
        if isinstance(folder, int):
            os.fsync(folder)
            return
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}.{secrets.token_hex(8)}.part")
