"""Decide how each place stands on a map where signs crowd: as its signs, a dot, or in a count.

Nothing is moved. The most important of signs that would touch is drawn whole; of the others
each is a dot at its own place, or, where even that would be hidden, counted at the sign or dot
that hides it ("×3"). Finds crowds too, for a detail map. It draws nothing.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import shapely

from corridormap.layers.picture.map.nearby import Nearby
from corridormap.layers.picture.turn.budget import checkpoint
from corridormap.layers.scene.prices import LABEL_PRICES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from shapely.geometry.base import BaseGeometry

    from corridormap.layers.picture.map.marks import LineMark, PointMark
    from corridormap.layers.scene.scene import SceneItem

__all__ = ["CLOSE_PX", "DOT_PX", "Crowd", "Stand", "counted_nearby", "crowds", "stands"]

CLOSE_PX = LABEL_PRICES.crowd_px
DOT_PX = 3.2
"""Radius of the dot of a place whose sign has no room."""
_TOUCHING = 0.9
"""Of both signs' radii: nearer than this, two signs run into one another."""
_DOT_AIR_PX = 1.2
_NEARBY_PX = 26.0
"""As far as this from a sign a place may be counted at it."""
_SMALLEST_SIGN_PX = 5.0
_MOST_PLACES = 7
_CELL_PX = 24.0


@dataclass(frozen=True, eq=False)
class Crowd:
    """Marks that stand closer than a sign is wide, by place, the most important first."""

    places: tuple[tuple[PointMark, ...], ...]

    @property
    def marks(self) -> tuple[PointMark, ...]:
        """All marks."""
        return tuple(mark for place in self.places for mark in place)

    @property
    def center(self) -> tuple[float, float]:
        """The middle of the places, in px."""
        firsts = [place[0] for place in self.places]
        return (
            sum(mark.x for mark in firsts) / len(firsts),
            sum(mark.y for mark in firsts) / len(firsts),
        )


@dataclass(frozen=True, eq=False)
class Stand:
    """A place on the map, drawn, and the places that are counted at it."""

    marks: tuple[PointMark, ...]
    half_px: tuple[float, float]
    """Half the width and height of what is drawn: its signs together, or its dot."""
    counted: tuple[SceneItem, ...] = ()
    """What would be hidden under it, and is drawn nowhere else."""

    @property
    def radius_px(self) -> float:
        """The larger of the two."""
        return max(self.half_px)

    @property
    def key(self) -> str:
        """Place and part, as in a multipoint."""
        return _key(self.marks[0])

    @property
    def at(self) -> tuple[float, float]:
        """Where it is, in px."""
        return self.marks[0].x, self.marks[0].y

    @property
    def count(self) -> int:
        """How many places it stands for, its own included."""
        return 1 + len({item.feature.place for item in self.counted})


def stands(points: Iterable[PointMark], lines: Iterable[LineMark], scale: float) -> list[Stand]:
    """Return how each place stands, the most important first.

    Parameters
    ----------
    points, lines
        The marks in a frame, those whose ring alone reaches into it left out.
    scale
        How much larger than on the screen signs are.
    """
    dot = DOT_PX * scale
    found: list[Stand] = []
    near = Nearby(_CELL_PX * scale)
    widest = 0.0
    counted: dict[int, list[SceneItem]] = {}
    for place in sorted(_places(points).values(), key=_importance):
        checkpoint()
        halves = [mark.sign.half_px for mark in place]
        half = (scale * max(x for x, _ in halves), scale * max(y for _, y in halves))
        radius = max(half)
        at = place[0].x, place[0].y
        # Nothing that stands farther away than this can touch a sign or a dot here.
        reach = max(radius, dot) + max(widest, dot) + dot + _DOT_AIR_PX
        stand = None
        if radius < _SMALLEST_SIGN_PX * scale or _clear(
            place, radius, (found[n] for n in near.within(at, reach)), dot
        ):
            stand = Stand(place, half)
        elif all(_far(place, found[n]) >= _dot_from(found[n], dot) for n in near.within(at, reach)):
            stand = Stand(tuple(replace(mark, dot=True) for mark in place), (dot, dot))
        if stand is not None:
            near.put(len(found), at)
            found.append(stand)
            widest = max(widest, stand.radius_px)
            continue
        # What hides it is within reach; none farther than that, edge to edge, is nearer.
        around = ((n, found[n]) for n in sorted(near.within(at, reach + widest)))
        lead = min(
            ((n, s) for n, s in around if _shows(s, scale)),
            key=lambda other: math.dist(at, other[1].at) - other[1].radius_px,
        )[0]
        counted.setdefault(lead, []).extend(mark.item for mark in place)
    for n, items in counted.items():
        found[n] = replace(found[n], counted=tuple(items))
    return _with_hidden(found, lines, scale)


