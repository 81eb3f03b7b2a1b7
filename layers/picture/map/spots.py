"""List the spots where a label may stand: round a point, along a line, inside an area.

Geometry only: which spot is taken is decided by the labels module.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, cast

import numpy as np
import shapely

from corridormap.layers.picture.map.labels import Spot
from corridormap.layers.picture.pen.box import Box

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from corridormap.layers.picture.map.labels import Align, Block

__all__ = ["along", "around", "inside", "widest_point"]

_LEADER_PX = (22.0, 34.0, 48.0, 64.0)
_LEADER_PRICE = 16.0
_SIDES: tuple[tuple[float, float, float], ...] = (
    (1, 0, 0.0),
    (-1, 0, 0.6),
    (1, -0.55, 1.2),
    (-1, -0.55, 1.4),
    (1, 0.55, 1.6),
    (-1, 0.55, 1.8),
    (0, -1, 2.4),
    (0, 1, 2.6),
)
"""Direction of a label from its point, and its price: right first, below last."""
_CORNERS = ((0.7, -0.7), (-0.7, -0.7), (0.7, 0.7), (-0.7, 0.7), (0, -1), (0, 1), (1, 0), (-1, 0))
_GRID, _MOST_CENTERS = 27, 240
_BESIDE = ((1, 0), (-1, 0), (0, -1), (0, 1), *_CORNERS[:4])
_FRACTIONS = (0.5, 0.42, 0.58, 0.33, 0.67, 0.25, 0.75, 0.16, 0.84, 0.08, 0.92)


def around(
    blocks: Sequence[tuple[Block, float]],
    at: tuple[float, float],
    reach: float,
    *,
    gap: float = 5.0,
    leaders: bool = True,
    scale: float = 1.0,
) -> Iterator[Spot]:
    """Yield spots round a point, then spots at the end of a leader.

    Parameters
    ----------
    blocks
        Forms of the label, each with its price.
    at
        The point in px.
    reach
        Radius of the point's sign or ring in px.
    gap
        Px between sign and text.
    leaders
        Offer spots with a leader too.
    scale
        How much larger than on the screen a leader may be.
    """
    x, y = at
    for block, price in blocks:
        for dx, dy, side in _SIDES:
            box, align = _beside(block, x, y, (dx, dy), reach + gap)
            yield Spot(block, box, align, price + side)
    if not leaders:
        return
    for block, price in dict.fromkeys((*blocks[:2], *blocks[-1:])):
        for length in _LEADER_PX:
            for dx, dy in _CORNERS:
                far = reach + length * scale
                box, align = _beside(block, x, y, (dx, dy), far)
                end = _nearest(box, x, y)
                start = _toward(x, y, end, reach)
                cost = price + _LEADER_PRICE + length / 12
                yield Spot(block, box, align, cost, (start, end))


def along(
    blocks: Sequence[tuple[Block, float]],
    parts: Sequence[NDArray[np.float64]],
    clear: float,
    frame: Box,
) -> Iterator[Spot]:
    """Yield spots beside a line, the middle of its longest visible stretch first.

    Parameters
    ----------
    blocks
        Forms of the label, each with its price.
    parts
        The line in px.
    clear
        Half the width of the line or its band, with the gap to the text.
    frame
        What is visible.
    """
    line = _longest(parts, frame)
    if line is None:
        return
    for order, fraction in enumerate(_FRACTIONS):
        point = line.interpolate(fraction, normalized=True)
        at = (point.x, point.y)
        for block, price in blocks:
            for side, (dx, dy) in enumerate(_BESIDE):
                box, align = _beside(block, *at, (dx, dy), clear)
                yield Spot(block, box, align, price + 0.7 * order + 0.3 * side)
                if order % 2 or block is not blocks[0][0]:
                    continue
                for length in _LEADER_PX:
                    box, align = _beside(block, *at, (dx, dy), clear + length)
                    end = _nearest(box, *at)
                    cost = price + 0.7 * order + 0.3 * side + _LEADER_PRICE + length / 12
                    yield Spot(block, box, align, cost, (at, end))


def inside(
    blocks: Sequence[tuple[Block, float]],
    shape: BaseGeometry,
    anchor: tuple[float, float] | None,
    *,
    slack: float = 0.0,
    air: float = 0.0,
) -> Iterator[Spot]:
    """Yield spots whose box lies within an area, near its anchor first.

    Parameters
    ----------
    blocks
        Forms of the label, each with its price.
    shape
        The area in px.
    anchor
        Where the label stands best; by default the middle of the widest part.
    slack
        Px by which a box may stand out of the area on each side.
    air
        Px kept free left and right of the text.
    """
    if anchor is None:
        anchor = widest_point(shape)
    left, top, right, bottom = shape.bounds
    size = max(right - left, bottom - top, 1.0)
    xs, ys = np.meshgrid(np.linspace(left, right, _GRID), np.linspace(top, bottom, _GRID))
    centers = np.vstack([[anchor], np.column_stack([xs.ravel(), ys.ravel()])])
    shapely.prepare(shape)
    # A label's middle lies in the area too; far from the anchor none is worth looking at.
    centers = centers[shapely.contains_xy(shape, centers[:, 0], centers[:, 1])]
    far = np.hypot(centers[:, 0] - anchor[0], centers[:, 1] - anchor[1])
    centers = centers[np.argsort(far, kind="stable")[:_MOST_CENTERS]]
    for block, price in blocks:
        half_w, half_h = block.width / 2, block.height / 2
        inner_w, inner_h = max(1.0, half_w - slack), max(1.0, half_h - slack)
        boxes = shapely.box(
            centers[:, 0] - inner_w,
            centers[:, 1] - inner_h,
            centers[:, 0] + inner_w,
            centers[:, 1] + inner_h,
        )
        for index in np.flatnonzero(shapely.contains(shape, boxes)):
            cx, cy = centers[index]
            away = float(np.hypot(cx - anchor[0], cy - anchor[1])) / size
            box = Box(cx - half_w - air, cy - half_h, cx + half_w + air, cy + half_h)
            yield Spot(block, box, "middle", price + 14.0 * away)


def widest_point(shape: BaseGeometry) -> tuple[float, float]:
    """Return the middle of the widest part of an area in px."""
    area = cast("shapely.Polygon", shape)
    x, y = shapely.get_coordinates(shapely.maximum_inscribed_circle(area, tolerance=3.0))[0]
    return float(x), float(y)


def _beside(
    block: Block, x: float, y: float, toward: tuple[float, float], far: float
) -> tuple[Box, Align]:
    """Return the box of a block on one side of a point, and how its rows line up."""
    dx, dy = toward
    w, h = block.width, block.height
    left = x + dx * far - (0.0 if dx > 0 else w if dx < 0 else w / 2)
    top = y + dy * far - (0.0 if dy > 0 else h if dy < 0 else h / 2)
    align: Align = "start" if dx > 0 else "end" if dx < 0 else "middle"
    return Box(left, top, left + w, top + h), align


def _nearest(box: Box, x: float, y: float) -> tuple[float, float]:
    return min(max(x, box.left), box.right), min(max(y, box.top), box.bottom)


def _toward(x: float, y: float, end: tuple[float, float], far: float) -> tuple[float, float]:
    length = math.hypot(end[0] - x, end[1] - y) or 1.0
    part = min(1.0, far / length)
    return x + (end[0] - x) * part, y + (end[1] - y) * part


def _longest(parts: Sequence[NDArray[np.float64]], frame: Box) -> BaseGeometry | None:
    lines = shapely.MultiLineString([part for part in parts if len(part) > 1])
    merged = shapely.line_merge(lines)
    seen = shapely.clip_by_rect(merged, frame.left, frame.top, frame.right, frame.bottom)
    pieces = [p for p in shapely.get_parts(seen) if p.length > 0]
    return max(pieces, key=lambda p: p.length) if pieces else None
