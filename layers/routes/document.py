"""Write the routes of a corridor as JSON from which a page computes any date.

Legs, countries, places, gaps and gauge breaks by kilometre, with feature ids; the status
of a feature at a date stands with the feature. Small: no geometry, no names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from corridormap.layers.routes.laying import lay_route
from corridormap.layers.wording.words import plain

if TYPE_CHECKING:
    from corridormap.layers.corridor.corridor import Corridor
    from corridormap.layers.routes.way import LaidWay, WayLeg

__all__ = ["routes_document"]

_DIGITS = 2


def routes_document(corridor: Corridor) -> list[dict[str, Any]]:
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


def _way(way: LaidWay) -> dict[str, Any]:
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


def _leg(leg: WayLeg) -> dict[str, Any]:
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
