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
    "any_meet",
    "boxes_meet",
    "nearest_box_px",
    "nearest_point_px",
    "run_through",
    "segments_cross",
    "segments_meet_boxes",
]

_FIRST = 64
"""Boxes that others are compared with at first; then twice as many each time."""


def boxes_meet(
    one: NDArray[np.float64], other: NDArray[np.float64], gap: float = 0.0
) -> NDArray[np.bool_]:
    """Tell of each pair whether its boxes come closer than `gap`, (n, m)."""
    a, b = one[:, None], other + gap * np.array([-1.0, -1.0, 1.0, 1.0])
    met: NDArray[np.bool_] = (
        (a[..., 0] < b[:, 2])
        & (a[..., 2] > b[:, 0])
        & (a[..., 1] < b[:, 3])
        & (a[..., 3] > b[:, 1])
    )
    return met


def any_meet(
    one: NDArray[np.float64], other: NDArray[np.float64], gap: float = 0.0
) -> NDArray[np.bool_]:
    """Tell of each box whether any other comes closer than `gap`, (n,)."""
    met = np.zeros(len(one), dtype=bool)
    free, begin, some = np.arange(len(one)), 0, _FIRST
    # Where much is taken, a few of it tell of most boxes that they meet something.
    while len(free) and begin < len(other):
        hit = boxes_meet(one[free], other[begin : begin + some], gap).any(axis=1)
        met[free[hit]] = True
        free, begin, some = free[~hit], begin + some, 2 * some
    return met


def nearest_box_px(boxes: NDArray[np.float64], others: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how far each box is from the nearest of the others, (n,); 0 where they overlap."""
    a, b = boxes[:, None], others[None]
    dx = np.maximum(np.maximum(a[..., 0] - b[..., 2], b[..., 0] - a[..., 2]), 0.0)
    dy = np.maximum(np.maximum(a[..., 1] - b[..., 3], b[..., 1] - a[..., 3]), 0.0)
    far: NDArray[np.float64] = np.sqrt((dx * dx + dy * dy).min(axis=1, initial=np.inf))
    return far


def nearest_point_px(
    boxes: NDArray[np.float64], points: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return how far each box is from the nearest of some points, (n,); 0 where one is inside."""
    return nearest_box_px(boxes, np.hstack([points, points]))


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
    """Tell of each pair whether the line touches the box, (n, m).

    It does where their bounds touch and the box has corners on both sides of the line.
    """
    low, high = np.minimum(lines[:, :2], lines[:, 2:]), np.maximum(lines[:, :2], lines[:, 2:])
    met: NDArray[np.bool_] = (
        (low[:, None, 0] <= boxes[:, 2])
        & (low[:, None, 1] <= boxes[:, 3])
        & (high[:, None, 0] >= boxes[:, 0])
        & (high[:, None, 1] >= boxes[:, 1])
    )
    line, box = np.nonzero(met)
    met[line, box] = run_through(lines[line], boxes[box])
    return met


def run_through(lines: NDArray[np.float64], boxes: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Tell whether each line, made longer without end, runs through its box, (n,).

    It does where the box's middle is no farther from it, seen across it, than half the box is
    wide there.
    """
    x, y, to_x, to_y = lines.T
    left, top, right, bottom = boxes.T
    run_x, run_y = to_x - x, to_y - y
    across = run_x * ((top + bottom) / 2 - y) - run_y * ((left + right) / 2 - x)
    half = np.abs(run_x) * (bottom - top) / 2 + np.abs(run_y) * (right - left) / 2
    through: NDArray[np.bool_] = np.abs(across) <= half
    return through
