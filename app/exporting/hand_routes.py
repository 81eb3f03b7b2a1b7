"""Answer an editor who arranges an export by hand: the layouts there are, previews and files.

The view and the options are in the address, as for any export; what is decided by hand comes
as the body, since a reader's address has no room for it. Keeps nothing: layouts are saved as
other changes are (app/editing).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from corridormap.app.desk.guarded import guarded
from corridormap.app.desk.headers import NEVER_KEPT
from corridormap.app.exporting.routes import answer_draft, answer_export, answer_preview
from corridormap.layers.corridor.layouts import HAND_CHARS, Hand
from corridormap.layers.folder.files import LAYOUTS
from corridormap.layers.saving.edits import hash_of
from corridormap.layers.saving.layouts_text import layouts_of

if TYPE_CHECKING:
    import threading
    from collections.abc import Awaitable, Callable, Mapping

    from starlette.requests import Request

    from corridormap.app.desk.desk import Desk
    from corridormap.layers.corridor.corridor import Corridor

__all__ = ["hand_routes"]

_LARGEST_BYTES = 6 * HAND_CHARS
"""A letter may have six bytes in JSON."""
_NOTHING = b"{}"


def hand_routes(
    prefix: str, corridor: Callable[[], Awaitable[Corridor]], desk: Desk
) -> list[Route]:
    """Return the routes of a corridor's arranged exports.

    Parameters
    ----------
    prefix
        What their addresses begin with.
    corridor
        Gives the corridor that is served.
    desk
        Takes bodies in, and has the pictures drawn.
    """

    async def layouts(request: Request) -> Response:
        opened = await corridor()
        return await desk.reading.run(request, lambda _: _layouts(opened))

    def posted(
        answer: Callable[[Corridor, Mapping[str, str], Request, threading.Event], Response],
    ) -> Callable[[Request], Any]:
        async def drawn(request: Request) -> Response:
            async with desk.bodies.taken(request, _LARGEST_BYTES) as body:
                said = (body.read() or _NOTHING).decode("utf-8", "replace")
                query, opened = {**request.query_params, "hand": said}, await corridor()
                return await desk.drawing.run(
                    request, lambda left: answer(opened, query, request, left)
                )

        return guarded(drawn)

    def snapshot(
        opened: Corridor, query: Mapping[str, str], request: Request, left: threading.Event
    ) -> Response:
        return answer_export(opened, query, form=request.path_params["form"], left=left)

    def preview(
        opened: Corridor, query: Mapping[str, str], _request: Request, left: threading.Event
    ) -> Response:
        return answer_preview(opened, query, left=left)

    def draft(
        opened: Corridor, query: Mapping[str, str], _request: Request, _left: threading.Event
    ) -> Response:
        return answer_draft(opened, query)

    return [
        Route(f"{prefix}/hand/layouts.json", guarded(layouts)),
        Route(f"{prefix}/hand/snapshot.json", posted(draft), methods=["POST"]),
        Route(f"{prefix}/hand/snapshot.{{form}}", posted(snapshot), methods=["POST"]),
        Route(f"{prefix}/hand/preview.png", posted(preview), methods=["POST"]),
    ]


def _layouts(corridor: Corridor) -> Response:
    """Return each layout of the corridor: what it says, its shape, and the hash of its entry."""
    said = {str(one.get("id")): one for one in layouts_of(corridor.files.get(LAYOUTS))}
    value = [
        {
            "id": entry.id,
            "layout": entry.layout,
            "title": entry.title,
            "sizes": entry.model_dump(
                mode="json",
                include={"width_mm", "height_mm", "width_px", "height_px"},
                exclude_none=True,
            ),
            "looks": entry.model_dump(
                mode="json", include={"transparent", "greyscale", "black"}, exclude_defaults=True
            ),
            "hand": Hand.said(entry),
            "hash": hash_of(said.get(entry.id, {})),
        }
        for entry in corridor.layouts.layouts
    ]
    return JSONResponse({"layouts": value}, headers=NEVER_KEPT)
