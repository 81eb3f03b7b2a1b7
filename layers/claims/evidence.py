"""Gather what a value can be held against: sourced figures, dated events, the map itself.

Values are taken as the data gives them; which of them is right is not decided here. The
article that a claim is from is no evidence for its own claim.
"""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from corridormap.geo.lines.length_range import area_range_m2, length_range_m
from corridormap.layers.corridor.claim import ClaimFigure
from corridormap.layers.corridor.where import places_text
from corridormap.layers.wording.quantity import Value
from corridormap.layers.wording.units import DATE, WORDS, dimension_of
from corridormap.layers.wording.words import QUALITY_LABELS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from corridormap.geo.lines.length_range import MeasuredRange
    from corridormap.layers.corridor.claim import Evidence
    from corridormap.layers.corridor.corridor import Corridor
    from corridormap.layers.corridor.feature import FeatureProperties, Figure, Quality, StatusEvent
    from corridormap.layers.corridor.layer import Layer

__all__ = [
    "BENDS",
    "MAP",
    "claim_value",
    "evidence_of",
    "figure_values",
    "map_value",
    "milestone_values",
]

MAP = "map"
"""Stands for a source where a value was measured on the map."""

BENDS: Mapping[Quality, float] = MappingProxyType(
    {"exact": 0.01, "traced": 0.05, "approximate": 0.15, "schematic": 0.25}
)
"""Share of its length that a drawn line may leave out, by quality of position.

Straight legs cut bends. Between towns, networks of roads and railways run about a fifth
longer than straight lines (Newell 1980; O'Sullivan and Morrall 1996), so a quarter is
allowed where only towns are joined, and less the closer the way-points stand.
"""

_NO_NUMBER = {DATE, WORDS}
_KM = 1000.0
_KM2 = 1e6
_LINES = {"LineString", "MultiLineString"}
_AREAS = {"Polygon", "MultiPolygon"}
_STATUS_OF = {"start": "construction", "opening": "operating", "announcement": "announced"}
"""The status whose first event dates a milestone, where no event is marked with it."""


def claim_value(figure: ClaimFigure, *, article: str) -> Value:
    """Return the value a claim gives; its source is the article's id."""
    return _said(figure, figure.quantity, (article,) if article else ())


def figure_values(said: FeatureProperties) -> tuple[Value, ...]:
    """Return a feature's figures as values; a number that calls itself a date is none."""
    return tuple(
        _said(figure, figure.quantity, figure.sources)
        for figure in said.figures
        if figure.unit not in _NO_NUMBER
    )


def _said(said: Figure | ClaimFigure | Evidence, quantity: str, sources: tuple[str, ...]) -> Value:
    return Value(
        quantity=quantity,
        value=said.value,
        unit=said.unit,
        value_max=said.value_max,
        bound=said.bound,
        of=said.of,
        kind=said.kind,
        period=said.period,
        date=said.date or "",
        note=said.note,
        place="" if isinstance(said, ClaimFigure) else places_text(said.where),
        sources=sources,
    )


def evidence_of(corridor: Corridor, figure: ClaimFigure) -> tuple[Value, ...]:
    """Return every value that a claim's figure can be held against, the map's last."""
    article = corridor.manifest.article
    found = list(_cited(figure))
    layer = corridor.layer_of(figure.feature) if figure.feature else None
    if layer is not None and figure.feature:
        said = layer.features[figure.feature]
        if figure.unit == DATE:
            found += milestone_values(said, figure.quantity)
        elif figure.unit != WORDS:
            found += [value for value in figure_values(said) if value.quantity == figure.quantity]
        measured = map_value(layer, figure.feature, figure.quantity, figure.unit)
        if measured is not None and not figure.of:
            found.append(measured)
    own = article.source if article else ""
    return tuple(
        replace(value, sources=tuple(source for source in value.sources if source != own))
        for value in found
        if value.sources != (own,)
    )


def _cited(figure: ClaimFigure) -> Iterator[Value]:
    for given in figure.evidence:
        yield _said(given, figure.quantity, given.sources)


def milestone_values(said: FeatureProperties, quantity: str) -> tuple[Value, ...]:
    """Return the dates of a milestone: the events marked with it, or the first of its status."""
    events = said.events()
    marked = [event for event in events if event.milestone == quantity]
    if not marked:
        status = _STATUS_OF.get(quantity)
        marked = [event for event in events if event.status == status][:1]
    return tuple(_event_value(event, quantity) for event in marked)


def _event_value(event: StatusEvent, quantity: str) -> Value:
    place = places_text(event.where)
    return Value(quantity, event.date, DATE, note=event.note, place=place, sources=event.sources)


def map_value(layer: Layer, feature: str, quantity: str, unit: str) -> Value | None:
    """Return the length or the area of a feature as drawn, or None where none can be measured.

    Points have neither: the length of a bridge cannot be read off the map.
    """
    said = layer.features[feature]
    geometry = layer.shapes[feature]
    line = geometry.geom_type in _LINES and "line" in said.of_kind.shapes
    if quantity == "length" and dimension_of(unit) == "length" and line:
        bends = BENDS[said.position_quality]
        metres = length_range_m(geometry, uncertainty_m=said.uncertainty_m, bends=bends)
        return _measured(quantity, "km", metres, _KM, said)
    if quantity == "area" and dimension_of(unit) == "area" and geometry.geom_type in _AREAS:
        square_metres = area_range_m2(geometry, uncertainty_m=said.uncertainty_m)
        return _measured(quantity, "km2", square_metres, _KM2, said)
    return None


def _measured(
    quantity: str, unit: str, measured: MeasuredRange, size: float, said: FeatureProperties
) -> Value:
    low, high = measured.low / size, measured.high / size
    return Value(
        quantity,
        round(measured.drawn / size, 1),
        unit,
        span=(round(low, 1), round(high, 1)),
        note=QUALITY_LABELS[said.position_quality].lower(),
        sources=(MAP,),
    )
