"""Set and draw labels with their leaders, over a line or under it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from corridormap.layers.picture.pen.box import Box
from corridormap.layers.picture.strip.labels import Flag, Settled, settle
from corridormap.layers.scene.looks import Stroke

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from corridormap.layers.picture.pen.canvas import Canvas
    from corridormap.layers.picture.strip.style import Block, Style

__all__ = ["FlagRows", "Pin"]

_CHANNEL_PX, _LEAST_CHANNEL_PX, _GAP_PX = 12.0, 10.0, 14.0
_INSET_PX = 6.0
_LEADER_PX = 1.1
_LABEL_AIR_PX = 2.0


@dataclass(frozen=True)
class Pin:
    """A label that belongs to a point of the line."""

    key: str
    x: float
    block: Block
    rank: int
    clear_px: float
    """How far from the line its leader ends."""


@dataclass(frozen=True)
class FlagRows:
    """Labels in rows, with what their leaders need."""

    pins: Mapping[str, Pin]
    settled: Settled
    heights: tuple[float, ...]
    """Of each row, the one nearest to the line first."""
    style: Style
    below: bool = False
    """The labels hang under the line."""
    gid: str = field(default="")

    @classmethod
    def of(cls, pins: Sequence[Pin], style: Style, *, below: bool = False, gid: str) -> FlagRows:
        """Return the pins set in rows; the order of pins at one point is kept."""
        unit = style.unit
        flags = [Flag(p.key, p.x, p.block.width, p.rank) for p in pins]
        settled = settle(flags, style.left, style.right, gap=_GAP_PX * unit, inset=_INSET_PX * unit)
        by_key = {pin.key: pin for pin in pins}
        heights: dict[int, float] = {}
        for key, row in zip(settled.keys, settled.rows, strict=True):
            heights[row] = max(heights.get(row, 0.0), by_key[key].block.height)
        rows = tuple(heights.get(row, 0.0) for row in range(max(heights, default=-1) + 1))
        return cls(by_key, settled, rows, style, below, gid)

    @property
    def channel(self) -> float:
        """Height of the room between two rows, where leaders bend."""
        return max(_LEAST_CHANNEL_PX, _CHANNEL_PX * self.style.unit)

    @property
    def height(self) -> float:
        """Height of all rows with a channel before each."""
        return sum(height + self.channel for height in self.heights)

    def boxes(self, base: float) -> dict[str, Box]:
        """Return the box of each label, for rows that start at a height."""
        found = {}
        edges = self._edges(base)
        for key, row, center in self._placed():
            block = self.pins[key].block
            left = center - block.width / 2
            near, _ = edges[row]
            top = near if self.below else near - block.height
            found[key] = Box(left, top, left + block.width, top + block.height)
        return found

    def draw(self, canvas: Canvas, line_y: float, base: float) -> None:
        """Draw leaders from the line, then the labels.

        Parameters
        ----------
        canvas
            Where.
        line_y
            The line that leaders start at.
        base
            Where the rows start: above the line's signs, or below what hangs under it.
        """
        boxes = self.boxes(base)
        pen = Stroke(self.style.palette["text_second"], _LEADER_PX)
        with canvas.group(f"{self.gid}-leaders"):
            for path in self._leaders(line_y, base):
                canvas.path(path, stroke=pen)
        for key, box in boxes.items():
            with canvas.group(f"{self.gid}-{key}"):
                self.pins[key].block.draw(canvas, self.style, box.left, box.top)

    def _placed(self) -> Iterator[tuple[str, int, float]]:
        yield from zip(self.settled.keys, self.settled.rows, self.settled.centers, strict=True)

    def _edges(self, base: float) -> list[tuple[float, float]]:
        """Return the near and the far edge of each row, seen from the line."""
        turn = 1.0 if self.below else -1.0
        edges, at = [], base
        for height in self.heights:
            near = at + turn * self.channel
            at = near + turn * height
            edges.append((near, at))
        return edges

    def _leaders(self, line_y: float, base: float) -> Iterator[list[tuple[float, float]]]:
        """Yield the way of each leader: straight through rows, bent in the channels."""
        edges = self._edges(base)
        turn = 1.0 if self.below else -1.0
        settled = self.settled
        for key, row, passed, foot in zip(
            settled.keys, settled.rows, settled.paths, settled.feet, strict=True
        ):
            pin = self.pins[key]
            path = [(pin.x, line_y + turn * pin.clear_px), (pin.x, base)]
            for level in range(row):
                near, far = edges[level]
                path += [(passed[level], near), (passed[level], far)]
            near, _ = edges[row]
            path.append((foot, near - turn * _LABEL_AIR_PX))
            yield path
