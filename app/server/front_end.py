"""Serve the map's program and its style: the same for every corridor, fetched once."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from corridormap.app.opening.open_corridor import Payload
from corridormap.layers.web.front_end import editor_css, editor_js
from corridormap.layers.web.leaflet import (
    build_map,
    fonts_css,
    front_end_css,
    front_end_js,
    leaflet_css,
    leaflet_js,
    map_parts,
)

if TYPE_CHECKING:
    from starlette.requests import Request

__all__ = ["front_end_route", "front_end_tag", "send"]

_JS = "text/javascript; charset=utf-8"
_CSS = "text/css; charset=utf-8"
_AGE = "max-age=31536000, immutable"


def front_end_tag() -> str:
    """Return a word that changes with the map's program and its style."""
    return "-".join(payload.tag for payload, _ in _front_end().values())


def front_end_route(prefix: str) -> Route:
    """Return the route of ``map.js`` and ``map.css``."""

    def answer(request: Request) -> Response:
        found = _front_end().get(request.path_params["name"])
        if found is None:
            return JSONResponse({"error": "There is nothing here."}, status_code=404)
        return send(*found)

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
def _front_end() -> dict[str, tuple[Payload, str]]:
    parts = map_parts(build_map())
    start = _own("start.js").replace('"/*MAP_HTML*/"', json.dumps(parts.html))
    start = start.replace("/*MAP_SCRIPT*/", parts.script)
    js = f"{leaflet_js()}\n{front_end_js()}\n{_own('picker.js')}\n{_own('edit.js')}\n{start}"
    css = f"{fonts_css()}\n{leaflet_css()}\n{front_end_css()}\n{_own('page.css')}"
    return {
        "map.js": (Payload.of_bytes(js.encode()), _JS),
        "map.css": (Payload.of_bytes(css.encode()), _CSS),
        "editor.js": (Payload.of_bytes(editor_js().encode()), _JS),
        "editor.css": (Payload.of_bytes(editor_css().encode()), _CSS),
    }


def _own(name: str) -> str:
    return files("corridormap.app").joinpath(name).read_text(encoding="utf-8")
