"""Know the corridors that lie in folders: those that come with the tool, and a user's own.

Reads their manifests only, each in a thread of its own: a listing waits for none for long. A
corridor whose manifest cannot be read, or is not read yet, is on the shelf under its folder's
name, with what is wrong, so that it can be named and mended.
"""

from __future__ import annotations

import os
import threading
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from corridormap.geo.errors import CorridorError, Finding
from corridormap.layers.corridor.manifest import Manifest
from corridormap.layers.folder.files import MANIFEST
from corridormap.layers.folder.opening import read_file, stamp_of
from corridormap.layers.wording.slug import slug_of
from corridormap.layers.wording.words import plain

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from corridormap.layers.folder.opening import Stamp

__all__ = ["Shelf", "Shelved", "folders_in"]

_PATIENCE_S = 0.3
"""How long a listing of a server waits for manifests, all together."""
_SLICE_S = 0.02


@dataclass(frozen=True)
class Shelved:
    """A corridor that a command or a page's address may name by its id."""

    id: str
    title: str
    folder: Path
    problem: str = ""
    """Why it cannot be opened; empty if nothing is known against it."""
    settled: bool = True
    """Whether its manifest was read, so that its id is its own."""

    @property
    def shown(self) -> str:
        """Its folder, as text that can be shown: a name on a disk need not be."""
        return os.fsencode(self.folder).decode("utf-8", "backslashreplace")


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
    patience_s
        How long a question waits for manifests that are being read; None for as long as it
        takes.
    """

    def __init__(
        self,
        folders: tuple[Path, ...],
        roots: tuple[Path, ...] = (),
        *,
        patience_s: float | None = _PATIENCE_S,
    ) -> None:
        self._folders = folders
        self._roots = roots
        self._patience_s = patience_s
        self._read: dict[Path, _Manifest] = {}
        self._known: dict[str, Path] = {}
        self._lock = threading.Lock()
        self._look = threading.Condition(self._lock)
        self._looking = False
        self._begun = self._answered = 0
        self._found: tuple[Shelved, ...] = ()

    def all(self) -> tuple[Shelved, ...]:
        """Return what is there now; of two with one id the later says so and is not opened.

        Who asks while somebody looks waits for the next look, which all of them share: many
        threads that look at once keep each other, and the page, from getting on.
        """
        with self._look:
            wanted = self._begun + 1
            self._look.wait_for(lambda: self._answered >= wanted or not self._looking)
            if self._answered >= wanted:
                return self._found
            self._looking = True
            self._begun = wanted = self._begun + 1
        try:
            found = self._looked()
            with self._lock:
                self._answered, self._found = wanted, found
        finally:
            with self._look:
                self._looking = False
                self._look.notify_all()
        return found

    def _looked(self) -> tuple[Shelved, ...]:
        folders = [*self._folders, *(f for root in self._roots for f in folders_in(root))]
        # Nothing slow is done under this lock: all who ask for anything come by here.
        with self._lock:
            known = [self._read.setdefault(f, _Manifest(f)) for f in dict.fromkeys(folders)]
        end = None if self._patience_s is None else time.monotonic() + self._patience_s
        for manifest in known:
            # One slow manifest keeps the next ones waiting only this long.
            manifest.refresh(_soonest(end, time.monotonic() + _SLICE_S))
        found = tuple(self._once(manifest.get(end) for manifest in known))
        with self._lock:
            for each in found:
                if each.settled:
                    self._known.setdefault(each.id, each.folder)
        return found

    def add(self, folder: Path) -> None:
        """Serve one more folder, unless it lies in one that is looked through anyway."""
        if folder.parent not in self._roots:
            with self._lock:
                self._folders = (*self._folders, folder)

    def find(self, id_: str) -> Shelved | None:
        """Return the corridor of an id, or None.

        An id that a folder had when it was found first still leads to it: a page that was
        opened before the folder's manifest was mended asks by that one.
        """
        found = self.all()
        for each in found:
            if each.id == id_:
                return each
        with self._lock:
            folder = self._known.get(id_)
        return next((each for each in found if each.folder == folder), None)

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
            taken = Finding("corridor-id-is-taken", MANIFEST, id=each.id, folder=first.folder.name)
            other = replace(each, id=f"{each.id}-{number}", problem=each.problem or str(taken))
            seen[other.id] = other
            yield other


class _Manifest:
    """The manifest of one folder: what is known of it, while a thread may be reading it again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._stamp: Stamp | None = None
        self._known: Shelved | None = None
        self._reading: threading.Thread | None = None
        self._begun = 0.0

    def refresh(self, end: float | None) -> None:
        """Read the manifest if it has changed, or begin to until a moment of the clock."""
        stamp = stamp_of(self._folder, only=MANIFEST)
        with self._lock:
            busy = self._reading is not None and self._reading.is_alive()
            if busy or self._stamp == stamp or _left_s(end) == 0:
                return
            name = f"manifest of {self._folder.name!a}"
            reading = threading.Thread(target=self._read, args=(stamp,), name=name, daemon=True)
            self._reading, self._begun = reading, time.monotonic()
            reading.start()
        reading.join(_left_s(end))

    def get(self, end: float | None) -> Shelved:
        """Return what is known at a moment of the clock, or as soon as it is read."""
        with self._lock:
            reading, begun = self._reading, self._begun
        if reading is not None:
            # One that was slow before is not waited for at every question.
            reading.join(_left_s(_soonest(end, begun + _PATIENCE_S)))
        with self._lock:
            if self._known is not None:
                return self._known
        return _nameless(self._folder, str(Finding("corridor-is-being-read")), read=False)

    def _read(self, stamp: Stamp) -> None:
        found = _shelved(self._folder)
        with self._lock:
            self._known, self._stamp = found, stamp


def _soonest(end: float | None, other: float) -> float | None:
    return None if end is None else min(end, other)


def _left_s(end: float | None) -> float | None:
    """Return the seconds until a moment of the monotonic clock; None for no end."""
    return None if end is None else max(0.0, end - time.monotonic())


def _shelved(folder: Path) -> Shelved:
    try:
        manifest = Manifest.read(read_file(folder, MANIFEST))
    except CorridorError as error:
        return _nameless(folder, str(error))
    return Shelved(manifest.id, plain(manifest.title), folder)


def _nameless(folder: Path, problem: str, *, read: bool = True) -> Shelved:
    name = plain(folder.name)
    return Shelved(slug_of(name) or "corridor", name or "corridor", folder, problem, settled=read)
