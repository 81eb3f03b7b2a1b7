"""Give a label the one spot where an editor put it, with its leader where it stands away.

Which of the two is drawn, and whether a rule is broken, is decided by the placing module.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import shapely

from corridormap.layers.picture.placing.spots import ALIGNS, joined_spots, led_from, row_of

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from shapely.geometry.base import BaseGeometry

    from corridormap.layers.corridor.layouts import LabelPlace
    from corridormap.layers.picture.layout import Align
    from corridormap.layers.picture.map.projection import Projection
    from corridormap.layers.picture.placing.block import Block
    from corridormap.layers.picture.placing.offer import Placed, Wish
    from corridormap.layers.picture.placing.spots import Spots

__all__ = ["broken", "put_by_hand"]

_TOUCHES_PX = 12.0
"""A name as near as this to what it names needs no leader."""


def put_by_hand(
    wish: Wish,
    place: LabelPlace,
    projection: Projection,
    shape: BaseGeometry,
    half_px: tuple[float, float],
    scale: float,
) -> Wish:
    """Return a wish for the spot where a label was put; as it is where the frame has none.

    Parameters
    ----------
    wish
        The label by the rules.
    place
        Where it was put.
    projection
        The frame.
    shape
        What it names, in px: a point, a line, an area.
    half_px
        Half the width and height of its sign.
    scale
        How much larger than on the screen signs are.
    """
    at = projection.xy(*place.at)
    if not projection.box.has(*at):
        return wish
    blocks = wish.spots.blocks
    told = [form for form, block in enumerate(blocks) if block.rows] or list(range(len(blocks)))
    # The fullest form that keeps the rules there; where none does, the smallest stands.
    told.append(min(told, key=lambda form: blocks[form].width * blocks[form].height))
    spots: list[Spots] = []
    far: list[float] = []
    for form in told:
        bare = _at(at, blocks, form, place.align)
        rect = shapely.box(*bare.boxes[0])
        away = max(0.0, rect.distance(shape) - max(half_px))
        led = _led(bare, rect, shape, half_px)
        if away <= _TOUCHES_PX * scale or led is None:
            spots.append(bare)
        if led is not None:
            spots.append(led)
        far += [away] * (len(spots) - len(far))
    own_px = None if wish.own_px is None else np.array(far)
    return replace(wish, spots=joined_spots(spots), own_px=own_px, pinned=True)


def _at(at: tuple[float, float], blocks: tuple[Block, ...], form: int, align: Align) -> Spots:
    """Return the spot of one form whose end or middle is at a point, without a leader."""
    block, (x, y) = blocks[form], at
    left = x - block.width * {"start": 0.0, "middle": 0.5, "end": 1.0}[align]
    top = y - block.height / 2
    box = np.array([[left, top, left + block.width, top + block.height]])
    bare = row_of(blocks, form, box, np.zeros(1))
    return replace(bare, align=np.array([ALIGNS.index(align)]))


def _led(
    bare: Spots, rect: BaseGeometry, shape: BaseGeometry, half_px: tuple[float, float]
) -> Spots | None:
    """Return the spot with a line from what it names; None where it lies upon it."""
    if rect.distance(shape) == 0.0:
        return None
    (x, y), _ = shapely.shortest_line(shape, rect).coords
    return led_from(bare, np.array([(x, y)]), half_px)


def broken(placed: Sequence[Placed], breaking: Container[str]) -> list[str]:
    """Return the names put by hand that stand where the rules let none stand.

    Parameters
    ----------
    placed
        The labels that stand.
    breaking
        Ids of those that touch a sign, furniture or the frame's edge, or whose leader does.
    """
    mine = [label for label in placed if label.wish.pinned]
    return [
        label.wish.text or label.wish.id
        for label in mine
        if label.wish.id in breaking
        or any(label.box.overlaps(other.box) for other in mine if other is not label)
    ]
