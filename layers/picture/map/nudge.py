"""Move signs that touch a little apart, as a cartographer does; it draws nothing.

Signs that stand in one another's way altogether are a crowd: see the crowd module.
"""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from corridormap.layers.picture.map.marks import PointMark

__all__ = ["apart"]

_SMALLEST_SIGN_PX = 5.0
_SHARE = 0.97
"""Of a sign's radius: so much of it is kept free of others."""
_MOST_PX = 18.0
"""Farther than this a sign is not moved: it would no longer stand at its place."""
_STEPS = 60
_SEEN_PX = 0.75


def apart(points: Sequence[PointMark], scale: float) -> list[PointMark]:
    """Return marks of which none touches another, as far as small steps can do it.

    Signs at one place stay together, a sign that was moved already stays where it is, and
    towns, which are dots, neither move nor are moved for.

    Parameters
    ----------
    points
        The marks of a frame.
    scale
        How much larger than on the screen signs are.
    """
    places: dict[str, list[PointMark]] = {}
    for mark in points:
        if mark.sign.radius_px >= _SMALLEST_SIGN_PX and not mark.outside:
            places.setdefault(f"{mark.item.feature.place}#{mark.part}", []).append(mark)
    at = {key: marks[0].sign_at for key, marks in places.items()}
    fixed = {key for key, marks in places.items() if marks[0].at is not None}
    reach = {key: _SHARE * scale * max(m.sign.radius_px for m in places[key]) for key in places}
    close = [
        (one, other, reach[one] + reach[other])
        for one, other in combinations(places, 2)
        if math.dist(at[one], at[other]) < reach[one] + reach[other] + 2 * _MOST_PX * scale
        and not {one, other} <= fixed
    ]
    for _ in range(_STEPS):
        if not _step(at, close, fixed, {k: (places[k][0].x, places[k][0].y) for k in at}, scale):
            break
    moved = {id(mark): at[key] for key, marks in places.items() for mark in marks}
    return [_moved(mark, moved.get(id(mark), mark.sign_at)) for mark in points]


def _step(
    at: dict[str, tuple[float, float]],
    close: Iterable[tuple[str, str, float]],
    fixed: set[str],
    true: dict[str, tuple[float, float]],
    scale: float,
) -> bool:
    """Push each pair that touches apart by some of what is missing; tell whether any did."""
    touched = False
    for one, other, wanted in close:
        (x0, y0), (x1, y1) = at[one], at[other]
        far = math.hypot(x1 - x0, y1 - y0)
        missing = wanted - far
        if missing < _SEEN_PX:
            continue
        touched = True
        # Two signs on one spot part sideways, where a bridge is widest.
        ux, uy = ((x1 - x0) / far, (y1 - y0) / far) if far > 0.01 else (1.0, 0.0)
        free = [key for key in (one, other) if key not in fixed]
        for key, sign in ((one, -1.0), (other, 1.0)):
            if key in fixed:
                continue
            push = sign * 0.5 * missing / len(free)
            at[key] = _near(at[key][0] + push * ux, at[key][1] + push * uy, true[key], scale)
    return touched


def _near(x: float, y: float, true: tuple[float, float], scale: float) -> tuple[float, float]:
    """Return a position no farther from the true place than a sign may stand."""
    far = math.hypot(x - true[0], y - true[1])
    share = min(1.0, _MOST_PX * scale / far) if far else 1.0
    return true[0] + (x - true[0]) * share, true[1] + (y - true[1]) * share


def _moved(mark: PointMark, at: tuple[float, float]) -> PointMark:
    if mark.at is not None or math.dist(at, (mark.x, mark.y)) < _SEEN_PX:
        return mark
    return replace(mark, at=at)
