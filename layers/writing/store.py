"""Save several files of a corridor's folder as one: all of them or none, whatever happens.

In the folder, `.corridormap` holds the lock, the staged new contents and, while a save is
being made, the journal. The journal is the moment of truth: without it staged files are
left-overs and are thrown away; with it they are moved to their places, now or by whoever
opens the folder next (`settle`). What they replace is kept. Nothing is written through a
link that leads out of the folder. What the files say is not looked at here.
"""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from geo.errors import CorridorFormatError
from layers.writing.history import keep_version, name_of, trim
from layers.writing.journal import (
    Journal,
    Step,
    fsync_folder,
    home_of,
    is_pending,
    target_of,
    write_whole,
)
from layers.writing.snapshot import Snapshot

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

__all__ = ["save_files", "settle"]

_STAGED = "staged"
_WAIT_S = 20.0


def save_files(
    folder: Path, change: Callable[[Snapshot], Mapping[str, bytes]], *, at: dt.datetime
) -> Snapshot:
    """Save new contents of files, all or none; return the folder as it is then.

    Parameters
    ----------
    folder
        The corridor's folder.
    change
        Given the files as they are, returns the whole new content of each that changes, by
        its name relative to the folder. What it raises ends the save before anything is
        written.
    at
        When, for the name under which the versions before are kept.

    Raises
    ------
    CorridorFormatError
        A file cannot be written, or would lead out of the folder; the folder is as before.
    """
    with _locked(folder):
        _finish(folder)
        before = Snapshot.of(folder)
        new = {
            name: body for name, body in change(before).items() if before.files.get(name) != body
        }
        if not new:
            return before
        try:
            _stage(folder, new, name_of(folder, at)).write(folder)
            _finish(folder)
        except OSError as error:
            raise CorridorFormatError(
                f"the changes cannot be saved: {error.strerror}",
                file=folder.name,
                remedy="Check that the folder may be written to and that there is room.",
            ) from error
        return Snapshot.of(folder)


def settle(folder: Path) -> bool:
    """Finish a save that was cut short; tell whether there was one.

    Raises
    ------
    CorridorFormatError
        It cannot be finished: the folder may not be written to, or its list is broken.
    """
    if not is_pending(folder):
        return False
    with _locked(folder):
        try:
            return _finish(folder)
        except OSError as error:
            raise CorridorFormatError(
                f"a save that was cut short cannot be finished: {error.strerror}",
                file=folder.name,
                remedy="Check that the folder may be written to and that there is room.",
            ) from error


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Hold the folder's lock: one process at a time saves."""
    try:
        home = home_of(folder)
        home.mkdir(exist_ok=True)
        ignore = home / ".gitignore"
        if not ignore.exists():
            ignore.write_text("# Work of corridormap, not for git.\n*\n", encoding="utf-8")
        lock = FileLock(home / "lock", timeout=_WAIT_S)
        lock.acquire()
    except Timeout as error:
        raise CorridorFormatError(
            "another program is saving into the folder",
            file=folder.name,
            remedy="Try again in a moment.",
        ) from error
    except OSError as error:
        raise CorridorFormatError(
            f"the folder cannot be written to: {error.strerror}",
            file=folder.name,
            remedy="Check its rights; or download the corridor and work on the copy.",
        ) from error
    try:
        yield
    finally:
        lock.release()


def _stage(folder: Path, new: Mapping[str, bytes], at: str) -> Journal:
    """Write new contents beside the corridor's files and return the list of them."""
    home = home_of(folder)
    (home / _STAGED).mkdir(exist_ok=True)
    steps = []
    for number, name in enumerate(sorted(new)):
        target = target_of(folder, name)
        step = Step(file=name, staged=f"{_STAGED}/{number}")
        write_whole(home / step.staged, new[name], like=target)
        steps.append(step)
    fsync_folder(home / _STAGED)
    return Journal(steps=tuple(steps), at=at)


def _finish(folder: Path) -> bool:
    """Move the staged files of a journal to their places; the lock is held.

    Returns
    -------
    bool
        Whether there was a journal. Without one, what is staged belongs to a save that never
        held and is thrown away.
    """
    journal = Journal.read(folder)
    if journal is not None:
        _move(folder, journal)
        Journal.remove(folder)
        trim(folder)
    shutil.rmtree(home_of(folder) / _STAGED, ignore_errors=True)
    return journal is not None


def _move(folder: Path, journal: Journal) -> None:
    touched = set()
    for step in journal.steps:
        path, staged = target_of(folder, step.file), home_of(folder) / step.staged
        if not staged.exists():  # moved before the save was cut short
            continue
        keep_version(folder, journal.at, [step.file])
        path.parent.mkdir(exist_ok=True)
        staged.replace(path)
        touched |= {path.parent, path.parent.parent}
    for parent in touched:
        fsync_folder(parent)
