"""Answer the page's wishes for the data as an archive and for the atlas with its progress.

An atlas takes seconds, so its progress comes before it in the same answer: lines of JSON, of
which the last names the file, and then the file. Nothing is kept between requests.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from corridormap.app.desk.guarded import guarded
from corridormap.app.desk.headers import NEVER_PACKED
from corridormap.app.desk.queues import Ticket, while_asked
from corridormap.app.desk.visitor import visitor_of
from corridormap.app.log import log_failure
from corridormap.geo.errors import CorridorError
from corridormap.layers.picture.turn.budget import StoppedError, drawing_within
from corridormap.layers.scene.view import View

if TYPE_CHECKING:
    import threading
    from collections.abc import AsyncIterator, Awaitable, Callable, Mapping

    from starlette.requests import Request

    from corridormap.app.desk.desk import Desk
    from corridormap.layers.corridor.corridor import Corridor
    from corridormap.layers.picture.atlas.atlas import AtlasWish

__all__ = ["take_routes"]

_Part = dict[str, Any] | bytes
_LOG = logging.getLogger(__name__)


def take_routes(
    prefix: str,
    corridor: Callable[[], Awaitable[Corridor]],
    desk: Desk,
) -> list[Route]:
    """Return the routes of archive and atlas.

    Parameters
    ----------
    prefix
        What their addresses begin with.
    corridor
        Gives the corridor that is served.
    """

    async def data(request: Request) -> Response:
        query, opened = dict(request.query_params), await corridor()
        return await desk.drawing.run(request, lambda _: _archive(opened, query))

    async def atlas(request: Request) -> Response:
        return await _atlas(request, await corridor(), desk)

    return [
        Route(f"{prefix}/data.zip", guarded(data)),
        Route(f"{prefix}/atlas.pdf", guarded(atlas)),
    ]


def _archive(corridor: Corridor, query: Mapping[str, str]) -> Response:
    from corridormap.layers.exports.archive import zip_of
    from corridormap.layers.exports.data import data_files

    view, notices = View.from_query(query, corridor)
    if notices:
        return _refused(notices)
    body = zip_of(data_files(corridor, view.date), corridor.id)
    name = f"{corridor.id}-{view.date}-data.zip"
    headers = {**NEVER_PACKED, "Content-Disposition": f'attachment; filename="{name}"'}
    return Response(body, media_type="application/zip", headers=headers)


async def _atlas(request: Request, corridor: Corridor, desk: Desk) -> Response:
    from corridormap.app.exporting.atlas import parse_wish

    query = dict(request.query_params)
    view, notices = View.from_query(query, corridor)
    if notices:
        return _refused(notices)
    words = {key: query[key] for key in ("of", "ids", "paper") if key in query}
    wish = parse_wish(**words)
    loop = asyncio.get_running_loop()
    told: asyncio.Queue[_Part | None] = asyncio.Queue()

    def tell(part: _Part | None) -> None:
        with contextlib.suppress(RuntimeError):  # the server has stopped meanwhile
            loop.call_soon_threadsafe(told.put_nowait, part)

    ticket = Ticket(lambda left: _draw(corridor, view, wish, tell, left), visitor_of(request.scope))
    # Said when it ends, be it that the server is stopping before it has begun.
    ticket.future.add_done_callback(lambda _: tell(None))
    desk.atlases.enter(ticket)

    async def parts() -> AsyncIterator[bytes]:
        try:
            async with while_asked(request, lambda: desk.atlases.leave(ticket)):
                while (part := await told.get()) is not None:
                    yield part if isinstance(part, bytes) else f"{json.dumps(part)}\n".encode()
        finally:
            desk.atlases.leave(ticket)

    return StreamingResponse(parts(), media_type="application/octet-stream", headers=NEVER_PACKED)


def _refused(notices: tuple[str, ...]) -> Response:
    return JSONResponse({"error": " ".join(notices)}, status_code=400)


def _draw(
    corridor: Corridor,
    view: View,
    wish: AtlasWish,
    tell: Callable[[_Part], None],
    left: threading.Event,
) -> None:
    """Tell a line for each part that is done, a line that names the file, and the file."""
    from corridormap.app.exporting.atlas import atlas_name, draw_atlas

    def progress(done: int, total: int, _title: str) -> None:
        tell({"page": done, "pages": total})

    try:
        with drawing_within(stopped=left.is_set):
            made = draw_atlas(corridor, view, wish, progress=progress)
    except StoppedError:
        return
    except CorridorError as error:
        tell({"error": str(error)})
    except Exception as error:  # noqa: BLE001 - the edge of the server: logged, told plainly
        log_failure(_LOG, "an atlas failed", error)
        tell({"error": "The server could not answer. Its log says why."})
    else:
        tell({"filename": atlas_name(view, wish), "bytes": len(made.pdf)})
        tell(made.pdf)
