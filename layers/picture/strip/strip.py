"""Draw a route as a strip: unrolled along its kilometres, as PNG, SVG or PDF.

One row for each way of the route, on one scale: places, bridges, crossings, countries,
the look that each leg has on the map at the date, gaps as gaps. It measures nothing.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from corridormap.geo.errors import ViewError
from corridormap.layers.picture.turn.loading import load
from corridormap.layers.wording.words import short

if TYPE_CHECKING:
    from typing import IO

    from corridormap.layers.corridor.corridor import Corridor
    from corridormap.layers.corridor.route import RouteEntry
    from corridormap.layers.picture.layout import DroppedLabel, PlacedLabel

__all__ = ["StripReport", "render_strip"]

NARROWEST_PX, WIDEST_PX = 600.0, 8000.0


@dataclass(frozen=True)
class StripReport:
    """What was drawn."""

    width_px: float
    height_px: float
    labels: tuple[PlacedLabel, ...]
    dropped: tuple[DroppedLabel, ...]
    """Labels that found no room, row by row, the least important first."""


def render_strip(
    corridor: Corridor,
    route_id: str,
    date: str,
    file: IO[bytes],
    *,
    format: Literal["png", "svg", "pdf"] = "png",  # noqa: A002 - the word of savefig
    width_px: float = 1600,
) -> StripReport:
    """Draw a route of a corridor and write it to a file.

    Parameters
    ----------
    corridor
        The corridor as read.
    route_id
        Which of its routes.
    date
        ISO date, YYYY-MM-DD.
    file
        Open for writing bytes.
    format
        The form of the file. The same corridor, route, date and size give the same bytes.
    width_px
        Width in CSS px, and in pixels of a PNG; everything grows with it, and the height is
        what the route needs.

    Raises
    ------
    ViewError
        There is no such route, no such date, or the width cannot be drawn.
    """
    route = _route(corridor, route_id)
    _check(date, width_px)
    load("strip.page", form=format)
    from corridormap.layers.picture.file.writing import write
    from corridormap.layers.picture.strip.page import StripPage
    from corridormap.layers.picture.turn.turn import drawing

    with drawing():
        page = StripPage(corridor, route, date, width_px)
        write(page, file, format)
        report = StripReport(width_px, page.layout.height_px, page.labels, page.dropped)
        del page  # so that its memory is given back at the block's end
        return report


def _route(corridor: Corridor, route_id: str) -> RouteEntry:
    routes = {route.id: route for route in corridor.manifest.routes}
    if route_id in routes:
        return routes[route_id]
    if not routes:
        raise ViewError("corridor-has-no-route", route=short(route_id))
    raise ViewError("unknown-route", route=short(route_id), known=", ".join(sorted(routes)))


def _check(date: str, width_px: float) -> None:
    try:
        dt.date.fromisoformat(date)
    except ValueError as error:
        raise ViewError("strip-date-is-not-a-date", date=short(date)) from error
    if not NARROWEST_PX <= width_px <= WIDEST_PX:
        raise ViewError(
            "strip-width-out-of-range",
            width_px=f"{width_px:g}",
            least=f"{NARROWEST_PX:g}",
            most=f"{WIDEST_PX:g}",
        )
