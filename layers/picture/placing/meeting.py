"""Tell of many boxes, straight lines and points at once which meet, cross or come near.

Boxes are rows of left, top, right, bottom; lines rows of x, y, x, y; all in px. It knows no
label.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = [
    "boxes_meet",
    "boxes_to_boxes",
    "boxes_to_points",
    "segments_cross",
    "segments_meet_boxes",
]


def boxes_meet(
    one: NDArray[np.float64], other: NDArray[np.float64], gap: float = 0.0
) -> NDArray[np.bool_]:
    """Tell of each pair whether its boxes come closer than `gap`, (n, m)."""
    a, b = one[:, None], other[None]
    met: NDArray[np.bool_] = (
        (a[..., 0] < b[..., 2] + gap)
        & (b[..., 0] < a[..., 2] + gap)
        & (a[..., 1] < b[..., 3] + gap)
        & (b[..., 1] < a[..., 3] + gap)
    )
    return met


def boxes_to_boxes(one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the distance of each box from each other box, (n, m); 0 where they overlap."""
    a, b = one[:, None], other[None]
    dx = np.maximum(np.maximum(a[..., 0] - b[..., 2], b[..., 0] - a[..., 2]), 0.0)
    dy = np.maximum(np.maximum(a[..., 1] - b[..., 3], b[..., 1] - a[..., 3]), 0.0)
    far: NDArray[np.float64] = np.hypot(dx, dy)
    return far


def boxes_to_points(boxes: NDArray[np.float64], points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the distance of each box from each point, (n, m); 0 inside."""
    x, y = points[None, :, 0], points[None, :, 1]
    dx = np.maximum(np.maximum(boxes[:, None, 0] - x, x - boxes[:, None, 2]), 0.0)
    dy = np.maximum(np.maximum(boxes[:, None, 1] - y, y - boxes[:, None, 3]), 0.0)
    far: NDArray[np.float64] = np.hypot(dx, dy)
    return far


def segments_cross(one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Tell of each pair whether its lines cross, (n, m); those that share an end do not."""
    a, b = one[:, None, :2], one[:, None, 2:]
    c, d = other[None, :, :2], other[None, :, 2:]
    crossed: NDArray[np.bool_] = (_side(a, b, c) * _side(a, b, d) < 0) & (
        _side(c, d, a) * _side(c, d, b) < 0
    )
    return crossed


def _side(
    p: NDArray[np.float64], q: NDArray[np.float64], r: NDArray[np.float64]
) -> NDArray[np.float64]:
    run, away = q - p, r - p
    turn: NDArray[np.float64] = run[..., 0] * away[..., 1] - run[..., 1] * away[..., 0]
    return turn


def segments_meet_boxes(
    lines: NDArray[np.float64], boxes: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """Tell of each pair whether the line touches the box, (n, m), by clipping (Liang-Barsky)."""
    low = np.zeros((len(lines), len(boxes)))
    high = np.ones((len(lines), len(boxes)))
    met = np.ones((len(lines), len(boxes)), dtype=bool)
    for axis in (0, 1):
        start = lines[:, None, axis]
        run = lines[:, None, axis + 2] - start
        near, far = boxes[None, :, axis] - start, boxes[None, :, axis + 2] - start
        flat = np.abs(run) < 1e-9
        with np.errstate(divide="ignore", invalid="ignore"):
            one, other = near / run, far / run
        low = np.where(flat, low, np.maximum(low, np.minimum(one, other)))
        high = np.where(flat, high, np.minimum(high, np.maximum(one, other)))
        met &= ~flat | ((near <= 0) & (far >= 0))
    return met & (low <= high)
