"""Put the legend on the map itself, in a corner where it hides nothing; or say there is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from corridormap.layers.picture.page.legend import legend_rows
from corridormap.layers.picture.page.page import make_map_legend
from corridormap.layers.scene.looks import Fill, Stroke

if TYPE_CHECKING:
    from corridormap.layers.picture.layout import Layout
    from corridormap.layers.picture.map.frame import MapFrame
    from corridormap.layers.picture.page.legend import Legend
    from corridormap.layers.picture.pen.box import Box
    from corridormap.layers.picture.pen.canvas import Canvas
    from corridormap.layers.scene.scene import Scene

__all__ = ["MapLegend"]

_PAD_PX, _GAP_PX, _MARGIN_PX, _RADIUS_PX = 12.0, 16.0, 8.0, 6.0


@dataclass(frozen=True)
class MapLegend:
    """The legend of a frame, on a white ground."""

    legend: Legend
    scene: Scene
    unit: float

    @classmethod
    def of(cls, frame: MapFrame, layout: Layout) -> MapLegend:
        """Return the legend of what a frame shows."""
        legend = make_map_legend(*legend_rows(frame.scene, frame.marks), layout)
        return cls(legend, frame.scene, layout.unit)

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in px, its ground included."""
        pad = 2 * _PAD_PX * self.unit
        return self.legend.width + pad, self.legend.height + pad

    def finds_room(self, frame: MapFrame) -> bool:
        """Tell whether there is a corner where it hides no feature."""
        return any(not frame.hides(spot, self.size) for spot in self._corners(frame.box))

    def put(self, frame: MapFrame) -> None:
        """Add it to a frame, in the corner where it hides least."""
        corners = sorted(self._corners(frame.box), key=lambda at: frame.hides(at, self.size))
        frame.add_furniture("legend", self.size, corners, self._draw, force=True, margin=_MARGIN_PX)

    def _corners(self, box: Box) -> list[tuple[float, float]]:
        gap, (w, h) = _GAP_PX * self.unit, self.size
        left, right = box.left + gap, box.right - gap - w
        top, bottom = box.top + gap, box.bottom - gap - h
        return [(left, bottom), (right, bottom), (left, top), (right, top)]

    def _draw(self, canvas: Canvas, at: Box) -> None:
        edge = Stroke(self.scene.palette["panel_edge"], 1.0)
        canvas.box(at, fill=Fill("#FFFFFF", 0.96), radius=_RADIUS_PX * self.unit, stroke=edge)
        pad = _PAD_PX * self.unit
        self.legend.draw(canvas, self.scene, at.left + pad, at.top + pad)
