"""Say in words what a strip diagram shows of a way at a date; it places nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from layers.words import STATUS_LABELS, number, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from layers.corridor import Corridor
    from layers.scene import SceneFeature
    from layers.way import LaidWay, WayLeg, WaySpot

__all__ = [
    "GAUGE",
    "Mark",
    "caption_of",
    "gap_words",
    "marks_of",
    "missing_of",
    "phase_label",
    "positions_of",
    "sources_of",
    "summary_of",
]

GAUGE = "gauge"
"""Stands for the sign of a gauge break."""
_BESIDE_M = 2_000.0
"""Bridges and crossings farther from the drawn way are left to the figures."""
_NOT_YET = "not announced yet"
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
    signs: tuple[str, ...]
    """Keys of the signs, from below to above; none for a place."""
    on_line: bool
    """The sign stands on the line; otherwise before its label."""


def marks_of(way: LaidWay, features: Mapping[str, SceneFeature], date: str) -> list[Mark]:
    """Return what is labelled along a way at a date, in the order of kilometres."""
    marks = [_place(spot, features, way) for spot in way.spots if spot.role == "place"]
    for group in _groups(way, features):
        mark = _link(group, features, date)
        if mark is not None:
            marks.append(mark)
    for found in way.breaks:
        if any(features[feature].phase_at(date) for feature in found.features):
            gauges = " / ".join(number(gauge) for gauge in found.gauges_mm)
            km = (found.from_km + found.to_km) / 2
            detail = f"{gauges} mm"
            marks.append(Mark(GAUGE, km, "Gauge break", detail, False, 0, (GAUGE,), False))
    order = {spot.feature: place for place, spot in enumerate(way.spots)}
    return sorted(marks, key=lambda mark: (mark.km, order.get(mark.id, 0)))


def _place(spot: WaySpot, features: Mapping[str, SceneFeature], way: LaidWay) -> Mark:
    feature = features[spot.feature]
    end = spot.feature in {way.start, way.end}
    rank = 0 if end else _PLACE_RANK
    return Mark(spot.feature, spot.km, feature.name, "", end, rank, (), True)


def _groups(way: LaidWay, features: Mapping[str, SceneFeature]) -> Iterator[list[WaySpot]]:
    """Yield bridges and crossings, those that stand at one place together, the bridge first."""
    groups: dict[tuple[str, str], list[WaySpot]] = {}
    for spot in way.spots:
        if spot.role != "place" and (spot.role == "on" or spot.offset_m <= _BESIDE_M):
            groups.setdefault((features[spot.feature].place, spot.role), []).append(spot)
    for group in groups.values():
        yield sorted(group, key=lambda spot: spot.kind != "bridge")


def _link(group: Sequence[WaySpot], features: Mapping[str, SceneFeature], date: str) -> Mark | None:
    """Return one mark for what stands at one place; None before anything was announced."""
    shown = [(s, features[s.feature]) for s in group]
    phases = [(f, phase) for _, f in shown if (phase := f.phase_at(date)) is not None]
    if not phases:
        return None
    spot, feature = shown[0]
    looks = [(f, phase) for f, phase in phases]
    labels = [phase.status_label.lower() for _, phase in looks]
    if spot.role == "on":
        detail = _states([f for f, _ in looks], labels)
    else:
        detail = f"beside the way, {labels[0]}"
    return Mark(
        id=feature.id,
        km=spot.km,
        title=feature.name,
        detail=detail,
        bold=spot.role == "on",
        rank=_ON_RANK if spot.role == "on" else _BESIDE_RANK,
        signs=tuple(phase.sign for _, phase in looks),
        on_line=spot.role == "on",
    )


def _states(shown: Sequence[SceneFeature], labels: Sequence[str]) -> str:
    """Return "under construction; crossing announced", or one word for both."""
    if len(set(labels)) == 1:
        both = len(shown) > 1
        return f"with border crossing, {labels[0]}" if both else labels[0]
    kinds = {"border_crossing": "crossing"}
    parts = [
        f"{kinds.get(feature.kind, feature.kind)} {label}"
        for feature, label in zip(shown, labels, strict=True)
    ]
    return ", ".join(parts)


def phase_label(feature: SceneFeature, date: str) -> str:
    """Return the status of a feature at a date, as words."""
    phase = feature.phase_at(date)
    return phase.status_label if phase else _NOT_YET.capitalize()


def caption_of(leg: WayLeg, feature: SceneFeature, date: str) -> tuple[str, str]:
    """Return the name of a leg, and its status and lengths."""
    title = feature.label.text if feature.label else feature.name
    part = "" if leg.whole else " of it"
    if leg.high_km is None:
        lengths = f"{_km(leg.km)} km in a straight line"
    else:
        span = f"{_km(leg.low_km)}–{_km(leg.high_km)}"
        lengths = f"{_km(leg.km)} km{part} on the map ({span})"
    if leg.published:
        lengths += f", published {number(leg.published[0].value)} km"
    return title, f"{phase_label(feature, date)}, {lengths}"


def gap_words(leg: WayLeg | None, feature: SceneFeature | None, date: str) -> str:
    """Return what stands in a gap: why there is no line."""
    if leg is None or feature is None:
        return "gap: not in the layers"
    if feature.phase_at(date) is None:
        return _NOT_YET
    return "no course published"


def summary_of(way: LaidWay, features: Mapping[str, SceneFeature], date: str) -> tuple[str, str]:
    """Return how long the way is, and how much of it is in use."""
    low = sum(leg.low_km for leg in way.legs)
    highs = [leg.high_km for leg in way.legs]
    if way.holes or None in highs:
        length = f"{_km(way.km)} km on the map, at least {_km(low)} km"
    else:
        high = sum(high or 0.0 for high in highs) + way.joined_km
        length = f"{_km(way.km)} km on the map, {_km(low)} to {_km(high)} km as far as known"
    used_km = sum(leg.km for leg in way.legs if _in_use(features[leg.feature], date))
    share = round(100 * used_km / way.km) if way.km else 0
    return length, f"{share} % in use ({_km(used_km)} of {_km(way.km)} km)"


def missing_of(way: LaidWay, features: Mapping[str, SceneFeature], date: str) -> list[str]:
    """Return the missing links of a way by name, with their status."""
    parts = [(leg.from_km, leg.feature, leg.km) for leg in way.legs]
    parts += [(spot.km, spot.feature, 0.0) for spot in way.spots if spot.role == "on"]
    words = []
    for _, feature, km in sorted(parts):
        if not _in_use(features[feature], date):
            label = phase_label(features[feature], date).lower()
            length = f", {_km(km)} km" if km else ""
            words.append(f"{features[feature].name} ({label}{length})")
    words += [f"nothing mapped for {_km(h.to_km - h.from_km)} km" for h in way.holes]
    return words


def _in_use(feature: SceneFeature, date: str) -> bool:
    phase = feature.phase_at(date)
    return phase is not None and phase.status_label == STATUS_LABELS["operating"]


def _km(km: float) -> str:
    return number(round(km) if km >= 10 else round(km, 1))


def sources_of(
    corridor: Corridor, ways: Iterable[LaidWay], features: Mapping[str, SceneFeature], date: str
) -> list[str]:
    """Return who said what the strip shows: the statuses at a date, the published lengths."""
    ids: list[str] = []
    for way in ways:
        named = [leg.feature for leg in way.legs]
        named += [spot.feature for spot in way.spots if spot.role == "on"]
        for feature in named:
            events = [event for event in features[feature].history if event.since <= date]
            ids += events[-1].sources if events else ()
        for leg in way.legs:
            ids += leg.published[0].sources if leg.published else ()
    return _publishers(corridor, ids)


def positions_of(corridor: Corridor, ways: Iterable[LaidWay]) -> list[str]:
    """Return whose data the positions along the ways come from."""
    ids: list[str] = []
    for way in ways:
        named = [leg.feature for leg in way.legs] + [spot.feature for spot in way.spots]
        for feature in named:
            layer = corridor.layer_of(feature)
            ids += layer.features[feature].position_sources if layer else ()
    return _publishers(corridor, ids)


def _publishers(corridor: Corridor, ids: Iterable[str]) -> list[str]:
    sources = [corridor.sources[i] for i in dict.fromkeys(ids) if i in corridor.sources]
    names = [plain(s.publisher or s.container_title or s.title) for s in sources]
    return list(dict.fromkeys(name for name in names if name))
