"""Set blocks of text in columns over one page or several; it knows no map and no corridor.

A block is never broken: a heading stays with what follows it. Columns of a page that is
not full are about equally long.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal, Protocol

from corridormap.layers.picture.pen.box import Box
from corridormap.layers.picture.pen.claim_signs import draw_number, draw_result
from corridormap.layers.scene.looks import Stroke

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from corridormap.layers.picture.page.flow import Flow
    from corridormap.layers.picture.pen.canvas import Canvas

__all__ = ["Block", "Columns", "Drawn", "Link", "Part", "balanced_columns", "filled_columns"]

_STEPS = 24


@dataclass(frozen=True)
class Link:
    """A place on a page that leads to an address, or to the page of a subject."""

    box: Box
    target: str


@dataclass(frozen=True)
class Part:
    """Lines of text in a block, with their distance from its upper left corner in px."""

    flow: Flow
    dx: float = 0.0
    dy: float = 0.0
    target: str = ""
    """Where a click on it leads."""
    end: bool = False
    """It ends at the column's right edge instead of beginning at `dx`."""


class Drawn(Protocol):
    """A drawing that has a height and stands among the text."""

    @property
    def height(self) -> float:
        """Height in px."""

    def draw(self, canvas: Canvas, left: float, top: float) -> None:
        """Draw it from its upper left corner."""


@dataclass(frozen=True)
class Block:
    """Texts that stay together."""

    parts: tuple[Part, ...]
    before: float = 0.0
    """Px above it, except at the top of a column."""
    keep: bool = False
    """It stays with the next block."""
    sign: tuple[Literal["number", "result"], str, float] | None = None
    """A claim's number or the sign of a result, and its size in px."""
    rule: bool = False
    """A line above it, except at the top of a column."""
    again: Part | None = None
    """Drawn too where it begins a column: what would be missed there."""
    figure: Drawn | None = None
    """A drawing of its own, in place of parts."""
    role: str = "P"
    """What it is to a screen reader: a paragraph, a heading "H2" or "H3"."""

    @cached_property
    def height(self) -> float:
        """Height in px, without what is above it."""
        figure = self.figure.height if self.figure else 0.0
        return max([figure, *(part.dy + part.flow.height for part in self.parts)])


@dataclass(frozen=True)
class Columns:
    """Blocks set in columns of one page."""

    columns: tuple[tuple[Block, ...], ...]
    width: float
    """Width of one column in px."""
    gap: float

    @property
    def height(self) -> float:
        """Height of the longest column in px."""
        return max((_height(column) for column in self.columns), default=0.0)

    def draw(self, canvas: Canvas, palette: Mapping[str, str], x: float, top: float) -> None:
        """Draw the columns with their upper left corner at a position."""

        def paint(block: Block, left: float, y: float, row: int) -> None:
            with canvas.part(block.role):
                self._block(canvas, palette, block, (left, y), row)

        with canvas.group("text"):
            self._each(x, top, paint)

    def links(self, x: float, top: float) -> list[Link]:
        """Return what can be clicked, if the columns stand at a position."""
        found: list[Link] = []

        def collect(block: Block, left: float, y: float, _row: int) -> None:
            for part in block.parts:
                if part.target:
                    at = self._left(part, left)
                    size = part.flow.width, part.flow.height
                    box = Box(at, y + part.dy, at + size[0], y + part.dy + size[1])
                    found.append(Link(box, part.target))

        self._each(x, top, collect)
        return found

    def _each(self, x: float, top: float, do: Callable[[Block, float, float, int], None]) -> None:
        for index, column in enumerate(self.columns):
            y = top
            for row, block in enumerate(column):
                y += block.before if row else 0.0
                do(block, x + index * (self.width + self.gap), y, row)
                y += block.height

    def _left(self, part: Part, left: float) -> float:
        return left + (self.width - part.flow.width if part.end else part.dx)

    def _block(
        self,
        canvas: Canvas,
        palette: Mapping[str, str],
        block: Block,
        at: tuple[float, float],
        row: int,
    ) -> None:
        x, y = at
        if block.rule and row:
            line = y - 0.25 * block.parts[0].flow.size_px
            canvas.line([(x, line), (x + self.width, line)], Stroke(palette["hairline"], 1.0))
        if block.again is not None and not row:
            block.again.flow.draw(canvas, x, y)
        for part in block.parts:
            part.flow.draw(canvas, self._left(part, x), y + part.dy)
        if block.figure is not None:
            block.figure.draw(canvas, x, y)
        if block.sign is not None:
            what, value, size = block.sign
            first = block.parts[0]
            middle = y + first.dy + first.flow.size_px * first.flow.leading / 2
            if what == "number":
                draw_number(canvas, palette, value, x + size / 2, middle, size)
            else:
                draw_result(canvas, palette, value, x, middle, size)


def balanced_columns(blocks: Sequence[Block], count: int, width: float, gap: float) -> Columns:
    """Set all blocks in columns that are about equally long.

    Parameters
    ----------
    blocks
        In reading order.
    count
        How many columns at most.
    width
        Width of one column in px.
    gap
        Px between columns.
    """
    groups = _groups(blocks)
    if not groups:
        return Columns((), width, gap)
    low = max(_height(group) for group in groups)
    high = _height([block for group in groups for block in group])
    for _ in range(_STEPS):
        limit = (low + high) / 2
        if _fill(groups, count, limit)[1]:
            low = limit
        else:
            high = limit
    return Columns(_fill(groups, count, high + 0.01)[0], width, gap)


def filled_columns(
    blocks: Sequence[Block], count: int, width: float, gap: float, *, height: float
) -> tuple[Columns, tuple[Block, ...]]:
    """Set what fits of blocks in columns of a height, and return the blocks that are left.

    When all of them fit, the columns are about equally long. At least one block is set.
    """
    groups = _groups(blocks)
    columns, left = _fill(groups, count, height)
    if not left:
        return balanced_columns(blocks, count, width, gap), ()
    if not any(columns):
        columns, left = (tuple(groups[0]),), groups[1:]
    return Columns(columns, width, gap), tuple(block for group in left for block in group)


def _height(column: Sequence[Block]) -> float:
    return sum(b.height + (b.before if row else 0.0) for row, b in enumerate(column))


def _groups(blocks: Sequence[Block]) -> list[list[Block]]:
    """Return the blocks in groups that stay together."""
    groups: list[list[Block]] = [[]]
    for block in blocks:
        groups[-1].append(block)
        if not block.keep:
            groups.append([])
    return [group for group in groups if group]


def _fill(
    groups: list[list[Block]], count: int, limit: float
) -> tuple[tuple[tuple[Block, ...], ...], list[list[Block]]]:
    """Return columns filled one after the other, and the groups that did not fit."""
    columns: list[list[Block]] = [[]]
    used = 0.0
    for index, group in enumerate(groups):
        height = _height(group)
        if columns[-1] and used + group[0].before + height > limit:
            if len(columns) == count:
                return tuple(tuple(column) for column in columns), groups[index:]
            columns.append([])
        if not columns[-1] and height > limit:
            return tuple(tuple(column) for column in columns if column), groups[index:]
        used = used + group[0].before + height if columns[-1] else height
        columns[-1].extend(group)
    return tuple(tuple(column) for column in columns), []
