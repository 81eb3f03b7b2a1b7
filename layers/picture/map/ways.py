"""Know the lines of a frame: which passes a place, and which is the nearest to a label."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from corridormap.layers.picture.placing.meeting import boxes_meet, nearest_point_px

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from corridormap.layers.picture.map.marks import LineMark, Marks
    from corridormap.layers.picture.placing.spots import Spots

__all__ = ["Ways"]

_SAMPLE_PX, _REACH_PX = 6.0, 40.0
_LINES_TOGETHER_PX = 3.0
"""Lines nearer than this to each other run together: a name beside both is beside its own."""
_ON_LINE_PX = 4.0


class Ways:
    """The lines of a frame, asked which pass a place and how far they are."""

    def __init__(self, marks: Marks, scale: float) -> None:
        lines = [
            (
                mark,
                shapely.LineString(part),
                max((s.width_px for s in mark.sign.strokes), default=0.0),
            )
            for mark in marks.lines
            for part in mark.parts
            if len(part) > 1
        ]
        self._widths = [width * scale for _, _, width in lines]
        self._tree = shapely.STRtree([line for _, line, _ in lines])
        self._points = np.zeros((0, 2))
        self._of = np.zeros(0, dtype=np.int64)
        if lines:
            dense = [shapely.segmentize(line, _SAMPLE_PX) for _, line, _ in lines]
            self._points = shapely.get_coordinates(dense)
            owner = [id(mark) for mark, _, _ in lines]
            self._of = np.repeat(owner, shapely.get_num_coordinates(dense))

    def at(self, x: float, y: float) -> float:
        """Return the width in px of the widest line through a point, or 0."""
        near = self._tree.query(shapely.Point(x, y), predicate="dwithin", distance=_ON_LINE_PX)
        return max((self._widths[index] for index in near), default=0.0)

    def nearest(self, mark: LineMark, spots: Spots) -> tuple[NDArray[np.float64], Spots]:
        """Return the spots that no other line is nearer to, and how far each is from its own.

        A spot with a leader needs neither: its distance is not reckoned.
        """
        led = ~np.isnan(spots.leaders[:, 0])
        beside = spots.boxes[~led]
        own_px = np.zeros(len(spots))
        kept = led.copy()
        if len(beside):
            near = boxes_meet(
                np.hstack([self._points, self._points]),
                np.array([[*beside[:, :2].min(axis=0), *beside[:, 2:].max(axis=0)]]),
                _REACH_PX,
            )[:, 0]
            own, other = near & (self._of == id(mark)), near & (self._of != id(mark))
            mine = nearest_point_px(beside, self._points[own])
            theirs = nearest_point_px(beside, self._points[other])
            own_px[~led] = mine
            kept[~led] = mine <= theirs + _LINES_TOGETHER_PX
        return own_px[kept], spots.some(kept)
