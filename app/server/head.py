"""Start the map from the head of Streamlit's page, while Streamlit itself still loads.

Streamlit's own program takes about a second to start; the map needs none of it to be
drawn. So its page carries the map's script and the view that its address names, and
Streamlit's component takes over the map that is already there (browser/page/host.js). Nothing is
added for a reader who may not see it. Changes nothing else in any answer.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from corridormap.app.gate.gate import LET_IN
from corridormap.app.log import log_failure

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["Head"]

_LOG = logging.getLogger(__name__)
# Answers to these would come compressed, or not at all, and could not be added to.
_DROPPED = {b"accept-encoding", b"if-none-match", b"if-modified-since"}


class Head:
    """ASGI middleware that adds to the head of the page.

    Parameters
    ----------
    app
        The application whose page is added to.
    content
        Returns the HTML to add, given the query of the page's address.
    paths
        Where the page is.
    """

    def __init__(
        self,
        app: ASGIApp,
        content: Callable[[dict[str, str]], Awaitable[str]],
        paths: frozenset[str],
    ) -> None:
        self.app = app
        self.content = content
        self.paths = paths

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass every request on; hold back the page's answer until it is whole."""
        asked = scope["type"] == "http" and scope["method"] == "GET"
        if not asked or scope["path"] not in self.paths or not scope.get(LET_IN, False):
            await self.app(scope, receive, send)
            return
        headers = [pair for pair in scope["headers"] if pair[0].lower() not in _DROPPED]
        query = dict(parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True))
        start: Message = {}
        body = bytearray()

        async def hold(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                start = message
                return
            body.extend(message.get("body", b""))
            if not message.get("more_body", False):
                added = b"<head>" + await self._added(query)
                whole = bytes(body).replace(b"<head>", added, 1)
                await send(_with_length(start, len(whole)))
                await send({"type": "http.response.body", "body": whole})

        await self.app({**scope, "headers": headers}, receive, hold)

    async def _added(self, query: dict[str, str]) -> bytes:
        try:
            return (await self.content(query)).encode()
        except Exception as error:  # noqa: BLE001 - the page's script tells the reader
            log_failure(_LOG, "the head of a page failed", error)
            return b""


def _with_length(start: Message, length: int) -> Message:
    """Say how long the answer is, and that it is of this reader and this moment."""
    replaced = {b"content-length", b"cache-control", b"etag", b"last-modified"}
    headers = [pair for pair in start["headers"] if pair[0].lower() not in replaced]
    mine = [(b"content-length", str(length).encode()), (b"cache-control", b"private, no-cache")]
    return {**start, "headers": [*headers, *mine]}
