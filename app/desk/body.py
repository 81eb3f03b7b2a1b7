"""Take in what requests carry: the one place where a body is read, whatever it is for.

A body is refused by the size it declares, by the size it reaches, when it comes too slowly,
and when those of all readers together are too many or too large. A small one stays in memory,
a larger one goes to a file below the server's own temporary folder. What is in a body is
looked at elsewhere; only the brackets and commas of JSON are counted here before it is parsed.
"""

from __future__ import annotations

import asyncio
import io
import tempfile
import time
from collections import Counter
from contextlib import ExitStack, asynccontextmanager
from typing import TYPE_CHECKING, Any

from corridormap.app.desk.scratch import Scratch
from corridormap.app.desk.visitor import visitor_of
from corridormap.geo.errors import ReadError
from corridormap.geo.json_file import parse_json

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from typing import IO

    from starlette.requests import Request

    from corridormap.app.settings.limits import ServerLimits

__all__ = ["Arrival", "Bodies", "Body", "BodyRefusedError", "parse_body"]

_IN_MEMORY = 256_000
"""What of a body stays in memory; the rest goes to a file."""
_COSTS = {b"{": 240, b"[": 90, b",": 40, b":": 110}
"""What a mark of JSON becomes in memory with what it stands for, in bytes."""


class BodyRefusedError(Exception):
    """A body that is not taken in; `status` and the words say why."""

    def __init__(self, status: int, problem: str, *, retry_s: int | None = None) -> None:
        super().__init__(problem)
        self.status = status
        self.retry_s = retry_s


class Body:
    """A whole body."""

    def __init__(self, file: IO[bytes], size: int) -> None:
        self._file = file
        self.size = size

    def read(self) -> bytes:
        """Return what it holds; from a file, so call it where waiting harms nobody."""
        self._file.seek(0)
        return self._file.read()


class Bodies:
    """All bodies that are on their way into a server.

    Parameters
    ----------
    limits
        How many there may be, how large together, and how slow.
    scratch
        The server's temporary folder.
    """

    def __init__(self, limits: ServerLimits, scratch: Scratch | None = None) -> None:
        self.limits = limits
        self.scratch = scratch or Scratch()
        self._held = 0
        self._at_once: Counter[str] = Counter()

    @property
    def held_bytes(self) -> int:
        """How large all bodies are together now."""
        return self._held

    @property
    def coming(self) -> int:
        """How many bodies there are now."""
        return self._at_once.total()

    @asynccontextmanager
    async def arriving(self, request: Request, most: int) -> AsyncIterator[Arrival]:
        """Give the pieces of a body as they come; they count until the block ends.

        Raises
        ------
        BodyRefusedError
            It cannot be taken in; raised from the pieces too.
        """
        visitor = visitor_of(request.scope)
        limits = self.limits
        full = self._at_once.total() >= limits.bodies or self._held >= limits.bodies_bytes
        if full or self._at_once[visitor] >= limits.bodies_each:
            raise _full()
        _require_declared(request, most)
        self._at_once[visitor] += 1
        arrival = Arrival(self, request, most)
        try:
            yield arrival
        finally:
            self._held -= arrival.size
            self._at_once[visitor] -= 1
            self._at_once = +self._at_once

    @asynccontextmanager
    async def taken(self, request: Request, most: int) -> AsyncIterator[Body]:
        """Take in a whole body; it is there until the block ends.

        Raises
        ------
        BodyRefusedError
            It cannot be taken in.
        """
        async with self.arriving(request, most) as arrival:
            file: IO[bytes] = io.BytesIO()
            with ExitStack() as opened:
                async for piece in arrival:
                    if isinstance(file, io.BytesIO) and arrival.size > _IN_MEMORY:
                        small, folder = file.getvalue(), self.scratch.folder
                        file = opened.enter_context(tempfile.TemporaryFile(dir=folder))
                        file.write(small)
                    file.write(piece)
                yield Body(file, arrival.size)

    def hold(self, size: int) -> None:
        """Count some more bytes.

        Raises
        ------
        BodyRefusedError
            There is no room for them.
        """
        if self._held + size > self.limits.bodies_bytes:
            raise _full()
        self._held += size


class Arrival:
    """The pieces of one body, in the order and at the time they come.

    A line may be slow, but not as slow as one that only wants to hold a place: the first
    byte has its time, then all of it together has a pace to keep and an end.
    """

    def __init__(self, bodies: Bodies, request: Request, most: int) -> None:
        self._bodies = bodies
        self._request = request
        self._most = most
        self._begun = time.monotonic()
        self._ended = False
        self.size = 0

    def __aiter__(self) -> Arrival:
        """Return itself: there is one reader."""
        return self

    async def __anext__(self) -> bytes:
        """Return the next piece."""
        while not self._ended:
            try:
                async with asyncio.timeout(self._left()):
                    message = await self._request.receive()
            except TimeoutError:
                raise BodyRefusedError(
                    408, "The data comes too slowly. Try again over a better line."
                ) from None
            if message["type"] != "http.request":
                raise BodyRefusedError(400, "The data did not arrive whole. Send it again.")
            self._ended = not message.get("more_body", False)
            piece: bytes = message.get("body", b"")
            if self.size + len(piece) > self._most:
                raise _too_large(self._most)
            self._bodies.hold(len(piece))
            self.size += len(piece)
            if piece:
                return piece
        raise StopAsyncIteration

    def _left(self) -> float:
        """Return for how many seconds the next piece is waited for."""
        limits = self._bodies.limits
        by_pace = limits.body_grace_s + self.size / limits.body_pace
        until = min(by_pace, limits.body_whole_s) if self.size else limits.body_first_s
        return max(0.0, self._begun + until - time.monotonic())


def parse_body(raw: bytes, *, file: str, most: int) -> Any:
    """Return what a body of JSON says; one that would fill the memory is not parsed.

    Parameters
    ----------
    raw
        The body.
    file
        What messages call it.
    most
        Most memory that it may take once it is parsed, in bytes.

    Raises
    ------
    ReadError
        It is not JSON, or says too many things at once.
    """
    if sum(raw.count(mark) * cost for mark, cost in _COSTS.items()) > most:
        raise ReadError("request-holds-too-many-things", file=file)
    return parse_json(raw, file=file)


def _require_declared(request: Request, most: int) -> None:
    said = request.headers.get("content-length")
    if said is None:
        return
    if not (said.isascii() and said.isdigit()):
        raise BodyRefusedError(400, "The request does not say how large it is.")
    if len(said) > 15 or int(said) > most:
        raise _too_large(most)


def _too_large(most: int) -> BodyRefusedError:
    return BodyRefusedError(413, f"This is larger than {most / 1e6:g} MB. Send less at once.")


def _full() -> BodyRefusedError:
    problem = "Too much is being sent to the server. Try again in a moment."
    return BodyRefusedError(503, problem, retry_s=10)
