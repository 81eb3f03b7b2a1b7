"""Draw a sign exactly as the looks say: glyphs, line strokes, area edges.

It decides no colour and no size of its own; everything is multiplied by one scale.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from corridormap.layers.picture.pen.shapes import joined
from corridormap.layers.scene.looks import Circle

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from corridormap.layers.picture.pen.canvas import Canvas
    from corridormap.layers.scene.looks import AreaSign, Fill, LineSign, PointSign, Stroke

__all__ = ["color_of", "draw_area", "draw_glyph", "draw_line", "faded", "scaled"]


def color_of(sign: PointSign) -> str:
    """Return the colour of a glyph: of its last part that is not white."""
    colors = [pen.color for part in sign.parts for pen in (part.fill, part.stroke) if pen]
    return next((c for c in reversed(colors) if _kept(c, 0.0) == 0.0), "#000000")


def scaled(stroke: Stroke, scale: float, *, opacity: float = 1.0) -> Stroke:
    """Return a stroke `scale` times as large and `opacity` times as opaque."""
    return replace(
        stroke,
        width_px=stroke.width_px * scale,
        dash_px=tuple(length * scale for length in stroke.dash_px),
        dash_offset_px=stroke.dash_offset_px * scale,
        opacity=stroke.opacity * opacity,
    )


def faded(fill: Fill, opacity: float) -> Fill:
    """Return a fill `opacity` times as opaque."""
    return replace(fill, opacity=fill.opacity * opacity)


def draw_glyph(
    canvas: Canvas, sign: PointSign, x: float, y: float, *, scale: float, opacity: float = 1.0
) -> None:
    """Draw the parts of a point's sign round a position.

    White parts are the casing that keeps a sign off the map: they stay opaque when the
    sign is dimmed.
    """
    for part in sign.parts:
        fill = part.fill and faded(part.fill, _kept(part.fill.color, opacity))
        stroke = part.stroke and scaled(
            part.stroke, scale, opacity=_kept(part.stroke.color, opacity)
        )
        if isinstance(part, Circle):
            dx, dy = part.center_px
            canvas.circle(
                x + dx * scale,
                y + dy * scale,
                part.radius_px * scale,
                half=part.half,
                fill=fill,
                stroke=stroke,
            )
        else:
            points = [(x + dx * scale, y + dy * scale) for dx, dy in part.points_px]
            canvas.path(points, closed=part.closed, fill=fill, stroke=stroke)


def draw_line(
    canvas: Canvas,
    sign: LineSign,
    parts: Sequence[NDArray[np.float64]],
    *,
    scale: float,
    opacity: float = 1.0,
) -> None:
    """Draw the strokes of a line from below to above, each along every part."""
    for stroke in sign.strokes:
        pen = scaled(stroke, scale, opacity=_kept(stroke.color, opacity))
        canvas.path(*joined(parts), stroke=pen)


def draw_area(
    canvas: Canvas,
    sign: AreaSign,
    points: NDArray[np.float64],
    codes: NDArray[np.uint8],
    *,
    scale: float,
    opacity: float = 1.0,
) -> None:
    """Fill an area, then draw the strokes of its edge from below to above."""
    canvas.path(points, codes, fill=faded(sign.fill, opacity))
    for stroke in sign.strokes:
        canvas.path(points, codes, stroke=scaled(stroke, scale, opacity=opacity))


def _kept(color: str, opacity: float) -> float:
    return 1.0 if color.lower() in {"#fff", "#ffffff", "white"} else opacity
