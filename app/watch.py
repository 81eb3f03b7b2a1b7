"""Tell a page whether the folder of its corridor has changed since the page was made.

A version is a hash of the names, sizes and times of the folder's files: cheap enough to be
asked for every two seconds. Corridors that come with the tool are not watched. Reads no
file's content, except that a changed corridor is opened once to learn whether it can be.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.responses import JSONResponse
from starlette.routing import Route

from geo.assets import corridor_roots
from geo.errors import CorridorError

if TYPE_CHECKING:
    from starlette.requests import Request

    from app.library import Library

__all__ = ["ADDRESS", "version_of", "watch_data", "watch_route"]

ADDRESS = "/corridormap/version.json"


def watch_data(folder: Path) -> dict[str, str]:
    """Return where a page asks for the version, and the version now; nothing if built in."""
    home = folder.resolve()
    if any(home.is_relative_to(root.resolve()) for root in corridor_roots()):
        return {}
    return {"address": ADDRESS, "version": version_of(folder)}


def version_of(folder: Path) -> str:
    """Return a word that changes when a file of a folder does; hidden files do not count."""
    found = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        if any(part.startswith(".") for part in name.parts):
            continue
        try:
            state = path.stat()
        except OSError:  # gone since it was listed
            continue
        if path.is_file():
            found.update(f"{name.as_posix()}\0{state.st_size}\0{state.st_mtime_ns}\0".encode())
    return found.hexdigest()[:16]


def watch_route(library: Library, corridor: str) -> Route:
    """Return the route that answers a version, and why the corridor cannot be opened."""

    def version(_request: Request) -> JSONResponse:
        error = ""
        try:
            library.open(corridor)
        except CorridorError as problem:
            error = str(problem)
        body = {"version": version_of(Path(corridor)), "error": error}
        return JSONResponse(body, headers={"Cache-Control": "no-store"})

    return Route(ADDRESS, version)
