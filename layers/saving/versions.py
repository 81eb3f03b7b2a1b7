"""Read what saves have kept of a corridor's folder, and say what brings it back.

A version is the folder as it was before a save. What the save replaced is kept whole
(layers/saving/history.py), so the version is made of the files that it and every later save kept:
of each file the oldest of them, else the file as it is. `.corridormap` may come with a folder from
outside: no link in it is followed, all is bounded, and nothing but what saves write is taken.
"""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from corridormap.geo.errors import CorridorError, CorridorFormatError, Finding
from corridormap.layers.corridor.corridor import Corridor
from corridormap.layers.folder.files import HOME, LAYERS, is_layer_file, is_own, is_writable_name
from corridormap.layers.folder.journal import LARGEST_BYTES
from corridormap.layers.folder.opening import MOST_BYTES, MOST_FILES
from corridormap.layers.folder.place import Place
from corridormap.layers.folder.refusal import RefusedError
from corridormap.layers.saving.history import CREATED, HISTORY, KEPT_SAVES, NAME
from corridormap.layers.saving.snapshot import Snapshot
from corridormap.layers.saving.store import save_files
from corridormap.layers.wording.words import short

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

__all__ = ["Version", "changes_of_version", "restore_version", "versions_of"]

_MOST_NAMES = 10_000
_CHARACTERS_OF_SECOND = 19


@dataclass(frozen=True)
class Version:
    """A corridor's folder as it was before a save."""

    name: str
    """Of the folder that keeps it in `.corridormap/history`."""
    before: Snapshot | None
    """All files as they were; None if what is kept cannot be read."""
    after: Snapshot | None
    """All files as they were before the next save, or as they are now."""
    trouble: Finding | None = None
    """Why it cannot be read."""

    @property
    def at(self) -> str:
        """When the save was made, in ISO 8601: to the second, UTC."""
        day, time = self.name[:_CHARACTERS_OF_SECOND].split("T")
        return f"{day}T{time.replace('-', ':')}Z"

    @property
    def files(self) -> tuple[str, ...]:
        """The files that the save changed, made or took away."""
        if self.before is None or self.after is None:
            return ()
        names = {*self.before.hashes, *self.after.hashes}
        older, newer = self.before.hashes, self.after.hashes
        return tuple(sorted(name for name in names if older.get(name) != newer.get(name)))


def versions_of(folder: Path) -> Iterator[Version]:
    """Yield the versions that a folder keeps, the latest first.

    One that cannot be read is named, and so are those before it, which hang on it.

    Raises
    ------
    CorridorFormatError
        The folder itself cannot be read.
    """
    after: Snapshot | None = Snapshot.of(folder)
    trouble: Finding | None = None
    for name in reversed(_names(folder)):
        before = None
        if after is not None:
            try:
                before = _before(after, _kept(folder, [name]))
            except CorridorFormatError as error:
                trouble = error.faults[0]
        yield Version(name, before, after, None if before else trouble)
        after = before


def changes_of_version(folder: Path, name: str, now: Snapshot) -> dict[str, bytes | None]:
    """Return the whole content of each file that differs in a version; None if it had none.

    Raises
    ------
    CorridorFormatError
        There is no such version, what is kept of it cannot be read, or it opens no corridor.
    """
    names = _names(folder)
    if name not in names:
        raise CorridorFormatError("no-such-version", name=short(name))
    version = _before(now, _kept(folder, names[names.index(name) :]))
    try:
        Corridor.of(dict(version.files))
    except CorridorError as error:
        why = str(error.faults[0].problem)
        raise CorridorFormatError("version-opens-no-corridor", name=name, why=why) from error
    changed = {file: body for file, body in version.files.items() if now.files.get(file) != body}
    return {**changed, **dict.fromkeys(now.files.keys() - version.files.keys())}


def restore_version(folder: Path, name: str, *, at: dt.datetime) -> Snapshot:
    """Bring a version back by a save: what is replaced is a version in its turn.

    Parameters
    ----------
    folder
        The corridor's folder.
    name
        Of the version.
    at
        When, for the name under which the files as they are now are kept.

    Raises
    ------
    CorridorFormatError
        As `changes_of_version`, or a file cannot be written; the folder is as before.
    """
    changes = partial(changes_of_version, folder, name)
    changes(Snapshot.of(folder))  # what is refused is refused before anything is touched
    return save_files(folder, changes, at=at)


def _before(after: Snapshot, kept: Mapping[str, bytes | None]) -> Snapshot:
    files = {**after.files, **kept}
    return Snapshot({name: body for name, body in sorted(files.items()) if body is not None})


def _names(folder: Path) -> list[str]:
    """Return the names of the saves that are kept, the oldest first."""
    with (
        suppress(OSError, RefusedError),
        Place.opened(folder) as place,
        place.into(HOME) as home,
        home.into(HISTORY) as history,
    ):
        names = [name for name in history.names(_MOST_NAMES)[0] if _is_moment(name)]
        return names[-KEPT_SAVES:]
    return []


def _is_moment(name: str) -> bool:
    if not NAME.fullmatch(name):
        return False
    try:
        dt.datetime.strptime(name[:_CHARACTERS_OF_SECOND], "%Y-%m-%dT%H-%M-%S")  # noqa: DTZ007 - asked for its sense alone
    except ValueError:
        return False
    return True


def _kept(folder: Path, names: list[str]) -> dict[str, bytes | None]:
    """Return what saves have kept, of each file the first: None for one that was not there."""
    kept: dict[str, bytes | None] = {}
    left = MOST_BYTES
    try:
        with (
            Place.opened(folder) as place,
            place.into(HOME) as home,
            home.into(HISTORY) as history,
        ):
            for name in names:
                with history.into(name) as save:
                    created = {file: None for _, _, file in _created(save) if file not in kept}
                    for held, own, file in _own(save):
                        if file in kept:
                            continue
                        body = held.read(own, min(LARGEST_BYTES, left))
                        left -= len(body)
                        kept[file] = body
                kept = {**created, **kept}
    except FileNotFoundError as error:
        raise RefusedError("missing", f"{HOME}/{HISTORY}") from error
    except OSError as error:
        why = (error.strerror or "no reason is known").lower()
        raise RefusedError("unreadable", f"{HOME}/{HISTORY}", why=why) from error
    return kept


def _created(save: Place) -> list[tuple[Place, str, str]]:
    try:
        with save.into(CREATED) as made:
            return list(_own(made))
    except FileNotFoundError:
        return []


def _own(save: Place) -> Iterator[tuple[Place, str, str]]:
    """Yield what a save kept: the folder in which it stands, its name there, and of what file."""
    for name in _listed(save):
        if is_own(name) and is_writable_name(name):
            yield save, name, name
    with suppress(FileNotFoundError), save.into(LAYERS) as layers:
        for name in _listed(layers):
            if is_layer_file(name) and is_writable_name(f"{LAYERS}/{name}"):
                yield layers, name, f"{LAYERS}/{name}"


def _listed(place: Place) -> list[str]:
    names, more = place.names(MOST_FILES)
    if more:
        raise RefusedError("too-many", place.named("").rstrip("/"), most=str(MOST_FILES))
    return names
