"""Know the corridors that lie in folders: those that come with the tool, and a user's own.

Reads their manifests only. A corridor whose manifest cannot be read is on the shelf under
its folder's name, with what is wrong, so that it can be named and mended.
"""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geo.errors import CorridorError
from layers.folder.files import MANIFEST
from layers.folder.manifest import Manifest
from layers.words import plain

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["Shelf", "Shelved", "folders_in"]


@dataclass(frozen=True)
class Shelved:
    """A corridor that a command or a page's address may name by its id."""

    id: str
    title: str
    folder: Path
    problem: str = ""
    """Why it cannot be opened; empty if nothing is known against it."""


def folders_in(root: Path) -> tuple[Path, ...]:
    """Return the corridors' folders that lie in a folder, by name; hidden ones do not count."""
    found = (path.parent for path in root.glob(f"*/{MANIFEST}"))
    return tuple(sorted(folder for folder in found if not folder.name.startswith(".")))


class Shelf:
    """The corridors of one server, looked for again at every question.

    Parameters
    ----------
    folders
        Corridors' folders, the one to show first at first.
    roots
        Folders that hold more of them, in this order.
    """

    def __init__(self, folders: tuple[Path, ...], roots: tuple[Path, ...] = ()) -> None:
        self._folders = folders
        self._roots = roots
        self._read: dict[Path, tuple[tuple[int, int], Shelved]] = {}
        self._known: dict[str, Path] = {}
        self._lock = threading.Lock()

    def all(self) -> tuple[Shelved, ...]:
        """Return what is there now; of two with one id the later says so and is not opened."""
        with self._lock:
            found = tuple(self._once(self._now()))
            for each in found:
                self._known.setdefault(each.id, each.folder)
            return found

    def find(self, id_: str) -> Shelved | None:
        """Return the corridor of an id, or None.

        An id that a folder had when it was found first still leads to it: a page that was
        opened before the folder's manifest was mended asks by that one.
        """
        found = self.all()
        for each in found:
            if each.id == id_:
                return each
        folder = self._known.get(id_)
        return next((each for each in found if each.folder == folder), None)

    def _now(self) -> Iterator[Shelved]:
        folders = [*self._folders, *(f for root in self._roots for f in folders_in(root))]
        for folder in dict.fromkeys(folders):
            state = _state(folder)
            if folder not in self._read or self._read[folder][0] != state:
                self._read[folder] = (state, _shelved(folder))
            yield self._read[folder][1]

    @staticmethod
    def _once(found: Iterator[Shelved]) -> Iterator[Shelved]:
        seen: dict[str, Shelved] = {}
        for each in found:
            first = seen.get(each.id)
            if first is None:
                seen[each.id] = each
                yield each
                continue
            number = next(n for n in range(2, len(seen) + 3) if f"{each.id}-{n}" not in seen)
            problem = (
                f"corridor.toml: the id '{each.id}' is already used by the folder"
                f" '{first.folder.name}'. Give one of the two another 'id'."
            )
            other = replace(each, id=f"{each.id}-{number}", problem=each.problem or problem)
            seen[other.id] = other
            yield other


def _state(folder: Path) -> tuple[int, int]:
    try:
        state = (folder / MANIFEST).stat()
    except OSError:
        return (0, 0)
    return (state.st_size, state.st_mtime_ns)


def _shelved(folder: Path) -> Shelved:
    try:
        manifest = Manifest.read(folder / MANIFEST)
    except CorridorError as error:
        return Shelved(_slug(folder.name), folder.name, folder, str(error))
    return Shelved(manifest.id, plain(manifest.title), folder)


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "corridor"
