"""Read everything that makes a corridor from its folder, as it stood at one moment.

The one way in: whatever lies in the folder, nothing outside it is opened, nothing is waited
for, nothing is written, and there is an end to what is read. What is not taken is named, as a
refusal. Of a save that was cut short, and is this user's own, the new contents are given. A
hard link cannot be told from the file itself and is read; it is never written to
(layers/saving/placing.py). Looks into no file.
"""

from __future__ import annotations

import time
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from stat import S_IFMT
from typing import TYPE_CHECKING

from corridormap.layers.folder.files import (
    ANNOTATIONS,
    HOME,
    LAYERS,
    MANIFEST,
    SOURCES,
    STYLE,
    is_layer_file,
    is_own,
)
from corridormap.layers.folder.journal import JOURNAL, LARGEST_BYTES, pending_of
from corridormap.layers.folder.place import Place
from corridormap.layers.folder.refusal import Refusal, RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = [
    "MOST_BYTES",
    "MOST_FILES",
    "FolderFiles",
    "Stamp",
    "is_usable",
    "read_file",
    "read_folder",
    "read_place",
    "stamp_of",
]

MOST_BYTES = 256_000_000
"""The most that is read of one folder."""
MOST_FILES = 1000
"""The most files that are read of one folder."""

_MOST_NAMES = 10_000
_TRIES = 20
_PAUSE_S = 0.01
_NAMED = (MANIFEST, STYLE, SOURCES, ANNOTATIONS)
Stamp = tuple[tuple[str, int, int, int, int], ...]
"""Name, kind, number, size and time of each file, in the order of the names."""


@dataclass(frozen=True)
class FolderFiles:
    """What was read of a corridor's folder."""

    files: dict[str, bytes]
    """By the name relative to the folder, with a stroke on every system."""
    refusals: tuple[Refusal, ...] = ()
    """What was not read, and why."""
    others: tuple[str, ...] = ()
    """Names in `layers` that no layer's file can have."""


def read_folder(folder: Path) -> FolderFiles:
    """Read a corridor's folder; one that is not there holds nothing."""
    try:
        with Place.opened(folder) as place:
            return read_place(place)
    except (FileNotFoundError, NotADirectoryError):
        return FolderFiles({})
    except (OSError, ValueError) as error:
        return FolderFiles({}, (_closed(error),))


def read_file(folder: Path, name: str) -> bytes:
    """Read one file of a corridor's folder, as `read_folder` would.

    Raises
    ------
    RefusedError
        It is not there, or is not to be opened.
    """
    try:
        with Place.opened(folder) as place:
            pending = pending_of(place)
            if name in pending.gone:
                raise RefusedError("missing", name)
            return pending.staged[name] if name in pending.staged else _body(place, name)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise RefusedError("missing", name) from error
    except (OSError, ValueError) as error:
        raise RefusedError("unreadable", name, why=_why(error)) from error


def _body(place: Place, name: str) -> bytes:
    """Return one file, of the folder itself or of its `layers`."""
    if not name.startswith(f"{LAYERS}/"):
        return place.read(name, LARGEST_BYTES)
    with place.into(LAYERS) as layers:
        return layers.read(name.removeprefix(f"{LAYERS}/"), LARGEST_BYTES)


def read_place(place: Place) -> FolderFiles:
    """Read a corridor's folder that is held open; if it changes meanwhile, read it again."""
    for _ in range(_TRIES - 1):
        before = _stamp(place)
        read = _read(place)
        if _stamp(place) == before:
            return read
        time.sleep(_PAUSE_S)  # a save moves its files in less than this, taken all together
    before, read = _stamp(place), _read(place)
    if _stamp(place) == before:
        return read
    return FolderFiles(read.files, (*read.refusals, Refusal("unsteady", "")), read.others)


def stamp_of(folder: Path, only: str | None = None) -> Stamp:
    """Return what tells a folder from what it was before: no content is read for it.

    Parameters
    ----------
    folder
        A corridor's folder.
    only
        The one file that is asked for; None for all of them.
    """
    try:
        with Place.opened(folder) as place:
            return _stamp(place) if only is None else (*_state(place, only), *_saves(place))
    except (OSError, ValueError):
        return ()


