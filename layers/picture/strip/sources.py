"""Name who a strip diagram leans on: for statuses and lengths, and for positions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corridormap.layers.scene.credits import geometry_credits
from corridormap.layers.wording.words import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from corridormap.layers.corridor.corridor import Corridor
    from corridormap.layers.routes.way import LaidWay
    from corridormap.layers.scene.scene import SceneFeature

__all__ = ["positions_of", "sources_of"]


def sources_of(
    corridor: Corridor, ways: Iterable[LaidWay], features: Mapping[str, SceneFeature], date: str
) -> list[str]:
    """Return who said what the strip shows: the statuses at a date, promises, published lengths."""
    ids: list[str] = []
    for way in ways:
        named = [leg.feature for leg in way.legs]
        named += [spot.feature for spot in way.spots if spot.role == "on"]
        for feature in named:
            events = [event for event in features[feature].history if event.since <= date]
            ids += events[-1].sources if events else ()
            for course in features[feature].promises:
                made = [promise for promise in course.promises if promise.since <= date]
                ids += [source for promise in made for source in promise.sources]
        for leg in way.legs:
            ids += [source for figure in leg.published for source in figure.sources]
    return _publishers(corridor, ids)


def positions_of(corridor: Corridor, ways: Iterable[LaidWay]) -> list[str]:
    """Return whose data the positions along the ways come from."""
    ids: list[str] = []
    features: list[str] = []
    for way in ways:
        features += [leg.feature for leg in way.legs] + [spot.feature for spot in way.spots]
    for feature in features:
        layer = corridor.layer_of(feature)
        ids += layer.features[feature].position_sources if layer else ()
    names = _publishers(corridor, ids)
    drawn = geometry_credits(corridor, features)
    # The licences of the map's own data ask for their words; once is enough.
    every = dict.fromkeys([*drawn, plain(corridor.manifest.outline_credit)])
    asked = [words for words in every if words]
    return [*(name for name in names if not any(name in words for words in asked)), *asked]


def _publishers(corridor: Corridor, ids: Iterable[str]) -> list[str]:
    sources = [corridor.sources[i] for i in dict.fromkeys(ids) if i in corridor.sources]
    names = [plain(s.publisher or s.container_title or s.title) for s in sources]
    return list(dict.fromkeys(name for name in names if name))
