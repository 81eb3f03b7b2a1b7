"""Find points along a line at which its name may stand, or from which a leader starts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from corridormap.layers.picture.pen.box import Box

__all__ = ["stations"]

_STEP_PX, _FINE_STEP_PX, _MOST_FINE = 26.0, 2.0, 400
_MOST_STEPS, _MOST_LED = 28, 8
_FROM_MIDDLE = 9.0
"""What the end of a line costs more than its middle."""
_LEADER_FROM_PX = 2.2


def stations(
    parts: Sequence[NDArray[np.float64]],
    frame: Box,
    *,
    signs: NDArray[np.float64] | None = None,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return points along the visible line, and what each costs: the middle of it nothing.

    Of those under a sign none is taken, if signs are given.
    """
    lines = shapely.MultiLineString([part for part in parts if len(part) > 1])
    merged = shapely.line_merge(lines)
    seen = shapely.clip_by_rect(merged, frame.left, frame.top, frame.right, frame.bottom)
    pieces = sorted((p for p in shapely.get_parts(seen) if p.length > 0), key=lambda p: -p.length)
    points, prices = [], []
    for order, piece in enumerate(pieces[:3]):
        step = _STEP_PX if signs is None else _FINE_STEP_PX
        steps = int(min(_MOST_FINE, max(3, piece.length / step)))
        share = (np.arange(steps) + 0.5) / steps
        at = shapely.get_coordinates(shapely.line_interpolate_point(piece, share, normalized=True))
        cost = 2 * _FROM_MIDDLE * np.abs(share - 0.5) + 4.0 * order
        if signs is not None and len(signs):
            far = np.hypot(*(at[:, None] - signs[None, :, :2]).transpose(2, 0, 1))
            clear = (far > signs[:, 2] + _LEADER_FROM_PX).all(axis=1)
            at, cost = at[clear], cost[clear]
        most = _MOST_STEPS if signs is None else _MOST_LED
        if len(at) > most:
            few = np.linspace(0, len(at) - 1, most).round().astype(int)
            at, cost = at[few], cost[few]
        points.append(at)
        prices.append(cost)
    if not points:
        return np.zeros((0, 2)), np.zeros(0)
    return np.concatenate(points), np.concatenate(prices)
