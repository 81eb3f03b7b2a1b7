"""Answer the page's requests about one corridor: the routes of every part of it, in one list.

Holds no state of a reader: a snapshot's address carries its whole view.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.routing import Route

from corridormap.app.desk.guarded import guarded
from corridormap.app.desk.lane import in_lane
from corridormap.app.editing.article_routes import article_routes
from corridormap.app.editing.routes import edit_routes
from corridormap.app.editing.version_routes import version_routes
from corridormap.app.exporting.evidence_routes import evidence_routes
from corridormap.app.exporting.hand_routes import hand_routes
from corridormap.app.exporting.recipe_route import recipe_route
from corridormap.app.exporting.routes import answer_draft, answer_export, answer_preview
from corridormap.app.exporting.take_routes import take_routes
from corridormap.app.server.front_end import send
from corridormap.app.server.places_route import places_route
from corridormap.app.site.watch import watch_route
from corridormap.app.upload.routes import upload_routes

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import BaseRoute

    from corridormap.app.desk.desk import Desk
    from corridormap.app.opening.open_corridor import OpenCorridor
    from corridormap.app.site.shelf import Shelved
    from corridormap.app.site.site import Site
    from corridormap.layers.corridor.corridor import Corridor

__all__ = ["corridor_routes"]

_JSON = "application/json; charset=utf-8"


def corridor_routes(site: Site, corridor: Shelved) -> list[BaseRoute]:
    """Return the routes of one corridor; a new part of the page adds its own here."""
    prefix, desk = site.prefix(corridor), site.desk

    async def opened() -> OpenCorridor:
        found = await in_lane(site.shelf.find, corridor.id)
        return await site.opened(found or corridor)

    async def read() -> Corridor:
        return (await opened()).corridor

    made: list[BaseRoute] = [
        *_map_routes(prefix, opened, desk),
        recipe_route(f"{prefix}/recipe", read, desk),
        watch_route(f"{prefix}/version.json", opened, corridor.folder),
        *evidence_routes(prefix, read, desk),
        *take_routes(prefix, read, desk),
        places_route(f"{prefix}/places.json", read, desk),
    ]
    if not site.settings.read_only:
        # What takes something in, or changes something.
        made += [
            *hand_routes(prefix, read, desk),
            *edit_routes(prefix, corridor.folder, id_=corridor.id, desk=desk),
            *version_routes(prefix, corridor.folder, desk=desk),
            *upload_routes(prefix, read, desk, site.settings.limits.of_files()),
            *article_routes(prefix, read, desk),
        ]
    return made


def _map_routes(
    prefix: str, opened: Callable[[], Awaitable[OpenCorridor]], desk: Desk
) -> list[Route]:
    """Return the routes of a corridor's document, outline and pictures."""

    async def document(_request: Request) -> Response:
        return send((await opened()).document, _JSON, shared=False)

    async def outline(_request: Request) -> Response:
        return send((await opened()).outline, _JSON, shared=False)

    async def snapshot(request: Request) -> Response:
        form, query = request.path_params["form"], dict(request.query_params)
        corridor = (await opened()).corridor
        return await desk.drawing.run(
            request, lambda left: answer_export(corridor, query, form=form, left=left)
        )

    async def preview(request: Request) -> Response:
        query, corridor = dict(request.query_params), (await opened()).corridor
        return await desk.drawing.run(
            request, lambda left: answer_preview(corridor, query, left=left)
        )

    async def snapshot_draft(request: Request) -> Response:
        query, corridor = dict(request.query_params), (await opened()).corridor
        return await desk.drawing.run(request, lambda _: answer_draft(corridor, query))

    return [
        Route(f"{prefix}/{{tag}}/document.json", guarded(document)),
        Route(f"{prefix}/{{tag}}/outline.json", guarded(outline)),
        Route(f"{prefix}/snapshot.json", guarded(snapshot_draft)),
        Route(f"{prefix}/snapshot.{{form}}", guarded(snapshot)),
        Route(f"{prefix}/preview.png", guarded(preview)),
    ]
