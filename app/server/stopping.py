"""End the server soon when it is told to, though somebody still sends or waits.

Whoever is in the middle of a request is cut off, and what waits in a queue never begins. A
save that has begun is finished; a drawing gives up at its next step, and what does not give up
ends with the process. Changes nothing of how a signal is told.
"""

from __future__ import annotations

import asyncio
import os
import signal
import threading
import time
from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse

from corridormap.app.desk.headers import NEVER_KEPT

if TYPE_CHECKING:
    from types import FrameType

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from corridormap.app.desk.desk import Desk

__all__ = ["Stopping"]

_SAVED_WITHIN_S = 3.0
"""A save that is being written takes less; one that waits for another's lock may not begin."""
_IN_ALL_S = 4.5
_LOOK_S = 0.05
_SAVES = "/edit/save"


class Stopping:
    """ASGI middleware that cuts requests off once the server is told to end.

    Parameters
    ----------
    app
        The application behind it.
    desk
        What the server works with.
    """

    def __init__(self, app: ASGIApp, desk: Desk) -> None:
        self.app = app
        self.desk = desk
        self._answering: dict[asyncio.Future[None], str] = {}
        self._told = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, until it is answered or the server ends."""
        if scope["type"] == "lifespan":
            self._listen()
            await self.app(scope, receive, self._tidy(send))
            return
        begun = False

        async def noted(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        answering = asyncio.ensure_future(self.app(scope, receive, noted))
        self._answering[answering] = scope["path"]
        try:
            await asyncio.wait({answering})
        finally:
            del self._answering[answering]
            answering.cancel()
        if not answering.cancelled():
            answering.result()
        elif not begun and scope["type"] == "http":
            await _ends()(scope, receive, send)

    def _listen(self) -> None:
        """Hear of the signals that end the server, and leave them to it."""
        if threading.current_thread() is not threading.main_thread():
            return
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            before = signal.getsignal(number)

            def told(said: int, frame: FrameType | None, before: Any = before) -> None:
                if not self._told:
                    self._told = True
                    threading.Thread(target=_at_last, args=(self.desk, said), daemon=True).start()
                    loop.call_soon_threadsafe(self._end, loop)
                if callable(before):
                    before(said, frame)

            signal.signal(number, told)

    def _end(self, loop: asyncio.AbstractEventLoop) -> None:
        self._ending = loop.create_task(self._cut_off())

    async def _cut_off(self) -> None:
        """Cut everybody off but saves, and those too if they take too long."""
        self.desk.stop()
        until = time.monotonic() + _SAVED_WITHIN_S
        while self._answering:
            patient = self.desk.saving.begun and time.monotonic() < until
            for answering, path in list(self._answering.items()):
                if not (patient and path.endswith(_SAVES)):
                    answering.cancel()
            await asyncio.sleep(_LOOK_S)

    def _tidy(self, send: Send) -> Send:
        """Remove what the server has put aside, before it says that it has ended."""

        async def tidied(message: Message) -> None:
            if message["type"] == "lifespan.shutdown.complete":
                self.desk.bodies.scratch.close()
            await send(message)

        return tidied


def _at_last(desk: Desk, number: int) -> None:
    """End the process if it has not ended by itself."""
    time.sleep(_IN_ALL_S)
    desk.bodies.scratch.close()
    os._exit(128 + number)


def _ends() -> JSONResponse:
    headers = {**NEVER_KEPT, "Connection": "close", "Retry-After": "10"}
    value = {"error": "The server is ending. Try again in a moment."}
    return JSONResponse(value, status_code=503, headers=headers)
