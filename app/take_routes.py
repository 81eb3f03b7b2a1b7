"""Answer the page's wishes for the data as an archive and for the atlas with its progress.

An atlas takes seconds, so its progress comes before it in the same answer: lines of JSON, of
which the last names the file, and then the file. Nothing is kept between requests.
"""

from __future__ import annotations

import json
import logging
import threading
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from app.guarded import guarded
from app.log import log_failure
from geo.errors import CorridorError
from layers.scenes.view import View

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from starlette.requests import Request

    from layers.folder.corridor import Corridor
    from layers.print.atlas.atlas import AtlasWish

__all__ = ["take_routes"]

_LOG = logging.getLogger(__name__)
_HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
# An atlas takes most of a core for seconds: one at a time keeps the page answering.
_ONE_ATLAS = threading.Lock()


class _Stopped(Exception):  # noqa: N818 - nobody waits for the atlas any more: no error
    """Ends the drawing of an atlas."""


def take_routes(
    prefix: str,
    corridor: Callable[[], Corridor],
) -> list[Route]:
    """Return the routes of archive and atlas.

    Parameters
    ----------
    prefix
        What their addresses begin with.
    corridor
        Gives the corridor that is served.
    """

    def data(request: Request) -> Response:
        query = dict(request.query_params)
        return guarded(lambda: _archive(corridor(), query))

    def atlas(request: Request) -> Response:
        query = dict(request.query_params)
        return guarded(lambda: _atlas(corridor(), query))

    return [Route(f"{prefix}/data.zip", data), Route(f"{prefix}/atlas.pdf", atlas)]


def _archive(corridor: Corridor, query: Mapping[str, str]) -> Response:
    from layers.exports.data import data_files, to_zip

    view, notices = View.from_query(query, corridor)
    if notices:
        return _refused(notices)
    body = to_zip(data_files(corridor, view.date), corridor.id)
    name = f"{corridor.id}-{view.date}-data.zip"
    headers = {**_HEADERS, "Content-Disposition": f'attachment; filename="{name}"'}
    return Response(body, media_type="application/zip", headers=headers)


def _atlas(corridor: Corridor, query: Mapping[str, str]) -> Response:
    from app.atlas import parse_wish

    view, notices = View.from_query(query, corridor)
    if notices:
        return _refused(notices)
    words = {key: query[key] for key in ("of", "ids", "paper") if key in query}
    drawing = _drawing(corridor, view, parse_wish(**words))
    return StreamingResponse(drawing, media_type="application/octet-stream", headers=_HEADERS)


def _refused(notices: tuple[str, ...]) -> Response:
    return JSONResponse({"error": " ".join(notices)}, status_code=400)


def _drawing(corridor: Corridor, view: View, wish: AtlasWish) -> Iterator[bytes]:
    """Yield a line for each part that is done, a line that names the file, and the file."""
    told: SimpleQueue[dict[str, Any] | bytes | None] = SimpleQueue()
    left = threading.Event()

    def progress(done: int, total: int, _title: str) -> None:
        if left.is_set():
            raise _Stopped
        told.put({"page": done, "pages": total})

    def work() -> None:
        try:
            for part in _drawn(corridor, view, wish, progress):
                told.put(part)
        finally:
            told.put(None)

    threading.Thread(target=work, daemon=True).start()
    try:
        while (part := told.get()) is not None:
            yield part if isinstance(part, bytes) else f"{json.dumps(part)}\n".encode()
    finally:
        left.set()


def _drawn(
    corridor: Corridor, view: View, wish: AtlasWish, progress: Callable[[int, int, str], None]
) -> Iterator[dict[str, Any] | bytes]:
    from app.atlas import atlas_name, draw_atlas

    try:
        with _ONE_ATLAS:
            made = draw_atlas(corridor, view, wish, progress=progress)
    except _Stopped:
        return
    except CorridorError as error:
        yield {"error": str(error)}
    except Exception as error:  # noqa: BLE001 - the edge of the server: logged, told plainly
        log_failure(_LOG, "an atlas failed", error)
        yield {"error": "The server could not answer. Its log says why."}
    else:
        yield {"filename": atlas_name(view, wish), "bytes": len(made.pdf)}
        yield made.pdf
