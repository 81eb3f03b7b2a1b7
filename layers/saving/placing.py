"""Write below a folder that is held open: new files only, and never through a link.

A file is written under a name that is free, and takes another's place by being moved there:
what a link or a hard link of that name led to stays as it is. Knows no corridor.
"""

from __future__ import annotations

import contextlib
import os
from contextlib import contextmanager
from stat import S_ISDIR
from typing import TYPE_CHECKING

from corridormap.geo import whole_file
from corridormap.layers.folder.place import has_handles
from corridormap.layers.folder.refusal import RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corridormap.layers.folder.place import Place

__all__ = ["clear", "flush", "made_folder", "move", "remove", "require_writable", "write_new"]

_MOST_NAMES = 100_000
_READ_ONLY = 1
"""What statvfs says of a file system that is only read."""


def require_writable(place: Place) -> None:
    """Refuse a folder that may not, or not safely, be written to.

    Raises
    ------
    OSError
        Its rights, or its file system, forbid it.
    RefusedError
        This system has no handles.
    """
    if not has_handles() or place.handle is None:
        raise RefusedError("no-handles", "")
    if os.fstatvfs(place.handle).f_flag & _READ_ONLY:
        raise OSError(30, os.strerror(30))
    if not os.access(".", os.W_OK | os.X_OK, dir_fd=place.handle):
        raise PermissionError(13, os.strerror(13))


@contextmanager
def made_folder(place: Place, name: str) -> Iterator[Place]:
    """Hold open a folder in this one; it is made if it is not there.

    Raises
    ------
    RefusedError
        Something else has its name.
    """
    with contextlib.suppress(FileExistsError):
        os.mkdir(place.at(name), dir_fd=place.handle)
    with place.into(name) as made:
        yield made


def write_new(place: Place, name: str, body: bytes, *, rights: int | None = None) -> None:
    """Write a file through to the disk; whatever has its name now is taken away first."""
    remove(place, name)
    whole_file.write_new(place.at(name), body, rights=rights, handle=place.handle)


def move(place: Place, name: str, to: Place, new: str) -> None:
    """Move a file, at once, over whatever file or link has its new name."""
    os.replace(place.at(name), to.at(new), src_dir_fd=place.handle, dst_dir_fd=to.handle)


def remove(place: Place, name: str) -> None:
    """Take a file or a link away, if it is there.

    Raises
    ------
    RefusedError
        It is a folder.
    """
    with contextlib.suppress(FileNotFoundError):
        if S_ISDIR(place.state(name).st_mode):
            raise RefusedError("folder", place.named(name))
        os.unlink(place.at(name), dir_fd=place.handle)


def clear(place: Place, name: str) -> None:
    """Take a folder away with everything in it, or what can be; links are not followed."""
    with contextlib.suppress(OSError, RefusedError):
        if not S_ISDIR(place.state(name).st_mode):
            os.unlink(place.at(name), dir_fd=place.handle)
            return
        with place.into(name) as folder:
            for inside in folder.names(_MOST_NAMES)[0]:
                clear(folder, inside)
        os.rmdir(place.at(name), dir_fd=place.handle)


def flush(place: Place) -> None:
    """Make the names in a folder last; where a system cannot, there is nothing to be done."""
    if place.handle is not None:
        whole_file.flush_names(place.handle)
