"""Flatten a feature into one row, for tables that hold no lists.

Our lists become text to read, and are there whole as JSON too; what the data has beside is
kept as it is. It decides no format and escapes nothing: that is the writers' business.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from corridormap.geo.measure import middle_of
from corridormap.layers.exports.columns import own_names
from corridormap.layers.scene.resolve import resolve
from corridormap.layers.wording.words import plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shapely.geometry.base import BaseGeometry

    from corridormap.layers.corridor.corridor import Corridor
    from corridormap.layers.corridor.feature import FeatureProperties
    from corridormap.layers.promises.told import ToldCourse
    from corridormap.layers.scene.looks import Sign
    from corridormap.layers.scene.scene import Phase, SceneFeature

__all__ = ["OF_SHAPE", "FlatFeature", "flat_features"]

_DIGITS = 6
OF_SHAPE = ("geometry_type", "wkt")
"""Columns that only tables have which hold no shapes."""
_OF_GEOJSON = ("title",)


@dataclass(frozen=True)
class FlatFeature:
    """A feature as a row, with its geometry and its sign at a date."""

    id: str
    layer: str
    layer_title: str
    kind_label: str
    geometry: BaseGeometry
    own: Mapping[str, str | float | None]
    """Our columns, the same in the same order for every feature."""
    given: Mapping[str, Any]
    """What the data has beside, as its file has it."""
    names: Mapping[str, str]
    """What each of our columns is called: otherwise than its name where the data has that."""
    sign: Sign
    color: str
    """Hex of the layer or of things not in use, as the sign has it."""

    @property
    def row(self) -> dict[str, Any]:
        """Column to value: ours, then those of the data."""
        return {**{self.names[key]: value for key, value in self.own.items()}, **self.given}


def flat_features(corridor: Corridor, date: str) -> tuple[FlatFeature, ...]:
    """Return every feature of a corridor, in the order of its layers and their files.

    Parameters
    ----------
    corridor
        The corridor as read.
    date
        Day of the status, an ISO date. A feature that is not known yet has no status and
        the sign of its first one.
    """
    resolved = resolve(corridor)
    scene = {feature.id: feature for feature in resolved.features}
    titles = {layer.id: layer.title for layer in resolved.layers}
    codes = sorted({code for feature in resolved.features for code in feature.names})
    given = {id_: _given(said) for layer in corridor.layers for id_, said in layer.features.items()}
    names: Mapping[str, str] = {}
    found = []
    for layer in corridor.layers:
        for id_, said in layer.features.items():
            feature = scene[id_]
            phase = feature.phase_at(date)
            key = (phase or feature.phases[0]).sign
            own = _row(feature, said, phase, codes, corridor, date)
            if not names:
                taken = {name for extra in given.values() for name in extra}
                names = own_names([*own, *OF_SHAPE, *_OF_GEOJSON], taken)
            found.append(
                FlatFeature(
                    id=id_,
                    layer=layer.id,
                    layer_title=titles[layer.id],
                    kind_label=feature.kind_label,
                    geometry=feature.geometry,
                    own=own,
                    given=given[id_],
                    names=names,
                    sign=resolved.signs[key],
                    color=key.split("/")[3].partition("+")[0],
                )
            )
    return tuple(found)


def _row(
    feature: SceneFeature,
    said: FeatureProperties,
    phase: Phase | None,
    codes: list[str],
    corridor: Corridor,
    date: str,
) -> dict[str, str | float | None]:
    lon, lat = middle_of(feature.geometry)
    sources = [corridor.sources[id_] for id_ in feature.sources if id_ in corridor.sources]
    return {
        "id": feature.id,
        "layer": feature.layer,
        "name": feature.name,
        **{f"name_{code.replace('-', '_')}": feature.names.get(code, "") for code in codes},
        "label": plain(said.label or ""),
        "kind": feature.kind,
        "mode": feature.mode,
        "countries": "; ".join(feature.countries),
        "bridge": plain(said.bridge or ""),
        "status": phase.status if phase else "",
        "status_since": phase.since if phase else "",
        "position_quality": feature.position.quality,
        "uncertainty_m": feature.position.uncertainty_m,
        "position_note": plain(said.position_note),
        "position_sources": "; ".join(said.position_sources),
        "lon": round(lon, _DIGITS),
        "lat": round(lat, _DIGITS),
        "history": "; ".join(_cited(f"{e.date} {e.text}", e.sources) for e in feature.history),
        "figures": "; ".join(_cited(f"{f.label} {f.text}", f.sources) for f in feature.facts),
        "promises": "; ".join(filter(None, (_promised(c, date) for c in feature.promises))),
        "claims": "; ".join(feature.claims),
        "sources": "; ".join(feature.sources),
        "source_addresses": " ".join(source.url for source in sources if source.url),
        "status_history_json": _json(said.events()),
        "figures_json": _json(said.figures),
        "promises_json": _json(said.promises),
        "position_origins": said.position_origins,
        "geometry_source_json": _json(said.geometry_source),
    }


def _given(said: FeatureProperties) -> dict[str, Any]:
    """Return the properties that are none of ours."""
    local = {f"name:{code}" for code in said.names}
    return {key: value for key, value in (said.model_extra or {}).items() if key not in local}


def _cited(text: str, sources: tuple[str, ...]) -> str:
    return f"{text} [{', '.join(sources)}]" if sources else text


def _promised(course: ToldCourse, date: str) -> str:
    turn = course.at(date)
    return f"{course.label}: {turn.text}" if turn else ""


def _json(models: tuple[Any, ...]) -> str:
    listed = [model.model_dump(mode="json", exclude_unset=True) for model in models]
    return json.dumps(listed, ensure_ascii=False) if listed else ""
