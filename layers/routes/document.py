"""Write the routes of a corridor as JSON from which a page computes any date.

Legs, countries, places, gaps and gauge breaks by kilometre, with feature ids; the status
of a feature at a date stands with the feature. Small: no geometry, no names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypedDict

from corridormap.layers.routes.laying import lay_route
from corridormap.layers.wording.words import plain

if TYPE_CHECKING:
    from corridormap.layers.corridor.corridor import Corridor
    from corridormap.layers.routes.way import LaidWay, WayLeg

__all__ = ["RouteInDocument", "routes_document"]

_DIGITS = 2


class Leg(TypedDict):
    """A feature as the way uses it; kilometres from the way's start."""

    feature: str
    from_km: float
    to_km: float
    low_km: float
    high_km: float | None
    """How short and how long it can really be; null where its course is not known."""
    drawn: bool
    """False: no course is published, and a straight line stands in."""
    whole: bool
    """False: the way uses a part of it only."""
    published_km: float | None
    """The length of the whole feature that a source gives, if one does."""
    published_sources: list[str]


class InCountry(TypedDict):
    """A part of the way in one country; "AZ/IR" where it cannot be told."""

    country: str
    from_km: float
    to_km: float


class Spot(TypedDict):
    """A place, bridge or crossing of the way."""

    feature: str
    km: float
    offset_m: int
    """How far from the drawn way it stands."""
    role: Literal["on", "beside", "place"]


class Gap(TypedDict):
    """Where the layers have nothing between two things that do not meet."""

    before: str
    after: str
    from_km: float
    to_km: float


class GaugeBreak(TypedDict):
    """Where the gauge changes."""

    from_km: float
    to_km: float
    gauges_mm: list[float]
    features: list[str]


# In two: `from` is a word of Python's own.
_Ends = TypedDict("_Ends", {"from": str, "to": str})


class WayInDocument(_Ends):
    """A way in kilometres; `from` and `to` are ids of point features."""

    id: str
    title: str
    mode: str
    notes: list[str]
    km: float
    joined_km: float
    """How far apart, all together, the ends are that were taken to meet."""
    legs: list[Leg]
    countries: list[InCountry]
    spots: list[Spot]
    gaps: list[Gap]
    gauge_breaks: list[GaugeBreak]


class RouteInDocument(TypedDict):
    """A route and its ways."""

    id: str
    title: str
    start_note: str
    end_note: str
    notes: list[str]
    ways: list[WayInDocument]


def routes_document(corridor: Corridor) -> list[RouteInDocument]:
    """Return every route with its ways by kilometre, ready for `json.dumps`."""
    return [
        {
            "id": route.id,
            "title": plain(route.title),
            "start_note": plain(route.start_note),
            "end_note": plain(route.end_note),
            "notes": [plain(note) for note in route.notes],
            "ways": [_way(way) for way in lay_route(corridor, route)],
        }
        for route in corridor.manifest.routes
    ]


def _way(way: LaidWay) -> WayInDocument:
    return {
        "id": way.id,
        "title": way.title,
        "mode": way.mode,
        "from": way.start,
        "to": way.end,
        "notes": list(way.notes),
        "km": _km(way.km),
        "joined_km": _km(way.joined_km),
        "legs": [_leg(leg) for leg in way.legs],
        "countries": [
            {"country": part.country, "from_km": _km(part.from_km), "to_km": _km(part.to_km)}
            for part in way.stretches
        ],
        "spots": [
            {
                "feature": spot.feature,
                "km": _km(spot.km),
                "offset_m": round(spot.offset_m),
                "role": spot.role,
            }
            for spot in way.spots
        ],
        "gaps": [
            {"before": h.before, "after": h.after, "from_km": _km(h.from_km), "to_km": _km(h.to_km)}
            for h in way.holes
        ],
        "gauge_breaks": [
            {
                "from_km": _km(found.from_km),
                "to_km": _km(found.to_km),
                "gauges_mm": list(found.gauges_mm),
                "features": list(found.features),
            }
            for found in way.breaks
        ],
    }


def _leg(leg: WayLeg) -> Leg:
    first = leg.published[0] if leg.published else None
    return {
        "feature": leg.feature,
        "from_km": _km(leg.from_km),
        "to_km": _km(leg.to_km),
        "low_km": _km(leg.low_km),
        "high_km": None if leg.high_km is None else _km(leg.high_km),
        "drawn": leg.drawn,
        "whole": leg.whole,
        "published_km": first.value if first else None,
        "published_sources": list(first.sources) if first else [],
    }


def _km(km: float) -> float:
    return round(km, _DIGITS)
