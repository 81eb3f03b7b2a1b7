"""Resolve one feature: its looks through time, label, position, history and figures.

The only place where properties and style become what a renderer draws and a card says.
It reads no file and draws nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from corridormap.geo.measure import middle_of
from corridormap.layers.changes.dated import usual_dates
from corridormap.layers.claims.later import later_event
from corridormap.layers.corridor.status import LOOK_OF, states_of
from corridormap.layers.promises.told import told_courses
from corridormap.layers.scene.columns import columns_of
from corridormap.layers.scene.facts import facts_of
from corridormap.layers.scene.labels import DEFAULT_LANGUAGE, label_words, second_rows
from corridormap.layers.scene.scene import Event, Label, Phase, Position, SceneFeature
from corridormap.layers.scene.signs import area_key, line_key, point_key
from corridormap.layers.wording.kinds import LASTING_KINDS, status_label
from corridormap.layers.wording.words import (
    MODE_LABELS,
    QUALITY_LABELS,
    capital,
    date_label,
    distance,
    plain,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shapely.geometry.base import BaseGeometry

    from corridormap.layers.corridor.corridor import Corridor
    from corridormap.layers.corridor.feature import FeatureProperties
    from corridormap.layers.corridor.layer import Layer
    from corridormap.layers.corridor.source import Source
    from corridormap.layers.corridor.status import Look
    from corridormap.layers.corridor.style import FeatureStyle

__all__ = ["scene_feature"]

_AREAS = {"Polygon", "MultiPolygon"}
_POINTS = {"Point", "MultiPoint"}
_AREA_RANK = 10
_UNUSED = 2


def scene_feature(
    corridor: Corridor,
    layer: Layer,
    feature: str,
    geometry: BaseGeometry,
    *,
    place: str,
    claims: tuple[str, ...],
) -> SceneFeature:
    """Return a feature as both renderers read it.

    Parameters
    ----------
    corridor, layer
        Where the feature is from.
    feature, geometry
        Its id and its shape.
    place
        The id it shares with the features that stand at the same place.
    claims
        Ids of the claims about it, in the order of their numbers.
    """
    said = layer.features[feature]
    style = corridor.style.of(layer.id, said.model_dump(), order=layer.order)
    position = _position(said, geometry)
    return SceneFeature(
        id=feature,
        layer=layer.id,
        name=plain(said.name),
        names=said.names,
        kind=said.kind,
        kind_label=said.of_kind.label,
        lasting=_is_lasting(said),
        columns=columns_of(said),
        mode=said.mode,
        mode_label=MODE_LABELS[said.mode],
        countries=said.countries,
        geometry=geometry,
        place=place,
        label=_label(said, geometry, style, claimed=bool(claims)),
        position=position,
        phases=_phases(said, geometry, style.color, position),
        history=_history(said, corridor.sources),
        facts=facts_of(said, corridor.sources),
        promises=told_courses(feature, said, usual_dates(corridor)[1]),
        sources=said.source_ids(),
        claims=claims,
    )


def _is_lasting(said: FeatureProperties) -> bool:
    return said.kind in LASTING_KINDS and {e.status for e in said.status_history} == {"operating"}


def _label(
    said: FeatureProperties, geometry: BaseGeometry, style: FeatureStyle, *, claimed: bool
) -> Label | None:
    text = plain(said.label or said.name)
    if not style.label or not text:
        return None
    area = geometry.geom_type in _AREAS
    rank = _AREA_RANK if area else said.of_kind.rank
    if style.label_rank is not None:
        rank = style.label_rank
    elif not claimed and not area:
        rank += said.of_kind.unclaimed
        rank += _UNUSED if LOOK_OF[said.events()[-1].status] == "unused" else 0
    lon, lat = middle_of(geometry)
    first = label_words(text, DEFAULT_LANGUAGE, area=area)
    return Label(
        first.text,
        first.halves,
        first.capitals,
        color=style.label_color,
        rank=rank,
        at=(round(lon, 6), round(lat, 6)),
        area=area,
        names={
            code: label_words(name, code, area=area)
            for code, name in said.names.items()
            if code != DEFAULT_LANGUAGE
        },
    )


def _position(said: FeatureProperties, geometry: BaseGeometry) -> Position:
    loose = said.position_quality in {"approximate", "schematic"} and said.uncertainty_m > 0
    point = geometry.geom_type in _POINTS
    line = geometry.geom_type not in _POINTS | _AREAS
    label = f"±{distance(said.uncertainty_m)}"
    origins = said.position_origins
    told = "" if origins is None else ", one origin" if origins == 1 else f", {origins} origins"
    text = f"{QUALITY_LABELS[said.position_quality]}, {label}{told}"
    note = plain(said.position_note)
    return Position(
        quality=said.position_quality,
        uncertainty_m=said.uncertainty_m,
        text=f"{text}: {note}" if note else text,
        label=label if loose else "",
        ring_m=said.uncertainty_m if loose and point else None,
        band_m=2 * said.uncertainty_m if loose and line else None,
    )


def _phases(
    said: FeatureProperties, geometry: BaseGeometry, color: str, position: Position
) -> tuple[Phase, ...]:
    """Return the phases in order; what is not known any more is drawn as it was last."""
    phases: list[Phase] = []
    for since, status, is_known in states_of(said.events()):
        look = LOOK_OF[status]
        sign = _sign_key(said, geometry, look, color)
        label = (
            status_label(said.kind, status) if is_known else f"Not known since {date_label(since)}"
        )
        rows = second_rows(
            "" if look == "operating" and is_known else label,
            position.label,
            line=position.band_m is not None,
        )
        phases.append(Phase(since, status if is_known else "", label, look, sign, *rows))
    return tuple(phases)


def _sign_key(said: FeatureProperties, geometry: BaseGeometry, look: Look, color: str) -> str:
    if geometry.geom_type in _AREAS:
        return area_key(look, color)
    if geometry.geom_type in _POINTS:
        return point_key(said.of_kind.glyph, look, color)
    mode = said.of_kind.mode if said.mode == "none" else said.mode
    return line_key(mode, look, color)


def _history(said: FeatureProperties, sources: Mapping[str, Source]) -> tuple[Event, ...]:
    history: list[Event] = []
    before = ""
    events = said.events()
    for index, event in enumerate(events):
        status = status_label(said.kind, event.status)
        note = plain(event.note)
        if not note:
            text = status
        elif event.status == before or _says(note, status):
            text = capital(note)
        else:
            text = f"{status}: {note}"
        before = event.status
        if event.until:
            text = f"{text}, until {date_label(event.until)}"
            is_last = all(other.since <= event.last_day for other in events[index + 1 :])
            text += "; what holds since is not known" if is_last else ""
        label, told = date_label(event.date), event.sources
        if event.at_latest:
            label = f"at the latest {label}"
        later = later_event(event.since, sources, told)
        history.append(Event(event.date, event.since, label, text, event.status, told, later))
    return tuple(history)


def _says(note: str, status: str) -> bool:
    """Tell whether a note already says the status, so that it need not be said twice."""
    return note.casefold().startswith(status.casefold())
