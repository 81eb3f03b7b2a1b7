"""Serve the page's programs and styles: the same for every corridor, fetched once."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from corridormap.app.browser.front_end import leaflet_css, page_files, page_starts_with
from corridormap.app.browser.leaflet import map_module
from corridormap.app.opening.open_corridor import Payload
from corridormap.layers.picture.pen.web_fonts import fonts_css

if TYPE_CHECKING:
    from starlette.requests import Request

__all__ = ["front_end_route", "front_end_start", "front_end_tag", "send"]

_TYPES = {"js": "text/javascript; charset=utf-8", "css": "text/css; charset=utf-8"}
_MAP = "folium.js"
_AGE = "max-age=31536000, immutable"


def front_end_tag() -> str:
    """Return a word that changes with the map's program and its style."""
    return Payload.of_bytes("".join(payload.tag for payload in _front_end().values()).encode()).tag


def front_end_start() -> tuple[str, ...]:
    """Return the names of the programs that a page needs at once, its own first."""
    return *page_starts_with(), _MAP


def front_end_route(prefix: str) -> Route:
    """Return the route of ``map.js``, ``page.css`` and all that they fetch."""

    def answer(request: Request) -> Response:
        name = request.path_params["name"]
        found = _front_end().get(name)
        if found is None:
            return JSONResponse({"error": "There is nothing here."}, status_code=404)
        return send(found, _TYPES[name.rpartition(".")[2]])

    return Route(f"{prefix}/{{tag}}/front/{{name}}", answer)


def send(payload: Payload, media_type: str, *, shared: bool = True) -> Response:
    """Answer with a body whose address changes when it does, so that it is fetched once.

    Parameters
    ----------
    payload
        The body.
    media_type
        Its type.
    shared
        Whether a cache between the server and its readers may keep it; not where some of
        them may not see it.
    """
    kept = "public" if shared else "private"
    headers = {
        "Cache-Control": f"{kept}, {_AGE}",
        "Content-Encoding": "gzip",
        "ETag": f'"{payload.tag}"',
    }
    return Response(payload.body_gzip, media_type=media_type, headers=headers)


@cache
def _front_end() -> dict[str, Payload]:
    files = {**page_files(), _MAP: map_module()}
    files["page.css"] = f"{fonts_css()}\n{leaflet_css()}\n{files['page.css']}"
    return {name: Payload.of_bytes(text.encode()) for name, text in files.items()}
