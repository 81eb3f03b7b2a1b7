"""Name the map's files in Streamlit's page, so that both load at the same time.

Streamlit's own program takes about a second to start; without this the map's files are
asked for only after it. Changes nothing else in any answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["Preload"]

# Answers to these would come compressed, or not at all, and could not be added to.
_DROPPED = {b"accept-encoding", b"if-none-match", b"if-modified-since"}


class Preload:
    """ASGI middleware that adds preload links to the head of the page at ``/``.

    Parameters
    ----------
    app
        The application whose page is added to.
    links
        Returns address and kind (``script``, ``style`` or ``fetch``) of each file.
    """

    def __init__(self, app: ASGIApp, links: Callable[[], Sequence[tuple[str, str]]]) -> None:
        self.app = app
        self.links = links

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass every request on; hold back the page's answer until it is whole."""
        if scope["type"] != "http" or scope["path"] != "/" or scope["method"] != "GET":
            await self.app(scope, receive, send)
            return
        headers = [pair for pair in scope["headers"] if pair[0].lower() not in _DROPPED]
        start: Message = {}
        body = bytearray()

        async def hold(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                start = message
                return
            body.extend(message.get("body", b""))
            if not message.get("more_body", False):
                whole = bytes(body).replace(b"<head>", b"<head>" + self._tags(), 1)
                await send(_with_length(start, len(whole)))
                await send({"type": "http.response.body", "body": whole})

        await self.app({**scope, "headers": headers}, receive, hold)

    def _tags(self) -> bytes:
        # Addresses are ours: a fixed prefix and hexadecimal tags, nothing to escape.
        return "".join(
            f'<link rel="preload" href="{address}" as="{kind}"'
            + (' crossorigin="anonymous">' if kind == "fetch" else ">")
            for address, kind in self.links()
        ).encode()


def _with_length(start: Message, length: int) -> Message:
    headers = [pair for pair in start["headers"] if pair[0].lower() != b"content-length"]
    return {**start, "headers": [*headers, (b"content-length", str(length).encode())]}
