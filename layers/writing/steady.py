"""Read a corridor's folder as it stood at one moment, not in the middle of a save.

A save that was cut short is finished first; a folder that changes while it is read is read
again. Knows nothing of what is read.
"""

from __future__ import annotations

import os
from stat import S_ISREG
from typing import TYPE_CHECKING, TypeVar

from layers.writing.journal import is_pending
from layers.writing.store import settle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

__all__ = ["Stamp", "stamp_of", "steadily"]

T = TypeVar("T")
Stamp = tuple[tuple[str, int, int], ...]
_TRIES = 5


def steadily(folder: Path, read: Callable[[], T]) -> T:
    """Return what `read` makes of a folder that nobody changes meanwhile.

    Of one that never rests the last reading is returned.

    Raises
    ------
    CorridorFormatError
        A save was cut short and cannot be finished: the folder may not be written to.
    """
    for _ in range(_TRIES - 1):
        settle(folder)
        before = stamp_of(folder)
        made = read()
        if not is_pending(folder) and stamp_of(folder) == before:
            return made
    settle(folder)
    return read()


def stamp_of(folder: Path) -> Stamp:
    """Return name, size and time of every file of a folder; hidden ones do not count."""
    return tuple(sorted(_states(folder)))


def _states(folder: Path) -> Iterator[tuple[str, int, int]]:
    for place, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in files:
            path = os.path.join(place, name)  # noqa: PTH118 - asked for every two seconds
            try:
                state = os.stat(path)  # noqa: PTH116
            except OSError:  # gone since it was listed
                continue
            if S_ISREG(state.st_mode) and not name.startswith("."):
                yield path, state.st_size, state.st_mtime_ns
