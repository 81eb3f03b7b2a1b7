"""Tell whether a request comes from a page of this server.

Says yes or no; what is answered then is the caller's business.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from starlette.requests import Request

__all__ = ["is_own_request"]


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
