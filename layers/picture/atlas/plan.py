"""Choose the pages of an atlas and what each map shows; it draws nothing.

A page is about a claim or a feature. Its extent holds all that the page is about, with the
room in which it may lie, and never less than lets the surroundings be seen.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from corridormap.geo.errors import ViewError
from corridormap.geo.measure import bbox_of
from corridormap.layers.scene.resolve import resolve
from corridormap.layers.wording.words import short

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from corridormap.layers.corridor.corridor import Corridor
    from corridormap.layers.scene.resolve import Resolved
    from corridormap.layers.scene.scene import Bbox, SceneClaim, SceneFeature
    from corridormap.layers.scene.view import View

__all__ = ["Subject", "choose_subjects", "extent_of", "view_of"]

Of = Literal["claims", "features", "all"]

_METRES_PER_DEGREE = 111_319.49
_LEAST_M = 24_000.0
"""Width and height in metres that a page shows at least."""
_RING_TIMES = 3.0
"""How many radii of its ring are seen round a point, at least, on each side."""
_MARGIN = 0.16
_MAX_LAT = 84.0


@dataclass(frozen=True)
class Subject:
    """What a page of the atlas is about."""

    id: str
    title: str
    features: tuple[SceneFeature, ...]
    claim: SceneClaim | None = None
    layer: str = ""
    """Title of the layer of a feature."""

    @property
    def kind(self) -> Literal["claim", "feature"]:
        """Which of the two it is."""
        return "feature" if self.claim is None else "claim"


def choose_subjects(
    corridor: Corridor, view: View, *, of: Of = "all", ids: Sequence[str] = ()
) -> tuple[tuple[Subject, ...], tuple[str, ...]]:
    """Return the subjects in the atlas's order, and ids left out as nothing is known of them yet.

    Parameters
    ----------
    corridor
        The corridor as read.
    view
        Its date; its layers are those whose features are chosen.
    of
        Which subjects are chosen when none is named. Claims are chosen whatever their layers.
    ids
        Ids of claims and features; each gets its page, also when its layer is not in the view.

    Raises
    ------
    ViewError
        An id is neither a claim's nor a feature's, or nothing was chosen.
    """
    resolved = resolve(corridor)
    every = (*_claims(resolved), *_features(corridor, resolved))
    wanted = tuple(dict.fromkeys(ids))
    known = {subject.id for subject in every}
    wrong = next((id_ for id_ in wanted if id_ not in known), None)
    if wrong is not None:
        raise ViewError("neither-claim-nor-feature", wrong=short(wrong))
    left_out: tuple[str, ...] = ()
    if wanted:
        chosen = tuple(subject for subject in every if subject.id in wanted)
    else:
        chosen = tuple(s for s in every if _is_of(s, of, view))
        late = {s.id for s in chosen if s.claim is None and not _known(s.features, view.date)}
        left_out = tuple(subject.id for subject in chosen if subject.id in late)
        chosen = tuple(subject for subject in chosen if subject.id not in late)
    if not chosen:
        raise ViewError("nothing-to-make-pages-of")
    return chosen, left_out


def view_of(subject: Subject, view: View, corridor: Corridor) -> View:
    """Return the view of a subject's page: its extent, with what it is about lit."""
    shown = {*view.layers, *(feature.layer for feature in subject.features)}
    return view.model_copy(
        update={
            "bbox": extent_of(subject.features) if subject.features else view.bbox,
            "layers": tuple(e.id for e in corridor.manifest.layers if e.id in shown),
            "selected": subject.id if subject.claim is None else None,
            "claim": None if subject.claim is None else subject.id,
            "basemap": "outline",
        }
    )


def extent_of(features: Iterable[SceneFeature]) -> Bbox:
    """Return west, south, east, north in degrees that show features and where they may lie."""
    boxes = [_reach(feature) for feature in features]
    west, south = min(b[0] for b in boxes), min(b[1] for b in boxes)
    east, north = max(b[2] for b in boxes), max(b[3] for b in boxes)
    middle = (west + east) / 2, (south + north) / 2
    per_lat = _METRES_PER_DEGREE
    per_lon = per_lat * math.cos(math.radians(min(abs(middle[1]), _MAX_LAT)))
    half_x = max((east - west) * (0.5 + _MARGIN), _LEAST_M / 2 / per_lon)
    half_y = max((north - south) * (0.5 + _MARGIN), _LEAST_M / 2 / per_lat)
    return (
        round(max(-180.0, middle[0] - half_x), 5),
        round(max(-_MAX_LAT, middle[1] - half_y), 5),
        round(min(180.0, middle[0] + half_x), 5),
        round(min(_MAX_LAT, middle[1] + half_y), 5),
    )


def _reach(feature: SceneFeature) -> Bbox:
    """Return the box of a feature with its ring or band."""
    box = bbox_of([feature.geometry]) or (0.0, 0.0, 0.0, 0.0)
    ring, band = feature.position.ring_m, feature.position.band_m
    metres = _RING_TIMES * ring if ring is not None else (band or 0.0) / 2
    per_lon = _METRES_PER_DEGREE * math.cos(math.radians(min(abs(box[1]), _MAX_LAT)))
    dx, dy = metres / per_lon, metres / _METRES_PER_DEGREE
    return box[0] - dx, box[1] - dy, box[2] + dx, box[3] + dy


def _claims(resolved: Resolved) -> Iterator[Subject]:
    by_id = {feature.id: feature for feature in resolved.features}
    for claim in resolved.claims:
        yield Subject(claim.id, claim.title, tuple(by_id[f] for f in claim.features), claim)


def _features(corridor: Corridor, resolved: Resolved) -> Iterator[Subject]:
    """Yield the features in the order of the layers and of their files."""
    by_id = {feature.id: feature for feature in resolved.features}
    for layer in corridor.layers:
        title = next(entry.title for entry in resolved.layers if entry.id == layer.id)
        for feature in layer.features:
            yield Subject(feature, by_id[feature].name, (by_id[feature],), layer=title)


def _is_of(subject: Subject, of: Of, view: View) -> bool:
    if subject.claim is not None:
        return of in {"claims", "all"} and bool(subject.features)
    return of in {"features", "all"} and subject.features[0].layer in view.layers


def _known(features: Iterable[SceneFeature], date: str) -> bool:
    return any(feature.phase_at(date) is not None for feature in features)
