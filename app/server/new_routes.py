"""Answer the page that makes a corridor: what can be chosen, and the folder that comes of it.

The corridor begins with one layer that is empty: what is in it, its states and dates too, is
for who makes it to say. Its folder is made in one place only, that of the settings.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse
from starlette.routing import Route

from corridormap.app.desk.body import parse_body
from corridormap.app.desk.guarded import guarded
from corridormap.app.desk.headers import NEVER_KEPT
from corridormap.app.editing.new import make_corridor
from corridormap.geo.errors import CorridorError, ReadError
from corridormap.geo.outline.places import country_names
from corridormap.layers.corridor.manifest import TITLE_CHARS
from corridormap.layers.saving.template import NewCorridor, extent_of, parse_countries
from corridormap.layers.wording.slug import slug_of
from corridormap.layers.wording.words import plain

if TYPE_CHECKING:
    import threading
    from pathlib import Path

    from starlette.requests import Request
    from starlette.responses import Response

    from corridormap.app.site.site import Site

__all__ = ["can_make", "new_routes"]

_BODY_BYTES = 20_000
_FILE = "the new corridor"


def can_make(site: Site) -> bool:
    """Tell whether corridors can be made in the page."""
    return site.settings.made_in is not None and not site.settings.read_only


def new_routes(site: Site) -> list[Route]:
    """Return the routes of a new corridor; none where none can be made."""
    made_in = site.settings.made_in
    if made_in is None or not can_make(site):
        return []
    path = f"{site.settings.prefix}/new"

    async def offered(request: Request) -> Response:
        def work(_left: threading.Event) -> Response:
            countries = sorted(country_names().items(), key=lambda one: one[1])
            said = {"made_in": plain(str(made_in)), "countries": [list(one) for one in countries]}
            return JSONResponse(said, headers=NEVER_KEPT)

        return await site.desk.reading.run(request, work)

    async def make(request: Request) -> Response:
        async with site.desk.bodies.taken(request, _BODY_BYTES) as body:

            def work(_left: threading.Event) -> Response:
                said = parse_body(body.read(), file=_FILE, most=site.desk.limits.parsed_bytes)
                return JSONResponse(_made(site, made_in, said), headers=NEVER_KEPT)

            return await site.desk.saving.run(request, work, key=made_in)

    return [
        Route(path, guarded(offered), methods=["GET"]),
        Route(path, guarded(make), methods=["POST"]),
    ]


def _made(site: Site, made_in: Path, said: Any) -> dict[str, str]:
    """Make a corridor's folder and return its id and its title.

    Raises
    ------
    CorridorError
        What it is to be is not told, or its folder cannot be made.
    """
    title = said.get("title") if isinstance(said, dict) else None
    titled = plain(title).strip() if isinstance(title, str) else ""
    if not titled or len(titled) > TITLE_CHARS:
        raise ReadError("new-corridor-has-no-title", most=TITLE_CHARS)
    codes = parse_countries(str(said.get("countries", "")))
    today = dt.datetime.now(tz=dt.UTC).astimezone().date()
    try:
        made_in.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CorridorError(
            "folder-cannot-be-made", file=str(made_in), why=error.strerror
        ) from error
    id_ = _free_id(site, made_in, slug_of(titled)[:50].rstrip("-") or "corridor")
    folder = made_in / id_
    make_corridor(folder, NewCorridor(id_, titled, extent_of(codes), codes, today), towns=False)
    site.shelf.add(folder)
    return {"id": id_, "title": titled}


def _free_id(site: Site, made_in: Path, wanted: str) -> str:
    """Return an id that neither a corridor nor a file of the folder has."""
    taken = {each.id for each in site.shelf.all()}
    names = (wanted if n == 1 else f"{wanted}-{n}" for n in range(1, 10_000))
    return next(n for n in names if n not in taken and not (made_in / n).exists())
