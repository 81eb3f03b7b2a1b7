"""Draw what a repair does to a shape as paths for two small pictures, before and after.

Numbers only: paths, arrows and marks in the px of one frame that both pictures share. Knows
no page; text, colours and sizes are the page's matter.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from shapely.geometry import Polygon

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from corridormap.geo.formats import Change
    from corridormap.geo.measure import Bbox

    Points = NDArray[np.float64]

__all__ = ["HEIGHT_PX", "WIDTH_PX", "picture_of"]

WIDTH_PX = 168
HEIGHT_PX = 120
_MARGIN_PX = 14
_NEAR_PX = 0.6
_DOT_PX = 5.0
_MOST_POINTS = 4_000
_MOST_CORNERS = 40
_RING_POINTS = 4
_LEAST_DEG = 1e-9


class _Frame:
    """Where degrees fall in the picture: one scale, north up, as on a map of the middle."""

    def __init__(self, west: float, south: float, east: float, north: float) -> None:
        middle = max(-80.0, min(80.0, (south + north) / 2))
        self._narrow = math.cos(math.radians(middle))
        width = max((east - west) * self._narrow, _LEAST_DEG)
        height = max(north - south, _LEAST_DEG)
        inner = (WIDTH_PX - 2 * _MARGIN_PX, HEIGHT_PX - 2 * _MARGIN_PX)
        self._scale = min(inner[0] / width, inner[1] / height)
        self._middle = ((west + east) / 2, (south + north) / 2)

    def px(self, points: Points) -> Points:
        x = WIDTH_PX / 2 + (points[:, 0] - self._middle[0]) * self._narrow * self._scale
        y = HEIGHT_PX / 2 - (points[:, 1] - self._middle[1]) * self._scale
        return np.column_stack([x, y])


def picture_of(change: Change, repair: str, extent: Bbox) -> dict[str, Any]:
    """Return the pictures of one change.

    Parameters
    ----------
    change
        The shape before and after.
    repair
        The proposal's id: some repairs need more than the shape to be seen.
    extent
        West, south, east, north in degrees of the corridor; drawn where places are in doubt.
    """
    context = [shapely.box(*extent)] if repair == "swap-axes" else []
    shapes = [shape for shape in (change.before, *change.after, *context) if not shape.is_empty]
    if not shapes:
        return {"before": [], "after": [], "marks": [], "context": ""}
    frame = _Frame(*shapely.total_bounds(shapes))
    arrows = repair == "ring-order"
    return {
        "before": _drawn([change.before], frame, arrows=arrows),
        "after": _drawn(change.after, frame, arrows=arrows),
        "marks": _rounded(frame.px(_MARKS.get(repair, _no_marks)(change.before))),
        "context": _path(frame.px(shapely.get_coordinates(context)), closed=True),
    }


def _drawn(shapes: Iterable[BaseGeometry], frame: _Frame, *, arrows: bool) -> list[dict[str, Any]]:
    drawn: list[dict[str, Any]] = []
    for part in (part for shape in shapes for part in _single(shape)):
        if part.is_empty:
            continue
        points = frame.px(shapely.get_coordinates(part))
        size = np.ptp(points, axis=0).max()
        if part.geom_type == "Point" or size < _DOT_PX:
            drawn.append({"kind": "point", "at": _rounded(points[:1])[0]})
            continue
        is_area = isinstance(part, Polygon)
        lines = [frame.px(shapely.get_coordinates(line)) for line in _lines(part)]
        few = len(points) <= _MOST_CORNERS
        drawn.append(
            {
                "kind": "area" if is_area else "line",
                "d": "".join(_path(line, closed=is_area) for line in lines),
                "corners": _rounded(points) if few else [],
                "arrows": [a for line in lines for a in _arrows(line)] if arrows else [],
            }
        )
    return drawn


def _single(shape: BaseGeometry) -> Iterator[BaseGeometry]:
    for part in shapely.get_parts(shape):
        if part.geom_type.startswith("Multi") or part.geom_type == "GeometryCollection":
            yield from _single(part)
        else:
            yield part


def _lines(part: BaseGeometry) -> list[BaseGeometry]:
    return [part.exterior, *part.interiors] if isinstance(part, Polygon) else [part]


def _path(points: Points, *, closed: bool) -> str:
    kept: list[list[float]] = []
    for x, y in _rounded(points[:: max(1, len(points) // _MOST_POINTS)]):
        if not kept or abs(kept[-1][0] - x) + abs(kept[-1][1] - y) >= _NEAR_PX:
            kept.append([x, y])
    words = "L".join(f"{x:g},{y:g}" for x, y in kept)
    return f"M{words}{'Z' if closed else ''}" if kept else ""


def _arrows(points: Points) -> list[list[float]]:
    """Return x, y and direction (degrees) of arrows on the longest pieces of a ring."""
    if len(points) < _RING_POINTS:
        return []
    steps = np.diff(points, axis=0)
    longest = np.argsort(-np.hypot(steps[:, 0], steps[:, 1]))[:3]
    middle = (points[:-1] + points[1:]) / 2
    turned = np.degrees(np.arctan2(steps[:, 1], steps[:, 0]))
    return _rounded(np.column_stack([middle[longest], turned[longest]]))


def _rounded(points: Points) -> list[list[float]]:
    return [[round(float(number), 1) for number in row] for row in points]


def _no_marks(_shape: BaseGeometry) -> Points:
    return np.empty((0, 2))


def _ends(shape: BaseGeometry) -> Points:
    """Return the two ends of each ring that is not closed."""
    ends = [shapely.get_coordinates(line)[[0, -1]] for line in _single(shape)]
    return np.vstack(ends).astype(np.float64) if ends else _no_marks(shape)


def _repeats(shape: BaseGeometry) -> Points:
    points = shapely.get_coordinates(shape)
    same = (np.diff(points, axis=0) == 0).all(axis=1)
    repeated: Points = points[1:][same][:_MOST_CORNERS]
    return repeated


def _crossings(shape: BaseGeometry) -> Points:
    """Return where the outline of an area crosses itself, as far as it is told."""
    found: list[Points] = []
    for part in _single(shape):
        words = str(shapely.is_valid_reason(part)).rpartition("[")[2].rstrip("]").split()
        if len(words) == 2:
            found.append(np.array([[float(word) for word in words]]))
    return np.vstack(found) if found else _no_marks(shape)


_MARKS: dict[str, Callable[[BaseGeometry], Points]] = {
    "close-rings": _ends,
    "drop-repeats": _repeats,
    "make-valid": _crossings,
}
