"""Answer the requests beside Streamlit's own: front end, health, and each corridor's routes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from starlette.responses import JSONResponse
from starlette.routing import Route, Router

from corridormap.app.desk.lane import in_lane
from corridormap.app.server.corridor_routes import corridor_routes
from corridormap.app.server.front_end import front_end_route
from corridormap.app.server.health_route import health_route
from corridormap.app.server.new_routes import new_routes

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.types import Receive, Scope, Send

    from corridormap.app.site.shelf import Shelved
    from corridormap.app.site.site import Site

__all__ = ["routes"]


def routes(site: Site) -> list[Route]:
    """Return the routes beside Streamlit's own, all below ``/corridormap/``."""
    prefix = site.settings.prefix
    return [
        front_end_route(prefix),
        health_route(site),
        *new_routes(site),
        # An ASGI application of its own: it takes every method, and looks the corridor up.
        Route(f"{prefix}/c/{{corridor}}/{{rest:path}}", cast("Any", _Corridors(site))),
        # Streamlit would answer whatever is left with its page.
        Route(f"{prefix}/{{rest:path}}", cast("Any", _NotHere())),
    ]


class _NotHere:
    """ASGI application that answers every method alike; of a function Starlette makes a GET."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = JSONResponse({"error": "There is nothing here."}, status_code=404)
        await answer(scope, receive, send)


class _Corridors:
    """ASGI application that passes each request on to the routes of its corridor.

    The corridor is looked up among the known ids at every request, so that one whose folder
    is added while the server runs is served too; its routes are made once.
    """

    def __init__(self, site: Site) -> None:
        self._site = site
        self._made: dict[tuple[str, Path], Router] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        id_ = scope["path_params"]["corridor"]
        found = await in_lane(self._site.shelf.find, id_)
        if found is None:
            answer = JSONResponse({"error": "There is no such corridor."}, status_code=404)
            await answer(scope, receive, send)
            return
        key = id_, found.folder
        if key not in self._made:
            # Under the id that was asked for: it may be one that the folder had before.
            made = await in_lane(self._routes, replace(found, id=id_))
            self._made.setdefault(key, made)
        await self._made[key](scope, receive, send)

    def _routes(self, corridor: Shelved) -> Router:
        made = corridor_routes(self._site, corridor)
        return Router(made, redirect_slashes=False, default=_NotHere())
