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

from starlette.concurrency import run_in_threadpool

from app.opening_apart import LARGE_BYTES, open_apart, size_of
from app.openings import Openings
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

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel between processes as the value alone."""
        return _given, (self.get(),)


def _given(value: T) -> _Once[T]:
    once = _Once(lambda: value)
    once.get()
    return once


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

    def make(self) -> None:
        """Make what every page needs now, not where others wait."""
        self._document.get()
        self._outline.get()


class Library:
    """The corridors opened by this process, each read again once a file of it changes."""

    def __init__(self) -> None:
        self._open: dict[Path, tuple[Stamp, OpenCorridor | CorridorError]] = {}
        self._openings: Openings[Path, OpenCorridor] = Openings()

    def open(self, folder: Path) -> OpenCorridor:
        """Return the corridor of a folder.

        Raises
        ------
        CorridorError
            Its manifest is missing or cannot be read.
        """
        known = self._fresh(folder)
        if known is not None:
            return known
        return self._openings.wait(folder, lambda: self._now(folder))

    async def opened(self, folder: Path, *, within_s: float | None = None) -> OpenCorridor:
        """Return the corridor of a folder without holding a thread meanwhile.

        Raises
        ------
        CorridorError
            Its manifest is missing or cannot be read.
        TimeoutError
            It is not open within so many seconds.
        """
        known = await run_in_threadpool(self._fresh, folder)
        if known is not None:
            return known
        return await self._openings.soon(folder, lambda: self._now(folder), within_s=within_s)

    def opens(self, folder: Path) -> bool | None:
        """Tell whether a folder could be opened when it was last asked for; None if never."""
        known = self._open.get(folder)
        return None if known is None else not isinstance(known[1], CorridorError)

    def _fresh(self, folder: Path) -> OpenCorridor | None:
        """Return a corridor that is open as it stands, which waits for no other's opening."""
        known = self._open.get(folder)
        if known is None or known[0] != stamp_of(folder):
            return None
        return _told(known[1])

    def _now(self, folder: Path) -> OpenCorridor:
        """Return the corridor as it stands; of one folder this runs once at a time."""
        stamp = stamp_of(folder)
        known = self._open.get(folder)
        if known is None or known[0] != stamp:
            # What is told apart by the stamp of before is at worst read once more.
            known = self._open[folder] = (stamp, _read(folder, large=size_of(stamp) > LARGE_BYTES))
        return _told(known[1])


def _told(known: OpenCorridor | CorridorError) -> OpenCorridor:
    if isinstance(known, CorridorError):
        raise known.with_traceback(None)
    return known


def _read(folder: Path, *, large: bool) -> OpenCorridor | CorridorError:
    """Return a corridor, or why it cannot be opened: that is not found out again either."""
    try:
        if large:
            return open_apart(folder)
        opened = OpenCorridor(load_corridor(folder))
        opened.make()
    except CorridorError as error:
        return error
    return opened
