"""Tell a page whether the folder of its corridor has changed since the page was made.

A version is a hash of the names, sizes and times of the folder's files: cheap enough to be
asked for every two seconds. Corridors that come with the tool are not watched. Reads no
file's content, except that a changed corridor is opened once to learn whether it can be.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from starlette.responses import JSONResponse
from starlette.routing import Route

from corridormap.app.desk.guarded import guarded
from corridormap.app.desk.headers import NEVER_KEPT
from corridormap.app.desk.lane import in_lane
from corridormap.geo.assets import corridor_roots
from corridormap.geo.errors import CorridorError
from corridormap.layers.folder.opening import stamp_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from starlette.requests import Request
    from starlette.responses import Response

__all__ = ["is_built_in", "version_of", "watch_route"]


def is_built_in(folder: Path) -> bool:
    """Tell whether a corridor comes with the tool, so that nobody changes it while it is shown."""
    home = folder.resolve()
    return any(home.is_relative_to(root.resolve()) for root in corridor_roots())


def version_of(folder: Path) -> str:
    """Return a word that changes when a file of a corridor does; hidden files do not count."""
    return hashlib.sha256(repr(stamp_of(folder)).encode()).hexdigest()[:16]


def watch_route(path: str, opened: Callable[[], Awaitable[object]], folder: Path) -> Route:
    """Return the route that answers a folder's version, and why it cannot be opened.

    Parameters
    ----------
    path
        Where a page asks.
    opened
        Opens the corridor, to learn whether it can be.
    folder
        Its folder.
    """

    async def version(_request: Request) -> Response:
        error = ""
        try:
            await opened()
        except CorridorError as problem:
            error = str(problem)
        body = {"version": await in_lane(version_of, folder), "error": error}
        return JSONResponse(body, headers=NEVER_KEPT)

    return Route(path, guarded(version))
