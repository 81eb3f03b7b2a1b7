"""Lay the ways of a route out in kilometres, from the features that the route lists.

Reads no file, knows no date and decides no look; what a route lists and no layer has is
left out and named.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from shapely.geometry import LineString, MultiLineString, MultiPoint, Point

from corridormap.geo.lines.joining import Piece, Stop
from corridormap.geo.lines.length_range import length_range_m
from corridormap.geo.lines.topology import join_pieces
from corridormap.layers.claims.evidence import BENDS
from corridormap.layers.routes.places import Listed, spots_of
from corridormap.layers.routes.way import AT_SEA, Break, Hole, LaidWay, Stretch, WayLeg
from corridormap.layers.wording.words import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from shapely.geometry.base import BaseGeometry

    from corridormap.geo.lines.topology import Leg
    from corridormap.layers.corridor.corridor import Corridor
    from corridormap.layers.corridor.feature import FeatureProperties, Figure
    from corridormap.layers.corridor.route import RouteEntry, WayEntry
    from corridormap.layers.routes.way import WaySpot

__all__ = ["lay_route", "lay_way"]

_KM = 1000.0
_TO_KM = {"km": 1.0, "m": 1 / _KM}


class _Thing(NamedTuple):
    """A feature of any layer."""

    id: str
    said: FeatureProperties
    shape: BaseGeometry


@lru_cache(maxsize=32)
def lay_route(corridor: Corridor, route: RouteEntry) -> tuple[LaidWay, ...]:
    """Return the ways of a route; one of which no line is there is left out."""
    laid = [lay_way(corridor, route, way) for way in route.ways]
    return tuple(way for way in laid if way.legs)


def lay_way(corridor: Corridor, route: RouteEntry, entry: WayEntry) -> LaidWay:
    """Return one way of a route, without what no layer has."""
    start, end = entry.start or route.start, entry.end or route.end
    listed = [start, end, *entry.features]
    things = {i: thing for i in listed if (thing := _thing(corridor, i)) is not None}
    legs_of = [things[i] for i in entry.features if i in things and _leads(things[i])]
    way = join_pieces(
        [Piece(t.id, t.shape, t.said.uncertainty_m) for t in legs_of],
        start=_stop(things.get(start)),
        end=_stop(things.get(end)),
    )
    legs = tuple(_leg(leg, things[leg.id].said) for leg in way.legs)
    points = frozenset(i for i, thing in things.items() if isinstance(thing.shape, Point))
    spots = spots_of(corridor, way, _listed(entry, (start, end), points, legs_of))
    used = points | {thing.id for thing in legs_of}
    return LaidWay(
        id=entry.id,
        title=plain(entry.title),
        mode=entry.mode,
        start=start,
        end=end,
        notes=tuple(plain(note) for note in entry.notes),
        km=way.length_m / _KM,
        legs=legs,
        stretches=tuple(_stretches(corridor, legs, spots, things.get(start))),
        spots=spots,
        holes=tuple(
            Hole(gap.before, gap.after, gap.from_m / _KM, gap.to_m / _KM) for gap in way.gaps
        ),
        joined_km=sum(join.offset_m for join in way.joins) / _KM,
        breaks=tuple(_breaks(legs)),
        lost=tuple(dict.fromkeys(i for i in listed if i not in used)),
    )


def _thing(corridor: Corridor, feature: str) -> _Thing | None:
    layer = corridor.layer_of(feature)
    if layer is None:
        return None
    return _Thing(feature, layer.features[feature], layer.shapes[feature])


def _leads(thing: _Thing) -> bool:
    """Tell whether a way can lead along a feature."""
    if isinstance(thing.shape, MultiPoint):
        return len(thing.shape.geoms) > 1
    return isinstance(thing.shape, (LineString, MultiLineString))


def _listed(
    entry: WayEntry, stations: tuple[str, str], points: frozenset[str], legs_of: list[_Thing]
) -> Listed:
    """Return the listed points, with those that stand before or after every line."""
    lines = [entry.features.index(thing.id) for thing in legs_of]
    over = [(n, i) for n, i in enumerate(entry.features) if i in points]
    return Listed(
        *stations,
        entry.mode,
        frozenset(i for _, i in over),
        first=frozenset(i for n, i in over if n < min(lines, default=0)),
        last=frozenset(i for n, i in over if n > max(lines, default=len(entry.features))),
    )


def _stop(thing: _Thing | None) -> Stop | None:
    if thing is None or not isinstance(thing.shape, Point):
        return None
    return Stop(thing.id, (thing.shape.x, thing.shape.y), thing.said.uncertainty_m)


def _leg(leg: Leg, said: FeatureProperties) -> WayLeg:
    bends = BENDS[said.position_quality]
    span = length_range_m(leg.track.line, uncertainty_m=leg.uncertainty_m, bends=bends)
    # A length `of` something else is not the line's own.
    lengths = [f for f in said.figures if f.quantity == "length" and f.unit in _TO_KM and not f.of]
    gauges = {f.value for f in said.figures if f.quantity == "gauge" and f.unit == "mm"}
    return WayLeg(
        feature=leg.id,
        from_km=leg.from_m / _KM,
        to_km=leg.to_m / _KM,
        low_km=span.low / _KM,
        high_km=span.high / _KM if leg.drawn else None,
        drawn=leg.drawn,
        whole=leg.whole,
        published=tuple(_in_km(figure) for figure in lengths) if leg.whole else (),
        gauges_mm=tuple(sorted(gauges, reverse=True)),
    )


def _in_km(figure: Figure) -> Figure:
    times = _TO_KM[figure.unit]
    high = figure.value_max
    return figure.model_copy(
        update={
            "value": figure.value * times,
            "value_max": None if high is None else high * times,
            "unit": "km",
        }
    )


def _stretches(
    corridor: Corridor, legs: Iterable[WayLeg], spots: Sequence[WaySpot], start: _Thing | None
) -> Iterator[Stretch]:
    """Yield the legs by country; one of two countries changes at the crossings on it.

    A leg by sea counts for none of them: no source says how far a ship is in whose waters.
    """
    before = start.said.countries[:1] if start else ()
    for leg in legs:
        said = _said(corridor, leg.feature)
        if said.mode == "sea":
            yield from _stretch(leg, AT_SEA, leg.from_km, leg.to_km)
            # It lands in another country than the one it left, where it names one.
            before = tuple(c for c in said.countries if c not in before) or before
            continue
        here = next((c for c in before if c in said.countries), "")
        if not here and len(said.countries) != 1:
            yield Stretch(leg.feature, "/".join(said.countries), leg.from_km, leg.to_km)
            continue
        here = here or said.countries[0]
        at_km = leg.from_km
        for km, other in _changes(corridor, leg, said.countries, spots, here):
            yield from _stretch(leg, here, at_km, km)
            here, at_km = other, km
        yield from _stretch(leg, here, at_km, leg.to_km)
        before = (here,)


def _stretch(leg: WayLeg, country: str, from_km: float, to_km: float) -> Iterator[Stretch]:
    if to_km > from_km:
        yield Stretch(leg.feature, country, from_km, to_km)


def _changes(
    corridor: Corridor,
    leg: WayLeg,
    countries: tuple[str, ...],
    spots: Iterable[WaySpot],
    here: str,
) -> Iterator[tuple[float, str]]:
    """Yield where a leg changes country and to which; a bridge and its crossing once."""
    last_km = -1.0
    for spot in spots:
        if spot.role != "on" or not leg.from_km <= spot.km <= leg.to_km or spot.km == last_km:
            continue
        sides = _said(corridor, spot.feature).countries
        other = next((c for c in sides if c != here and c in countries), "")
        if here in sides and other:
            yield spot.km, other
            here, last_km = other, spot.km


def _said(corridor: Corridor, feature: str) -> FeatureProperties:
    layer = corridor.layer_of(feature)
    if layer is None:
        raise KeyError(feature)
    return layer.features[feature]


def _breaks(legs: Sequence[WayLeg]) -> Iterator[Break]:
    """Yield where tracks of two gauges lie together, and where one ends at the other."""
    for leg in legs:
        if len(leg.gauges_mm) > 1:
            yield Break(leg.from_km, leg.to_km, leg.gauges_mm, (leg.feature,))
    for one, other in pairwise(legs):
        known = one.gauges_mm and other.gauges_mm
        if known and not set(one.gauges_mm) & set(other.gauges_mm):
            gauges = (*one.gauges_mm, *other.gauges_mm)
            yield Break(one.to_km, other.from_km, gauges, (one.feature, other.feature))
