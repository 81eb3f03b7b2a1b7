"""Make a detail map of a crowded place: its frame, what it shows and where it stands."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import shapely

from corridormap.layers.picture.map.plane import METRES_PER_DEGREE
from corridormap.layers.picture.pen.box import Box
from corridormap.layers.scene.looks import Stroke

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from corridormap.layers.picture.map.crowds import Crowd
    from corridormap.layers.picture.pen.canvas import Canvas
    from corridormap.layers.picture.placing.room import Room
    from corridormap.layers.scene.scene import Bbox

__all__ = ["InsetRoom", "crowd_extent", "draw_links", "link_lines"]

_SIDE_PX = 262.0
_SMALLEST_MAP_PX = 620.0
_LEAST_METRES = 900.0
_PAD = 0.22
_SHARES = (1.2, 1.1, 1.0, 0.9)
_STEP_PX = 14.0
_MOST_COST = 80.0


def crowd_extent(crowd: Crowd) -> Bbox:
    """Return what a detail map of a crowd shows: its places, with air, in degrees."""
    points = [shapely.get_coordinates(m.item.feature.geometry)[m.part] for m in crowd.marks]
    west, south = np.min(points, axis=0).tolist()
    east, north = np.max(points, axis=0).tolist()
    lat = math.radians((south + north) / 2)
    across = max(
        (east - west) * METRES_PER_DEGREE * math.cos(lat),
        (north - south) * METRES_PER_DEGREE,
        _LEAST_METRES,
    )
    rings = [m.item.feature.position.ring_m or 0.0 for m in crowd.marks]
    ring = max((r for r in rings if r < 1.2 * across), default=0.0)
    reach = max(across * (0.5 + _PAD), 0.35 * across + ring)
    x, y = (west + east) / 2, (south + north) / 2
    dx = reach / METRES_PER_DEGREE / math.cos(lat)
    dy = reach / METRES_PER_DEGREE
    return x - dx, y - dy, x + dx, y + dy


class InsetRoom:
    """Where a frame has room for a detail map, looked for once for all its crowds.

    Parameters
    ----------
    room
        What is taken and what had better not be covered; it does not change meanwhile.
    frame
        The map's frame.
    unit
        How much larger than in the design.
    """

    def __init__(self, room: Room, frame: Box, unit: float) -> None:
        self._room, self._frame, self._unit = room, frame, unit
        self._known: dict[float, tuple[NDArray[np.float64], NDArray[np.float64]]] = {}

    def box(self, near: tuple[float, float]) -> Box | None:
        """Return the emptiest square of the map, of two as empty the nearer to a crowd, or None."""
        frame, unit = self._frame, self._unit
        if min(frame.width, frame.height) < _SMALLEST_MAP_PX * max(unit, 0.75):
            return None
        for share in _SHARES:
            side = min(share * _SIDE_PX * unit, 0.36 * min(frame.width, frame.height))
            box = self._emptiest(near, side)
            if box is not None:
                return box
        return None

    def _emptiest(self, near: tuple[float, float], side: float) -> Box | None:
        unit = self._unit
        corners, covered = self._free(side)
        away = np.abs(corners + side / 2 - near)
        beside = (away > side / 2 + 30.0 * unit).any(axis=1)
        corners = corners[beside]
        far = np.hypot(*(corners + side / 2 - near).T)
        cost = covered[beside] + 0.1 * np.maximum(0.0, far - side)
        if cost.min(initial=np.inf) >= _MOST_COST * unit:
            return None
        left, top = corners[cost.argmin()].tolist()
        return Box(left, top, left + side, top + side)

    def _free(self, side: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return the corners of free squares, and what each would cover, in cost."""
        if side not in self._known:
            frame, edge = self._frame, 18.0 * self._unit
            lefts = np.arange(frame.left + edge, frame.right - edge - side + 1e-9, _STEP_PX)
            tops = np.arange(frame.top + edge, frame.bottom - edge - side + 1e-9, _STEP_PX)
            corners = np.stack(np.meshgrid(lefts, tops), axis=-1).reshape(-1, 2)
            corners = corners[self._room.frees(np.hstack([corners, corners + side]), gap=12.0)]
            covered = self._room.costs(np.hstack([corners, corners + side]))
            self._known[side] = corners, covered
        return self._known[side]


def draw_links(canvas: Canvas, square: Box, inset: Box, ink: str, *, fine: float = 1.0) -> None:
    """Draw the square on the map that the detail map enlarges, and two lines between them."""
    canvas.box(square, stroke=Stroke("#FFFFFF", 3.4 * fine))
    for start, end in link_lines(square, inset):
        canvas.path([start, end], stroke=Stroke("#FFFFFF", 2.6 * fine, opacity=0.7))
        canvas.path([start, end], stroke=Stroke(ink, fine, opacity=0.6))
    canvas.box(square, stroke=Stroke(ink, 1.5 * fine))


def link_lines(square: Box, inset: Box) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    """Return two lines between the sides that face each other; they touch neither inside."""
    sx, sy = square.center
    ix, iy = inset.center
    dx = 0.0 if inset.left < sx < inset.right else ix - sx
    dy = 0.0 if inset.top < sy < inset.bottom else iy - sy
    if dx and (not dy or abs(ix - sx) >= abs(iy - sy)):
        s, i = (square.right, inset.left) if ix > sx else (square.left, inset.right)
        return [((s, square.top), (i, inset.top)), ((s, square.bottom), (i, inset.bottom))]
    s, i = (square.bottom, inset.top) if iy > sy else (square.top, inset.bottom)
    return [((square.left, s), (inset.left, i)), ((square.right, s), (inset.right, i))]
