"""Answer the page's requests about one corridor: the routes of every part of it, in one list.

Holds no state of a reader: a snapshot's address carries its whole view.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.routing import Route

from app.article_routes import article_routes
from app.edit_routes import edit_routes
from app.evidence_routes import evidence_routes
from app.export_routes import answer_draft, answer_export
from app.front_end import send
from app.guarded import guarded
from app.recipe_route import recipe_route
from app.take_routes import take_routes
from app.upload_routes import upload_routes
from app.watch import watch_route

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import BaseRoute

    from app.library import OpenCorridor
    from app.shelf import Shelved
    from app.site import Site
    from layers.folder.corridor import Corridor

__all__ = ["corridor_routes"]

_JSON = "application/json; charset=utf-8"


def corridor_routes(site: Site, corridor: Shelved) -> list[BaseRoute]:
    """Return the routes of one corridor; a new part of the page adds its own here."""
    prefix = site.prefix(corridor)

    def opened() -> OpenCorridor:
        return site.open(site.shelf.find(corridor.id) or corridor)

    def read() -> Corridor:
        return opened().corridor

    made: list[BaseRoute] = [
        *_map_routes(prefix, opened),
        recipe_route(f"{prefix}/recipe", read),
        watch_route(f"{prefix}/version.json", opened, corridor.folder),
        *evidence_routes(prefix, read),
        *take_routes(prefix, read),
    ]
    if not site.settings.read_only:
        # What takes something in, or changes something.
        made += [
            *edit_routes(prefix, corridor.folder, id_=corridor.id),
            *upload_routes(prefix, read, site.settings.limits.of_files()),
            *article_routes(prefix, read),
        ]
    return made


def _map_routes(prefix: str, opened: Callable[[], OpenCorridor]) -> list[Route]:
    """Return the routes of a corridor's document, outline and pictures."""

    def document(_request: Request) -> Response:
        return guarded(lambda: send(opened().document, _JSON, shared=False))

    def outline(_request: Request) -> Response:
        return guarded(lambda: send(opened().outline, _JSON, shared=False))

    def snapshot(request: Request) -> Response:
        form, query = request.path_params["form"], dict(request.query_params)
        return guarded(lambda: answer_export(opened().corridor, query, form=form))

    def snapshot_draft(request: Request) -> Response:
        query = dict(request.query_params)
        return guarded(lambda: answer_draft(opened().corridor, query))

    return [
        Route(f"{prefix}/{{tag}}/document.json", document),
        Route(f"{prefix}/{{tag}}/outline.json", outline),
        Route(f"{prefix}/snapshot.json", snapshot_draft),
        Route(f"{prefix}/snapshot.{{form}}", snapshot),
    ]
