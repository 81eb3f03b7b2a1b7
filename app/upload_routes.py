"""Answer files that a page sends: look at them, or make an operation of the draft of them.

Nothing is kept between two requests: the page holds the file and sends it again when it is
added. So there is nothing to expire, to find by guessing, or to fill this machine with, and
any of several processes can answer. The price, that a file travels twice, is small for
files of this size.
"""

from __future__ import annotations

import datetime as dt
import tempfile
import threading
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from anyio import CapacityLimiter, create_task_group, to_thread
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from app.crs_search import search_crs
from app.guarded import guarded
from app.own_request import is_own_request
from app.upload_body import TooLargeError, declared_or_error, take_body
from app.upload_room import read_in_room
from geo.errors import CorridorError
from geo.formats import Limits
from geo.formats.blob import FORMATS
from geo.formats.shapefile import SHAPEFILE_PARTS
from layers.theme import LAYER_COLORS
from layers.words import (
    KIND_LABELS,
    MODE_LABELS,
    QUALITY_LABELS,
    STANDING_KINDS,
    STATUS_LABELS,
    short,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request

    from app.upload_wish import UploadHead
    from layers.folder.corridor import Corridor

__all__ = ["upload_routes"]

_HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
_DEFAULTS = Limits()
# Two files are read at a time on all corridors together, so that the page keeps answering.
_ROOMS = CapacityLimiter(2)
_MOST_WAITING = 20
_LIMITS = ("file_bytes", "features", "vertices", "columns")


def upload_routes(
    prefix: str,
    corridor: Callable[[], Corridor],
    limits: Limits = _DEFAULTS,
) -> list[Route]:
    """Return the routes of files that are added.

    Parameters
    ----------
    prefix
        What their addresses begin with.
    corridor
        Gives the corridor that is served.
    limits
        How large a file may be.
    """
    path = f"{prefix}/edit/upload"

    def offered(_request: Request) -> Response:
        return guarded(lambda: JSONResponse(_offered(limits, corridor()), headers=_HEADERS))

    def crs(request: Request) -> Response:
        words = request.query_params.get("q", "")[:100]
        return guarded(
            lambda: JSONResponse(
                {"found": [f._asdict() for f in search_crs(words, corridor().manifest.extent)]},
                headers=_HEADERS,
            )
        )

    async def upload(request: Request) -> Response:
        return await _upload(request, corridor, limits)

    return [
        Route(path, offered, methods=["GET"]),
        Route(path, upload, methods=["POST"]),
        Route(f"{prefix}/edit/crs", crs, methods=["GET"]),
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
        "standing": sorted(STANDING_KINDS),
        "groups": [[group.id, group.title] for group in corridor.manifest.groups],
        "colors": list(LAYER_COLORS),
        "as_of": corridor.manifest.as_of.isoformat(),
        "extent": corridor.manifest.extent,
    }


async def _upload(
    request: Request,
    corridor: Callable[[], Corridor],
    limits: Limits,
) -> Response:
    if not is_own_request(request):
        return _refused("This request comes from another page.", 403)
    if _ROOMS.statistics().tasks_waiting >= _MOST_WAITING:
        return _refused("Too many files are being read. Try again in a minute.", 503)
    with tempfile.TemporaryDirectory(prefix="corridormap-upload-") as folder:
        try:
            declared_or_error(request.headers.get("content-length"), limits.file_bytes)
            stream = aiter(request.stream())
            head = await take_body(stream, Path(folder), most=limits.file_bytes)
        except CorridorError as error:
            return _told(error)
        left = threading.Event()
        read = partial(_read, folder, head, corridor, limits, left)
        async with create_task_group() as group:
            group.start_soon(_tell_when_left, request, left)
            answer = await to_thread.run_sync(partial(guarded, read), limiter=_ROOMS)
            group.cancel_scope.cancel()
        return answer


async def _tell_when_left(request: Request, left: threading.Event) -> None:
    """Say so when the page stops waiting for its answer."""
    message = await request.receive()
    if message["type"] == "http.disconnect":
        left.set()


def _read(
    folder: str,
    head: UploadHead,
    corridor: Callable[[], Corridor],
    limits: Limits,
    left: threading.Event,
) -> Response:
    manifest = corridor().manifest
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
    return Response(body, status, headers=_HEADERS, media_type="application/json; charset=utf-8")


def _told(error: CorridorError) -> Response:
    findings = [
        {"file": f.file, "feature": f.feature, "problem": f.problem, "remedy": f.remedy}
        for f in error.faults
    ]
    status = 413 if isinstance(error, TooLargeError) else 400
    return _refused(str(error), status, findings=findings)


def _refused(message: str, status: int, **more: Any) -> Response:
    # What is left of the body is not read: the connection ends with the answer.
    headers = {**_HEADERS, "Connection": "close"}
    return JSONResponse({"error": message, **more}, status_code=status, headers=headers)
