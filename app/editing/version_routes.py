"""Answer the page's editor: the versions that a folder keeps, and bring one of them back.

Restoring is a save: of a folder that is as the page knows it, and kept like every other.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from typing import TYPE_CHECKING

from starlette.responses import JSONResponse
from starlette.routing import Route

from corridormap.app.desk.body import parse_body
from corridormap.app.desk.guarded import guarded
from corridormap.app.desk.headers import NEVER_KEPT
from corridormap.app.site.watch import is_built_in, version_of
from corridormap.geo.errors import CorridorFormatError, ReadError
from corridormap.layers.saving.store import save_files
from corridormap.layers.saving.versions import changes_of_version, versions_of
from corridormap.layers.saving.versions_told import KEPT_TEXT, told_versions

if TYPE_CHECKING:
    import threading
    from collections.abc import Mapping
    from pathlib import Path

    from starlette.requests import Request
    from starlette.responses import Response

    from corridormap.app.desk.desk import Desk
    from corridormap.layers.saving.snapshot import Snapshot

__all__ = ["version_routes"]

_LARGEST_BODY_BYTES = 2_000


class _ChangedError(Exception):
    """The folder is not what the page knows."""


def version_routes(prefix: str, folder: Path, *, desk: Desk) -> list[Route]:
    """Return the routes of a corridor's versions.

    Parameters
    ----------
    prefix
        What their addresses begin with.
    folder
        The corridor's folder.
    desk
        Has them worked on.
    """

    async def listed(request: Request) -> Response:
        return await desk.drafting.run(request, lambda _: _listed(folder), key=folder)

    async def restored(request: Request) -> Response:
        async with desk.bodies.taken(request, _LARGEST_BODY_BYTES) as body:

            def work(_left: threading.Event) -> Response:
                return _restored(folder, body.read(), desk.limits.parsed_bytes)

            return await desk.saving.run(request, work, key=folder)

    return [
        Route(f"{prefix}/edit/versions", guarded(listed)),
        Route(f"{prefix}/edit/restore", guarded(restored), methods=["POST"]),
    ]


def _listed(folder: Path) -> Response:
    try:
        told = [] if is_built_in(folder) else told_versions(versions_of(folder))
    except CorridorFormatError as error:
        return _refused(400, str(error))
    value = {"kept": KEPT_TEXT, "versions": [asdict(one) for one in told]}
    return JSONResponse(value, headers=NEVER_KEPT)


def _restored(folder: Path, body: bytes, most: int) -> Response:
    said = parse_body(body, file="the request", most=most)
    base = said.get("base") if isinstance(said, dict) else None
    name = said.get("version") if isinstance(said, dict) else None
    if not isinstance(base, str):
        raise ReadError("request-names-no-base")
    if is_built_in(folder):
        return _refused(403, "This corridor comes with the tool. Download it instead.")

    def change(now: Snapshot) -> Mapping[str, bytes | None]:
        if now.revision != base:
            raise _ChangedError
        return changes_of_version(folder, str(name), now)

    try:
        saved = save_files(folder, change, at=dt.datetime.now(tz=dt.UTC))
    except _ChangedError:
        return _refused(409, "Somebody else has changed the corridor meanwhile: look again.")
    except CorridorFormatError as error:
        return _refused(400, str(error))
    value = {"revision": saved.revision, "version": version_of(folder)}
    return JSONResponse(value, headers=NEVER_KEPT)


def _refused(status: int, problem: str) -> Response:
    return JSONResponse({"error": problem}, status_code=status, headers=NEVER_KEPT)
