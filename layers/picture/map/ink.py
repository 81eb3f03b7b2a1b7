"""Draw what is written on a map frame: place dots, tags, leaders, labels, claim numbers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from corridormap.layers.picture.pen.box import Box
from corridormap.layers.picture.pen.canvas import Words
from corridormap.layers.picture.pen.claim_signs import draw_number
from corridormap.layers.scene.looks import Fill, Stroke

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence

    from corridormap.layers.picture.pen.canvas import Canvas
    from corridormap.layers.picture.placing.offer import Placed

__all__ = ["FrameInk", "Tag"]

_WHITE = "#FFFFFF"


@dataclass(frozen=True)
class Tag:
    """How many signs one sign stands for, and the middle of the square that says so, in px."""

    count: int
    x: float
    y: float


class FrameInk:
    """A pen for one frame.

    Parameters
    ----------
    canvas, palette
        Where, and the colours by role.
    unit, scale
        How much larger than in the design texts are, and than on the screen signs.
    names
        Put before the groups' names.
    """

    def __init__(
        self, canvas: Canvas, palette: Mapping[str, str], *, unit: float, scale: float, names: str
    ) -> None:
        self._canvas = canvas
        self._palette = palette
        self._unit = unit
        self._scale = scale
        self._names = names

    def dots(self, dots: Mapping[str, tuple[float, float, bool]], named: Container[str]) -> None:
        """Draw the dot of each place that has its name; a capital's is square."""
        canvas, unit = self._canvas, max(0.85, self._unit)
        fill, edge = Fill(self._palette["place_label"]), Stroke(_WHITE, unit)
        with canvas.group(f"{self._names}places"):
            for key, (x, y, capital) in dots.items():
                if key not in named:
                    continue
                if capital:
                    square = Box.around(x, y, 2.5 * unit)
                    canvas.box(square.grown(unit), fill=Fill(_WHITE))
                    canvas.box(square, fill=fill)
                else:
                    canvas.circle(x, y, 2.3 * unit, fill=fill, stroke=edge)

    def tags(self, tags: Iterable[Tag]) -> None:
        """Draw the square tags that count the signs at a place."""
        scale, ink = self._scale, self._palette["ink"]
        size = max(12.0, 11.0 * scale)
        half_w, half_h = max(10.0 * scale, 0.85 * size), max(7.5 * scale, 0.65 * size)
        edge = Stroke(ink, 1.3 * scale)
        for tag in tags:
            x, y = tag.x, tag.y
            box = Box(x - half_w, y - half_h, x + half_w, y + half_h)
            self._canvas.box(box, fill=Fill(_WHITE), stroke=edge, radius=3 * scale)
            words = Words(f"×{tag.count}", size, ink, bold=True)
            self._canvas.words(words, x, y + 0.36 * size, anchor="middle")

    def labels(self, placed: Sequence[Placed], name: str = "labels") -> None:
        """Draw leaders, then labels, the most important last, in a group of a name."""
        fine = max(1.0, self._unit)
        pens = Stroke(_WHITE, 3.2 * fine, opacity=0.9), Stroke(self._palette["ink"], 1.1 * fine)
        with self._canvas.group(f"{self._names}{name}"):
            for label in placed:
                if label.leader is None:
                    continue
                with self._canvas.group(f"{self._names}leader-{_name(label)}"):
                    for pen in pens:
                        self._canvas.path(label.leader, stroke=pen)
                    edge = Stroke(_WHITE, 0.8 * fine)
                    ink = Fill(self._palette["ink"])
                    self._canvas.circle(*label.leader[0], 2.4 * fine, fill=ink, stroke=edge)
            for label in sorted(placed, key=lambda p: p.wish.rank, reverse=True):
                self._label(label)

    def _label(self, placed: Placed) -> None:
        block, box, align = placed.block, placed.box, placed.align
        if block.numbers and not block.stacked:
            align = "start"  # The rows begin beside their numbers.
        with self._canvas.group(f"{self._names}label-{_name(placed)}"):
            for number, x, y in block.badges_at(box, align):
                draw_number(self._canvas, self._palette, number, x, y, block.badge_px)
            left = box.left + block.indent
            anchor = {"start": left, "middle": (left + box.right) / 2, "end": box.right}[align]
            for words, y in zip(block.rows, block.baselines(box), strict=True):
                shown = replace(words, opacity=placed.wish.opacity)
                self._canvas.words(shown, anchor, y, anchor=align)


def _name(placed: Placed) -> str:
    return placed.wish.id.replace(":", "-").replace(" ", "-")
