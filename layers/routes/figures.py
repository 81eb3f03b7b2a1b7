"""Say what of a route is usable at a date: kilometres by status, country and mode.

Also the missing links by name, crossings and bridges with their kilometre, gauge breaks,
and measured lengths beside published ones. JSON-ready values; usable means operating.
Draws nothing.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from corridormap.layers.routes.laying import lay_route
from corridormap.layers.scene.resolve import resolve
from corridormap.layers.wording.words import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from corridormap.layers.corridor.corridor import Corridor
    from corridormap.layers.corridor.feature import Figure
    from corridormap.layers.routes.way import Break, Hole, LaidWay, WayLeg
    from corridormap.layers.scene.scene import SceneFeature

__all__ = ["NOT_YET", "describe_routes", "describe_way", "features_by_id"]

NOT_YET = "not recorded"
"""Stands for the status of a feature before its first event."""
_DIGITS = 1


def describe_routes(corridor: Corridor, date: str) -> list[dict[str, Any]]:
    """Return every route of a corridor at a date, ready for `json.dumps`.

    Lengths are km on the mapped lines with one digit; shares run from 0 to 1.

    Parameters
    ----------
    corridor
        The corridor as read.
    date
        ISO date, YYYY-MM-DD.
    """
    if not corridor.manifest.routes:
        return []
    features = features_by_id(corridor)
    return [
        {
            "id": route.id,
            "title": plain(route.title),
            "date": date,
            "start_note": plain(route.start_note),
            "end_note": plain(route.end_note),
            "notes": [plain(note) for note in route.notes],
            "ways": [describe_way(way, features, date) for way in lay_route(corridor, route)],
        }
        for route in corridor.manifest.routes
    ]


def features_by_id(corridor: Corridor) -> dict[str, SceneFeature]:
    """Return the features of a corridor with every look resolved, by id."""
    return {feature.id: feature for feature in resolve(corridor).features}


def describe_way(way: LaidWay, features: Mapping[str, SceneFeature], date: str) -> dict[str, Any]:
    """Return one way at a date, ready for `json.dumps`."""
    missing = list(_missing(way, features, date))
    return {
        "id": way.id,
        "title": way.title,
        "mode": way.mode,
        "from": _named(features, way.start),
        "to": _named(features, way.end),
        "notes": list(way.notes),
        **_lengths(way, features, date),
        "through": not missing and not way.holes,
        "missing": missing,
        "gaps": [_gap(hole, features) for hole in way.holes],
        "crossings": list(_links(way, features, date, "border_crossing")),
        "bridges": list(_links(way, features, date, "bridge")),
        "places": [
            {**_named(features, spot.feature), "km": _km(spot.km)}
            for spot in way.spots
            if spot.role == "place"
        ],
        "gauge_breaks": [_break(found, features) for found in way.breaks],
        "legs": [_leg(leg, features[leg.feature], date) for leg in way.legs],
        "not_found": list(way.lost),
    }


def _lengths(way: LaidWay, features: Mapping[str, SceneFeature], date: str) -> dict[str, Any]:
    """Return the kilometres of a way, counted in every manner."""
    of = [(leg, features[leg.feature]) for leg in way.legs]
    usable_km = sum(leg.km for leg, feature in of if _usable(feature, date))
    highs = [leg.high_km for leg, _ in of]
    known = not way.holes and None not in highs
    return {
        "km": _km(way.km),
        "km_low": _km(sum(leg.low_km for leg, _ in of)),
        "km_high": _km(sum(high or 0.0 for high in highs) + way.joined_km) if known else None,
        "km_published": _sum_published(way.legs),
        "km_without_course": _km(sum(leg.km for leg, _ in of if not leg.drawn)),
        "km_gaps": _km(sum(hole.to_km - hole.from_km for hole in way.holes)),
        "km_by_status": _sums((_status(feature, date), leg.km) for leg, feature in of),
        "km_by_country": _sums((part.country, part.to_km - part.from_km) for part in way.stretches),
        "km_by_mode": _sums((feature.mode, leg.km) for leg, feature in of),
        "km_usable": _km(usable_km),
        "share_usable": round(usable_km / way.km, 3) if way.km else 0.0,
    }


def _gap(hole: Hole, features: Mapping[str, SceneFeature]) -> dict[str, Any]:
    return {
        "between": [_named(features, hole.before), _named(features, hole.after)],
        "from_km": _km(hole.from_km),
        "to_km": _km(hole.to_km),
        "km": _km(hole.to_km - hole.from_km),
    }


def _leg(leg: WayLeg, feature: SceneFeature, date: str) -> dict[str, Any]:
    return {
        "id": leg.feature,
        "name": feature.name,
        **_state(feature, date),
        "mode": feature.mode,
        "countries": list(feature.countries),
        "from_km": _km(leg.from_km),
        "to_km": _km(leg.to_km),
        "km": _km(leg.km),
        "km_low": _km(leg.low_km),
        "km_high": None if leg.high_km is None else _km(leg.high_km),
        "course": "drawn" if leg.drawn else "not published",
        "whole": leg.whole,
        "position_quality": feature.position.quality,
        "uncertainty_m": feature.position.uncertainty_m,
        "gauges_mm": list(leg.gauges_mm),
        "published": [_published(figure) for figure in leg.published],
    }


def _published(figure: Figure) -> dict[str, Any]:
    return {
        "km": figure.value,
        "km_max": figure.value_max,
        "date": figure.date,
        "note": plain(figure.note),
        "sources": list(figure.sources),
    }


def _sum_published(legs: Iterable[WayLeg]) -> float | None:
    """Return the sum of the first published length of each leg, if every leg has one."""
    first = [leg.published[0].value if leg.published else None for leg in legs]
    known = [km for km in first if km is not None]
    return _km(sum(known)) if known and len(known) == len(first) else None


def _missing(
    way: LaidWay, features: Mapping[str, SceneFeature], date: str
) -> Iterable[dict[str, Any]]:
    """Yield what the way leads along or over and cannot be used at the date."""
    for at_km, feature, km in way.links:
        if not _usable(features[feature], date):
            named = _named(features, feature)
            yield {
                **named,
                "kind": features[feature].kind,
                **_state(features[feature], date),
                "from_km": _km(at_km),
                "km": _km(km),
            }


def _links(
    way: LaidWay, features: Mapping[str, SceneFeature], date: str, kind: str
) -> Iterable[dict[str, Any]]:
    for spot in way.spots:
        if spot.kind == kind:
            feature = features[spot.feature]
            yield {
                **_named(features, spot.feature),
                **_state(feature, date),
                "km": _km(spot.km),
                "offset_m": round(spot.offset_m),
                "on_the_way": spot.role == "on",
                "countries": list(feature.countries),
            }


def _break(found: Break, features: Mapping[str, SceneFeature]) -> dict[str, Any]:
    return {
        "from_km": _km(found.from_km),
        "to_km": _km(found.to_km),
        "gauges_mm": list(found.gauges_mm),
        "features": [_named(features, feature) for feature in found.features],
    }


def _named(features: Mapping[str, SceneFeature], feature: str) -> dict[str, str]:
    known = features.get(feature)
    return {"id": feature, "name": known.name if known else feature}


def _state(feature: SceneFeature, date: str) -> dict[str, str]:
    phase = feature.phase_at(date)
    if phase is None:
        return {"status": NOT_YET, "status_label": "Not recorded yet"}
    return {"status": phase.status, "status_label": phase.status_label}


def _status(feature: SceneFeature, date: str) -> str:
    return _state(feature, date)["status"]


def _usable(feature: SceneFeature, date: str) -> bool:
    return _status(feature, date) == "operating"


def _sums(parts: Iterable[tuple[str, float]]) -> dict[str, float]:
    sums: defaultdict[str, float] = defaultdict(float)
    for key, km in parts:
        sums[key] += km
    return {key: _km(km) for key, km in sums.items()}


def _km(km: float) -> float:
    return round(km, _DIGITS)
