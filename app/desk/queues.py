"""Queues of work: each kind has workers of its own, and nobody waits for ever or for nothing.

The page and the health address never stand in one of them. Of the visitors that wait each has
its turn, and one corridor has only so many workers at once, so that a slow one holds up itself.
Work that nobody waits for any more does not begin; what has begun is told that it may stop.
"""

from __future__ import annotations

import asyncio
import threading
from collections import Counter, deque
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

from corridormap.app.desk.visitor import visitor_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Hashable, Iterator

    from starlette.requests import Request

__all__ = ["FullError", "LeftError", "Queue", "Ticket", "while_asked"]

T = TypeVar("T")


class FullError(Exception):
    """There is no place left in a queue."""

    retry_s = 5


class LeftError(Exception):
    """Nobody waits for the answer any more."""


@dataclass(eq=False)
class Ticket(Generic[T]):
    """A piece of work in a queue."""

    work: Callable[[threading.Event], T]
    visitor: str
    key: Hashable = None
    left: threading.Event = field(default_factory=threading.Event)
    """Set once nobody waits for it."""
    future: Future[T] = field(default_factory=Future)


class Queue:
    """One kind of work.

    Parameters
    ----------
    name
        For its threads.
    workers
        How much is done at once.
    each_key
        How much of it for one key, such as one corridor.
    most, most_each
        How many may wait, in all and of one visitor.
    """

    def __init__(
        self, name: str, *, workers: int, each_key: int, most: int, most_each: int
    ) -> None:
        self.most = most
        self.most_each = most_each
        self._each_key = each_key
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix=f"corridormap-{name}")
        self._free = workers
        self._lock = threading.Lock()
        self._waiting: dict[str, deque[Ticket[object]]] = {}
        self._busy: Counter[Hashable] = Counter()
        self._doing: set[Ticket[object]] = set()
        self._closed = False

    @property
    def waiting(self) -> int:
        """How much waits."""
        with self._lock:
            return self._count()

    @property
    def begun(self) -> int:
        """How much is being done."""
        with self._lock:
            return self._busy.total()

    def close(self) -> None:
        """Take nothing in any more; what waits will not begin, what has begun may stop."""
        with self._lock:
            self._closed = True
            waiting = [ticket for line in self._waiting.values() for ticket in line]
            self._waiting.clear()
            for ticket in self._doing:
                ticket.left.set()
        for ticket in waiting:
            ticket.future.cancel()
        self._pool.shutdown(wait=False, cancel_futures=True)

    def enter(self, ticket: Ticket[T]) -> None:
        """Put work in the queue.

        Raises
        ------
        FullError
            There is no place for it.
        """
        with self._lock:
            line = self._waiting.get(ticket.visitor, ())
            if self._closed or self._count() >= self.most or len(line) >= self.most_each:
                raise FullError
            self._waiting.setdefault(ticket.visitor, deque()).append(ticket)  # type: ignore[arg-type]  # only its future is typed
            self._hand_out()

    def leave(self, ticket: Ticket[T]) -> None:
        """Say that nobody waits for some work; it is forgotten, or told to stop."""
        ticket.left.set()
        with self._lock:
            line = self._waiting.get(ticket.visitor)
            if line is not None and ticket in line:
                line.remove(ticket)  # type: ignore[arg-type]  # as above
                if not line:
                    del self._waiting[ticket.visitor]
                ticket.future.cancel()

    async def run(
        self, request: Request, work: Callable[[threading.Event], T], *, key: Hashable = None
    ) -> T:
        """Return what some work returns, once it has had its turn.

        Parameters
        ----------
        request
            Who asks; its body has been taken in.
        work
            Is given what tells whether it may stop.
        key
            The corridor, or whatever else must not hold all workers.

        Raises
        ------
        FullError
            There is no place in the queue.
        LeftError
            The one who asked has gone.
        """
        ticket = Ticket(work, visitor_of(request.scope), key)
        self.enter(ticket)
        done = asyncio.wrap_future(ticket.future)
        done.add_done_callback(_heard)
        async with while_asked(request, lambda: self.leave(ticket)):
            try:
                return await asyncio.shield(done)
            except asyncio.CancelledError:
                if ticket.future.cancelled():
                    raise LeftError from None
                self.leave(ticket)
                raise

    def _count(self) -> int:
        return sum(map(len, self._waiting.values()))

    def _hand_out(self) -> None:
        """Give work to the workers that are free; the lock is held."""
        while self._free > 0 and not self._closed:
            ticket = self._next()
            if ticket is None:
                return
            self._free -= 1
            self._busy[ticket.key] += 1
            self._doing.add(ticket)
            self._pool.submit(self._do, ticket)

    def _next(self) -> Ticket[object] | None:
        """Take the next ticket out: each visitor in turn, of no corridor that has its share."""
        for visitor in list(self._waiting):
            line = self._waiting[visitor]
            ticket = next((one for one in line if self._busy[one.key] < self._each_key), None)
            if ticket is None:
                continue
            line.remove(ticket)
            del self._waiting[visitor]
            if line:
                self._waiting[visitor] = line  # behind the others
            return ticket
        return None

    def _do(self, ticket: Ticket[object]) -> None:
        with self._returned(ticket):
            if not ticket.future.set_running_or_notify_cancel():
                return
            try:
                made = ticket.work(ticket.left)
            except BaseException as error:  # noqa: BLE001 - handed to whoever waits
                ticket.future.set_exception(error)
            else:
                ticket.future.set_result(made)

    @contextmanager
    def _returned(self, ticket: Ticket[object]) -> Iterator[None]:
        try:
            yield
        finally:
            with self._lock:
                self._free += 1
                self._busy[ticket.key] -= 1
                self._doing.discard(ticket)
                self._busy = +self._busy
                self._hand_out()


@asynccontextmanager
async def while_asked(request: Request, left: Callable[[], None]) -> AsyncIterator[None]:
    """Watch, during a block, whether the one who asked goes away, and say so once."""

    async def watch() -> None:
        ended = False
        while True:
            message = await request.receive()
            if message["type"] == "http.disconnect":
                left()
                return
            if ended:  # whoever says so again will never tell that it went away
                return
            ended = not message.get("more_body", False)

    watching = asyncio.create_task(watch())
    try:
        yield
    finally:
        watching.cancel()


def _heard(future: asyncio.Future[T]) -> None:
    """Take note of how it ended, though nobody may wait for it any more."""
    if not future.cancelled():
        future.exception()
