"""Answer the page's requests for the bibliography and the strip diagrams of its routes."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Literal, cast

from starlette.responses import Response
from starlette.routing import Route

from corridormap.app.desk.guarded import guarded
from corridormap.app.desk.headers import NEVER_KEPT
from corridormap.geo.errors import ViewError
from corridormap.layers.exports.bibliography import cited_sources, to_bibtex
from corridormap.layers.picture.strip.strip import render_strip
from corridormap.layers.picture.turn.budget import drawing_within

if TYPE_CHECKING:
    import threading
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request

    from corridormap.app.desk.desk import Desk
    from corridormap.layers.corridor.corridor import Corridor

__all__ = ["evidence_routes"]

_TYPES = {"png": "image/png", "svg": "image/svg+xml", "pdf": "application/pdf"}


def evidence_routes(
    prefix: str,
    corridor: Callable[[], Awaitable[Corridor]],
    desk: Desk,
) -> list[Route]:
    """Return the routes of the served corridor's sources and strip diagrams."""

    async def bibliography(request: Request) -> Response:
        opened = await corridor()

        def work(_left: threading.Event) -> Response:
            body = to_bibtex(cited_sources(opened))
            return Response(body, media_type="application/x-bibtex; charset=utf-8")

        return await desk.drawing.run(request, work, key=opened.id)

    async def strip(request: Request) -> Response:
        words, form = request.query_params, request.path_params["form"]
        route, date = words.get("route", ""), words.get("date", "")
        opened = await corridor()
        return await desk.drawing.run(
            request, lambda left: _strip(opened, route, date, form, left), key=opened.id
        )

    return [
        Route(f"{prefix}/sources.bib", guarded(bibliography)),
        Route(f"{prefix}/strip.{{form}}", guarded(strip)),
    ]


def _strip(corridor: Corridor, route: str, date: str, form: str, left: threading.Event) -> Response:
    if form not in _TYPES:
        raise ViewError("unknown-strip-format", form=form[:10])
    out = io.BytesIO()
    with drawing_within(stopped=left.is_set):
        render_strip(corridor, route, date, out, format=cast("Literal['png', 'svg', 'pdf']", form))
    name = f'attachment; filename="{corridor.id}-{route}-{date}.{form}"'
    headers = {"Content-Disposition": name, **NEVER_KEPT}
    return Response(out.getvalue(), media_type=_TYPES[form], headers=headers)
