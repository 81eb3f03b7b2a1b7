"""Ask the routes of an application without a server.

`answered` asks as a browser does, through Starlette's own client. `asked` is for what that cannot
be made to do: send a body in pieces or without its length, leave early, ask twice at once. A real
server is asked through tests/test_security/web.py.
"""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from starlette.testclient import TestClient

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Mapping

    from starlette.applications import Starlette

T = TypeVar("T")

__all__ = ["Answer", "answered", "asked", "reply", "soon", "upload_body"]


def soon(make: Callable[[], T]) -> Callable[[], Awaitable[T]]:
    """Return what gives a value as the routes await it."""

    async def awaited() -> T:
        return make()

    return awaited


@dataclass(frozen=True)
class Answer:
    """What an application answered; a body that came packed is unpacked."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)


def answered(
    app: Starlette,
    method: str,
    address: str,
    *,
    body: bytes = b"",
    headers: Mapping[str, str] | None = None,
) -> Answer:
    """Return the answer to a request: as a browser sends it, but for what is said otherwise."""
    client = TestClient(app, base_url="http://here", follow_redirects=False)
    came = client.request(method, address, content=body, headers=dict(headers or {}))
    return Answer(came.status_code, came.headers, came.content)


def reply(app: Starlette, method: str, address: str, **more: Any) -> tuple[int, Any]:
    """Return status and JSON of the answer to a request; see `answered`."""
    came = answered(app, method, address, **more)
    return came.status, came.json


async def asked(
    app: Starlette,
    method: str,
    address: str,
    *,
    body: bytes | Iterable[bytes] = b"",
    headers: Mapping[str, str] | None = None,
    leaves: bool = False,
) -> tuple[int, Any]:
    """Return status and JSON of an answer.

    Parameters
    ----------
    app
        What is asked.
    method, address
        Such as GET and "/x?y=1".
    body
        What is sent, or the pieces in which it is sent.
    headers
        Beside the usual ones; "content-length" as an empty text leaves it out.
    leaves
        Whether the one who asks goes away before the answer.
    """
    pieces = iter([body] if isinstance(body, bytes) else body)
    parts = urlsplit(address)
    said = {"host": "here", "content-length": str(len(body)) if isinstance(body, bytes) else ""}
    said |= dict(headers or {})
    answer: list[dict[str, Any]] = []

    ended = False

    async def receive() -> dict[str, Any]:
        nonlocal ended
        if ended:
            if not leaves:
                await asyncio.Event().wait()  # as a server does until somebody goes away
            return {"type": "http.disconnect"}
        piece = next(pieces, None)
        ended = piece is None
        return {"type": "http.request", "body": piece or b"", "more_body": not ended}

    async def send(message: Any) -> None:
        answer.append(dict(message))

    scope = {
        "type": "http", "method": method, "path": parts.path, "root_path": "",
        "query_string": parts.query.encode(), "http_version": "1.1", "scheme": "http",
        "headers": [(k.encode(), v.encode("latin-1")) for k, v in said.items() if v],
        "server": ("here", 80), "client": ("there", 1), "asgi": {"version": "3.0"},
    }  # fmt: skip
    await app(scope, receive, send)
    content = b"".join(message.get("body", b"") for message in answer[1:])
    return int(answer[0]["status"]), json.loads(content)


def upload_body(*files: tuple[str, bytes], **head: Any) -> bytes:
    """Return what the page sends of files: a line of JSON, and their bytes."""
    named = [{"name": name, "size": len(data)} for name, data in files]
    line = json.dumps({"files": named, **head}).encode()
    return line + b"\n" + b"".join(data for _, data in files)
