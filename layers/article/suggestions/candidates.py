"""Hold what a name may be: a feature of the corridor, or a place of the gazetteer.

Makes candidates of both, and knows which features are places of the gazetteer. Ranks nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from corridormap.geo.outline.places import folded_name
from corridormap.layers.article.suggestions.distance import kilometres

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from corridormap.geo.outline.places import Place
    from corridormap.layers.article.suggestions.names import Named
    from corridormap.layers.article.suggestions.places import Near

    LookUp = Callable[[set[str]], Mapping[str, tuple[Place, ...]]]

__all__ = ["SAME_PLACE_KM", "Candidate", "of_feature", "of_place", "place_key", "twins_of"]

SAME_PLACE_KM = 12.0
"""Nearer than this a feature and a place of one name are the same."""


@dataclass(frozen=True)
class Candidate:
    """What a name in the text may be."""

    type: Literal["feature", "place"]
    id: str
    """Of the feature; empty for a place."""
    layer: str
    name: str
    kind: str
    at: tuple[float, float]
    """Longitude and latitude in degrees."""
    country: str = ""
    population: int = 0
    distance_km: float = 0.0
    """From the corridor's features."""


def twins_of(features: Sequence[Named], look_up: LookUp) -> Mapping[object, list[Named]]:
    """Return for places of the gazetteer the features that are the same place.

    So a feature is found by every spelling that the gazetteer has of its town.
    """
    standing = [feature for feature in features if feature.standing and feature.points]
    by_name: dict[str, list[Named]] = {}
    for feature in standing:
        for name in feature.names:
            by_name.setdefault(folded_name(name.split("(")[0]), []).append(feature)
    twins: dict[object, list[Named]] = {}
    for name, places in look_up(set(by_name)).items():
        for place in places:
            for feature in by_name[name]:
                if kilometres(place.at, feature.points[0]) <= SAME_PLACE_KM:
                    twins.setdefault(place_key(place), []).append(feature)
    return twins


def place_key(place: Place) -> tuple[str, tuple[float, float]]:
    """Return what tells a place from all others."""
    return place.name, place.at


def of_feature(feature: Named) -> Candidate:
    """Return a feature as a candidate."""
    at = feature.points[len(feature.points) // 2] if feature.points else (0.0, 0.0)
    return Candidate("feature", feature.id, feature.layer, feature.name, feature.kind, at)


def of_place(near: Near) -> Candidate:
    """Return a place as a candidate."""
    place = near.place
    return Candidate(
        "place",
        "",
        "",
        place.name,
        "town",
        place.at,
        place.country,
        place.population,
        round(near.distance_km, 1),
    )
