"""Resolve a corridor once, and apply a view to it: the scene that both renderers read.

Looks, labels, claims, sources and order are decided here and nowhere after. It knows
nothing of Leaflet, matplotlib or HTML, and reads no file but the places of the base map.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from corridormap.geo.measure import bbox_of
from corridormap.layers.changes.dated import changed_features
from corridormap.layers.changes.words import change_label
from corridormap.layers.claims.checks import check_claims
from corridormap.layers.claims.later import later_verdict
from corridormap.layers.corridor.corridor import once_for
from corridormap.layers.scene.base_places import base_places
from corridormap.layers.scene.credits import credits_of
from corridormap.layers.scene.headline import headline_of
from corridormap.layers.scene.labels import in_language
from corridormap.layers.scene.legend import legend_of
from corridormap.layers.scene.same_place import places_of
from corridormap.layers.scene.scene import (
    Check,
    Scene,
    SceneClaim,
    SceneItem,
    SceneLayer,
)
from corridormap.layers.scene.scene_feature import scene_feature
from corridormap.layers.scene.signs import make_sign, point_key
from corridormap.layers.theme import PALETTE
from corridormap.layers.wording.words import day_label, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from corridormap.layers.claims.checks import ClaimCheck
    from corridormap.layers.corridor.annotation import Annotation
    from corridormap.layers.corridor.corridor import Corridor
    from corridormap.layers.corridor.manifest import LayerEntry
    from corridormap.layers.corridor.source import SceneSource
    from corridormap.layers.scene.looks import Sign
    from corridormap.layers.scene.scene import LegendEntry, SceneFeature
    from corridormap.layers.scene.view import View

__all__ = ["Resolved", "build_scene", "resolve", "with_legend"]

_AREAS = {"Polygon", "MultiPolygon"}
_POINTS = {"Point", "MultiPoint"}
_GLYPH_ORDER = {"bridge": 1, "border_crossing": 2}
State = Literal["rest", "lit", "selected", "dimmed"]


@dataclass(frozen=True)
class Resolved:
    """Everything of a corridor that no view changes."""

    features: tuple[SceneFeature, ...]
    """In drawing order, from below to above."""
    layers: tuple[SceneLayer, ...]
    claims: tuple[SceneClaim, ...]
    signs: Mapping[str, Sign]
    sources: Mapping[str, SceneSource]
    """The sources that something leans on."""


@once_for
def resolve(corridor: Corridor) -> Resolved:
    """Return a corridor with every look resolved; the same corridor is resolved once."""
    checks = {check.id: check for check in check_claims(corridor) if check.kind == "claim"}
    claims = tuple(
        _claim(annotation, number, corridor, checks[annotation.id])
        for number, annotation in enumerate(_in_order(corridor), start=1)
    )
    places = places_of(corridor)
    about: dict[str, list[str]] = {}
    for claim in claims:
        for feature in claim.features:
            about.setdefault(feature, []).append(claim.id)
    features = [
        scene_feature(
            corridor,
            layer,
            feature,
            shapes[feature],
            place=places[feature],
            claims=tuple(about.get(feature, ())),
        )
        for layer in corridor.layers
        for shapes in [dict(layer.frame.geometry.items())]
        for feature in layer.features
    ]
    order = {layer.id: layer.order for layer in corridor.layers}
    features.sort(key=lambda feature: _depth(feature, order[feature.layer]))
    date = corridor.manifest.as_of.isoformat()
    layers = tuple(
        _layer(corridor, entry, place, features, date)
        for place, entry in enumerate(corridor.manifest.layers)
    )
    keys = {phase.sign for feature in features for phase in feature.phases}
    keys |= {layer.swatch for layer in layers}
    return Resolved(
        features=tuple(features),
        layers=layers,
        claims=claims,
        signs={key: make_sign(key) for key in sorted(keys)},
        sources=_sources(corridor, features),
    )


def _in_order(corridor: Corridor) -> list[Annotation]:
    """Order the annotations as their claims are numbered: those on the first map come first.

    Otherwise the numbers on the map would have gaps that mean nothing to a reader.
    """
    first = {
        feature for layer in corridor.layers if layer.entry.visible for feature in layer.features
    }
    return sorted(
        corridor.annotations,
        key=lambda annotation: first.isdisjoint(annotation.features),
    )


def build_scene(corridor: Corridor, view: View) -> Scene:
    """Return the scene of a view: what is shown, in order, with its state.

    Parameters
    ----------
    corridor
        The corridor as read.
    view
        Extent, layers, date and selection; ids in it that the corridor does not have
        show nothing.
    """
    resolved = resolve(corridor)
    manifest = corridor.manifest
    items = tuple(_items(resolved, view, _lit(corridor, resolved, view)))
    shown = {item.feature.id for item in items}
    legend = legend_of((item.feature, item.phase) for item in items)
    layers = tuple(layer for layer in resolved.layers if layer.id in view.layers)
    return Scene(
        corridor=manifest.id,
        title=plain(manifest.title),
        summary=plain(manifest.summary),
        headline=headline_of(corridor),
        date=view.date,
        date_label=day_label(view.date),
        extent=view.bbox or manifest.extent,
        items=items,
        layers=layers,
        claims=tuple(c for c in resolved.claims if shown.intersection(c.features)),
        places=base_places(view.bbox or manifest.extent),
        signs=with_legend(resolved.signs, legend),
        legend=legend,
        sources=resolved.sources,
        own_countries=frozenset(manifest.countries),
        palette=PALETTE,
        credits=credits_of(corridor),
        boundary_note=plain(manifest.boundary_note_print or manifest.boundary_note),
        changed="" if view.claim or not view.since else change_label(view.since, view.date),
        article=_article(corridor),
        projection=manifest.projection,
        notes=tuple(note for layer in layers for note in layer.notes),
    )


def _article(corridor: Corridor) -> str:
    article = corridor.manifest.article
    source = corridor.sources.get(article.source) if article else None
    return source.line().short if source else ""


def with_legend(signs: Mapping[str, Sign], legend: Iterable[LegendEntry]) -> dict[str, Sign]:
    """Return the signs and those that only the legend uses."""
    keys = {key for entry in legend for key in entry.signs}
    return {**signs, **{key: make_sign(key) for key in sorted(keys - set(signs))}}


def _lit(corridor: Corridor, resolved: Resolved, view: View) -> set[str]:
    """Return the ids of what is lit: of a claim, or of what changed; and of the selection."""
    lit = {view.selected} if view.selected else set()
    claim = next((claim for claim in resolved.claims if claim.id == view.claim), None)
    if claim is not None:
        lit.update(claim.features)
    elif view.since is not None:
        lit.update(changed_features(corridor, view.since, view.date))
    return lit


def _items(resolved: Resolved, view: View, lit: set[str]) -> Iterable[SceneItem]:
    for feature in resolved.features:
        phase = feature.phase_at(view.date)
        if phase is None or feature.layer not in view.layers:
            continue
        state: State = "rest"
        if feature.id == view.selected:
            state = "selected"
        elif lit:
            state = "lit" if feature.id in lit else "dimmed"
        if feature.label is not None:
            label = in_language(feature.label, view.label_language)
            feature = replace(feature, label=label)  # noqa: PLW2901
        yield SceneItem(feature, phase, state)


def _depth(feature: SceneFeature, order: int) -> tuple[int, int, int]:
    """Return where a feature is drawn: areas, lines, points; later layers below earlier."""
    if feature.geometry.geom_type in _AREAS:
        return 0, 0, -order
    if feature.geometry.geom_type in _POINTS:
        return 2, _GLYPH_ORDER.get(feature.kind, 0), -order
    return 1, 0, -order


def _claim(
    annotation: Annotation, number: int, corridor: Corridor, check: ClaimCheck
) -> SceneClaim:
    claim = annotation.claim
    return SceneClaim(
        id=annotation.id,
        number=number,
        title=plain(claim.title),
        text=plain(annotation.body.value),
        quote=plain(annotation.quote),
        paragraph=claim.paragraph,
        features=tuple(f for f in annotation.features if corridor.layer_of(f) is not None),
        check=Check(
            check.result,
            check.finding,
            check.sources,
            check.label,
            check.rule,
            later_verdict(corridor.sources, check.sources),
        ),
    )


def _layer(
    corridor: Corridor, entry: LayerEntry, order: int, features: list[SceneFeature], date: str
) -> SceneLayer:
    mine = [feature for feature in features if feature.layer == entry.id]
    color = corridor.style.layer_color(entry.id, order=order)
    return SceneLayer(
        id=entry.id,
        title=plain(entry.title),
        group=entry.group,
        color=color,
        visible=entry.visible,
        count=len(mine),
        swatch=_swatch(mine, date) or point_key("square", "operating", color),
        extent=bbox_of(feature.geometry for feature in mine),
        notes=tuple(plain(note) for note in entry.notes),
    )


def _swatch(features: list[SceneFeature], date: str) -> str | None:
    """Return the commonest sign: of the lines if there are any, else of the points."""
    keys = [
        (feature.phase_at(date) or feature.phases[0]).sign
        for feature in features
        if feature.kind != "town" and feature.phases
    ]
    for geometry in ("line/", "point/", "area/"):
        count = Counter(key for key in keys if key.startswith(geometry))
        if count:
            return count.most_common(1)[0][0]
    return None


def _sources(corridor: Corridor, features: list[SceneFeature]) -> dict[str, SceneSource]:
    used = {source for feature in features for source in feature.sources}
    for check in check_claims(corridor):
        used.update(check.sources)
    if corridor.manifest.article:
        used.add(corridor.manifest.article.source)
    return {i: source.line() for i, source in corridor.sources.items() if i in used}
