"""Answer the page's requests beside Streamlit: front end, documents, outlines, snapshots.

Everything is served from this machine with a tag, so a browser fetches each once.
Holds no state of a reader: a snapshot's address carries its whole view.
"""

from __future__ import annotations

import json
import logging
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from app.evidence_routes import evidence_routes
from app.export_routes import answer_draft, answer_export
from app.library import Payload
from app.recipe_route import recipe_route
from app.take_routes import take_routes
from app.watch import watch_route
from geo.errors import CorridorError
from layers.web.leaflet import (
    build_map,
    fonts_css,
    front_end_css,
    front_end_js,
    leaflet_css,
    leaflet_js,
    map_parts,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request

    from app.library import Library, OpenCorridor

__all__ = ["addresses", "routes"]

PREFIX = "/corridormap"
_LOG = logging.getLogger(__name__)
_JS = "text/javascript; charset=utf-8"
_CSS = "text/css; charset=utf-8"
_JSON = "application/json; charset=utf-8"
_FOREVER = "public, max-age=31536000, immutable"


@cache
def _front_end() -> dict[str, tuple[Payload, str]]:
    parts = map_parts(build_map())
    start = _own("start.js").replace('"/*MAP_HTML*/"', json.dumps(parts.html))
    start = start.replace("/*MAP_SCRIPT*/", parts.script)
    js = f"{leaflet_js()}\n{front_end_js()}\n{start}"
    css = f"{fonts_css()}\n{leaflet_css()}\n{front_end_css()}\n{_own('page.css')}"
    return {
        "map.js": (Payload.of_bytes(js.encode()), _JS),
        "map.css": (Payload.of_bytes(css.encode()), _CSS),
    }


def _own(name: str) -> str:
    return files("app").joinpath(name).read_text(encoding="utf-8")


def addresses(opened: OpenCorridor) -> dict[str, str]:
    """Return the address of everything the map fetches; each changes with its content."""
    front = "-".join(payload.tag for payload, _ in _front_end().values())
    return {
        "script": f"{PREFIX}/{front}/front/map.js",
        "style": f"{PREFIX}/{front}/front/map.css",
        "document": f"{PREFIX}/{opened.document.tag}/document.json",
        "outline": f"{PREFIX}/{opened.outline.tag}/outline.json",
        "snapshot": f"{PREFIX}/snapshot.png",
        "recipe": f"{PREFIX}/recipe",
        "data": f"{PREFIX}/data.zip",
        "atlas": f"{PREFIX}/atlas.pdf",
    }


def routes(library: Library, corridor: str) -> list[Route]:
    """Return the routes of one served corridor, all below ``/corridormap/``."""

    def opened() -> OpenCorridor:
        return library.open(corridor)

    def front_end(request: Request) -> Response:
        name = request.path_params["name"]
        if name not in _front_end():
            return Response(status_code=404)
        payload, media_type = _front_end()[name]
        return _send(payload, media_type)

    def document(_request: Request) -> Response:
        return _guarded(lambda: _send(opened().document, _JSON))

    def outline(_request: Request) -> Response:
        return _guarded(lambda: _send(opened().outline, _JSON))

    def snapshot(request: Request) -> Response:
        form, query = request.path_params["form"], dict(request.query_params)
        return _guarded(lambda: answer_export(opened().corridor, query, form=form))

    def snapshot_draft(request: Request) -> Response:
        query = dict(request.query_params)
        return _guarded(lambda: answer_draft(opened().corridor, query))

    return [
        Route(f"{PREFIX}/{{tag}}/front/{{name}}", front_end),
        Route(f"{PREFIX}/{{tag}}/document.json", document),
        Route(f"{PREFIX}/{{tag}}/outline.json", outline),
        Route(f"{PREFIX}/snapshot.json", snapshot_draft),
        Route(f"{PREFIX}/snapshot.{{form}}", snapshot),
        recipe_route(f"{PREFIX}/recipe", lambda: opened().corridor, _guarded),
        watch_route(library, corridor),
        *evidence_routes(PREFIX, lambda: opened().corridor, _guarded),
        *take_routes(PREFIX, lambda: opened().corridor, _guarded),
    ]


def _send(payload: Payload, media_type: str) -> Response:
    headers = {"Cache-Control": _FOREVER, "Content-Encoding": "gzip", "ETag": f'"{payload.tag}"'}
    return Response(payload.body_gzip, media_type=media_type, headers=headers)


def _guarded(answer: Callable[[], Response]) -> Response:
    # The one place where an error becomes an answer: a domain error in its own words,
    # anything else in the log with its trace and in plain words for the reader.
    try:
        return answer()
    except CorridorError as error:
        return JSONResponse({"error": str(error)}, status_code=400)
    except Exception:  # noqa: BLE001 - the edge of the server: logged whole, told plainly
        _LOG.exception("a request failed")
        message = "The server could not answer. Its log says why."
        return JSONResponse({"error": message}, status_code=500)
