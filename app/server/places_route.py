"""Answer the page's search for places of the gazetteer, by their names in any spelling.

Reads only, and changes nothing; a place that is found is no feature of the corridor.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import JSONResponse
from starlette.routing import Route

from corridormap.app.desk.guarded import guarded
from corridormap.app.desk.headers import NEVER_KEPT
from corridormap.geo.outline.places import country_names, places_like

if TYPE_CHECKING:
    import threading
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request
    from starlette.responses import Response

    from corridormap.app.desk.desk import Desk
    from corridormap.layers.corridor.corridor import Corridor

__all__ = ["places_route"]

_MOST_LETTERS = 100
_MOST = 20


def places_route(path: str, corridor: Callable[[], Awaitable[Corridor]], desk: Desk) -> Route:
    """Return the route that finds places.

    Parameters
    ----------
    path
        Its address.
    corridor
        Gives the corridor that is served: places inside its extent come first.
    desk
        Has the gazetteer asked, in the queue of what is read.
    """

    async def places(request: Request) -> Response:
        asked = request.query_params.get("q", "")[:_MOST_LETTERS]
        extent = (await corridor()).manifest.extent

        def work(_left: threading.Event) -> Response:
            countries = country_names()
            found = [
                {
                    "name": place.name,
                    "country": countries.get(place.country, ""),
                    "lon": place.at[0],
                    "lat": place.at[1],
                }
                for place in places_like(asked, extent, limit=_MOST)
            ]
            return JSONResponse({"found": found}, headers=NEVER_KEPT)

        return await desk.reading.run(request, work)

    return Route(path, guarded(places))
