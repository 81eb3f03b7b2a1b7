"""Find the crowds among the signs of a frame: places that stand closer than a sign is wide."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corridormap.layers.picture.map.nearby import Nearby
from corridormap.layers.picture.turn.budget import checkpoint
from corridormap.layers.scene.prices import LABEL_PRICES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from corridormap.layers.picture.map.marks import PointMark

__all__ = [
    "CLOSE_PX",
    "SMALLEST_SIGN_PX",
    "Crowd",
    "crowds",
    "importance",
    "place_key",
    "places_of",
]

CLOSE_PX = LABEL_PRICES.crowd_px
SMALLEST_SIGN_PX = 5.0
_MOST_PLACES = 7


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
    signs = [mark for mark in points if mark.sign.radius_px >= SMALLEST_SIGN_PX]
    groups = _joined(list(places_of(signs).values()), close)
    groups = [part for group in groups for part in _broken(group, close)]
    found = [Crowd(tuple(sorted(group, key=importance))) for group in groups if len(group) > 1]
    return sorted(found, key=lambda c: (-len(c.places), importance(c.places[0])))


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
    for place in sorted(group, key=importance):
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


def place_key(mark: PointMark) -> str:
    """Return the key of a mark's place: the place and the part, as in a multipoint."""
    return f"{mark.item.feature.place}#{mark.part}"


def places_of(points: Iterable[PointMark]) -> dict[str, tuple[PointMark, ...]]:
    """Return marks by the key of their place."""
    places: dict[str, list[PointMark]] = {}
    for mark in points:
        places.setdefault(place_key(mark), []).append(mark)
    return {key: tuple(marks) for key, marks in places.items()}


def importance(place: Sequence[PointMark]) -> tuple[int, int, int, str]:
    """Return what puts places into order, the most important first."""
    labels = [m.item.feature.label for m in place if m.item.feature.label is not None]
    lit = any(mark.item.state in {"lit", "selected"} for mark in place)
    rank = min((label.rank for label in labels), default=999)
    return (0 if lit else 1, rank, -len(place), place[0].item.feature.id)
