"""Hold a folder open, and reach what is below it by name, one step at a time.

Nothing below the folder is reached through a link, and nothing but a regular file is read:
each step is taken from a folder that is held open already, so that nobody can change the way
meanwhile. On a system without such handles (`has_handles`) each step is looked at before it is
taken; that is enough for a folder at rest, and for reading alone. Knows no corridor.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from stat import S_ISDIR, S_ISLNK, S_ISREG
from typing import TYPE_CHECKING

from corridormap.layers.folder.refusal import RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Place", "has_handles"]

_REPARSE_POINT = 0x400
"""What Windows says of a junction, and of anything else that leads elsewhere."""
_READ = os.O_RDONLY | sum(
    # A pipe must not be waited for, and a terminal not become ours.
    getattr(os, name, 0)
    for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_NOCTTY", "O_BINARY")
)
_FOLDER = _READ | getattr(os, "O_DIRECTORY", 0)
_PIECE = 1 << 20


def has_handles() -> bool:
    """Tell whether this system reaches files from a folder held open, links not followed."""
    needed = {os.open, os.stat, os.mkdir, os.unlink, os.rmdir, os.rename, os.link}
    flags = all(hasattr(os, name) for name in ("O_NOFOLLOW", "O_DIRECTORY"))
    return flags and needed <= os.supports_dir_fd and os.scandir in os.supports_fd


class Place:
    """A folder held open.

    Parameters
    ----------
    path
        Where it is; used to reach something only where there are no handles.
    handle
        Its handle, or None where there are none.
    name
        How messages name what is in it: relative to the corridor's folder, "" for that itself.
    """

    def __init__(self, path: Path, handle: int | None, name: str = "") -> None:
        self.path = path
        self.handle = handle
        self._name = name

    @classmethod
    @contextmanager
    def opened(cls, folder: Path) -> Iterator[Place]:
        """Hold a folder open; links on the way to it are the user's own, and are followed once.

        Raises
        ------
        OSError
            It is not there, is no folder, or may not be opened.
        """
        path = Path(os.path.realpath(folder))
        if not has_handles():
            if not path.is_dir():
                raise NotADirectoryError(20, "it is no folder")
            yield cls(path, None)
            return
        handle = os.open(path, _FOLDER)
        try:
            yield cls(path, handle)
        finally:
            os.close(handle)

    @contextmanager
    def into(self, name: str) -> Iterator[Place]:
        """Hold open a folder that is in this one.

        Raises
        ------
        FileNotFoundError
            It is not there.
        RefusedError
            It is a link, or no folder.
        """
        state = self.state(name)
        if not S_ISDIR(state.st_mode) or _leads_elsewhere(state):
            raise RefusedError("no-folder", self.named(name))
        if self.handle is None:
            yield Place(self.path / name, None, self.named(name))
            return
        handle = self._open(name, _FOLDER)
        try:
            yield Place(self.path / name, handle, self.named(name))
        finally:
            os.close(handle)

    def named(self, name: str) -> str:
        """Return how messages name something in this folder."""
        return f"{self._name}/{name}" if self._name else name

    def at(self, name: str) -> str:
        """Return what the system is to be asked for, together with the handle."""
        if not name or name in {".", ".."} or "/" in name or os.sep in name or "\0" in name:
            raise RefusedError("name", self.named(name))
        return name if self.handle is not None else os.path.join(self.path, name)  # noqa: PTH118 - a name may be no text

    def state(self, name: str) -> os.stat_result:
        """Return what the system knows of something in this folder; a link is not followed.

        Raises
        ------
        FileNotFoundError
            It is not there.
        RefusedError
            It cannot be asked for.
        """
        try:
            return os.stat(self.at(name), dir_fd=self.handle, follow_symlinks=False)
        except FileNotFoundError:
            raise
        except OSError as error:
            raise self._unreadable(name, error) from error

    def names(self, most: int) -> tuple[list[str], bool]:
        """Return names in this folder, in order, and whether there are more than so many."""
        found: list[str] = []
        try:
            with os.scandir(self.path if self.handle is None else self.handle) as entries:
                for entry in entries:
                    if len(found) == most:
                        return sorted(found), True
                    found.append(entry.name)
        except OSError as error:
            raise self._unreadable("", error) from error
        return sorted(found), False

    def read(self, name: str, most: int) -> bytes:
        """Return the bytes of a regular file.

        Raises
        ------
        FileNotFoundError
            It is not there.
        RefusedError
            It is a link or no file, has more bytes than `most`, or may not be read.
        """
        state = self.state(name)
        self._require_file(name, state, most)
        handle = self._open(name, _READ)
        with os.fdopen(handle, "rb", buffering=0) as file:
            held = os.fstat(handle)
            self._require_file(name, held, most)
            if self.handle is None and not os.path.samestat(state, held):
                raise RefusedError("link", self.named(name))
            pieces, size = [], 0
            try:
                while piece := file.read(min(_PIECE, most + 1 - size)):
                    pieces.append(piece)
                    size += len(piece)
                    if size > most:
                        raise self._too_large(name, size, most)
            except OSError as error:
                raise self._unreadable(name, error) from error
            return b"".join(pieces)

    def _open(self, name: str, flags: int) -> int:
        try:
            return os.open(self.at(name), flags, dir_fd=self.handle)
        except FileNotFoundError:
            raise
        except OSError as error:
            raise self._unreadable(name, error) from error

    def _require_file(self, name: str, state: os.stat_result, most: int) -> None:
        if S_ISLNK(state.st_mode) or _leads_elsewhere(state):
            raise RefusedError("link", self.named(name))
        if S_ISDIR(state.st_mode):
            raise RefusedError("folder", self.named(name))
        if not S_ISREG(state.st_mode):
            raise RefusedError("no-file", self.named(name))
        if state.st_size > most:
            raise self._too_large(name, state.st_size, most)

    def _too_large(self, name: str, size: int, most: int) -> RefusedError:
        said = {"mb": f"{size / 1e6:.1f}", "most": f"{most / 1e6:g}"}
        return RefusedError("too-large", self.named(name), **said)

    def _unreadable(self, name: str, error: OSError) -> RefusedError:
        why = (error.strerror or "no reason is known").lower()
        return RefusedError("unreadable", self.named(name) if name else self._name, why=why)


def _leads_elsewhere(state: os.stat_result) -> bool:
    return bool(getattr(state, "st_file_attributes", 0) & _REPARSE_POINT)
