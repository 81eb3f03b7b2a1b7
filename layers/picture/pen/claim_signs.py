"""Draw a claim's number in its disc, and the sign of what the check gave."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corridormap.layers.picture.pen.box import Box
from corridormap.layers.picture.pen.canvas import Words
from corridormap.layers.scene.looks import Fill, Stroke

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from corridormap.layers.picture.pen.canvas import Canvas

__all__ = ["draw_number", "draw_result", "result_role"]

_ROLES: dict[str, str] = {
    "confirmed": "agrees",
    "repeated": "text",
    "sources_differ": "differs",
    "map_differs": "differs",
}
"""The role of a result's colour; the others say nothing and are quiet."""

_UNEQUAL = ([(1, 4.2), (11, 4.2)], [(1, 7.8), (11, 7.8)], [(8.6, 1), (3.4, 11)])
_STROKES: dict[str, Sequence[Sequence[tuple[float, float]]]] = {
    "confirmed": ([(1.5, 6.5), (4.5, 9.5), (10.5, 2.5)],),
    "repeated": ([(4.6, 2), (3, 6.6)], [(9, 2), (7.4, 6.6)]),
    "sources_differ": _UNEQUAL,
    "map_differs": _UNEQUAL,
    "not_comparable": ([(1, 7.4), (3.4, 4.9), (5.2, 4.9), (6.8, 7.1), (8.6, 7.1), (11, 4.6)],),
    "untestable": ([(2, 6), (10, 6)],),
}
"""The strokes of each sign in a box of 12."""


def draw_number(
    canvas: Canvas, palette: Mapping[str, str], number: str, x: float, y: float, disc: float
) -> None:
    """Draw a claim's number in its disc."""
    edge = Stroke("#FFFFFF", 1.6 * disc / 26)
    ink = Fill(palette["ink"])
    if len(number) > 2:
        half = disc * (0.5 + 0.15 * (len(number) - 2))
        pill = Box(x - half, y - disc / 2, x + half, y + disc / 2)
        canvas.box(pill, fill=ink, stroke=edge, radius=disc / 2)
    else:
        canvas.circle(x, y, disc / 2, fill=ink, stroke=edge)
    size = disc * (0.58 if len(number) == 1 else 0.5)
    words = Words(number, size, "#FFFFFF", bold=True)
    canvas.words(words, x, y + 0.36 * size, anchor="middle")


def draw_result(
    canvas: Canvas, palette: Mapping[str, str], result: str, x: float, y: float, size: float
) -> None:
    """Draw a result's sign, its left edge at `x`, for text of a size."""
    _icon(canvas, result, x, y, size, palette[result_role(result)])


def result_role(result: str) -> str:
    """Return the role of a result's colour."""
    return _ROLES.get(result, "text_second")


def _icon(canvas: Canvas, result: str, x: float, y: float, size: float, color: str) -> None:
    """Draw the result without its colour.

    A tick, two quotation marks, an unequal sign, a tilde or a dash. As in app/browser/tools/dom.js.
    """
    k = size / 13.0
    pen = Stroke(color, 1.9 * k)

    def at(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
        return [(x + (px - 0.5) * k, y + (py - 6.0) * k) for px, py in points]

    for points in _STROKES[result]:
        canvas.path(at(points), stroke=pen)
