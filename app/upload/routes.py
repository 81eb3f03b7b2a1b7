"""Answer files that a page sends: look at them, or make an operation of the draft of them.

Nothing is kept between two requests: the page holds the file and sends it again when it is
added. So there is nothing to expire, to find by guessing, or to fill this machine with, and
any of several processes can answer. The price, that a file travels twice, is small for
files of this size.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from corridormap.app.desk.guarded import guarded
from corridormap.app.desk.headers import NEVER_KEPT
from corridormap.app.upload.body import HEAD_BYTES, TooLargeError, require_declared, take_body
from corridormap.app.upload.crs_search import search_crs
from corridormap.app.upload.room import read_in_room
from corridormap.geo.errors import CorridorError
from corridormap.geo.formats.blob import FORMATS
from corridormap.geo.formats.shapefile import SHAPEFILE_PARTS
from corridormap.layers.columns.rules import ROLES, SEVERAL
from corridormap.layers.columns.values import WORD_ROLES
from corridormap.layers.theme import LAYER_COLORS
from corridormap.layers.wording.kinds import KIND_LABELS, KINDS, STANDING_KINDS
from corridormap.layers.wording.words import (
    FIELD_LABELS,
    LANGUAGES,
    MODE_LABELS,
    QUALITY_LABELS,
    STATUS_LABELS,
    short,
)

if TYPE_CHECKING:
    import threading
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request

    from corridormap.app.desk.desk import Desk
    from corridormap.app.upload.wish import UploadHead
    from corridormap.geo.formats import Limits
    from corridormap.layers.corridor.corridor import Corridor

__all__ = ["upload_routes"]

_LIMITS = ("file_bytes", "features", "vertices", "columns")


def upload_routes(
    prefix: str, corridor: Callable[[], Awaitable[Corridor]], desk: Desk, limits: Limits
) -> list[Route]:
    """Return the routes of files that are added.

    Parameters
    ----------
    prefix
        What their addresses begin with.
    corridor
        Gives the corridor that is served.
    desk
        Takes files in, and has them read.
    limits
        How large a file may be.
    """
    path = f"{prefix}/edit/upload"

    async def offered(_request: Request) -> Response:
        return JSONResponse(_offered(limits, await corridor()), headers=NEVER_KEPT)

    async def crs(request: Request) -> Response:
        words = request.query_params.get("q", "")[:100]
        extent = (await corridor()).manifest.extent

        def work(_left: threading.Event) -> Response:
            found = [each._asdict() for each in search_crs(words, extent)]
            return JSONResponse({"found": found}, headers=NEVER_KEPT)

        return await desk.reading.run(request, work)

    async def upload(request: Request) -> Response:
        return await _upload(request, corridor, limits, desk)

    return [
        Route(path, guarded(offered), methods=["GET"]),
        Route(path, guarded(upload), methods=["POST"]),
        Route(f"{prefix}/edit/crs", guarded(crs), methods=["GET"]),
    ]


def _offered(limits: Limits, corridor: Corridor) -> dict[str, Any]:
    """Return what the page offers: how large a file may be, and what a layer may be."""
    endings = [ending for several in FORMATS.values() for ending in several]
    labels = {
        "kinds": KIND_LABELS,
        "modes": MODE_LABELS,
        "qualities": QUALITY_LABELS,
        "statuses": STATUS_LABELS,
    }
    return {
        "limits": {key: getattr(limits, key) for key in _LIMITS},
        "endings": [*endings, *SHAPEFILE_PARTS],
        **{
            name: [[word, label] for word, label in words.items()] for name, words in labels.items()
        },
        "labels": dict(FIELD_LABELS),
        "modes_of": {kind: of.mode for kind, of in KINDS.items() if of.mode},
        "standing": sorted(STANDING_KINDS),
        "groups": [[group.id, group.title] for group in corridor.manifest.groups],
        "colors": list(LAYER_COLORS),
        "roles": [[word, label] for word, label in ROLES.items()],
        "several": sorted(SEVERAL),
        "word_roles": list(WORD_ROLES),
        "languages": [[code, name] for code, name in LANGUAGES.items()],
        "as_of": corridor.manifest.as_of.isoformat(),
        "extent": corridor.manifest.extent,
    }


async def _upload(
    request: Request,
    corridor: Callable[[], Awaitable[Corridor]],
    limits: Limits,
    desk: Desk,
) -> Response:
    most = limits.file_bytes
    try:
        require_declared(request.headers.get("content-length"), most)
        async with desk.bodies.arriving(request, most + HEAD_BYTES) as arrival:
            place = desk.bodies.scratch.folder
            with tempfile.TemporaryDirectory(prefix="upload-", dir=place) as folder:
                head = await take_body(arrival, Path(folder), most=most)
                opened = await corridor()
                return await desk.reading.run(
                    request, lambda left: _read(folder, head, opened, limits, left)
                )
    except CorridorError as error:
        return _told(error)


def _read(
    folder: str,
    head: UploadHead,
    corridor: Corridor,
    limits: Limits,
    left: threading.Event,
) -> Response:
    manifest = corridor.manifest
    request = {
        "folder": folder,
        "name": short(head.files[0].name),
        "head": head.model_dump(mode="json"),
        "limits": asdict(limits),
        "extent": manifest.extent,
        "as_of": manifest.as_of.isoformat(),
        "checked": dt.datetime.now(tz=dt.UTC).date().isoformat(),
    }
    status, body = read_in_room(request, seconds=limits.box_seconds, left=left)
    return Response(body, status, headers=NEVER_KEPT, media_type="application/json; charset=utf-8")


def _told(error: CorridorError) -> Response:
    findings = [fault.as_dict() for fault in error.faults]
    status = 413 if isinstance(error, TooLargeError) else 400
    return _refused(str(error), status, findings=findings)


def _refused(message: str, status: int, **more: Any) -> Response:
    # What is left of the body is not read: the connection ends with the answer.
    headers = {**NEVER_KEPT, "Connection": "close"}
    return JSONResponse({"error": message, **more}, status_code=status, headers=headers)
