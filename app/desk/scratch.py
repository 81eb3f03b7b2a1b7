"""Give a server one temporary folder of its own, and clear away those of servers that are gone.

A server that is killed cannot tidy up: the next one does. Only folders of this user, named as
ours and held by no process are touched. What is put into the folder is others' business.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import threading
import time
from pathlib import Path
from stat import S_ISDIR

from filelock import FileLock, Timeout

__all__ = ["Scratch", "sweep"]

_PREFIX = "corridormap-server-"
_LOCK = "lock"
_YOUNG_S = 10.0
"""A folder younger than this may belong to a server that has not yet taken its lock."""


class Scratch:
    """A folder that lives as long as its server; made when it is first asked for."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._made: Path | None = None
        self._held: FileLock | None = None

    @property
    def folder(self) -> Path:
        """The folder."""
        with self._lock:
            if self._made is None:
                made = Path(tempfile.mkdtemp(prefix=_PREFIX))
                self._held = FileLock(made / _LOCK, timeout=0, thread_local=False)
                self._held.acquire()
                self._made = made
            return self._made

    def close(self) -> None:
        """Remove the folder and all that is in it."""
        with self._lock:
            if self._made is None or self._held is None:
                return
            self._held.release()
            shutil.rmtree(self._made, ignore_errors=True)
            self._made = self._held = None


def sweep() -> int:
    """Remove what servers that are gone have left behind; return how many folders that were."""
    gone = 0
    for path in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        if _is_ours(path) and _is_left(path):
            shutil.rmtree(path, ignore_errors=True)
            gone += 1
    return gone


def _is_ours(path: Path) -> bool:
    """Tell whether it is a folder, no link, and of this user where that can be told."""
    try:
        state = path.lstat()
    except OSError:
        return False
    ours = not hasattr(os, "getuid") or state.st_uid == os.getuid()
    return S_ISDIR(state.st_mode) and ours and time.time() - state.st_mtime > _YOUNG_S


def _is_left(path: Path) -> bool:
    """Tell whether no process holds the folder's lock."""
    if not (path / _LOCK).exists():
        return True
    lock = FileLock(path / _LOCK, timeout=0)
    try:
        lock.acquire()
    except (Timeout, OSError):
        return False
    with contextlib.suppress(OSError):
        lock.release()
    return True
