"""Find crossings of rail and road that are taken for one another.

A railway's crossing leads over a bridge for trains. And where a crossing of each stand side by
side, each stands by the line of its own mode: where the road comes nearer to the railway's
crossing and the railway nearer to the road's, the two are in the wrong order along the border.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from shapely.geometry import LineString, Point

from corridormap.geo.errors import Fault
from corridormap.geo.lines.track import Track
from corridormap.geo.measure import distance_m
from corridormap.layers.validation.near import near_pairs
from corridormap.layers.wording.words import short

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corridormap.geo.errors import Finding
    from corridormap.geo.lines.track import LonLat
    from corridormap.layers.corridor.corridor import Corridor
    from corridormap.layers.corridor.feature import FeatureProperties

__all__ = ["order_findings"]

_BESIDE_M = 5_000.0
"""Crossings nearer than this stand side by side; lines farther off say nothing of them."""


class _Crossing(NamedTuple):
    file: str
    id: str
    said: FeatureProperties
    at: LonLat


def order_findings(corridor: Corridor) -> Iterator[Finding]:
    """Yield crossings whose mode is not their bridge's, and pairs in the wrong order."""
    crossings = list(_crossings(corridor))
    for crossing in crossings:
        bridge = _bridge(corridor, crossing.said)
        if bridge and {crossing.said.mode, bridge.mode} == {"rail", "road"}:
            fault = Fault(
                "crossing-and-bridge-differ-in-mode",
                "mode",
                mode=crossing.said.mode,
                bridge=short(crossing.said.bridge),
                other=bridge.mode,
            )
            yield fault.at(crossing.file, crossing.id)
    pairs = list(_side_by_side(crossings))
    if not pairs:
        return
    lines = {mode: list(_lines(corridor, mode)) for mode in ("rail", "road")}
    for rail, road in pairs:
        if _swapped(rail.at, road.at, lines):
            fault = Fault("rail-and-road-out-of-order", "", other=short(road.id))
            yield fault.at(rail.file, rail.id)


def _side_by_side(crossings: list[_Crossing]) -> Iterator[tuple[_Crossing, _Crossing]]:
    """Yield pairs of a crossing of rail and one of road that stand side by side."""
    boxes = [(*each.at, *each.at) for each in crossings]
    for one, other in near_pairs(boxes, [_BESIDE_M] * len(boxes)):
        pair = {crossings[number].said.mode: crossings[number] for number in (one, other)}
        rail, road = pair.get("rail"), pair.get("road")
        if rail and road and distance_m(rail.at, road.at) <= _BESIDE_M:
            yield rail, road


def _swapped(rail: LonLat, road: LonLat, lines: dict[str, list[Track]]) -> bool:
    """Tell whether a road is nearer to the railway's crossing, and a railway to the road's."""
    by_rail = {mode: _nearest_m(rail, tracks) for mode, tracks in lines.items()}
    by_road = {mode: _nearest_m(road, tracks) for mode, tracks in lines.items()}
    near = max(min(by_rail.values()), min(by_road.values())) <= _BESIDE_M
    return near and by_rail["road"] < by_rail["rail"] and by_road["rail"] < by_road["road"]


def _nearest_m(at: LonLat, tracks: list[Track]) -> float:
    return min((track.foot(at).offset_m for track in tracks), default=float("inf"))


def _crossings(corridor: Corridor) -> Iterator[_Crossing]:
    for layer in corridor.layers:
        for feature, said in layer.features.items():
            shape = layer.shapes[feature]
            if said.kind == "border_crossing" and isinstance(shape, Point):
                yield _Crossing(layer.file, feature, said, (shape.x, shape.y))


def _bridge(corridor: Corridor, said: FeatureProperties) -> FeatureProperties | None:
    home = corridor.layer_of(said.bridge) if said.bridge else None
    return home.features[said.bridge] if home and said.bridge else None


def _lines(corridor: Corridor, mode: str) -> Iterator[Track]:
    for layer in corridor.layers:
        for feature, said in layer.features.items():
            shape = layer.shapes[feature]
            if said.mode == mode and isinstance(shape, LineString):
                yield Track.of(shape.coords)
