"""Have corridors opened one after the other, so that a slow one keeps no other waiting.

There are two places. Here, in the server's own process, opening begins at once but cannot be
ended; apart, in a process of its own, it takes a second to begin and can be. What takes long here
is begun apart as well, and so is whatever comes while the place here is taken by such a one. Who
takes long apart gives way to those that wait, and begins again behind them with a longer turn.

Whoever asks while a corridor is being opened waits for the next opening, which all of them
share: its answer is then never older than their question. What opening means is the caller's.
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

__all__ = ["GaveWayError", "Openings", "Work"]

K = TypeVar("K", bound="Hashable")
T = TypeVar("T")

_LONG_S = 2.0
"""What takes longer here is opened apart as well."""
_TURN_S = 10.0
"""How long one may be opened apart while others wait; twice as long each time it comes again."""
_NAME = "corridormap-opening"


class GaveWayError(Exception):
    """The opening was left; it is to be begun again apart."""


@dataclass(frozen=True)
class Work(Generic[T]):
    """How one corridor is opened.

    Parameters
    ----------
    here
        Opens it in this process, or raises `GaveWayError` if that is known to take long.
    apart
        Opens it in another one; raises `GaveWayError` soon after what it is given says so.
    """

    here: Callable[[], T]
    apart: Callable[[Callable[[], bool]], T]


@dataclass(eq=False)
class _Job(Generic[K, T]):
    key: K
    work: Work[T]
    waiting: int = 0
    settled: bool = False
    """Whether it is known how it ended."""
    turn_s: float = field(default_factory=lambda: _TURN_S)
    future: Future[T] = field(default_factory=Future)


class Openings(Generic[K, T]):
    """The openings of one server's corridors."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._next: dict[K, _Job[K, T]] = {}
        """What has no place yet; who asks for one of these shares it."""
        self._begun: dict[K, _Job[K, T]] = {}
        self._line: deque[_Job[K, T]] = deque()
        """Those of the begun that wait for the place apart."""
        self._here: _Job[K, T] | None = None
        self._is_long = False
        """Whether what is opened here takes long."""
        self._apart: _Job[K, T] | None = None

    def wait(self, key: K, work: Work[T]) -> T:
        """Return what the next opening of a corridor makes; for threads that may wait."""
        return self._join(key, work).future.result()

    async def soon(self, key: K, work: Work[T], *, within_s: float | None = None) -> T:
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
                self._leave(job)

    def _leave(self, job: _Job[K, T]) -> None:
        with self._lock:
            job.waiting -= 1
            if job.waiting > 0:
                return
            if self._next.get(job.key) is job:
                del self._next[job.key]
                job.future.cancel()
            elif job in self._line and job is not self._here:
                self._settle(job)
                self._hand_out()

    def _join(self, key: K, work: Work[T]) -> _Job[K, T]:
        with self._lock:
            job = self._next.get(key)
            if job is None:
                job = self._next[key] = _Job(key, work)
            job.waiting += 1
            self._hand_out()
            return job

    def _hand_out(self) -> None:
        """Begin what may begin; the lock is held."""
        for job in list(self._next.values()):
            if job.key in self._begun or (self._here is not None and not self._is_long):
                continue
            self._begun[job.key] = self._next.pop(job.key)
            job.future.set_running_or_notify_cancel()
            if self._here is None:
                self._begin_here(job)
            else:
                self._line.append(job)
        if self._apart is None and self._line:
            self._begin_apart(self._line.popleft())

    def _begin_here(self, job: _Job[K, T]) -> None:
        self._here = job
        timer = threading.Timer(_LONG_S, self._takes_long, (job,))
        timer.daemon = True

        def work() -> None:
            self._do(job, job.work.here, here=True)
            timer.cancel()

        threading.Thread(target=work, name=_NAME, daemon=True).start()
        timer.start()

    def _begin_apart(self, job: _Job[K, T]) -> None:
        self._apart = job
        end = time.monotonic() + job.turn_s

        def gives_way() -> bool:
            return job.settled or (bool(self._line) and time.monotonic() > end)

        def work() -> None:
            self._do(job, lambda: job.work.apart(gives_way), here=False)

        threading.Thread(target=work, name=_NAME, daemon=True).start()

    def _takes_long(self, job: _Job[K, T]) -> None:
        with self._lock:
            if self._here is job:
                self._is_long = True
                self._line.append(job)
                self._hand_out()

    def _do(self, job: _Job[K, T], work: Callable[[], T], *, here: bool) -> None:
        made: list[T] = []
        failed: BaseException | None = None
        try:
            made.append(work())
        except BaseException as error:  # noqa: BLE001 - handed to whoever waits
            failed = error
        again = isinstance(failed, GaveWayError)
        with self._lock:
            first = not (job.settled or again)
            if first:
                self._settle(job)
            if here:
                self._here, self._is_long = None, False
            else:
                self._apart = None
                job.turn_s *= 2
            if again and not (job.settled or job is self._apart or job in self._line):
                if job.waiting:
                    self._line.append(job)
                else:
                    self._settle(job)
            self._hand_out()
        if first and failed is not None:
            job.future.set_exception(failed)
        elif first:
            job.future.set_result(made[0])

    def _settle(self, job: _Job[K, T]) -> None:
        """Let the next opening of the same corridor begin; the lock is held."""
        job.settled = True
        del self._begun[job.key]
        if job in self._line:
            self._line.remove(job)


def _heard(future: asyncio.Future[T]) -> None:
    """Take note of how it ended, though nobody may wait for it any more."""
    if not future.cancelled():
        future.exception()
