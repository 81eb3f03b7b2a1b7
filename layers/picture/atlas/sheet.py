"""Hold what every page of an atlas has: paper, margins, running head, foot, page number."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from corridormap.layers.picture.layout import Layout
from corridormap.layers.picture.page.flow import Flow, balanced, wrap
from corridormap.layers.picture.pen.canvas import Words
from corridormap.layers.scene.looks import Stroke
from corridormap.layers.theme import PALETTE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corridormap.layers.picture.pen.canvas import Canvas

__all__ = ["Paper", "Sheet"]

Paper = Literal["a4", "a3"]

_PX_PER_MM = 96 / 25.4
_SIZES_MM: dict[Paper, tuple[float, float]] = {"a4": (210, 297), "a3": (297, 420)}
_COLUMNS: dict[Paper, int] = {"a4": 2, "a3": 3}
_SCALES: dict[Paper, float] = {"a4": 1.0, "a3": 1.16}
"""How much larger than on A4 text is: less than the paper, which is also read from nearby."""
_MARGIN_MM, _TOP_MM, _BOTTOM_MM = 13.0, 9.0, 9.0
_GAP_PX = 26.0
_TITLE_PX, _LEAD_PX, _HEAD_PX, _FOOT_PX = 25.0, 14.5, 10.8, 9.6


@dataclass(frozen=True)
class Sheet:
    """A page's paper, and what its head and foot say."""

    paper: Paper
    running: str
    """Left in the head: the corridor's title and the date."""
    credit: str
    """In the foot."""

    @property
    def layout(self) -> Layout:
        """Its size, and what stands on its map."""
        width, height = _SIZES_MM[self.paper]
        return Layout(width * _PX_PER_MM, height * _PX_PER_MM, arrangement="below")

    @property
    def scale(self) -> float:
        """How much larger than on A4 text is."""
        return _SCALES[self.paper]

    @property
    def columns(self) -> int:
        """How many columns of text it has."""
        return _COLUMNS[self.paper]

    @property
    def left(self) -> float:
        """Left edge of what is printed, in px."""
        return _MARGIN_MM * _PX_PER_MM

    @property
    def width(self) -> float:
        """Width of what is printed, in px."""
        return self.layout.width_px - 2 * self.left

    @property
    def gap(self) -> float:
        """Px between columns."""
        return _GAP_PX * self.scale

    @property
    def column_px(self) -> float:
        """Width of a column in px."""
        return (self.width - self.gap * (self.columns - 1)) / self.columns

    @property
    def top(self) -> float:
        """Where a page's title begins, below the running head."""
        return _TOP_MM * _PX_PER_MM + 2.4 * _HEAD_PX * self.scale

    @property
    def foot(self) -> Flow:
        """The credits."""
        size = _FOOT_PX * self.scale
        room = self.width - 5 * size
        return balanced([Words(self.credit, size, PALETTE["text_second"])], room, leading=1.35)

    @property
    def bottom(self) -> float:
        """Where the foot begins."""
        return self.layout.height_px - _BOTTOM_MM * _PX_PER_MM - self.foot.height

    @property
    def floor(self) -> float:
        """Where the text above the foot must have ended."""
        return self.bottom - 14 * self.scale

    def title(self, text: str, *, indent: float = 0.0) -> Flow:
        """Return a page's title."""
        words = Words(text, _TITLE_PX * self.scale, PALETTE["ink"], bold=True)
        return balanced([words], self.width - indent, leading=1.16)

    def lead(self, runs: Sequence[Words]) -> Flow:
        """Return what stands under a title."""
        size = _LEAD_PX * self.scale
        return wrap([replace(words, size_px=size) for words in runs], self.width, leading=1.36)

    def paint(self, canvas: Canvas, what: str, number: int) -> None:
        """Draw the running head and the foot.

        Parameters
        ----------
        canvas
            Where.
        what
            What the page is, right in the head.
        number
            The page's number.
        """
        size, y = _HEAD_PX * self.scale, _TOP_MM * _PX_PER_MM + _HEAD_PX * self.scale
        right = self.left + self.width
        with canvas.group("running-head"):
            canvas.words(Words(self.running, size, PALETTE["text_second"]), self.left, y)
            words = Words(what, size, PALETTE["text_second"])
            canvas.words(words, right, y, anchor="end")
        line = self.bottom - 6 * self.scale
        canvas.line([(self.left, line), (right, line)], Stroke(PALETTE["ink"], 1.0))
        with canvas.group("foot"):
            self.foot.draw(canvas, self.left, self.bottom)
            size = 1.3 * _FOOT_PX * self.scale
            words = Words(str(number), size, PALETTE["text"], bold=True)
            canvas.words(words, right, self.bottom + 1.05 * size, anchor="end")
