"""Put traps at names in a corridor's folder, and tell whether anything outside it was touched."""

from __future__ import annotations

import os
import shutil
import signal
from contextlib import contextmanager
from pathlib import Path
from stat import S_IFCHR, S_ISLNK, S_ISREG
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["TRAPS", "Tree", "in_time", "outside_of", "plant", "tree"]

Tree = dict[str, tuple[int, int, object]]
FILE, FOLDER = "precious.json", "precious"
_ZERO = 1, 5
"""The numbers of /dev/zero."""


def outside_of(home: Path, names: set[str]) -> Path:
    """Make a folder of files that nobody may touch, named as the corridor's own are."""
    outside = home / "outside"
    (outside / FOLDER / "layers").mkdir(parents=True)
    (outside / FILE).write_text("precious", encoding="utf-8")
    for name in {Path(name).name for name in names}:
        for place in (outside / FOLDER, outside / FOLDER / "layers"):
            if not (place / name).exists():
                (place / name).write_text("precious", encoding="utf-8")
    return outside


def _device(path: Path, _outside: Path) -> None:
    try:
        os.mknod(path, S_IFCHR | 0o666, os.makedev(*_ZERO))
    except OSError:  # only the system's own user may make one
        path.symlink_to("/dev/zero")


def _folder(path: Path, _outside: Path) -> None:
    path.mkdir()
    (path / "inside.json").write_text("{}", encoding="utf-8")


TRAPS: dict[str, Callable[[Path, Path], Any]] = {
    "a link to a file": lambda path, outside: path.symlink_to(outside / FILE),
    "a link to a folder": lambda path, outside: path.symlink_to(outside / FOLDER),
    "a link to nothing yet": lambda path, outside: path.symlink_to(outside / "new"),
    "a ring of links": lambda path, _: path.symlink_to(path),
    "a pipe": lambda path, _: os.mkfifo(path),
    "a device": _device,
    "a folder": _folder,
    "a hard link": lambda path, outside: path.hardlink_to(outside / FILE),
}


def plant(kind: str, path: Path, outside: Path) -> None:
    """Put a trap at a name, in the place of whatever is there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
    TRAPS[kind](path, outside)


def tree(folder: Path) -> Tree:
    """Return every name below a folder with its kind and rights, its time and its content."""
    found: Tree = {}
    for place, folders, files in os.walk(folder):
        for name in (*folders, *files):
            path = Path(place, name)
            state = path.lstat()
            content: object = ""
            if S_ISLNK(state.st_mode):
                content = path.readlink()
            elif S_ISREG(state.st_mode):
                content = path.read_bytes()
            found[str(path.relative_to(folder))] = (state.st_mode, state.st_mtime_ns, content)
    return found


@contextmanager
def in_time(seconds: float) -> Iterator[None]:
    """Fail what waits for ever: for a pipe that nobody writes to, for the end of a device."""

    def give_up(*_: object) -> None:
        raise TimeoutError(f"not done within {seconds} s")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
