"""Answer whether the server is well, for whatever watches over it."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse
from starlette.routing import Route

from app.gate import LET_IN
from app.guarded import guarded

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from app.site import Site

__all__ = ["health_route"]


def health_route(site: Site) -> Route:
    """Return the route of the health address; it tells no path and no content.

    No corridor is opened for it: one opens whose manifest can be used, and that is known.
    """

    def health(request: Request) -> Response:
        return guarded(lambda: _told(site, everything=request.scope.get(LET_IN, False)))

    return Route(f"{site.settings.prefix}/health", health)


def _told(site: Site, *, everything: bool) -> Response:
    corridors = [{"id": each.id, "opens": not each.problem} for each in site.shelf.all()]
    well = any(each["opens"] for each in corridors)
    body: dict[str, Any] = {"ok": well, "version": version("corridormap")}
    if everything:  # which corridors there are is for those who may see them
        body["corridors"] = corridors
    headers = {"Cache-Control": "no-store"}
    return JSONResponse(body, status_code=200 if well else 503, headers=headers)
