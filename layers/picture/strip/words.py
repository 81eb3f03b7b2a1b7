"""Say in words what a strip diagram shows of a way at a date; it places nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from corridormap.layers.wording.words import number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from corridormap.layers.routes.way import LaidWay, WayLeg, WaySpot
    from corridormap.layers.scene.scene import SceneFeature

__all__ = [
    "GAUGE",
    "Mark",
    "caption_of",
    "gap_words",
    "gauges_of",
    "marks_of",
    "missing_of",
    "phase_label",
    "summary_of",
]

GAUGE = "gauge"
"""Stands for the sign of a gauge break."""
_BESIDE_M = 2_000.0
"""Bridges and crossings farther from the drawn way are left to the figures."""
_NOT_YET = "not recorded yet"
_PLACE_RANK, _BESIDE_RANK, _ON_RANK = 3, 2, 1


@dataclass(frozen=True)
class Mark:
    """Something at a kilometre of the way, with its label."""

    id: str
    km: float
    title: str
    detail: str
    bold: bool
    rank: int
    """Where there is no room, the highest goes first."""
    signs: tuple[str, ...]
    """Keys of the signs, from below to above; none for a place."""
    on_line: bool
    """The sign stands on the line; otherwise before its label."""


def marks_of(
    way: LaidWay, features: Mapping[str, SceneFeature], date: str, countries: Mapping[str, str]
) -> list[Mark]:
    """Return what is labelled along a way at a date, in the order of kilometres.

    Parameters
    ----------
    way, features, date
        What is shown, and when.
    countries
        Names of countries by ISO code.
    """
    marks = [_place(spot, features, way) for spot in way.spots if spot.role == "place"]
    for group in _groups(way, features):
        mark = _link(group, features, date, _abroad(way, features[group[0].feature], countries))
        if mark is not None:
            marks.append(mark)
    order = {spot.feature: place for place, spot in enumerate(way.spots)}
    return sorted(marks, key=lambda mark: (mark.km, order[mark.id]))


def gauges_of(way: LaidWay, features: Mapping[str, SceneFeature], date: str) -> list[Mark]:
    """Return the gauge breaks of a way, as far as their tracks were announced at a date."""
    return [
        Mark(
            id=f"{GAUGE}-{'-'.join(found.features)}",
            km=(found.from_km + found.to_km) / 2,
            title="Gauge break",
            detail=" / ".join(f"{gauge:g}" for gauge in found.gauges_mm) + " mm",
            bold=False,
            rank=0,
            signs=(GAUGE,),
            on_line=False,
        )
        for found in way.breaks
        if any(features[feature].phase_at(date) for feature in found.features)
    ]


def _place(spot: WaySpot, features: Mapping[str, SceneFeature], way: LaidWay) -> Mark:
    end = spot.feature in {way.start, way.end}
    rank = 0 if end else _PLACE_RANK
    name = features[spot.feature].name
    return Mark(spot.feature, spot.km, name, "", end, rank, signs=(), on_line=True)


def _groups(way: LaidWay, features: Mapping[str, SceneFeature]) -> Iterator[list[WaySpot]]:
    """Yield bridges and crossings, those that stand at one place together, the bridge first."""
    groups: dict[tuple[str, str], list[WaySpot]] = {}
    for spot in way.spots:
        if spot.role != "place" and (spot.role == "on" or spot.offset_m <= _BESIDE_M):
            groups.setdefault((features[spot.feature].place, spot.role), []).append(spot)
    for group in groups.values():
        yield sorted(group, key=lambda spot: spot.kind != "bridge")


def _abroad(way: LaidWay, feature: SceneFeature, countries: Mapping[str, str]) -> str:
    """Return the countries of a crossing that the way does not touch."""
    own = {iso for part in way.stretches for iso in part.country.split("/")}
    others = [countries.get(iso, iso) for iso in feature.countries if iso not in own]
    return " and ".join(others)


def _link(
    group: Sequence[WaySpot], features: Mapping[str, SceneFeature], date: str, abroad: str
) -> Mark | None:
    """Return one mark for what stands at one place; None before anything was announced."""
    spot = group[0]
    found = [(features[s.feature], features[s.feature].phase_at(date)) for s in group]
    shown = [(feature, phase) for feature, phase in found if phase is not None]
    if not shown:
        return None
    on = spot.role == "on"
    states = _states([(feature, phase.status_label.lower()) for feature, phase in shown])
    where = f"to {abroad}, beside the way" if abroad else "beside the way"
    return Mark(
        id=spot.feature,
        km=spot.km,
        title=features[spot.feature].name,
        detail=states if on else f"{where}; {states}",
        bold=on,
        rank=_ON_RANK if on else _BESIDE_RANK,
        signs=tuple(phase.sign for _, phase in shown),
        on_line=on,
    )


def _states(shown: Sequence[tuple[SceneFeature, str]]) -> str:
    """Return "bridge under construction, crossing announced", or one word for both."""
    labels = [label for _, label in shown]
    if len(shown) == 1:
        return labels[0]
    if len(set(labels)) == 1:
        return f"with border crossing, {labels[0]}"
    kinds = {"border_crossing": "crossing"}
    return ", ".join(f"{kinds.get(f.kind, f.kind)} {label}" for f, label in shown)


def phase_label(feature: SceneFeature, date: str) -> str:
    """Return the status of a feature at a date, as words."""
    phase = feature.phase_at(date)
    return phase.status_label if phase else _NOT_YET.capitalize()


def caption_of(leg: WayLeg, feature: SceneFeature, date: str) -> list[str]:
    """Return the name of a leg, its status, its measured and its published length."""
    title = feature.label.text if feature.label else feature.name
    part = "" if leg.whole else " of it"
    if leg.high_km is None:
        lengths = f"{_km(leg.km)} km in a straight line"
    else:
        lengths = f"{_km(leg.km)} km{part} on the map ({_km(leg.low_km)} to {_km(leg.high_km)})"
    ends = sorted({end for f in leg.published for end in (f.value, f.value_max or f.value)})
    said = " to ".join(number(end) for end in dict.fromkeys(ends[:1] + ends[-1:]))
    published = [f"published: {said} km"] if said else []
    return [title, phase_label(feature, date), lengths, *published]


def gap_words(leg: WayLeg | None, feature: SceneFeature | None, date: str) -> str:
    """Return what stands in a gap: why there is no line."""
    if leg is None or feature is None:
        return "nothing in the layers"
    if feature.phase_at(date) is None:
        return _NOT_YET
    return "no course published"


def summary_of(way: LaidWay, features: Mapping[str, SceneFeature], date: str) -> tuple[str, str]:
    """Return how much of the way is in use, and how long it is."""
    used_km = sum(leg.km for leg in way.legs if _in_use(features[leg.feature], date))
    share = round(100 * used_km / way.km) if way.km else 0
    used = f"{share} % in use: {_km(used_km)} of {_km(way.km)} km"
    straight_km = sum(leg.km for leg in way.legs if not leg.drawn)
    hole_km = sum(hole.to_km - hole.from_km for hole in way.holes)
    parts = [f"{_km(way.km - straight_km - hole_km)} km on the map"]
    if straight_km:
        parts.append(f"{_km(straight_km)} km in a straight line where no course is published")
    if hole_km:
        parts.append(f"{_km(hole_km)} km missing in the layers")
    low = sum(leg.low_km for leg in way.legs)
    highs = [leg.high_km for leg in way.legs]
    if way.holes or None in highs:
        known = f"at least {_km(low)} km as far as known"
    else:
        high = sum(high or 0.0 for high in highs) + way.joined_km
        known = f"{_km(low)} to {_km(high)} km as far as known"
    return used, f"{' and '.join(parts)}, {known}"


def missing_of(way: LaidWay, features: Mapping[str, SceneFeature], date: str) -> list[str]:
    """Return the missing links of a way by name, with their status, in order."""
    words = []
    for _, key, km in way.links:
        feature = features[key]
        if _in_use(feature, date):
            continue
        line = km and feature.label
        name = feature.label.text if line and feature.label else feature.name
        length = f", {_km(km)} km" if km else ""
        words.append(f"{name} ({phase_label(feature, date).lower()}{length})")
    words += [f"nothing mapped for {_km(h.to_km - h.from_km)} km" for h in way.holes]
    return words


def _in_use(feature: SceneFeature, date: str) -> bool:
    phase = feature.phase_at(date)
    return phase is not None and phase.status == "operating"


def _km(km: float) -> str:
    return number(round(km) if km >= 10 else round(km, 1))
