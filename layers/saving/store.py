"""Save several files of a corridor's folder as one: all of them or none, whatever happens.

In the folder, `.corridormap` holds the lock, the staged new contents and, while a save is
being made, the journal. The journal is the moment of truth: without it staged files are
left-overs and are thrown away; with it whoever reads the folder reads them
(layers/folder/opening.py), and the next save moves them to their places first. A journal that
is not this user's is left alone, and nothing is saved beside it. What is replaced is kept.
Nothing is written through a link (layers/saving/placing.py). What the files say is not looked
at here.
"""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from pathlib import PurePosixPath
from stat import S_IMODE, S_ISDIR, S_ISLNK, S_ISREG
from typing import TYPE_CHECKING

from corridormap.geo.errors import CorridorError, CorridorFormatError
from corridormap.layers.folder.files import HOME, is_writable_name
from corridormap.layers.folder.journal import (
    JOURNAL,
    LARGEST_BYTES,
    STAGED,
    Journal,
    Step,
    pending_of,
)
from corridormap.layers.folder.place import Place
from corridormap.layers.folder.refusal import RefusedError
from corridormap.layers.saving.history import keep_version, name_of, trim
from corridormap.layers.saving.lock import BusyError, locked
from corridormap.layers.saving.placing import (
    clear,
    flush,
    made_folder,
    move,
    remove,
    require_writable,
    write_new,
)
from corridormap.layers.saving.snapshot import Snapshot

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

__all__ = ["IGNORE", "PART", "may_save", "save_files"]

PART = f"{JOURNAL}.part"
IGNORE = ".gitignore"
_WAIT_S = 20.0
_RIGHTS = 0o777


def may_save(folder: Path) -> bool:
    """Tell whether a folder can be saved into, as far as is known without writing."""
    try:
        with Place.opened(folder) as place:
            require_writable(place)
            return pending_of(place).refusal is None
    except (OSError, ValueError, CorridorError):
        return False


def save_files(
    folder: Path, change: Callable[[Snapshot], Mapping[str, bytes | None]], *, at: dt.datetime
) -> Snapshot:
    """Save new contents of files, all or none; return the folder as it is then.

    Parameters
    ----------
    folder
        The corridor's folder.
    change
        Given the files as they are, returns the whole new content of each that changes, by
        its name relative to the folder; None takes a file away. What it raises ends the save
        before anything is written.
    at
        When, for the name under which the versions before are kept.

    Raises
    ------
    CorridorFormatError
        A file cannot be written, or would lead out of the folder; the folder is as before.
    """
    try:
        with Place.opened(folder) as place:
            require_writable(place)
            with made_folder(place, HOME) as home, locked(home, wait_s=_WAIT_S):
                return _saved(place, home, change, at)
    except BusyError as error:
        raise CorridorFormatError("another-program-is-saving", file=folder.name) from error
    except OSError as error:
        raise CorridorFormatError(
            "corridor-folder-cannot-be-written", file=folder.name, why=error.strerror
        ) from error


def _saved(
    place: Place,
    home: Place,
    change: Callable[[Snapshot], Mapping[str, bytes | None]],
    at: dt.datetime,
) -> Snapshot:
    """Save into a folder whose lock is held."""
    _keep_from_git(home)
    _finish(place, home)
    before = Snapshot.of_place(place)
    new = {name: body for name, body in change(before).items() if before.files.get(name) != body}
    if not new:
        return before
    _hold(home, _stage(place, home, new, name_of(home, at)))
    _finish(place, home)
    return Snapshot.of_place(place)


def _keep_from_git(home: Place) -> None:
    try:
        home.state(IGNORE)
    except FileNotFoundError:
        write_new(home, IGNORE, b"# Work of corridormap, not for git.\n*\n")


def _stage(place: Place, home: Place, new: Mapping[str, bytes | None], at: str) -> Journal:
    """Write new contents beside the corridor's files and return the list of them."""
    rights = {name: _rights(place, name) for name in sorted(new)}
    steps = []
    with made_folder(home, STAGED) as staged:
        for number, name in enumerate(rights):
            said = new[name]
            body = said or b""
            if len(body) > LARGEST_BYTES:
                most, mb = f"{LARGEST_BYTES / 1e6:g}", f"{len(body) / 1e6:.1f}"
                raise RefusedError("too-large", name, mb=mb, most=most)
            digest = hashlib.sha256(body).hexdigest()
            step = Step(file=name, staged=str(number), sha256=digest, gone=said is None)
            steps.append(step)
            write_new(staged, str(number), body, rights=rights[name])
        flush(staged)
    return Journal.sealed(place, tuple(steps), at)


def _hold(home: Place, journal: Journal) -> None:
    """Write the list: from here on the save holds."""
    write_new(home, PART, journal.model_dump_json(indent=1, exclude_defaults=True).encode())
    move(home, PART, home, JOURNAL)
    flush(home)


def _finish(place: Place, home: Place) -> None:
    """Move the staged files of a save that holds to their places; the lock is held.

    Without one, what is staged belongs to a save that never held and is thrown away.

    Raises
    ------
    CorridorFormatError
        There is one that is not this user's, or a place leads out of the folder.
    """
    pending = pending_of(place)
    if pending.refusal is not None:
        raise CorridorFormatError.of([pending.refusal.finding])
    if pending.journal is not None:
        for name in pending.staged:
            _rights(place, name)
        steps = [step for step in pending.journal.steps if step.file in pending.staged]
        _move(place, home, steps, pending.journal.at)
        remove(home, JOURNAL)
        flush(home)
        trim(home)
    remove(home, PART)
    clear(home, STAGED)


def _move(place: Place, home: Place, steps: list[Step], at: str) -> None:
    for step in steps:
        with _at(place, step.file) as (folder, name), home.into(STAGED) as staged:
            if step.gone:
                _take_away(home, at, folder, name)
                remove(staged, step.staged)
            else:
                keep_version(home, at, folder, name)
                move(staged, step.staged, folder, name)
                flush(folder)
    flush(place)


def _take_away(home: Place, at: str, folder: Place, name: str) -> None:
    try:
        folder.state(name)
    except FileNotFoundError:  # it was, before the save was cut short
        return
    keep_version(home, at, folder, name)
    remove(folder, name)
    flush(folder)


@contextmanager
def _at(place: Place, file: str) -> Iterator[tuple[Place, str]]:
    """Hold the folder in which a file of a corridor stands, and give the file's name in it."""
    path = PurePosixPath(file)
    if len(path.parts) == 1:
        yield place, path.name
        return
    with made_folder(place, path.parts[0]) as folder:
        yield folder, path.name


def _rights(place: Place, file: str) -> int | None:
    """Return the rights that a file has, if it is there; refuse a place that leads out.

    Raises
    ------
    CorridorFormatError
        It is not a file of the corridor's folder.
    """
    if not is_writable_name(file):
        raise _leads_out(file)
    try:
        if "/" not in file:
            state = place.state(file)
        else:
            home, name = file.split("/")
            folder = place.state(home)
            if not S_ISDIR(folder.st_mode):
                raise _leads_out(file)
            with place.into(home) as held:
                state = held.state(name)
    except FileNotFoundError:
        return None
    if S_ISLNK(state.st_mode):
        raise _leads_out(file)
    if not S_ISREG(state.st_mode):
        raise RefusedError("folder" if S_ISDIR(state.st_mode) else "no-file", file)
    return S_IMODE(state.st_mode) & _RIGHTS


def _leads_out(file: str) -> CorridorFormatError:
    return CorridorFormatError("file-leads-out-of-folder", file=file)
