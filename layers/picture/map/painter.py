"""Draw a frame's marks in their order, in named groups, with their states.

From below: areas, bands, dimmed lines, the gold under what is lit, lines, rings and
points. It decides no look and no place.
"""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING, TypeVar

from corridormap.layers.picture.map.marks import PointMark
from corridormap.layers.picture.map.signs import color_of, draw_area, draw_glyph, draw_line
from corridormap.layers.picture.map.standing import DOT_PX
from corridormap.layers.picture.pen.shapes import joined, outline_of
from corridormap.layers.scene.looks import Fill, Stroke

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from contextlib import AbstractContextManager

    from corridormap.layers.picture.map.marks import AreaMark, LineMark, Marks
    from corridormap.layers.picture.pen.box import Box
    from corridormap.layers.picture.pen.canvas import Canvas

__all__ = ["MarkPainter", "draw_ring"]

_Mark = TypeVar("_Mark", "AreaMark", "LineMark", "PointMark")

_GOLD_LINE_PX = 14.0
_GOLD_EDGE_PX = 5.0
_SELECTED_EDGE_PX = 1.5
_SELECTED_RING_PX = 2.0
_DIM_POINT = 0.6
_DIM_LINE = 0.55
_DISC_AT_MOST_PX, _GOLD_RING_PX = 30.0, 6.0
"""A larger ring is drawn in gold itself: a disc of its size would hide the land."""


def draw_ring(
    canvas: Canvas,
    at: tuple[float, float],
    radius: float,
    ink: str,
    *,
    scale: float,
    dim: bool = False,
) -> None:
    """Draw the ring in which an approximate point lies."""
    opacity = _DIM_POINT if dim else 1.0
    dash = (0.1 * scale, 3.4 * scale)
    edge = Stroke(ink, 1.3 * scale, dash, cap="round", opacity=opacity)
    canvas.circle(*at, radius, fill=Fill(ink, 0.07 * opacity), stroke=edge)


