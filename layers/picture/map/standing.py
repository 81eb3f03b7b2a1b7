"""Decide how each place stands on a map where signs crowd: as its signs, a dot, or in a count.

Nothing is moved. The most important of signs that would touch is drawn whole; of the others
each is a dot at its own place, or, where even that would be hidden, counted at the sign or dot
that hides it ("×3"). It draws nothing.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import shapely

from corridormap.layers.picture.map.crowds import (
    SMALLEST_SIGN_PX,
    importance,
    place_key,
    places_of,
)
from corridormap.layers.picture.map.nearby import Nearby
from corridormap.layers.picture.turn.budget import checkpoint

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from shapely.geometry.base import BaseGeometry

    from corridormap.layers.picture.map.marks import LineMark, PointMark
    from corridormap.layers.scene.scene import SceneItem

__all__ = ["DOT_PX", "Stand", "counted_nearby", "stands"]

DOT_PX = 3.2
"""Radius of the dot of a place whose sign has no room."""
_TOUCHING = 0.9
"""Of both signs' radii: nearer than this, two signs run into one another."""
_DOT_AIR_PX = 1.2
_NEARBY_PX = 26.0
"""As far as this from a sign a place may be counted at it."""
_CELL_PX = 24.0


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
        return place_key(self.marks[0])

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
    for place in sorted(places_of(points).values(), key=importance):
        checkpoint()
        halves = [mark.sign.half_px for mark in place]
        half = (scale * max(x for x, _ in halves), scale * max(y for _, y in halves))
        radius = max(half)
        at = place[0].x, place[0].y
        # Nothing that stands farther away than this can touch a sign or a dot here.
        reach = max(radius, dot) + max(widest, dot) + dot + _DOT_AIR_PX
        stand = None
        if radius < SMALLEST_SIGN_PX * scale or _clear(
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
    return stand.radius_px >= SMALLEST_SIGN_PX * scale or _is_dot(stand)


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
    if all(s.radius_px < SMALLEST_SIGN_PX * scale and not _is_dot(s) for s in near):
        return list(found)
    _count(kept, shape, every, scale)
    return kept


def _with_hidden(found: list[Stand], lines: Iterable[LineMark], scale: float) -> list[Stand]:
    """Count towns and lines that are spoken of, and lie wholly under a sign, at that sign."""
    signs = [s for s in found if s.radius_px >= SMALLEST_SIGN_PX * scale and not _is_dot(s)]
    kept = list(found)
    for stand in found:
        if stand.radius_px >= SMALLEST_SIGN_PX * scale or _is_dot(stand):
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
