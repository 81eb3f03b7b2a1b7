"""Keep the number of pages that are open at once below a limit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import PlainTextResponse

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

__all__ = ["Crowd"]


class Crowd:
    """ASGI middleware that refuses a page, in words, while too many are open.

    Parameters
    ----------
    app
        The application behind it.
    most
        How many pages may be open; each holds one connection to Streamlit.
    paths
        Where the page is.
    """

    def __init__(self, app: ASGIApp, most: int, paths: frozenset[str]) -> None:
        self.app = app
        self.most = most
        self.paths = paths
        self._open = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Count connections; refuse what comes over the limit."""
        full = self._open >= self.most
        if scope["type"] == "websocket":
            if full:
                await receive()
                await send({"type": "websocket.close", "code": 1013, "reason": "too many pages"})
                return
            self._open += 1
            try:
                await self.app(scope, receive, send)
            finally:
                self._open -= 1
            return
        if full and scope["type"] == "http" and scope["path"] in self.paths:
            text = (
                f"Too many pages are open at once; this server allows {self.most}."
                " Close one, or try again in a minute."
            )
            answer = PlainTextResponse(
                text, 503, {"Cache-Control": "no-store", "Retry-After": "60"}
            )
            await answer(scope, receive, send)
            return
        await self.app(scope, receive, send)
