"""Find the places, bridges and crossings along a way, each with its kilometre.

What a route lists is on the way, and so is a crossing that uses a listed bridge; listed
before or after every line, it stands at the way's start or end. Other points count when
they may lie on the line, given how well both are known. Joins no lines.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from shapely.geometry import Point

from corridormap.geo.measure import distance_m
from corridormap.layers.routes.way import WaySpot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corridormap.geo.lines.topology import Way
    from corridormap.geo.lines.track import LonLat
    from corridormap.layers.corridor.corridor import Corridor
    from corridormap.layers.corridor.feature import FeatureProperties

__all__ = ["Listed", "spots_of"]

_LINKS = {"bridge", "border_crossing"}
_PLACES = {"town": 0, "node": 1, "port": 2}
_FARTHEST_M = 10_000.0
"""Nothing farther counts as near, however little is known about the line."""
_SAME_PLACE_M = 5_000.0


@dataclass(frozen=True)
class Listed:
    """What a way lists: its stations, and the points that it leads over."""

    start: str
    end: str
    mode: str
    points: frozenset[str]
    first: frozenset[str]
    """Those listed before any line: they stand at the start."""
    last: frozenset[str]
    """Those listed after every line: they stand at the end."""

    @property
    def stations(self) -> frozenset[str]:
        """Where the way starts and ends."""
        return frozenset({self.start, self.end})

    def fixed_m(self, feature: str, way: Way) -> float | None:
        """Return where the list itself places a point, as distance along the way."""
        if feature == self.start or feature in self.first:
            return 0.0
        return way.length_m if feature == self.end or feature in self.last else None


def spots_of(corridor: Corridor, way: Way, entry: Listed) -> tuple[WaySpot, ...]:
    """Return what stands on or near a way, in the order of its kilometres.

    Of bridges and crossings that the way does not lead over only those of its own mode
    are near it.
    """
    if not way.legs:
        return ()
    found = [*_links(corridor, way, entry), *_places(corridor, way, entry)]

    def order(spot: WaySpot) -> tuple[float, int, str, str]:
        turn = {"place": 1, "beside": 2, "on": 3}[spot.role]
        turn = {entry.start: 0, entry.end: 4}.get(spot.feature, turn)
        return spot.km, turn, spot.kind, spot.feature

    return tuple(sorted(found, key=order))


def _points(corridor: Corridor) -> Iterator[tuple[str, FeatureProperties, LonLat]]:
    for layer in corridor.layers:
        for feature, said in layer.features.items():
            shape = layer.shapes[feature]
            if isinstance(shape, Point):
                yield feature, said, (shape.x, shape.y)


def _links(corridor: Corridor, way: Way, entry: Listed) -> Iterator[WaySpot]:
    modes = {entry.mode, "road_rail", "multimodal"}
    for feature, said, at in _points(corridor):
        if said.kind not in _LINKS:
            continue
        home = feature if feature in entry.points else said.bridge or ""
        if home in entry.points:
            yield _spot(way, feature, said, at, "on", entry.fixed_m(home, way))
        elif (said.mode in modes or entry.mode == "multimodal") and _near(way, said, at):
            yield _spot(way, feature, said, at, "beside")


def _places(corridor: Corridor, way: Way, entry: Listed) -> Iterator[WaySpot]:
    """Yield towns and stations; a node or port only where no town stands for it."""
    taken: list[LonLat] = []
    points = [p for p in _points(corridor) if p[1].kind in _PLACES or p[0] in entry.stations]
    points.sort(key=lambda p: (p[0] not in entry.stations, _PLACES.get(p[1].kind, 0)))
    for feature, said, at in points:
        if feature not in entry.stations:
            if not _near(way, said, at):
                continue
            if said.kind != "town" and any(distance_m(at, p) < _SAME_PLACE_M for p in taken):
                continue
        taken.append(at)
        yield _spot(way, feature, said, at, "place", entry.fixed_m(feature, way))


def _near(way: Way, said: FeatureProperties, at: LonLat) -> bool:
    spot = way.spot(at)
    return spot.offset_m <= min(_FARTHEST_M, spot.reach_m + said.uncertainty_m)


def _spot(
    way: Way,
    feature: str,
    said: FeatureProperties,
    at: LonLat,
    role: Literal["on", "beside", "place"],
    fixed_m: float | None = None,
) -> WaySpot:
    spot = way.spot(at)
    at_m = spot.at_m if fixed_m is None else fixed_m
    return WaySpot(feature, said.kind, at_m / 1000, spot.offset_m, role)
