"""Open corridors, each by one worker at a time, so that a slow one keeps no other waiting.

Whoever asks while a corridor is being opened waits for the next opening, which all of them
share: its answer is then never older than their question. One that takes long gives up its
place among the workers to another, up to a number. What opening means is the caller's.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections import deque
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

__all__ = ["Openings"]

K = TypeVar("K", bound="Hashable")
T = TypeVar("T")

_AT_ONCE = 1
"""Reading is work of the processor, of which the page needs its share."""
_LONG_S = 2.0
"""An opening that takes longer does not count among those."""
_MOST_LONG = 2
"""But no more than so many are let go on beside them."""
_NAME = "corridormap-opening"


@dataclass(eq=False)
class _Job(Generic[T]):
    work: Callable[[], T]
    waiting: int = 0
    begun: float = 0.0
    future: Future[T] = field(default_factory=Future)


class Openings(Generic[K, T]):
    """The openings of one server's corridors."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._next: dict[K, _Job[T]] = {}
        self._running: dict[K, _Job[T]] = {}
        self._line: deque[K] = deque()
        self._looking = False

    def wait(self, key: K, work: Callable[[], T]) -> T:
        """Return what the next opening of a corridor makes; for threads that may wait."""
        return self._join(key, work).future.result()

    async def soon(self, key: K, work: Callable[[], T], *, within_s: float | None = None) -> T:
        """Return what the next opening makes; it does not begin once nobody waits for it.

        Raises
        ------
        TimeoutError
            It is not made within so many seconds; it goes on.
        """
        job = self._join(key, work)
        made = asyncio.wrap_future(job.future)
        made.add_done_callback(_heard)
        kept = False
        try:
            async with asyncio.timeout(within_s):
                return await asyncio.shield(made)
        except TimeoutError:
            kept = True  # whoever asks again soon finds it made
            raise
        finally:
            if not kept:
                self._leave(key, job)

    def _leave(self, key: K, job: _Job[T]) -> None:
        with self._lock:
            job.waiting -= 1
            if job.waiting == 0 and self._next.get(key) is job:
                del self._next[key]
                self._line.remove(key)
                job.future.cancel()

    def _join(self, key: K, work: Callable[[], T]) -> _Job[T]:
        with self._lock:
            job = self._next.get(key)
            if job is None:
                job = self._next[key] = _Job(work)
                self._line.append(key)
            job.waiting += 1
            self._hand_out()
            return job

    def _hand_out(self) -> None:
        """Begin what may begin; the lock is held."""
        for key in list(self._line):
            if not self._has_room():
                self._look_again()
                return
            if key in self._running:
                continue
            self._line.remove(key)
            job = self._running[key] = self._next.pop(key)
            job.begun = time.monotonic()
            job.future.set_running_or_notify_cancel()
            threading.Thread(target=self._do, args=(key, job), name=_NAME, daemon=True).start()

    def _look_again(self) -> None:
        """Hand out once more when an opening has become a long one; the lock is held."""
        if not self._looking:
            self._looking = True
            timer = threading.Timer(_LONG_S, self._looked)
            timer.daemon = True
            timer.start()

    def _looked(self) -> None:
        with self._lock:
            self._looking = False
            self._hand_out()

    def _has_room(self) -> bool:
        now = time.monotonic()
        long = sum(now - job.begun > _LONG_S for job in self._running.values())
        return len(self._running) - min(long, _MOST_LONG) < _AT_ONCE

    def _do(self, key: K, job: _Job[T]) -> None:
        try:
            made = job.work()
        except BaseException as error:  # noqa: BLE001 - handed to whoever waits
            self._ended(key)
            job.future.set_exception(error)
        else:
            self._ended(key)
            job.future.set_result(made)

    def _ended(self, key: K) -> None:
        with self._lock:
            del self._running[key]
            self._hand_out()


def _heard(future: asyncio.Future[T]) -> None:
    """Take note of how it ended, though nobody may wait for it any more."""
    if not future.cancelled():
        future.exception()
