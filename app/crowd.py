"""Keep the number of pages that are open at once below limits: in all, for each, for strangers.

Who is not logged in sees a page too, the one to log in at, which holds a web socket as every
page does. Such sockets have places of their own, so that strangers take no reader's; when
those are all taken the one that was there longest makes room. One that says nothing is ended.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import TYPE_CHECKING

from starlette.responses import PlainTextResponse

from app.gate import LET_IN, VISITOR

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from app.limits import ServerLimits

__all__ = ["Crowd"]

STRANGERS_EACH = 5
FIRST_WORD_S = 20.0
QUIET_S = 600.0
_FULL = 1013


class Crowd:
    """ASGI middleware that refuses a page, in words, while too many are open.

    Parameters
    ----------
    app
        The application behind it.
    limits
        How many pages may be open; each holds one connection to Streamlit.
    alone
        Whether only this machine reaches the server: then one reader may have all places.
    paths
        Where the page is.
    """

    def __init__(
        self, app: ASGIApp, limits: ServerLimits, paths: Iterable[str], *, alone: bool
    ) -> None:
        self.app = app
        self.limits = limits
        self.each = limits.sessions if alone else limits.sessions_each
        self.paths = frozenset(paths)
        self._readers: Counter[str] = Counter()
        self._strangers: list[_Place] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Count connections; refuse what comes over a limit."""
        if scope["type"] == "websocket":
            text = self._full(scope)
            if text:
                await _answer(text)(scope, receive, send)
            elif scope[LET_IN]:
                await self._as_reader(scope, receive, send)
            else:
                await self._as_stranger(scope, receive, send)
            return
        if scope["type"] == "http" and scope["path"] in self.paths:
            text = self._full(scope)
            if text:
                await _answer(text)(scope, receive, send)
                return
        await self.app(scope, receive, send)

    def _full(self, scope: Scope) -> str:
        """Return why there is no place; empty if there is one."""
        visitor, most = scope[VISITOR], self.limits.sessions
        if scope[LET_IN]:
            if self._readers.total() >= most:
                return f"Too many pages are open at once; this server allows {most}."
            if self._readers[visitor] >= self.each:
                return (
                    f"Too many of your pages are open at once; this server allows {self.each} of"
                    " each reader. (Readers behind one proxy count as one unless the server's"
                    " settings name the proxy under [proxy] trusted.)"
                )
            return ""
        mine = sum(place.visitor == visitor for place in self._strangers)
        if mine >= min(STRANGERS_EACH, self.limits.strangers):
            return f"Too many of your pages wait for a login; this server allows {STRANGERS_EACH}."
        # Those that were told to make room are still there for a moment.
        if len(self._strangers) >= 2 * self.limits.strangers:
            return "Too many pages wait for a login."
        return ""

    async def _as_reader(self, scope: Scope, receive: Receive, send: Send) -> None:
        visitor = scope[VISITOR]
        self._readers[visitor] += 1
        try:
            await self.app(scope, receive, send)
        finally:
            self._readers[visitor] -= 1
            if not self._readers[visitor]:
                del self._readers[visitor]

    async def _as_stranger(self, scope: Scope, receive: Receive, send: Send) -> None:
        if sum(not each.leaving.is_set() for each in self._strangers) >= self.limits.strangers:
            self._make_room()
        place = _Place(scope[VISITOR], receive, send)
        self._strangers.append(place)
        try:
            await self.app(scope, place.hear, send)
        finally:
            self._strangers.remove(place)

    def _make_room(self) -> None:
        staying = [each for each in self._strangers if not each.leaving.is_set()]
        counts = Counter(each.visitor for each in staying)
        most = max(counts.values())
        next(each for each in staying if counts[each.visitor] == most).leaving.set()


class _Place:
    """The place of a page whose reader is not logged in."""

    def __init__(self, visitor: str, receive: Receive, send: Send) -> None:
        self.visitor = visitor
        self.leaving = asyncio.Event()
        self._receive = receive
        self._send = send
        self._patience = FIRST_WORD_S

    async def hear(self) -> Message:
        """Wait for what the page says, not for ever, and not once it has to leave."""
        heard = asyncio.ensure_future(self._receive())
        leaves = asyncio.ensure_future(self.leaving.wait())
        try:
            await asyncio.wait(
                {heard, leaves}, timeout=self._patience, return_when=asyncio.FIRST_COMPLETED
            )
            if heard.done():
                message = heard.result()
                if message["type"] == "websocket.receive":
                    self._patience = QUIET_S
                return message
        finally:
            leaves.cancel()
            heard.cancel()
        await self._send({"type": "websocket.close", "code": _FULL, "reason": "no room"})
        return {"type": "websocket.disconnect", "code": _FULL}


def _answer(text: str) -> PlainTextResponse:
    headers = {"Cache-Control": "no-store", "Retry-After": "60"}
    return PlainTextResponse(f"{text} Close one, or try again in a minute.", 503, headers)
