"""Check the routes of corridor.toml against the layers: unknown ids, lines that are none.

A gap is no fault: a route may well have one. Repairs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from shapely.geometry import Point

from corridormap.geo.errors import Fault, Finding
from corridormap.layers.folder.files import MANIFEST
from corridormap.layers.routes.laying import lay_way
from corridormap.layers.wording.words import distance, short

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corridormap.layers.corridor.corridor import Corridor
    from corridormap.layers.corridor.route import RouteEntry, WayEntry

__all__ = ["route_findings"]


def route_findings(corridor: Corridor) -> Iterator[Finding]:
    """Yield what is wrong with the routes; layers that failed have said so already."""
    for route in corridor.manifest.routes:
        for way in route.ways:
            where = f"routes.{route.id}.{way.id}"
            for fault in _faults(corridor, route, way):
                yield fault.at(MANIFEST, where)


def _faults(corridor: Corridor, route: RouteEntry, entry: WayEntry) -> Iterator[Fault]:
    complete = len(corridor.layers) == len(corridor.manifest.layers)
    way = lay_way(corridor, route, entry)
    for feature in way.lost:
        if corridor.layer_of(feature) is not None:
            yield Fault("way-cannot-lead-along-feature", id=short(feature))
        elif complete and not corridor.is_in_a_file(feature):
            yield Fault("way-names-unknown-feature", id=short(feature))
    if not way.legs and not way.lost:
        yield Fault("way-has-no-line")
    for station in {way.start, way.end} - set(way.lost):
        layer = corridor.layer_of(station)
        if layer and not isinstance(layer.shapes[station], Point):
            yield Fault("station-is-not-a-point", id=short(station))
    for spot in way.spots:
        layer = corridor.layer_of(spot.feature)
        if spot.role == "on" and layer:
            known_m = layer.features[spot.feature].uncertainty_m + _widest_m(corridor, entry)
            if spot.offset_m > known_m:
                apart = distance(spot.offset_m)
                yield Fault("feature-stands-off-way", id=short(spot.feature), apart=apart)


def _widest_m(corridor: Corridor, entry: WayEntry) -> float:
    """Return how badly the way's least known line is placed, in metres."""
    homes = [(feature, corridor.layer_of(feature)) for feature in entry.features]
    return max((layer.features[i].uncertainty_m for i, layer in homes if layer), default=0.0)
