"""Find the features that stand at one place, so that they draw as one sign.

A crossing and the bridge it uses, and points with the same coordinates. Decides no look.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from shapely.geometry import Point

from corridormap.geo.measure import distance_m

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corridormap.layers.corridor.corridor import Corridor

__all__ = ["places_of"]


def places_of(corridor: Corridor) -> dict[str, str]:
    """Return the place id of every feature: its own, unless it stands with others.

    A shared place takes the id of its first bridge, else of its first feature.
    """
    features = {f: said for layer in corridor.layers for f, said in layer.features.items()}
    points = dict(_points(corridor))
    homes = {feature: feature for feature in features}

    def home(feature: str) -> str:
        while homes[feature] != feature:
            feature = homes[feature]
        return feature

    def join(one: str, other: str) -> None:
        pair = sorted((home(one), home(other)), key=lambda f: features[f].kind != "bridge")
        homes[pair[1]] = pair[0]

    first_at: dict[tuple[float, float], str] = {}
    for feature, at in points.items():
        join(first_at.setdefault(at, feature), feature)
    for feature, at in points.items():
        bridge, reach_m = features[feature].bridge, features[feature].uncertainty_m
        if bridge in points and distance_m(at, points[bridge]) <= reach_m:
            join(bridge, feature)
    return {feature: home(feature) for feature in features}


def _points(corridor: Corridor) -> Iterator[tuple[str, tuple[float, float]]]:
    for layer in corridor.layers:
        for feature in layer.features:
            shape = layer.shapes[feature]
            if isinstance(shape, Point):
                yield feature, (shape.x, shape.y)
