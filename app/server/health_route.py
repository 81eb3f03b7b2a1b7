"""Answer whether the server is well, for whatever watches over it."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse
from starlette.routing import Route

from corridormap.app.desk.guarded import guarded
from corridormap.app.desk.headers import NEVER_KEPT
from corridormap.app.gate.gate import LET_IN

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from corridormap.app.site.shelf import Shelved
    from corridormap.app.site.site import Site

__all__ = ["health_route"]


def health_route(site: Site) -> Route:
    """Return the route of the health address; it tells no path and no content."""

    async def health(request: Request) -> Response:
        return await _told(site, everything=request.scope.get(LET_IN, False))

    return Route(f"{site.settings.prefix}/health", guarded(health))


async def _told(site: Site, *, everything: bool) -> Response:
    found = await run_in_threadpool(site.shelf.all)
    opens = [_opens(site, each) for each in found]
    corridors = [{"id": each.id, "opens": how} for each, how in zip(found, opens, strict=True)]
    # One that nobody has asked for yet is not known to be ill.
    well = any(how is not False for how in opens)
    body: dict[str, Any] = {"ok": well, "version": version("corridormap")}
    if everything:  # which corridors there are is for those who may see them
        body["corridors"] = corridors
    return JSONResponse(body, status_code=200 if well else 503, headers=NEVER_KEPT)


def _opens(site: Site, corridor: Shelved) -> bool | None:
    """Tell whether a corridor opened when it was last asked for; None before.

    Whoever watches over the server opens nothing: a corridor may take long.
    """
    return False if corridor.problem else site.library.opens(corridor.folder)
