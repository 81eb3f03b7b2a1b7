"""Put a scene's items on a map frame, in px; it draws nothing.

Which look an item has was decided in the scene.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import shapely

from corridormap.layers.picture.pen.shapes import cut, lines_of
from corridormap.layers.picture.turn.budget import checkpoint
from corridormap.layers.scene.looks import LineSign, PointSign

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from corridormap.layers.picture.map.projection import Projection
    from corridormap.layers.scene.looks import AreaSign
    from corridormap.layers.scene.scene import Loose, Scene, SceneItem

__all__ = ["AreaMark", "LineMark", "Marks", "PointMark", "project_items"]

_IN_FRAME, _LARGE_RING = 0.4, 1.5


@dataclass(frozen=True)
class PointMark:
    """A point in px with its sign; `ring_px` is the radius of the ring to draw, or None."""

    item: SceneItem
    sign: PointSign
    x: float
    y: float
    ring_px: float | None
    part: int = 0
    dot: bool = False
    """Its sign has no room: a dot stands at the place."""
    outside: bool = False
    """Only its ring reaches into the frame."""


@dataclass(frozen=True)
class LineMark:
    """A line in px with its sign; `band_px` is the width of the band to draw, or None."""

    item: SceneItem
    sign: LineSign
    parts: tuple[NDArray[np.float64], ...]
    band_px: float | None


@dataclass(frozen=True)
class AreaMark:
    """An area in px with its sign."""

    item: SceneItem
    sign: AreaSign
    shape: BaseGeometry


@dataclass(frozen=True)
class Marks:
    """Everything of the scene that a frame shows, from below to above."""

    areas: tuple[AreaMark, ...]
    lines: tuple[LineMark, ...]
    points: tuple[PointMark, ...]
    more: Mapping[str, tuple[PointMark, ...]] = field(default_factory=dict)
    """What stands at a place besides, of a kind whose sign is drawn there already, by place."""

    @property
    def items(self) -> tuple[SceneItem, ...]:
        """The items that the frame shows."""
        marks: list[AreaMark | LineMark | PointMark] = [*self.areas, *self.lines, *self.points]
        hidden = [mark for several in self.more.values() for mark in several]
        return tuple(mark.item for mark in (*marks, *hidden))

    @property
    def loose(self) -> frozenset[Loose]:
        """How the frame shows uncertain places."""
        rings: set[Loose] = {"ring" for mark in self.points if mark.ring_px is not None}
        bands: set[Loose] = {"band" for line in self.lines if line.band_px is not None}
        return frozenset(rings | bands)


def project_items(scene: Scene, projection: Projection, *, scale: float) -> Marks:
    """Return what a frame shows of the scene's items, in px."""
    areas: list[AreaMark] = []
    lines: list[LineMark] = []
    points: list[PointMark] = []
    items = [item for item in scene.items if not _is_nowhere(item.feature.geometry)]
    shapes = projection.geometries([item.feature.geometry for item in items])
    for item, shape in zip(items, shapes, strict=True):
        checkpoint()
        sign = scene.signs[item.phase.sign]
        if isinstance(sign, PointSign):
            points += _point_marks(item, sign, shape, projection, scale)
        elif isinstance(sign, LineSign):
            lines += _line_marks(item, sign, shape, projection, scale)
        elif not (part := cut(shape, projection.box, 40.0)).is_empty:
            areas.append(AreaMark(item, sign, part))
    kept, more = _one_of_a_kind(_true_rings(points, scale))
    return Marks(tuple(areas), tuple(lines), tuple(kept), more)


def _is_nowhere(shape: BaseGeometry | None) -> bool:
    return shape is None or shape.is_empty


def _one_of_a_kind(
    points: list[PointMark],
) -> tuple[list[PointMark], dict[str, tuple[PointMark, ...]]]:
    """Keep one sign of each kind at a place, the most important; return the others by place.

    Two bridges at one point would draw over each other and read as a third thing.
    """
    leads: dict[tuple[str, str, int], PointMark] = {}
    for mark in points:
        feature = mark.item.feature
        key = (feature.place, feature.kind, mark.part)
        lead = leads.setdefault(key, mark)
        if _importance(mark) < _importance(lead):
            leads[key] = mark
    kept = {id(mark) for mark in leads.values()}
    more: dict[str, list[PointMark]] = {}
    for mark in points:
        if id(mark) not in kept and not mark.part and not mark.outside:
            more.setdefault(mark.item.feature.place, []).append(mark)
    others = {place: tuple(marks) for place, marks in more.items()}
    return [mark for mark in points if id(mark) in kept], others


def _importance(mark: PointMark) -> tuple[bool, int]:
    label = mark.item.feature.label
    return mark.item.state not in {"lit", "selected"}, label.rank if label else 999


def _point_marks(
    item: SceneItem, sign: PointSign, shape: BaseGeometry, projection: Projection, scale: float
) -> list[PointMark]:
    ring_m = item.feature.position.ring_m
    marks = []
    coordinates = shapely.get_coordinates(item.feature.geometry)
    for part, (x, y) in enumerate(shapely.get_coordinates(shape)):
        ring_px = None
        if ring_m is not None:
            ring_px = ring_m / projection.metres_per_px(float(coordinates[part][1]))
        inside = projection.box.grown(-_IN_FRAME * sign.radius_px * scale).has(x, y)
        # A sign that the frame's edge would cut in half is not in the picture; a large
        # ring round it still is.
        large = ring_px is not None and ring_px > _LARGE_RING * sign.ring_from_px * scale
        if inside or (large and projection.box.grown(ring_px or 0.0).has(x, y)):
            at_edge = not inside
            marks.append(PointMark(item, sign, float(x), float(y), ring_px, part, outside=at_edge))
    return marks


def _true_rings(points: list[PointMark], scale: float) -> list[PointMark]:
    """Leave out the rings that are not clear of all signs at their place: the names say how far.

    A ring is as large as it is; one that would have to be enlarged would be a lie.
    """
    least: dict[tuple[str, int], float] = {}
    for mark in points:
        least[_stand(mark)] = max(least.get(_stand(mark), 0.0), mark.sign.ring_from_px * scale)
    kept = []
    for mark in points:
        if mark.ring_px is None or mark.ring_px >= least[_stand(mark)]:
            kept.append(mark)
        elif not mark.outside:
            kept.append(replace(mark, item=_unmarked(mark.item), ring_px=None))
    return kept


def _stand(mark: PointMark) -> tuple[str, int]:
    """Return what the signs that stand together share; a town is a dot of its own."""
    feature = mark.item.feature
    return feature.id if feature.kind == "town" else feature.place, mark.part


def _unmarked(item: SceneItem) -> SceneItem:
    """Return an item whose name says how far off it is, as no ring or band shows it."""
    return replace(item, phase=replace(item.phase, second=item.phase.second_undrawn))


def _line_marks(
    item: SceneItem, sign: LineSign, shape: BaseGeometry, projection: Projection, scale: float
) -> list[LineMark]:
    middle = item.feature.geometry.centroid.y
    band_m = item.feature.position.band_m
    band_px = None if band_m is None else band_m / projection.metres_per_px(middle)
    margin = 40.0 + (band_px or 0.0)
    parts = tuple(lines_of(cut(shape, projection.box, margin)))
    if not parts:
        return []
    if band_px is not None and band_px < sign.band_from_px * scale:
        return [LineMark(_unmarked(item), sign, parts, None)]
    return [LineMark(item, sign, parts, band_px)]
