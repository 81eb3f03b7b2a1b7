"""Hold the rows of a label with its claim numbers, and say where each stands in a box."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from corridormap.layers.picture.layout import Align
from corridormap.layers.picture.pen.box import Box

if TYPE_CHECKING:
    from corridormap.layers.picture.pen.canvas import Words

__all__ = ["Align", "Block"]

_ASCENT = 0.80
_DESCENT = 0.24
_LEADING = 1.2


@dataclass(frozen=True)
class Block:
    """Rows of text under each other, with claim numbers beside or above them."""

    rows: tuple[Words, ...]
    numbers: tuple[str, ...] = ()
    badge_px: float = 0.0
    """Diameter of a claim number's disc."""
    stacked: bool = False
    """The numbers stand above the text instead of left of it."""

    @cached_property
    def badge_widths(self) -> list[float]:
        """Width of each number with the air after it: a range is longer than a number."""
        return [self.badge_px * (1.08 + 0.3 * max(0, len(n) - 2)) for n in self.numbers]

    @cached_property
    def indent(self) -> float:
        """Px from the left of the block to its text."""
        if not self.numbers or self.stacked:
            return 0.0
        return sum(self.badge_widths) + (0.3 * self.badge_px if self.rows else 0.0)

    @cached_property
    def width(self) -> float:
        """Width of the whole block in px."""
        text = max((row.width for row in self.rows), default=0.0)
        return max(text, sum(self.badge_widths)) if self.stacked else text + self.indent

    @cached_property
    def height(self) -> float:
        """Height of the whole block in px."""
        badge = self.badge_px if self.numbers else 0.0
        if self.stacked:
            return self.text_height + 1.1 * badge
        return max(self.text_height, badge)

    @cached_property
    def text_height(self) -> float:
        """Height of the rows alone."""
        if not self.rows:
            return 0.0
        first, last = self.rows[0], self.rows[-1]
        return _ASCENT * first.size_px + sum(self._steps()) + _DESCENT * last.size_px

    @cached_property
    def widest_px(self) -> float:
        """From the top of the block to the middle of its widest row."""
        if not self.rows:
            return self.height / 2
        baselines = self.baselines(Box(0.0, 0.0, self.width, self.height))
        rows = zip(self.rows, baselines, strict=True)
        wide, top = max((row.width, y - 0.35 * row.size_px) for row, y in rows)
        if self.stacked and sum(self.badge_widths) > wide:
            return self.badge_px / 2
        return top

    def _steps(self) -> list[float]:
        """Distances from each baseline to the next."""
        pairs = zip(self.rows[:-1], self.rows[1:], strict=True)
        return [_LEADING * (a.size_px * 0.4 + b.size_px * 0.6) for a, b in pairs]

    def baselines(self, box: Box) -> list[float]:
        """Return the baseline of each row in a box."""
        if not self.rows:
            return []
        top = box.top + (box.height - self.text_height) / 2
        if self.stacked:
            top = box.bottom - self.text_height
        out = [top + _ASCENT * self.rows[0].size_px]
        for step in self._steps():
            out.append(out[-1] + step)
        return out

    def badges_at(self, box: Box, align: Align) -> list[tuple[str, float, float]]:
        """Return the numbers with the middle of each disc in a box."""
        y = box.center[1]
        if self.stacked:
            y = box.top + self.badge_px / 2
        elif len(self.rows) > 1:
            first = self.baselines(box)[0] - 0.35 * self.rows[0].size_px
            y = max(first, box.top + self.badge_px / 2)
        x = box.left
        if self.stacked:
            free = box.width - sum(self.badge_widths)
            x += free * {"start": 0.0, "middle": 0.5, "end": 1.0}[align]
        out = []
        for number, width in zip(self.numbers, self.badge_widths, strict=True):
            out.append((number, x + (width - 0.08 * self.badge_px) / 2, y))
            x += width
        return out
