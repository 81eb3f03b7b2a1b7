"""Keep the number of pages that are open at once below limits: in all, for each, for strangers.

Who comes when all places are taken gets one from whoever has most of them: nobody takes them all
by coming from several addresses. Who is not logged in sees a page too, the one to log in at, which
holds a web socket as every page does. Such sockets have places of their own, so that strangers
take no reader's. One that says nothing is ended.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING

from starlette.responses import PlainTextResponse

from corridormap.app.desk.headers import NEVER_KEPT
from corridormap.app.gate.gate import LET_IN, VISITOR

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from corridormap.app.settings.limits import ServerLimits

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
        each = limits.sessions if alone else limits.sessions_each
        self._readers = _Room(limits.sessions, each)
        self._strangers = _Room(limits.strangers, min(STRANGERS_EACH, limits.strangers))
        self.paths = frozenset(paths)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Count connections; refuse what comes over a limit."""
        socket = scope["type"] == "websocket"
        if not socket and not (scope["type"] == "http" and scope["path"] in self.paths):
            await self.app(scope, receive, send)
            return
        text = self._full(scope)
        if text:
            await _answer(text)(scope, receive, send)
        elif not socket:
            await self.app(scope, receive, send)
        else:
            let_in, visitor = scope[LET_IN], scope[VISITOR]
            place = _Place(visitor, receive, send, quiet_s=None if let_in else QUIET_S)
            with (self._readers if let_in else self._strangers).taken(place):
                await self.app(scope, place.hear, send)

    def _full(self, scope: Scope) -> str:
        """Return why there is no place; empty if there is one."""
        visitor = scope[VISITOR]
        if not scope[LET_IN]:
            if self._strangers.is_share_taken(visitor):
                each = STRANGERS_EACH
                return f"Too many of your pages wait for a login; this server allows {each}."
            # The page that leads to a login is worth more than one that has shown it for long.
            return "Too many pages wait for a login." if self._strangers.is_crammed() else ""
        if self._readers.each < self._readers.most and self._readers.is_share_taken(visitor):
            return (
                "Too many of your pages are open at once; this server allows"
                f" {self._readers.each} of each reader. (Readers behind one proxy count as one"
                " unless the server's settings name the proxy under [proxy] trusted.)"
            )
        if self._readers.is_full_for(visitor):
            return f"Too many pages are open at once; this server allows {self._readers.most}."
        return ""


class _Room:
    """Places of one kind.

    Parameters
    ----------
    most, each
        How many there are, and how many of them one visitor may have.
    """

    def __init__(self, most: int, each: int) -> None:
        self.most = most
        self.each = each
        self._places: list[_Place] = []

    def is_share_taken(self, visitor: str) -> bool:
        """Tell whether a visitor has all the places that one may have."""
        return self._counts()[visitor] >= self.each

    def is_full_for(self, visitor: str) -> bool:
        """Tell whether nobody can make room for a visitor without having fewer places then."""
        counts = self._counts()
        if counts.total() < self.most:
            return False
        return self.is_crammed() or max(counts.values()) <= counts[visitor] + 1

    def is_crammed(self) -> bool:
        """Tell whether too many that were told to make room are still there."""
        return len(self._places) >= 2 * self.most

    @contextmanager
    def taken(self, place: _Place) -> Iterator[None]:
        """Give a place during a block; if there is none, whoever has most makes room."""
        counts = self._counts()
        if counts.total() >= self.most:
            most = max(counts.values())
            staying = (each for each in self._places if not each.leaving.is_set())
            next(each for each in staying if counts[each.visitor] == most).leaving.set()
        self._places.append(place)
        try:
            yield
        finally:
            self._places.remove(place)

    def _counts(self) -> Counter[str]:
        """Count the places of each visitor, but for those that were told to make room."""
        return Counter(each.visitor for each in self._places if not each.leaving.is_set())


class _Place:
    """The place of one page.

    Parameters
    ----------
    visitor
        Whose it is.
    receive, send
        Its web socket.
    quiet_s
        For how long it may say nothing once it has said something; None for as long as it likes.
    """

    def __init__(
        self, visitor: str, receive: Receive, send: Send, *, quiet_s: float | None
    ) -> None:
        self.visitor = visitor
        self.leaving = asyncio.Event()
        self._receive = receive
        self._send = send
        self._quiet_s = quiet_s
        self._patience_s: float | None = FIRST_WORD_S

    async def hear(self) -> Message:
        """Wait for what the page says, not for ever, and not once it has to leave."""
        heard = asyncio.ensure_future(self._receive())
        leaves = asyncio.ensure_future(self.leaving.wait())
        try:
            await asyncio.wait(
                {heard, leaves}, timeout=self._patience_s, return_when=asyncio.FIRST_COMPLETED
            )
            if heard.done():
                message = heard.result()
                if message["type"] == "websocket.receive":
                    self._patience_s = self._quiet_s
                return message
        finally:
            leaves.cancel()
            heard.cancel()
        await self._send({"type": "websocket.close", "code": _FULL, "reason": "no room"})
        return {"type": "websocket.disconnect", "code": _FULL}


def _answer(text: str) -> PlainTextResponse:
    headers = {**NEVER_KEPT, "Retry-After": "60"}
    return PlainTextResponse(f"{text} Close one, or try again in a minute.", 503, headers)