def _shows(stand: Stand, scale: float) -> bool:
    """Tell whether a sign or dot is large enough to be counted at."""
    return stand.radius_px >= _SMALLEST_SIGN_PX * scale or _is_dot(stand)


def _count(
    found: list[Stand], shape: BaseGeometry, items: Iterable[SceneItem], scale: float
) -> None:
    """Count items at the sign or dot nearest to their shape."""
    rooms = [(n, s) for n, s in enumerate(found) if _shows(s, scale)]
    lead = min(rooms, key=lambda other: _beside(shape, other[1]))[0]
    found[lead] = replace(found[lead], counted=(*found[lead].counted, *items))


def counted_nearby(
    found: Sequence[Stand], shape: BaseGeometry, items: Sequence[SceneItem], scale: float
) -> list[Stand]:
    """Return the stands with some items counted at the nearest sign or dot, if one is near.

    Parameters
    ----------
    found
        How places stand; the items' own place is left out.
    shape
        Where the items are, in px.
    items
        What has no room for words of its own.
    scale
        How much larger than on the screen signs are.
    """
    own = {item.feature.id for item in items}
    kept = [s for s in found if own.isdisjoint(mark.item.feature.id for mark in s.marks)]
    gone = [s for s in found if s not in kept]
    every = (*items, *(item for s in gone for item in s.counted))
    near = [s for s in kept if _beside(shape, s) <= _NEARBY_PX * scale]
    if all(s.radius_px < _SMALLEST_SIGN_PX * scale and not _is_dot(s) for s in near):
        return list(found)
    _count(kept, shape, every, scale)
    return kept


def _with_hidden(found: list[Stand], lines: Iterable[LineMark], scale: float) -> list[Stand]:
    """Count towns and lines that are spoken of, and lie wholly under a sign, at that sign."""
    signs = [s for s in found if s.radius_px >= _SMALLEST_SIGN_PX * scale and not _is_dot(s)]
    kept = list(found)
    for stand in found:
        if stand.radius_px >= _SMALLEST_SIGN_PX * scale or _is_dot(stand):
            continue
        spoken = [mark.item for mark in stand.marks if mark.item.feature.claims]
        if spoken and any(math.dist(stand.at, s.at) < _TOUCHING * s.radius_px for s in signs):
            kept.remove(stand)
            _count(kept, shapely.Point(stand.at), spoken, scale)
    spoken_of = [line for line in lines if line.item.feature.claims]
    if not spoken_of:
        return kept
    discs = shapely.union_all([shapely.Point(s.at).buffer(s.radius_px + 2.0) for s in signs])
    for line in spoken_of:
        shape = shapely.MultiLineString([part for part in line.parts if len(part) > 1])
        if not shape.is_empty and discs.contains(shape):
            _count(kept, shape, [line.item], scale)
    return kept


def _clear(place: tuple[PointMark, ...], radius: float, found: Iterable[Stand], dot: float) -> bool:
    """Tell whether a place's signs would run into nothing that stands already."""
    return all(
        _far(place, other)
        >= (
            _TOUCHING * radius + dot + _DOT_AIR_PX
            if _is_dot(other)
            else 0.0
            if other.radius_px < dot
            else _TOUCHING * (radius + other.radius_px)
        )
        for other in found
    )


