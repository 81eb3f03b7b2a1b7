"""Find signs that stand too close to read, and spread them where there is room.

It draws nothing; a detail map of a crowded place is made by the inset module.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from itertools import combinations, permutations
from typing import TYPE_CHECKING

import numpy as np

from corridormap.layers.picture.map.room import cross
from corridormap.layers.picture.pen.box import Box
from corridormap.layers.picture.turn.budget import checkpoint

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from corridormap.layers.picture.map.marks import PointMark
    from corridormap.layers.picture.map.room import Room

__all__ = ["CLOSE_PX", "Crowd", "Leader", "crowds", "spread"]

CLOSE_PX = 14.0
_AWAY_PX, _APART_PX = 64.0, 39.0
_LABEL_ROOM_PX = 120.0
_MOST_COST = 190.0
_OVER_LINES = 2.0
"""What a leader pays for each px of a line that it runs over."""
_FAR_PX, _FARTHER = 90.0, 0.8
"""A leader that is longer pays for each px more."""
_MOST_FOR_LEADERS = 70.0
_AT_HOME_PX = 28.0
_MOST_ORDERS = 4
_SMALLEST_SIGN_PX = 5.0
_NARROW_PX = 560.0
_MOST_PLACES = 7

Leader = tuple[tuple[float, float], tuple[float, float]]
"""From the true place to the sign."""


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
    places: dict[str, list[PointMark]] = {}
    for mark in points:
        if mark.sign.radius_px >= _SMALLEST_SIGN_PX:
            places.setdefault(f"{mark.item.feature.place}#{mark.part}", []).append(mark)
    groups: list[list[list[PointMark]]] = []
    for place in places.values():
        checkpoint()
        near = [g for g in groups if any(_apart(place[0], other[0]) < close for other in g)]
        merged = [place]
        for group in near:
            merged = group + merged
            groups.remove(group)
        groups.append(merged)
    groups = [part for group in groups for part in _broken(group, close)]
    found = [
        Crowd(tuple(tuple(place) for place in sorted(group, key=_importance)))
        for group in groups
        if len(group) > 1
    ]
    return sorted(found, key=lambda c: (-len(c.places), _importance(list(c.places[0]))))


def _broken(group: list[list[PointMark]], close: float) -> list[list[list[PointMark]]]:
    """Return a crowd, or of one too large the crowds round its most important places.

    Places in a long row would else all be told by one sign far from most of them.
    """
    if len(group) <= _MOST_PLACES:
        return [group]
    parts: list[list[list[PointMark]]] = []
    for place in sorted(group, key=_importance):
        lead = next((part for part in parts if _apart(part[0][0], place[0]) < close), None)
        if lead is None:
            parts.append([place])
        else:
            lead.append(place)
    return parts


def _apart(one: PointMark, other: PointMark) -> float:
    return math.hypot(one.x - other.x, one.y - other.y)


def _importance(place: list[PointMark]) -> tuple[int, int, int, str]:
    labels = [m.item.feature.label for m in place if m.item.feature.label is not None]
    lit = any(mark.item.state in {"lit", "selected"} for mark in place)
    rank = min((label.rank for label in labels), default=999)
    return (0 if lit else 1, rank, -len(place), place[0].item.feature.id)


def spread(
    crowd: Crowd, room: Room, scale: float, *, narrow: bool = False
) -> list[PointMark] | None:
    """Return the marks moved to a column beside their place, or None without room.

    Parameters
    ----------
    crowd
        The crowd; its own marks may not be taken in the room.
    room
        What is free.
    scale
        How much larger than on the screen.
    narrow
        The frame is small by intention.
    """
    if (room.frame.width < _NARROW_PX and not narrow) or len(crowd.places) > _MOST_PLACES:
        return None
    best, least = None, _MOST_COST
    for price, spots in _columns(crowd, scale):
        boxes = [Box.around(x, y, 18.0 * scale) for x, y in spots]
        if not all(room.free(box, gap=2.0) for box in boxes):
            continue
        outward = 1.0 if spots[0][0] > crowd.center[0] else -1.0
        texts = [_text_box(box, outward, scale) for box in boxes]
        if not all(room.free(text) for text in texts):
            continue
        if any(_crosses(crowd.center, spot, room) for spot in spots):
            continue
        sides = [(b.left, b.top, b.right, b.bottom) for b in (*boxes, *texts)]
        cost = price + float(room.costs(np.array(sides)).sum())
        if cost >= least:
            continue
        order = _order(crowd, spots, room)
        if order is None:
            continue
        leaders = _leader_cost(order, spots, room, scale)
        cost += leaders
        if cost < least and leaders < _MOST_FOR_LEADERS:
            best, least = list(zip(order, spots, strict=True)), cost
    if best is None:
        return None
    return [replace(mark, at=spot) for place, spot in best for mark in place]


def _order(
    crowd: Crowd, spots: list[tuple[float, float]], room: Room
) -> tuple[tuple[PointMark, ...], ...] | None:
    """Return the places in the order of the spots, so that no leader crosses another."""
    level = tuple(sorted(crowd.places, key=lambda place: place[0].y))
    best, least = None, math.inf
    for order in permutations(level) if len(level) <= _MOST_ORDERS else iter((level,)):
        leaders = [((p[0].x, p[0].y), spot) for p, spot in zip(order, spots, strict=True)]
        long = sum(math.dist(*leader) for leader in leaders)
        if long >= least or any(room.crosses(*leader) for leader in leaders):
            continue
        if not any(cross(*one, *other) for one, other in combinations(leaders, 2)):
            best, least = order, long
    return best


def _leader_cost(
    order: Sequence[tuple[PointMark, ...]],
    spots: list[tuple[float, float]],
    room: Room,
    scale: float,
) -> float:
    """Return what the leaders to some spots cost: what they run over, and their length."""
    cost = 0.0
    for place, (x, y) in zip(order, spots, strict=True):
        x0, y0 = place[0].x, place[0].y
        far = math.hypot(x - x0, y - y0) / scale
        cost += _FARTHER * max(0.0, far - _FAR_PX)
        # The lines at the place itself are run over whatever the spot.
        share = min(1.0, _AT_HOME_PX / max(far, 1.0))
        start = (x0 + (x - x0) * share, y0 + (y - y0) * share)
        cost += _OVER_LINES * room.cost_along(start, (x, y))
    return cost


def _crosses(start: tuple[float, float], end: tuple[float, float], room: Room) -> bool:
    """Tell whether a leader would run over something that is taken."""
    (x0, y0), (x1, y1) = start, end
    steps = [(x0 + (x1 - x0) * k / 16, y0 + (y1 - y0) * k / 16) for k in range(4, 14)]
    return any(box.has(x, y) for x, y in steps for box in room.taken)


def _columns(crowd: Crowd, scale: float) -> Iterator[tuple[float, list[tuple[float, float]]]]:
    """Yield columns of spots to the right and left, level first, then up and down."""
    cx, cy = crowd.center
    count = len(crowd.places)
    for further in (0, 24, 48):
        for side in (1, -1):
            for shift in (0, -20, 20, -40, 40, -64, 64, -90, 90):
                x = cx + side * (_AWAY_PX + further) * scale
                spots = [
                    (x, cy + (shift + (i - (count - 1) / 2) * _APART_PX) * scale)
                    for i in range(count)
                ]
                yield abs(shift) * 0.12 + further * 0.15 + (2 if side < 0 else 0), spots


def _text_box(box: Box, outward: float, scale: float) -> Box:
    length = _LABEL_ROOM_PX * scale
    inset = 2.0 * scale
    if outward > 0:
        return Box(box.right, box.top + inset, box.right + length, box.bottom - inset)
    return Box(box.left - length, box.top + inset, box.left, box.bottom - inset)
