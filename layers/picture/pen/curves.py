"""Make circles and rounded boxes of Bezier curves, so that every format draws the same."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.path import Path as MplPath

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from corridormap.layers.picture.pen.box import Box

__all__ = ["rounded", "unit_circle"]

_KAPPA = 0.5522847498


@lru_cache(maxsize=2)
def unit_circle(*, half: bool) -> tuple[NDArray[np.float64], NDArray[np.uint8]]:
    """Return a circle of radius 1 round the origin, or its half left of the centre."""
    k = _KAPPA
    points = [(0, -1), (-k, -1), (-1, -k), (-1, 0), (-1, k), (-k, 1), (0, 1)]
    if not half:
        points += [(k, 1), (1, k), (1, 0), (1, -k), (k, -1), (0, -1)]
    codes = [MplPath.MOVETO] + [MplPath.CURVE4] * (len(points) - 1) + [MplPath.CLOSEPOLY]
    points.append((0, -1))
    return np.array(points, dtype=np.float64), np.array(codes, dtype=np.uint8)


def rounded(box: Box, r: float) -> tuple[list[tuple[float, float]], NDArray[np.uint8]]:
    """Return a box whose corners are rounded by a radius in px."""
    k = r * (1 - _KAPPA)
    left, top, right, bottom = box.left, box.top, box.right, box.bottom
    points = [
        (left + r, top),
        (right - r, top),
        (right - k, top),
        (right, top + k),
        (right, top + r),
        (right, bottom - r),
        (right, bottom - k),
        (right - k, bottom),
        (right - r, bottom),
        (left + r, bottom),
        (left + k, bottom),
        (left, bottom - k),
        (left, bottom - r),
        (left, top + r),
        (left, top + k),
        (left + k, top),
        (left + r, top),
        (left + r, top),
    ]
    side = [MplPath.LINETO] + [MplPath.CURVE4] * 3
    codes = [MplPath.MOVETO, *side, *side, *side, *side, MplPath.CLOSEPOLY]
    return points, np.array(codes, dtype=np.uint8)
