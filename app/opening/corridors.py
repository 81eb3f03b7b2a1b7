"""Keep the corridors that this process serves, read once and again when a file changes.

What was not asked for longest is let go when all together take too much memory, and read again
when it is asked for. Who asks for one corridor waits for that one alone. Draws nothing.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corridormap.app.desk.lane import in_lane
from corridormap.app.opening.apart import NotStartedError, open_apart
from corridormap.app.opening.line import GaveWayError, Openings, Work
from corridormap.app.opening.open_corridor import OpenCorridor
from corridormap.geo.errors import CorridorError
from corridormap.layers.corridor.corridor import load_corridor
from corridormap.layers.folder.opening import stamp_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from corridormap.layers.folder.opening import Stamp

__all__ = ["KEPT_BYTES", "LARGE_BYTES", "Library", "size_of"]

LARGE_BYTES = 2_000_000
"""A corridor whose files have more bytes together is opened apart."""
KEPT_BYTES = 60_000_000
"""Of all that are kept open; the one that was opened last is kept in any case."""


@dataclass(frozen=True)
class _Kept:
    stamp: Stamp
    what: OpenCorridor | CorridorError
    held_bytes: int

    def told(self) -> OpenCorridor:
        if isinstance(self.what, CorridorError):
            raise self.what.with_traceback(None)
        return self.what


class Library:
    """The corridors opened by this process, each read again once a file of it changes.

    Parameters
    ----------
    most_bytes
        How much of the memory those take that are kept.
    """

    def __init__(self, most_bytes: int = KEPT_BYTES) -> None:
        self._most_bytes = most_bytes
        self._lock = threading.Lock()
        self._kept: OrderedDict[Path, _Kept] = OrderedDict()
        """The one that was not asked for longest is the first."""
        self._well: dict[Path, bool] = {}
        self._openings: Openings[Path, OpenCorridor] = Openings()

    def open(self, folder: Path) -> OpenCorridor:
        """Return the corridor of a folder.

        Raises
        ------
        CorridorError
            Its manifest is missing or cannot be read.
        """
        known = self._fresh(folder, stamp_of(folder))
        return known.told() if known else self._openings.wait(folder, self._work(folder))

    async def opened(self, folder: Path, *, within_s: float | None = None) -> OpenCorridor:
        """Return the corridor of a folder without holding a thread meanwhile.

        Raises
        ------
        CorridorError
            Its manifest is missing or cannot be read.
        TimeoutError
            It is not open within so many seconds.
        """
        known = self._fresh(folder, await in_lane(stamp_of, folder))
        if known:
            return known.told()
        return await self._openings.soon(folder, self._work(folder), within_s=within_s)

    def is_open(self, folder: Path) -> bool:
        """Tell whether a folder is open as it stands, or known not to open."""
        return self._fresh(folder, stamp_of(folder)) is not None

    def opens(self, folder: Path) -> bool | None:
        """Tell whether a folder could be opened when it was last asked for; None if never."""
        return self._well.get(folder)

    def _fresh(self, folder: Path, stamp: Stamp) -> _Kept | None:
        """Return what is kept of a folder as it stands; that waits for no other's opening."""
        with self._lock:
            known = self._kept.get(folder)
            if known is None or known.stamp != stamp:
                return None
            self._kept.move_to_end(folder)
            return known

    def _work(self, folder: Path) -> Work[OpenCorridor]:
        """Return how a folder is opened; of one folder this runs once at a time."""

        def here() -> OpenCorridor:
            stamp = stamp_of(folder)
            known = self._fresh(folder, stamp)
            if known:
                return known.told()
            if size_of(stamp) > LARGE_BYTES:
                raise GaveWayError
            return self._keep(folder, stamp, lambda: _opened(folder))

        def apart(gives_way: Callable[[], bool]) -> OpenCorridor:
            stamp = stamp_of(folder)
            known = self._fresh(folder, stamp)
            if known:
                return known.told()
            return self._keep(folder, stamp, lambda: open_apart(folder, gives_way))

        return Work(here, apart)

    def _keep(self, folder: Path, stamp: Stamp, make: Callable[[], OpenCorridor]) -> OpenCorridor:
        """Open a corridor and keep it, or why it cannot be opened: that is not found out again.

        What is told apart by the stamp of before is at worst read once more.
        """
        try:
            opened = make()
            kept = _Kept(stamp, opened, opened.held_bytes)
        except NotStartedError:
            raise
        except CorridorError as error:
            kept = _Kept(stamp, error, 0)
        with self._lock:
            known = self._kept.get(folder)
            if known and known.stamp == stamp and known.held_bytes:
                return known.told()  # it was opened here and apart
            self._well[folder] = isinstance(kept.what, OpenCorridor)
            self._kept[folder] = kept
            self._kept.move_to_end(folder)
            self._let_go()
        return kept.told()

    def _let_go(self) -> None:
        """Forget what was not asked for longest; whoever has it in hand keeps it."""
        held = sum(each.held_bytes for each in self._kept.values())
        for folder in list(self._kept)[:-1]:
            if held <= self._most_bytes:
                return
            if self._kept[folder].held_bytes:
                held -= self._kept.pop(folder).held_bytes


def size_of(stamp: Stamp) -> int:
    """Return the bytes of a folder's files together."""
    return sum(size for _, _, _, size, _ in stamp)


def _opened(folder: Path) -> OpenCorridor:
    opened = OpenCorridor(load_corridor(folder))
    opened.make()
    return opened
