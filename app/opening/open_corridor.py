"""Hold one corridor as it stood when it was read, and what every page of it needs.

What is dear to make is made once, and who asks meanwhile waits for that one. Draws nothing.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from corridormap.app.opening.page_data import page_document, page_outline

if TYPE_CHECKING:
    from collections.abc import Callable

    from corridormap.layers.corridor.corridor import Corridor

__all__ = ["OpenCorridor", "Payload"]

T = TypeVar("T")

_OF_FILES = 3
"""How often a corridor's files are held: as they are, as shapes and as properties."""


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

    @property
    def held_bytes(self) -> int:
        """About how much of the server's memory it takes."""
        files = sum(map(len, self.corridor.files.values()))
        sent = len(self.document.body_gzip) + len(self.outline.body_gzip)
        return files * _OF_FILES + sent

    def make(self) -> None:
        """Make what every page needs now, not where others wait."""
        self._document.get()
        self._outline.get()
