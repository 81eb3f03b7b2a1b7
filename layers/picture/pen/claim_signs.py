"""Draw a claim's number in its disc, and the sign of what the check gave."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corridormap.layers.picture.pen.box import Box
from corridormap.layers.picture.pen.canvas import Words
from corridormap.layers.scene.looks import Fill, Stroke

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from corridormap.layers.picture.pen.canvas import Canvas

__all__ = ["RESULTS", "draw_number", "draw_result", "result_role"]

RESULTS: dict[str, tuple[str, str]] = {
    "agrees": ("Agrees", "agrees"),
    "differs": ("Sources differ", "differs"),
    "disputed": ("Sources differ", "differs"),
    "untestable": ("Cannot be tested here", "text_second"),
}
"""What each result is called, and the role of its colour."""


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
    return RESULTS[result][1]


def _icon(canvas: Canvas, result: str, x: float, y: float, size: float, color: str) -> None:
    """Draw a tick, an unequal sign or a dash: the result without its colour."""
    k = size / 13.0
    pen = Stroke(color, 1.9 * k)

    def at(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
        return [(x + (px - 0.5) * k, y + (py - 6.0) * k) for px, py in points]

    if result == "agrees":
        canvas.path(at([(1.5, 6.5), (4.5, 9.5), (10.5, 2.5)]), stroke=pen)
    elif result == "untestable":
        canvas.path(at([(2, 6), (10, 6)]), stroke=pen)
    else:
        for points in ([(1, 4.2), (11, 4.2)], [(1, 7.8), (11, 7.8)], [(8.6, 1), (3.4, 11)]):
            canvas.path(at(points), stroke=pen)
