"""Tell whether a request may come from where it comes: this server's own pages, or no page.

A browser says of a request which page made it (Fetch-Metadata) and of many its origin. A page
elsewhere may lead a reader here, and show what is read if the operator's settings name it;
nothing else. Programs that are no browser say nothing, and are let pass.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from corridormap.app.gate.kinds import Kind
from corridormap.app.settings.names import origin_of

if TYPE_CHECKING:
    from starlette.requests import HTTPConnection

    from corridormap.app.settings.names import Names

__all__ = ["allowed_from"]

_READS = frozenset({"GET", "HEAD"})


def allowed_from(
    asked: HTTPConnection, kind: Kind, names: Names, framed_by: tuple[str, ...]
) -> str | None:
    """Return None if a request may not come from where it comes, else the origin to tell so.

    Parameters
    ----------
    asked
        The request.
    kind
        Of its address.
    names
        The server's own names.
    framed_by
        Origins whose pages may show what is read.

    Returns
    -------
    str or None
        "" is this server's own page, or no page.
    """
    headers = asked.headers
    origin = headers.get("origin")
    site = headers.get("sec-fetch-site", "same-origin")
    own = origin is None or names.own(origin, headers.get("host", ""), asked.scope["scheme"])
    if own and site in {"same-origin", "none"}:
        return ""
    if asked.scope["type"] == "websocket" or asked.scope["method"] not in _READS:
        return None
    if kind in {Kind.PAGE, Kind.BACK} and headers.get("sec-fetch-mode") == "navigate":
        whole = headers.get("sec-fetch-dest") == "document"
        return "" if whole or (framed_by and kind is Kind.PAGE) else None
    if kind is Kind.READING:
        # A picture is asked for without an origin: then the page's address tells it.
        told = origin_of(origin or headers.get("referer", "")) or ""
        return told if told in framed_by else None
    return None
