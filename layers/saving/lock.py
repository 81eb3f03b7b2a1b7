"""Let one process at a time save into a folder, and one thread of it.

The lock is a file that is held; a process that is killed lets go of it. What has been put at
its name - a link, a pipe, a hard link to somebody's file - is taken away, not opened.
"""

from __future__ import annotations

import contextlib
import os
import time
from contextlib import contextmanager
from stat import S_ISREG
from typing import TYPE_CHECKING

from corridormap.layers.folder.refusal import RefusedError
from corridormap.layers.saving.placing import remove

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corridormap.layers.folder.place import Place

__all__ = ["LOCK", "BusyError", "locked"]

LOCK = "lock"
_PAUSE_S = 0.02
_TRIES = 100


class BusyError(Exception):
    """Another process, or another thread, kept the lock."""


@contextmanager
def locked(home: Place, *, wait_s: float) -> Iterator[None]:
    """Hold the lock in a folder.

    Raises
    ------
    BusyError
        It was held by another for longer than `wait_s`.
    OSError, RefusedError
        The lock cannot be made.
    """
    try:
        import fcntl
    except ImportError as error:
        raise RefusedError("no-handles", "") from error
    deadline = time.monotonic() + wait_s
    while True:
        handle = _opened(home)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            # Somebody may have taken the file away, and another one locks a new one.
            if _is_at(home, handle):
                break
        except BlockingIOError:
            pass
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)
        if time.monotonic() > deadline:
            raise BusyError
        time.sleep(_PAUSE_S)
    try:
        yield
    finally:
        os.close(handle)


def _opened(home: Place) -> int:
    flags = os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    for _ in range(_TRIES):
        with contextlib.suppress(FileNotFoundError):
            state = home.state(LOCK)
            if S_ISREG(state.st_mode) and state.st_nlink == 1:
                handle = os.open(home.at(LOCK), flags, dir_fd=home.handle)
                if S_ISREG(os.fstat(handle).st_mode):
                    return handle
                os.close(handle)
            remove(home, LOCK)
        with contextlib.suppress(FileExistsError):
            new = flags | os.O_CREAT | os.O_EXCL
            return os.open(home.at(LOCK), new, 0o644, dir_fd=home.handle)
    raise BusyError


def _is_at(home: Place, handle: int) -> bool:
    try:
        return os.path.samestat(home.state(LOCK), os.fstat(handle))
    except FileNotFoundError:
        return False