class MarkPainter:
    """Draws marks on a canvas.

    Parameters
    ----------
    canvas, palette
        Where, and the colours of rings and states by role.
    scale
        How much larger than on the screen.
    names
        Put before every group's name; a second frame needs other names.
    """

    def __init__(
        self, canvas: Canvas, palette: Mapping[str, str], *, scale: float, names: str = ""
    ) -> None:
        self._canvas = canvas
        self._palette = palette
        self._scale = scale
        self._names = names

    def draw(self, marks: Marks, box: Box) -> None:
        """Draw all marks inside a frame."""
        order = dict.fromkeys(item.feature.layer for item in marks.items)
        lined = {mark.item.feature.layer for mark in marks.areas}
        lined |= {mark.item.feature.layer for mark in marks.lines}
        with self._canvas.clip(box):
            for layer in order:
                self._under(layer, marks)
            self._gold(marks)
            for layer in order:
                mine = [m for m in _of(layer, marks.lines) if m.item.state != "dimmed"]
                self._each(f"layer-{layer}", mine, self._line)
            self._below_points(marks)
            for layer in order:
                name = f"layer-{layer}-points" if layer in lined else f"layer-{layer}"
                signs = [mark for mark in _of(layer, marks.points) if not mark.outside]
                self._each(name, signs, self._point)

    def _under(self, layer: str, marks: Marks) -> None:
        areas, lines = _of(layer, marks.areas), _of(layer, marks.lines)
        bands = [mark for mark in lines if mark.band_px is not None]
        dimmed = [mark for mark in lines if mark.item.state == "dimmed"]
        with self._group(f"layer-{layer}-under", [*areas, *bands, *dimmed]):
            self._each("", areas, self._area)
            self._each("", bands, self._band, suffix="-band")
            self._each("", dimmed, self._line)

    def _group(self, name: str, marks: Sequence[object]) -> AbstractContextManager[None]:
        return self._canvas.group(f"{self._names}{name}") if marks and name else nullcontext()

    def _each(
        self, name: str, marks: Sequence[_Mark], paint: Callable[[_Mark], None], *, suffix: str = ""
    ) -> None:
        with self._group(name, marks):
            for mark in marks:
                part = f"-{mark.part}" if isinstance(mark, PointMark) and mark.part else ""
                with self._canvas.group(f"{self._names}{mark.item.feature.id}{suffix}{part}"):
                    paint(mark)

    def _area(self, mark: AreaMark) -> None:
        points, codes = outline_of([mark.shape])
        if mark.item.state == "selected":
            wide = (_GOLD_EDGE_PX + 2 * _SELECTED_EDGE_PX) * self._scale
            self._canvas.path(points, codes, stroke=Stroke(self._palette["ink"], wide))
        if mark.item.state in {"lit", "selected"}:
            gold = Stroke(self._palette["gold"], _GOLD_EDGE_PX * self._scale)
            self._canvas.path(points, codes, stroke=gold)
        opacity = _DIM_LINE if mark.item.state == "dimmed" else 1.0
        draw_area(self._canvas, mark.sign, points, codes, scale=self._scale, opacity=opacity)

    def _band(self, mark: LineMark) -> None:
        fill = mark.sign.band
        opacity = fill.opacity * (_DIM_LINE if mark.item.state == "dimmed" else 1.0)
        pen = Stroke(fill.color, mark.band_px or 0.0, cap="round", opacity=opacity)
        self._canvas.path(*joined(mark.parts), stroke=pen)

    def _gold(self, marks: Marks) -> None:
        lit = [mark for mark in marks.lines if mark.item.state in {"lit", "selected"}]
        with self._group("lit", lit):
            wide = (_GOLD_LINE_PX + 2 * _SELECTED_EDGE_PX) * self._scale
            for mark in lit:
                if mark.item.state == "selected":
                    pen = Stroke(self._palette["ink"], wide, cap="round")
                    self._canvas.path(*joined(mark.parts), stroke=pen)
            for mark in lit:
                pen = Stroke(self._palette["gold"], _GOLD_LINE_PX * self._scale, cap="round")
                self._canvas.path(*joined(mark.parts), stroke=pen)

    def _line(self, mark: LineMark) -> None:
        opacity = _DIM_LINE if mark.item.state == "dimmed" else 1.0
        draw_line(self._canvas, mark.sign, mark.parts, scale=self._scale, opacity=opacity)

    def _below_points(self, marks: Marks) -> None:
        """Gold discs and rings go under every point, one of each where several share a place."""
        scale, canvas = self._scale, self._canvas
        lit: dict[str, PointMark] = {}
        rings: dict[str, PointMark] = {}
        for mark in marks.points:
            key = f"{mark.item.feature.place}-{mark.part}"
            if mark.item.state in {"lit", "selected"} and not mark.outside:
                lit[key] = _larger(lit.get(key), mark)
            if mark.ring_px is not None:
                rings[key] = _larger(rings.get(key), mark)
        with self._group("lit-points", list(lit)):
            for mark in lit.values():
                selected = any(
                    m.item.state == "selected" and m.item.feature.place == mark.item.feature.place
                    for m in marks.points
                )
                edge = Stroke(self._palette["ink"], _SELECTED_RING_PX * scale)
                ring = mark.ring_px or 0.0
                wide = ring > _DISC_AT_MOST_PX * scale
                own = DOT_PX if mark.dot else mark.sign.radius_px
                radius = ring if ring and not wide else own * scale
                gold = Fill(self._palette["gold"])
                stroke = edge if selected else None
                canvas.circle(mark.x, mark.y, radius + 4 * scale, fill=gold, stroke=stroke)
                if wide:
                    pen = Stroke(gold.color, _GOLD_RING_PX * scale)
                    canvas.circle(mark.x, mark.y, ring, stroke=pen)
        ink = self._palette["ink"]
        with self._group("rings", list(rings)):
            for mark in rings.values():
                dim = mark.item.state == "dimmed"
                draw_ring(canvas, (mark.x, mark.y), mark.ring_px or 0.0, ink, scale=scale, dim=dim)

    def _point(self, mark: PointMark) -> None:
        opacity = _DIM_POINT if mark.item.state == "dimmed" else 1.0
        if mark.dot:
            dot, edge = Fill(color_of(mark.sign), opacity), Stroke("#FFFFFF", 1.2 * self._scale)
            self._canvas.circle(mark.x, mark.y, DOT_PX * self._scale, fill=dot, stroke=edge)
        else:
            draw_glyph(self._canvas, mark.sign, mark.x, mark.y, scale=self._scale, opacity=opacity)


def _larger(one: PointMark | None, other: PointMark) -> PointMark:
    if one is None:
        return other
    size = (other.ring_px or 0.0, other.sign.radius_px) > (one.ring_px or 0.0, one.sign.radius_px)
    return other if size else one


def _of(layer: str, marks: Sequence[_Mark]) -> list[_Mark]:
    return [mark for mark in marks if mark.item.feature.layer == layer]
