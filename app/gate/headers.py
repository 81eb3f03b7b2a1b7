"""Say which security headers each kind of address answers with: one table for the server.

What a page may run, load and reach is decided here; which requests are answered at all is
the gate's business.
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from streamlit.file_util import get_static_dir

from corridormap.app.browser.leaflet import page_scripts
from corridormap.app.gate.kinds import Kind
from corridormap.layers.theme import BASEMAPS

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Headers"]

_PERMISSIONS = (
    "accelerometer=(), autoplay=(), camera=(), display-capture=(), fullscreen=(self), "
    "geolocation=(), gyroscope=(), hid=(), magnetometer=(), microphone=(), midi=(), "
    "payment=(), serial=(), usb=()"
)
_NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
_COMMON = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": _PERMISSIONS,
    "Content-Security-Policy": _NOTHING,
}
# A picture or a page of a corridor that is opened alone: shown, but nothing in it runs.
_ALONE = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"
)


class Headers:
    """The headers of a server's answers.

    Parameters
    ----------
    framed_by
        Origins whose pages may frame this server's page; empty for none.
    """

    def __init__(self, framed_by: Iterable[str]) -> None:
        self._framed_by = tuple(framed_by)
        self._page = _page_policy(self._framed_by)

    def of(self, kind: Kind | None, host: str, *, secure: bool) -> dict[str, str]:
        """Return the headers of an answer of a kind; None is what is not there.

        Parameters
        ----------
        kind
            Of the address.
        host
            What the request calls this server.
        secure
            Whether the page's address begins with https.
        """
        headers = dict(_COMMON)
        if kind is Kind.PAGE:
            socket = f"{'wss' if secure else 'ws'}://{host}"
            headers["Content-Security-Policy"] = self._page.replace("{socket}", socket)
            # A server of tiles wants to know where it is asked from; the view is not told.
            headers["Referrer-Policy"] = "strict-origin-when-cross-origin"
            if self._framed_by:  # the policy says by whom, this header cannot
                del headers["X-Frame-Options"]
        elif kind is Kind.READING:
            headers["Content-Security-Policy"] = _ALONE
        return headers


def _page_policy(framed_by: tuple[str, ...]) -> str:
    hashes = " ".join(f"'sha256-{_sha256(text)}'" for text in (*_shell_scripts(), *page_scripts()))
    tiles = " ".join(sorted({origin for base in BASEMAPS if (origin := _origin(base.url))}))
    framing = " ".join(framed_by) or "'none'"
    return "; ".join(
        (
            "default-src 'none'",
            # Streamlit loads a component's program from a blob; there is no other way in.
            f"script-src 'self' blob: {hashes}",
            "worker-src 'none'",
            "style-src 'self' 'unsafe-inline'",
            f"img-src 'self' data: blob: {tiles}",
            "font-src 'self' data:",
            "connect-src 'self' {socket}",
            "frame-src blob:",
            "manifest-src 'self'",
            "base-uri 'self'",
            "form-action 'self'",
            f"frame-ancestors {framing}",
        )
    )


@cache
def _shell_scripts() -> list[str]:
    """Return the scripts that stand in Streamlit's page itself."""
    page = (Path(get_static_dir()) / "index.html").read_text(encoding="utf-8")
    return re.findall(r"<script>(.*?)</script>", page, re.DOTALL)


def _origin(url: str | None) -> str:
    parts = urlsplit(url or "")
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


def _sha256(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")
