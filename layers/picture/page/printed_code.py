"""Draw the small code of a published picture: a QR code beside the credits, never on the map."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from corridormap.layers.picture.pen.box import Box
from corridormap.layers.scene.looks import Fill

if TYPE_CHECKING:
    from corridormap.layers.picture.layout import Layout
    from corridormap.layers.picture.page.flow import Flow
    from corridormap.layers.picture.pen.canvas import Canvas

__all__ = ["NARROWEST_PX", "Foot", "PrintedCode", "code_of"]

NARROWEST_PX = 90 / 25.4 * 96
"""A narrower picture has no room for a code that a telephone reads."""
_LEAST_MODULE_PX, _MODULE_PX = 1.9, 2.6
"""Of one square: half a millimetre on paper, and larger where the picture is."""
_QUIET = 4
"""Squares left white beside it, as its standard asks; above and below stand margins too."""
_MOVE, _LINE, _CLOSE = 1, 2, 79  # matplotlib's path codes


@dataclass(frozen=True)
class PrintedCode:
    """The squares of a code, in whole pixels of the picture."""

    rows: tuple[bytes, ...]
    """A byte for each square, 1 for a dark one."""
    module_px: float
    pixel_px: float
    """One pixel of the file."""

    @property
    def width(self) -> float:
        """Width in px, with what stays white at its left."""
        return (len(self.rows) + _QUIET) * self.module_px

    @property
    def height(self) -> float:
        """Height in px."""
        return (len(self.rows) + 1) * self.module_px

    def draw(self, canvas: Canvas, right: float, top: float) -> None:
        """Draw it with its upper right corner at a position, on white whatever is below."""
        count, step = len(self.rows), self.module_px
        left = math.floor((right - count * step) / self.pixel_px) * self.pixel_px
        top = math.ceil((top + step) / self.pixel_px) * self.pixel_px
        quiet = Box(left, top, left + count * step, top + count * step).grown(step)
        canvas.box(quiet, fill=Fill("#FFFFFF"))
        points: list[tuple[float, float]] = []
        for y, row in enumerate(self.rows):
            for start, end in _runs(row):
                x0, x1 = left + start * step, left + end * step
                y0, y1 = top + y * step, top + (y + 1) * step
                points += [(x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)]
        codes = np.tile(np.array([_MOVE, _LINE, _LINE, _LINE, _CLOSE], np.uint8), len(points) // 5)
        canvas.path(points, codes, fill=Fill("#000000"))


@dataclass(frozen=True)
class Foot:
    """The lines at a picture's foot, and the code beside them if there is one."""

    flow: Flow
    code: PrintedCode | None
    width: float

    @property
    def height(self) -> float:
        """Height in px of the taller of both."""
        return max(self.flow.height, self.code.height if self.code else 0.0)

    def draw(self, canvas: Canvas, x: float, top: float) -> None:
        """Draw both with their upper left corner at a position."""
        self.flow.draw(canvas, x, top)
        if self.code is not None:
            self.code.draw(canvas, x + self.width, top)


def code_of(layout: Layout) -> PrintedCode | None:
    """Return the code that a picture is to carry, if it is wide enough."""
    if layout.code is None or layout.width_px < NARROWEST_PX - 0.5:
        return None
    pixel_px = 96.0 / layout.dpi
    wanted = max(_LEAST_MODULE_PX, _MODULE_PX * layout.unit)
    return PrintedCode(
        _squares(layout.code.named.printed), math.ceil(wanted / pixel_px) * pixel_px, pixel_px
    )


@lru_cache(maxsize=64)
def _squares(text: str) -> tuple[bytes, ...]:
    import segno

    made = segno.make(text, error="m", micro=False, boost_error=True)
    return tuple(bytes(row) for row in made.matrix)


def _runs(row: bytes) -> list[tuple[int, int]]:
    """Return where dark squares stand together in a row: first, and one after the last."""
    edges = np.flatnonzero(np.diff(np.frombuffer(row, np.uint8), prepend=0, append=0))
    return [(int(start), int(end)) for start, end in edges.reshape(-1, 2)]