def _dot_from(other: Stand, dot: float) -> float:
    """Return how far a dot must be from what stands already to be seen as its own."""
    if _is_dot(other):
        return 2 * dot + _DOT_AIR_PX
    return _TOUCHING * other.radius_px + dot + _DOT_AIR_PX


def _is_dot(stand: Stand) -> bool:
    return stand.marks[0].dot


def _far(place: Sequence[PointMark], other: Stand) -> float:
    return math.dist((place[0].x, place[0].y), other.at)


def _beside(shape: BaseGeometry, other: Stand) -> float:
    """Return the px between a shape and the edge of a sign or dot."""
    return float(shapely.Point(other.at).distance(shape)) - other.radius_px


def _key(mark: PointMark) -> str:
    return f"{mark.item.feature.place}#{mark.part}"


def _places(points: Iterable[PointMark]) -> dict[str, tuple[PointMark, ...]]:
    places: dict[str, list[PointMark]] = {}
    for mark in points:
        places.setdefault(_key(mark), []).append(mark)
    return {key: tuple(marks) for key, marks in places.items()}


def crowds(points: Sequence[PointMark], scale: float, *, close_px: float = CLOSE_PX) -> list[Crowd]:
    """Return the crowds among some marks, the largest first; towns are in none.

    Parameters
    ----------
    points
        The marks of a frame.
    scale
        How much larger than on the screen signs are.
    close_px
        Signs closer than this, before scaling, are a crowd.
    """
    close = close_px * scale
    signs = [mark for mark in points if mark.sign.radius_px >= _SMALLEST_SIGN_PX]
    groups = _joined(list(_places(signs).values()), close)
    groups = [part for group in groups for part in _broken(group, close)]
    found = [Crowd(tuple(sorted(group, key=_importance))) for group in groups if len(group) > 1]
    return sorted(found, key=lambda c: (-len(c.places), _importance(c.places[0])))


def _joined(places: list[tuple[PointMark, ...]], close: float) -> list[list[tuple[PointMark, ...]]]:
    """Return the places in groups: each of a group is close to another of it."""
    near = Nearby(close)
    for index, place in enumerate(places):
        near.put(index, (place[0].x, place[0].y))
    groups, seen = [], [False] * len(places)
    for begin in range(len(places)):
        if seen[begin]:
            continue
        checkpoint()
        seen[begin], group = True, [begin]
        for index in group:
            own = places[index][0]
            for other in near.within((own.x, own.y), close):
                if not seen[other] and _apart(own, places[other][0]) < close:
                    seen[other] = True
                    group.append(other)
        groups.append([places[index] for index in sorted(group)])
    return groups


def _broken(group: list[tuple[PointMark, ...]], close: float) -> list[list[tuple[PointMark, ...]]]:
    """Return a crowd, or of one too large the crowds round its most important places.

    A row of places along a border is no crowd that one detail map could show.
    """
    if len(group) <= _MOST_PLACES:
        return [group]
    parts: list[list[tuple[PointMark, ...]]] = []
    near = Nearby(close)
    for place in sorted(group, key=_importance):
        at = place[0].x, place[0].y
        close_by = sorted(near.within(at, close))
        lead = next((n for n in close_by if _apart(parts[n][0][0], place[0]) < close), None)
        if lead is None:
            near.put(len(parts), at)
            parts.append([place])
        else:
            parts[lead].append(place)
    return parts


def _apart(one: PointMark, other: PointMark) -> float:
    return math.hypot(one.x - other.x, one.y - other.y)


def _importance(place: Sequence[PointMark]) -> tuple[int, int, int, str]:
    labels = [m.item.feature.label for m in place if m.item.feature.label is not None]
    lit = any(mark.item.state in {"lit", "selected"} for mark in place)
    rank = min((label.rank for label in labels), default=999)
    return (0 if lit else 1, rank, -len(place), place[0].item.feature.id)
