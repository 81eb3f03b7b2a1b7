"""Tell what kind of thing an address of the server is; what has no kind is not there.

Streamlit answers many addresses that this server has no use for, and every unknown one with
its page. Here is the whole list of what may be asked for. Looks at paths only.
"""

from __future__ import annotations

import re
from enum import Enum, auto

__all__ = ["Kind", "Paths"]

# No path of ours needs more; a `%` would be another spelling of a letter, a slash or a dot.
_PLAIN = re.compile(rb"(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*/?")
_MOST_BYTES = 500


class Kind(Enum):
    """What an address is, for the rules and the headers that it has."""

    PAGE = auto()
    """The page itself."""
    STREAM = auto()
    """The page's web socket."""
    SHELL = auto()
    """Streamlit's own program, style and fonts: the same for everybody."""
    FRONT = auto()
    """The map's program and style: the same for everybody."""
    HEALTH = auto()
    """Whether the server is well."""
    LOGIN = auto()
    """To log in and out."""
    BACK = auto()
    """Where a login's provider sends a reader back to."""
    READING = auto()
    """What is read of a corridor."""
    WRITING = auto()
    """What takes something in, changes something, or serves who does."""


class Paths:
    """The addresses of a server.

    Parameters
    ----------
    base
        What every address begins with; no slash at its end.
    login
        Whether one can log in.
    """

    def __init__(self, base: str, *, login: bool) -> None:
        start = re.escape(base)
        ours = rf"{start}/corridormap"
        table = [
            (rf"{start}/?", Kind.PAGE),
            (rf"{start}/_stcore/stream", Kind.STREAM),
            (rf"{start}/static/(js|css|media)/[^/]+", Kind.SHELL),
            (rf"{start}/(favicon\.png|manifest\.json|_stcore/host-config)", Kind.SHELL),
            (rf"{start}/_stcore/health", Kind.HEALTH),
            (rf"{ours}/health", Kind.HEALTH),
            (rf"{ours}/[0-9a-f-]+/front/[A-Za-z0-9_-]+\.(js|css)", Kind.FRONT),
            (rf"{ours}/new", Kind.WRITING),
            (rf"{ours}/c/[^/]+/(edit/.+|hand/.+|recipe)", Kind.WRITING),
            (rf"{ours}/c/[^/]+/.+", Kind.READING),
        ]
        if login:
            table += [
                (rf"{start}/auth/(login|logout)", Kind.LOGIN),
                (rf"{start}/oauth2callback", Kind.BACK),
            ]
        self._table = [(re.compile(pattern), kind) for pattern, kind in table]

    def kind(self, raw: bytes) -> Kind | None:
        """Return the kind of a path as it was sent; None if there is nothing."""
        if len(raw) > _MOST_BYTES or not _PLAIN.fullmatch(raw):
            return None
        path = raw.decode("ascii")
        return next((kind for pattern, kind in self._table if pattern.fullmatch(path)), None)
