"""Decide what is answered, and to whom: one gate before everything the server does.

Every request and every web socket is looked at here first: the name it asks for, the page it
comes from, the address, and who asks. What is refused never reaches Streamlit. Where no login
is set up everybody who reaches the server is let in; a proxy may stand before it and decide.
How many pages one may have open is told apart in `corridormap.app.gate.crowd`.
"""

from __future__ import annotations

import hashlib
import logging
from typing import TYPE_CHECKING

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import JSONResponse, PlainTextResponse

from corridormap.app.desk.headers import NEVER_KEPT
from corridormap.app.gate.comes_from import allowed_from
from corridormap.app.gate.headers import Headers
from corridormap.app.gate.kinds import Kind, Paths
from corridormap.app.gate.pace import Pace
from corridormap.app.log import log_failure

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.responses import Response
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from corridormap.app.login.login import Login
    from corridormap.app.settings.names import Names
    from corridormap.app.settings.settings import Settings

__all__ = ["LET_IN", "VISITOR", "Gate"]

LET_IN = "corridormap.let_in"
"""Where the scope of a request says whether its reader may see the corridors."""
VISITOR = "corridormap.visitor"
"""Where the scope of a request says who asks: a word for a reader, or an address."""
_LOG = logging.getLogger(__name__)
_READS = frozenset({"GET", "HEAD"})
_METHODS = {Kind.WRITING: _READS | {"POST"}}
_GUARDED = frozenset({Kind.READING, Kind.WRITING})
_USER = "_streamlit_user"


class Gate:
    """ASGI middleware that refuses what may not pass, and marks what may.

    Parameters
    ----------
    app
        The application behind it.
    settings
        How the server is run.
    names
        The names it goes by.
    login
        Knows the readers; None lets in everybody.
    """

    def __init__(self, app: ASGIApp, settings: Settings, names: Names, login: Login | None) -> None:
        self.app = app
        self.names = names
        self.login = login
        # Who can change something is never framed.
        self.framed_by = settings.framed_by if settings.read_only else ()
        self.headers = Headers(self.framed_by)
        self.paths = Paths(settings.base_path, login=login is not None)
        self.pace = Pace()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what may pass, with a word on who asks and whether they are let in."""
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
            return
        asked = HTTPConnection(scope)
        answer = _Answer(send)
        refused = self._refusal(asked, answer)
        if refused is not None:
            await refused(scope, receive, answer)
            return
        let_in = self.login is None or self.login.lets_in(asked.cookies)
        visitor = _visitor(asked, known=let_in and self.login is not None)
        passed = {**scope, LET_IN: let_in, VISITOR: visitor}
        if let_in or scope["type"] == "websocket":
            await self._pass(passed, receive, answer)
        elif answer.kind in _GUARDED:
            await _told("Log in first.", 401)(scope, receive, answer)
        elif not self.pace.enter(visitor):
            text = "Too many requests at once. Try again in a moment."
            await _told(text, 503, {"Retry-After": "5"})(scope, receive, answer)
        else:
            try:
                await self._pass(passed, receive, answer)
            finally:
                self.pace.leave(visitor)

    def _refusal(self, asked: HTTPConnection, answer: _Answer) -> Response | None:
        """Return what is answered to what may not pass; None if it may."""
        scope, host = asked.scope, asked.headers.get("host", "")
        if not self.names.known(host):
            answer.headers = self.headers.of(None, "", secure=False)
            text = "This server does not go by this name. Start it with --host NAME to allow it."
            return PlainTextResponse(text, status_code=421)
        raw = scope.get("raw_path") or scope["path"].encode()
        kind = self.paths.kind(raw)
        if (kind is Kind.STREAM) is not (scope["type"] == "websocket"):
            kind = None
        answer.kind = kind
        secure = scope["scheme"] in {"https", "wss"} or self.names.behind_https(host)
        answer.headers = self.headers.of(kind, host, secure=secure)
        if kind is None:
            return _told("There is nothing here.", 404)
        if kind is not Kind.STREAM and scope["method"] not in _METHODS.get(kind, _READS):
            allow = ", ".join(sorted(_METHODS.get(kind, _READS)))
            return _told("This cannot be done here.", 405, {"Allow": allow})
        origin = allowed_from(asked, kind, self.names, self.framed_by)
        if origin is None:
            return _told("Only this server's own pages may ask for this.", 403)
        if origin:
            answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
            answer.headers["Access-Control-Allow-Origin"] = origin
            answer.headers["Vary"] = "Origin"
        return None

    async def _pass(self, scope: Scope, receive: Receive, answer: _Answer) -> None:
        try:
            await self.app(scope, receive, answer)
        except Exception as error:  # noqa: BLE001 - the edge of the server: logged, told plainly
            log_failure(_LOG, "a request failed", error)
            if not answer.started and scope["type"] == "http":
                text = "The server could not answer. Its log says why."
                await _told(text, 500)(scope, receive, answer)
            elif scope["type"] == "websocket" and not answer.ended:
                await answer({"type": "websocket.close", "code": 1011})


class _Answer:
    """Sends an answer with the headers of its kind added."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.kind: Kind | None = None
        self.headers: dict[str, str] = {}
        self.started = False
        self.ended = False

    async def __call__(self, message: Message) -> None:
        if message["type"] in {"http.response.start", "websocket.http.response.start"}:
            self.started = True
            headers = MutableHeaders(raw=list(message.get("headers", ())))
            headers.update(self.headers)
            message = {**message, "headers": headers.raw}
        self.ended = self.ended or message["type"] == "websocket.close"
        await self._send(message)


def _told(text: str, status: int, headers: Mapping[str, str] | None = None) -> JSONResponse:
    more = {**NEVER_KEPT, **(headers or {})}
    return JSONResponse({"error": text}, status_code=status, headers=more)


def _visitor(asked: HTTPConnection, *, known: bool) -> str:
    """Return a word for a reader who is logged in, else the address that asks."""
    if known:
        # Signed, so that no reader can make it another one's or a new one.
        cookie = asked.cookies.get(_USER, "")
        return f"reader:{hashlib.sha256(cookie.encode()).hexdigest()[:16]}"
    return asked.client.host if asked.client else ""
