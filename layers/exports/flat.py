"""Flatten a feature into one row of plain values, for tables that hold no lists.

Lists become text to read; the whole of history and figures is there as JSON too. It
decides no format and escapes nothing: that is the writers' business.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from corridormap.geo.measure import middle_of
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

__all__ = ["FlatFeature", "flat_features"]

_DIGITS = 6


@dataclass(frozen=True)
class FlatFeature:
    """A feature as a row, with its geometry and its sign at a date."""

    id: str
    layer: str
    layer_title: str
    geometry: BaseGeometry
    row: Mapping[str, str | float | None]
    """Column to value, the same columns in the same order for every feature."""
    sign: Sign
    color: str
    """Hex of the layer or of things not in use, as the sign has it."""


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
    found = []
    for layer in corridor.layers:
        for id_, said in layer.features.items():
            feature = scene[id_]
            phase = feature.phase_at(date)
            key = (phase or feature.phases[0]).sign
            found.append(
                FlatFeature(
                    id=id_,
                    layer=layer.id,
                    layer_title=titles[layer.id],
                    geometry=feature.geometry,
                    row=_row(feature, said, phase, codes, corridor, date),
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
    }


def _cited(text: str, sources: tuple[str, ...]) -> str:
    return f"{text} [{', '.join(sources)}]" if sources else text


def _promised(course: ToldCourse, date: str) -> str:
    turn = course.at(date)
    return f"{course.label}: {turn.text}" if turn else ""


def _json(models: tuple[Any, ...]) -> str:
    listed = [model.model_dump(mode="json", exclude_unset=True) for model in models]
    return json.dumps(listed, ensure_ascii=False) if listed else ""