def _read(place: Place) -> FolderFiles:
    refusals: list[Refusal] = []
    files: dict[str, bytes] = {}
    left = MOST_BYTES
    with _found(place, refusals) as found:
        for home, name in found.own:
            try:
                body = home.read(name, LARGEST_BYTES)
            except FileNotFoundError:  # taken away since it was listed
                continue
            except RefusedError as error:
                refusals.append(error.refusal)
                continue
            if len(body) > left:
                most = ("most", f"{MOST_BYTES / 1e6:g}")
                refusals.append(Refusal("too-much", home.named(name), params=(most,)))
                continue
            left -= len(body)
            files[home.named(name)] = body
    pending = pending_of(place)
    # The new contents of a save that holds are what the files say from now on.
    files = {name: body for name, body in files.items() if name not in pending.gone}
    files |= pending.staged
    settled = {*pending.staged, *pending.gone}
    refusals = [refusal for refusal in refusals if refusal.file not in settled]
    if pending.refusal is not None:
        refusals.append(pending.refusal)
    return FolderFiles(dict(sorted(files.items())), tuple(sorted(refusals)), found.others)


@dataclass(frozen=True)
class _Found:
    """What there is to read; its folders are held open."""

    own: tuple[tuple[Place, str], ...]
    others: tuple[str, ...]


@contextmanager
def _found(place: Place, refusals: list[Refusal]) -> Iterator[_Found]:
    """Find the corridor's own files, those first that it cannot do without."""
    beside = [name for name in _listed(place, refusals) if is_own(name)]
    own = [(place, name) for name in sorted(beside, key=lambda name: name not in _NAMED)]
    others: list[str] = []
    with ExitStack() as held:
        try:
            layers = held.enter_context(place.into(LAYERS))
            names = _listed(layers, refusals)
            own += [(layers, name) for name in names if is_layer_file(name)]
            others += [name for name in names if not is_layer_file(name)]
        except FileNotFoundError:
            pass
        except RefusedError as error:
            refusals.append(error.refusal)
        usable = []
        for home, name in own:
            if is_usable(name):
                usable.append((home, name))
            else:
                refusals.append(Refusal("name", home.named(name)))
        if len(usable) > MOST_FILES:
            refusals.append(_too_many(""))
        yield _Found(tuple(usable[:MOST_FILES]), tuple(others))


def _listed(place: Place, refusals: list[Refusal]) -> list[str]:
    names, more = place.names(_MOST_NAMES)
    if more:
        refusals.append(_too_many(place.named("")))
    return names


def _too_many(file: str) -> Refusal:
    return Refusal("too-many", file.rstrip("/"), params=(("most", str(MOST_FILES)),))


def is_usable(name: str) -> bool:
    """Tell whether a name can be shown, sent and written into a zip."""
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return "\\" not in name and name.isprintable()


def _stamp(place: Place) -> Stamp:
    names = [name for name in place.names(_MOST_NAMES)[0] if is_own(name)]
    found = [state for name in names for state in _state(place, name)]
    with suppress(FileNotFoundError, RefusedError), place.into(LAYERS) as layers:
        for name in layers.names(_MOST_NAMES)[0]:
            found += _state(layers, name)
    return (*found, *_saves(place))


def _saves(place: Place) -> Iterator[tuple[str, int, int, int, int]]:
    """Yield the state of the list of a save: no other work of the tool changes what files say."""
    with suppress(FileNotFoundError, RefusedError), place.into(HOME) as home:
        yield from _state(home, JOURNAL)


def _state(home: Place, name: str) -> Iterator[tuple[str, int, int, int, int]]:
    with suppress(FileNotFoundError, RefusedError):
        state = home.state(name)
        if not name.startswith("."):
            kind = S_IFMT(state.st_mode)
            yield home.named(name), kind, state.st_ino, state.st_size, state.st_mtime_ns


def _closed(error: Exception) -> Refusal:
    return Refusal("unreadable", "", params=(("why", _why(error)),))


def _why(error: Exception) -> str:
    return (getattr(error, "strerror", None) or str(error) or "no reason is known").lower()
