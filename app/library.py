"""Keep the corridors that this process serves, read once and again when a file changes.

Holds values that are dear to make (the corridor, its JSON document, the outline) and
hands them to the page, the routes and the command line. Who asks for one corridor waits for
that one alone. Draws nothing.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from app.page_data import page_document, page_outline
from geo.errors import CorridorError
from layers.folder.corridor import load_corridor
from layers.folder.opening import stamp_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from layers.folder.corridor import Corridor
    from layers.folder.opening import Stamp

__all__ = ["Library", "OpenCorridor", "Payload"]

T = TypeVar("T")


@dataclass(frozen=True)
class Payload:
    """A body ready to send, compressed once, with a tag that changes when it does."""

    body_gzip: bytes
    tag: str

    @classmethod
    def of_json(cls, value: Any) -> Payload:
        """Serialise a JSON value; text outside ASCII stays as it is."""
        return cls.of_bytes(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())

    @classmethod
    def of_bytes(cls, body: bytes) -> Payload:
        """Compress a body; the tag is a hash of it."""
        return cls(gzip.compress(body, 6, mtime=0), hashlib.sha256(body).hexdigest()[:16])


class _Once(Generic[T]):
    """A value made when it is first asked for; who asks meanwhile waits for that one."""

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make
        self._lock = threading.Lock()
        self._made: list[T] = []

    def get(self) -> T:
        """Return the value."""
        with self._lock:
            if not self._made:
                self._made.append(self._make())
            return self._made[0]


class OpenCorridor:
    """One corridor as it stood when it was read."""

    def __init__(self, corridor: Corridor) -> None:
        self.corridor = corridor
        # Not `cached_property`: that has one lock for all corridors in Python 3.11.
        self._document = _Once(lambda: Payload.of_json(page_document(corridor)))
        self._outline = _Once(lambda: Payload.of_json(page_outline(corridor)))

    @property
    def document(self) -> Payload:
        """The browser's document of the corridor."""
        return self._document.get()

    @property
    def outline(self) -> Payload:
        """The base outline, ready to send."""
        return self._outline.get()


class _Held:
    """One corridor's folder as it was read last: opened, or why it could not be."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._stamp: Stamp | None = None
        self._known: OpenCorridor | CorridorError = CorridorError("it was not opened yet")

    def open(self, folder: Path) -> OpenCorridor:
        stamp = stamp_of(folder)
        with self._lock:
            if self._stamp != stamp:
                try:
                    self._known = OpenCorridor(load_corridor(folder))
                except CorridorError as error:
                    self._known = error
                # What is told apart by the stamp of before is at worst read once more.
                self._stamp = stamp
            if isinstance(self._known, CorridorError):
                raise self._known.with_traceback(None)
            return self._known


class Library:
    """The corridors opened by this process, each read again once a file of it changes."""

    def __init__(self) -> None:
        self._held: dict[Path, _Held] = {}
        self._lock = threading.Lock()

    def open(self, folder: Path) -> OpenCorridor:
        """Return the corridor of a folder.

        Raises
        ------
        CorridorError
            Its manifest is missing or cannot be read.
        """
        with self._lock:
            held = self._held.setdefault(folder, _Held())
        return held.open(folder)
