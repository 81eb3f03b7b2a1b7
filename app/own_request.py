"""Tell whether a request comes from a page of this server, and take in what it carries.

Says yes or no; what is answered then is the caller's business.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from starlette.requests import Request

__all__ = ["body_of", "is_own_request"]


def is_own_request(request: Request) -> bool:
    """Tell whether a request comes from a page of this server, or from no page at all.

    A browser says of every POST where it comes from; other programs need not.
    """
    site = request.headers.get("sec-fetch-site", "same-origin")
    if site not in {"same-origin", "none"}:
        return False
    origin = request.headers.get("origin")
    if origin is None:
        return True
    hosts = {request.headers.get("host", ""), request.headers.get("x-forwarded-host", "")}
    return urlsplit(origin).netloc in hosts - {""}


async def body_of(request: Request, most: int) -> bytes | None:
    """Return what a request carries; None if that is more than so many bytes."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            return None
    return bytes(body)
