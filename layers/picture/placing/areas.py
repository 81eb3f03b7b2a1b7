"""List the spots where a label may stand inside an area."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np
import shapely

from corridormap.layers.picture.placing.spots import joined_spots, no_spots, row_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely.geometry.base import BaseGeometry

    from corridormap.layers.picture.placing.block import Block
    from corridormap.layers.picture.placing.spots import Spots

__all__ = ["inside", "widest_point"]

_GRID, _MOST_CENTERS = 27, 240


def inside(
    forms: Sequence[tuple[Block, float]],
    shape: BaseGeometry,
    anchor: tuple[float, float] | None,
    *,
    slack: float = 0.0,
    air: float = 0.0,
) -> Spots:
    """Return spots whose box lies within an area, near its anchor first.

    Parameters
    ----------
    forms
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
    blocks = tuple(block for block, _ in forms)
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
    near = np.argsort(far, kind="stable")[:_MOST_CENTERS]
    centers, far = centers[near], far[near]
    parts = []
    for form, (block, price) in enumerate(forms):
        half = np.array([block.width / 2, block.height / 2])
        inner = np.maximum(1.0, half - slack)
        boxes = shapely.box(*(centers - inner).T, *(centers + inner).T)
        held = shapely.contains(shape, boxes)
        wide = half + np.array([air, 0.0])
        box = np.hstack([centers - wide, centers + wide])[held]
        parts.append(row_of(blocks, form, box, price + 14.0 * far[held] / size))
    return joined_spots(parts) if parts else no_spots(blocks)


def widest_point(shape: BaseGeometry) -> tuple[float, float]:
    """Return the middle of the widest part of an area in px."""
    area = cast("shapely.Polygon", shape)
    x, y = shapely.get_coordinates(shapely.maximum_inscribed_circle(area, tolerance=3.0))[0]
    return float(x), float(y)
