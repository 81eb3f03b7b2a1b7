"""Answer the page's requests for the bibliography and the strip diagrams of its routes."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Literal, cast

from starlette.responses import Response
from starlette.routing import Route

from app.guarded import guarded
from geo.errors import ViewError
from layers.exports.bibliography import cited_sources, to_bibtex
from layers.print.strip.strip import render_strip

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request

    from layers.folder.corridor import Corridor

__all__ = ["evidence_routes"]

_TYPES = {"png": "image/png", "svg": "image/svg+xml", "pdf": "application/pdf"}


def evidence_routes(
    prefix: str,
    corridor: Callable[[], Corridor],
) -> list[Route]:
    """Return the routes of the served corridor's sources and strip diagrams."""

    def bibliography(_request: Request) -> Response:
        def answer() -> Response:
            body = to_bibtex(cited_sources(corridor()))
            return Response(body, media_type="application/x-bibtex; charset=utf-8")

        return guarded(answer)

    def strip(request: Request) -> Response:
        words = request.query_params
        return guarded(
            lambda: _strip(
                corridor(),
                words.get("route", ""),
                words.get("date", ""),
                request.path_params["form"],
            )
        )

    return [
        Route(f"{prefix}/sources.bib", bibliography),
        Route(f"{prefix}/strip.{{form}}", strip),
    ]


def _strip(corridor: Corridor, route: str, date: str, form: str) -> Response:
    if form not in _TYPES:
        raise ViewError(f"a strip diagram cannot be a '{form[:10]}'", remedy="Use png, svg or pdf.")
    out = io.BytesIO()
    render_strip(corridor, route, date, out, format=cast(Literal["png", "svg", "pdf"], form))
    name = f'attachment; filename="{corridor.id}-{route}-{date}.{form}"'
    headers = {"Content-Disposition": name, "Cache-Control": "no-store"}
    return Response(out.getvalue(), media_type=_TYPES[form], headers=headers)
