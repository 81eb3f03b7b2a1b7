"""Make labels shy of what they may cross only where nothing better is free."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely

from corridormap.layers.scene.prices import LABEL_PRICES

if TYPE_CHECKING:
    from corridormap.layers.picture.map.base import Base
    from corridormap.layers.picture.map.marks import Marks
    from corridormap.layers.picture.placing.room import Room

__all__ = ["LINE_COST", "discourage_marks"]

LINE_COST = LABEL_PRICES.over_line_per_px
"""What crossing a line costs; see `Room.discourage`."""
_RING_COST, _BORDER_COST, _FAINT_COST, _BAND_COST = 0.12, 0.4, 0.05, 0.12


def discourage_marks(room: Room, marks: Marks, base: Base, scale: float) -> None:
    """Make labels shy of rings, lines, bands, areas' edges and borders.

    Parameters
    ----------
    room
        Where labels are placed; it is changed.
    marks, base
        What is drawn in the frame, in px.
    scale
        How much larger than on the screen signs are.
    """
    for mark in marks.points:
        if mark.ring_px is not None:
            ring = shapely.Point(mark.x, mark.y).buffer(mark.ring_px).exterior
            room.discourage([shapely.get_coordinates(ring)], _RING_COST)
    for line in marks.lines:
        width = max((s.width_px for s in line.sign.strokes), default=2.0) * scale
        room.discourage(line.parts, LINE_COST / max(1.0, width / 4), width_px=width)
        if line.band_px:
            room.discourage(line.parts, _BAND_COST / 4, width_px=min(60.0, line.band_px))
    for area in marks.areas:
        rings = [shapely.get_coordinates(r) for r in shapely.get_parts(area.shape.boundary)]
        room.discourage(rings, _BORDER_COST, width_px=4.0)
    room.discourage(base.own_border_lines(), _BORDER_COST, width_px=4.0)
    room.discourage([*base.faint_lines(), *base.river_lines()], _FAINT_COST)
