"""Find the corner of a sign at which a tag says how many it stands for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corridormap.layers.picture.map.ink import Tag
from corridormap.layers.picture.map.standing import DOT_PX
from corridormap.layers.picture.pen.box import Box

if TYPE_CHECKING:
    from corridormap.layers.picture.map.marks import PointMark
    from corridormap.layers.picture.placing.room import Room

__all__ = ["tag_of"]

_TAG_PX, _TAG_AIR_PX, _TAG_ROOM_PX = 14.0, 3.0, 12.5


def tag_of(mark: PointMark, count: int, room: Room, scale: float) -> tuple[Tag, Box]:
    """Return the tag at the corner that hides least, and the box that it fills, in px.

    Parameters
    ----------
    mark
        The sign.
    count
        How many features it stands for.
    room
        What is taken already.
    scale
        How much larger than on the screen signs are.
    """
    x, y = mark.x, mark.y
    radius = DOT_PX if mark.dot else mark.sign.radius_px
    away = max(_TAG_PX, 0.8 * radius + _TAG_AIR_PX) * scale
    up = _TAG_PX * scale
    corners = [(x + away, y - up), (x - away, y - up), (x + away, y + up), (x - away, y + up)]
    boxes = [Box.around(*corner, _TAG_ROOM_PX * scale) for corner in corners]
    hidden = [len(room.blockers(box)) for box in boxes]
    # The first, upper right, is where readers look for it.
    costs = [room.cost(box) + 40.0 * n for box, n in zip(boxes, hidden, strict=True)]
    best = min(range(len(corners)), key=lambda i: costs[i] + 25.0 * (i > 0))
    return Tag(count, *corners[best]), boxes[best]
