"""Keep the corridors that this process serves, read once and again when a file changes.

Holds values that are dear to make (the corridor, its JSON document, the outline) and
hands them to the page, the routes and the command line. Draws nothing.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import threading
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from app.page_data import page_document, page_outline
from layers.folder.corridor import find_corridor, load_corridor

if TYPE_CHECKING:
    from pathlib import Path

    from layers.folder.corridor import Corridor

__all__ = ["Library", "OpenCorridor", "Payload", "process_library"]


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


class OpenCorridor:
    """One corridor as it stood when it was read."""

    def __init__(self, corridor: Corridor) -> None:
        self.corridor = corridor

    @cached_property
    def document(self) -> Payload:
        """The browser's document of the corridor."""
        return Payload.of_json(page_document(self.corridor))

    @cached_property
    def outline(self) -> Payload:
        """The base outline, ready to send."""
        return Payload.of_json(page_outline(self.corridor))


class Library:
    """The corridors opened by this process, each read again once a file of it changes."""

    def __init__(self) -> None:
        self._open: dict[Path, tuple[tuple[Any, ...], OpenCorridor]] = {}
        self._lock = threading.Lock()

    def open(self, name_or_folder: str) -> OpenCorridor:
        """Return a corridor by built-in id or folder.

        Raises
        ------
        CorridorError
            If there is no such corridor, or its manifest cannot be read.
        """
        folder = find_corridor(name_or_folder)
        stamp = _stamp(folder)
        with self._lock:
            known = self._open.get(folder)
            if known is None or known[0] != stamp:
                known = (stamp, OpenCorridor(load_corridor(folder)))
                self._open[folder] = known
            return known[1]


@cache
def process_library() -> Library:
    """Return the one library that the page and the routes of this process share."""
    return Library()


def _stamp(folder: Path) -> tuple[Any, ...]:
    # Name, size and time of every file: cheap enough to look at on every page run.
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return tuple((str(path), path.stat().st_size, path.stat().st_mtime_ns) for path in files)
