"""Let in who may come in: readers who are logged in, under the names this server goes by.

Stands before everything else the server answers. Where no login is set up everybody who
reaches the server is let in; a proxy may stand before it and decide.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.requests import HTTPConnection
from starlette.responses import JSONResponse, PlainTextResponse

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

    from app.login import Login

__all__ = ["LET_IN", "Gate"]

LET_IN = "corridormap.let_in"
"""Where the scope of a request says whether its reader may see the corridors."""
_LOCAL = frozenset({"localhost", "127.0.0.1", "[::1]"})


class Gate:
    """ASGI middleware that refuses whoever may not see the corridors.

    Parameters
    ----------
    app
        The application behind it.
    guarded
        What the addresses begin with that only readers who are let in may ask for.
    login
        Knows the readers; None lets in everybody.
    hosts
        The names this server is reached by, besides this machine's own; None is any. A page
        elsewhere can have its own name lead to this machine, and would then be let in.
    """

    def __init__(
        self, app: ASGIApp, guarded: str, login: Login | None, hosts: frozenset[str] | None
    ) -> None:
        self.app = app
        self.guarded = guarded
        self.login = login
        self.hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what may pass, with a word on whether its reader is let in."""
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
            return
        asked = HTTPConnection(scope)
        if not self._known(asked.headers.get("host", "")):
            text = "This server does not go by this name. Start it with --host NAME to allow it."
            await PlainTextResponse(text, status_code=421)(scope, receive, send)
            return
        let_in = self.login is None or self.login.lets_in(asked.cookies)
        if not let_in and scope["path"].startswith(self.guarded):
            headers = {"Cache-Control": "no-store"}
            answer = JSONResponse({"error": "Log in first."}, status_code=401, headers=headers)
            await answer(scope, receive, send)
            return
        await self.app({**scope, LET_IN: let_in}, receive, send)

    def _known(self, host: str) -> bool:
        if self.hosts is None:
            return True
        name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
        return name.lower() in self.hosts | _LOCAL
