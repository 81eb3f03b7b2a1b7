"""Set the trends of promises of a route's lines and crossings side by side below its rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from corridormap.layers.picture.page.flow import wrap
from corridormap.layers.picture.promises.trend import trends_of
from corridormap.layers.promises.words import HOW_TO_READ

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from corridormap.layers.picture.page.flow import Flow
    from corridormap.layers.picture.pen.canvas import Canvas
    from corridormap.layers.picture.promises.trend import Trend
    from corridormap.layers.picture.strip.style import Style
    from corridormap.layers.routes.way import LaidWay
    from corridormap.layers.scene.scene import SceneFeature

__all__ = ["StripTrends"]

_TEXT_PX = 13.5
_ACROSS_AT_MOST = 3
_NARROWEST_SIZES = 28.0
"""Least width of a diagram in sizes of its text."""
_GAP_PX, _ROW_GAP_PX = 44.0, 18.0


@dataclass(frozen=True)
class StripTrends:
    """Diagrams in rows."""

    head: Flow
    rows: tuple[tuple[Trend, ...], ...]
    style: Style

    @classmethod
    def of(
        cls,
        ways: Iterable[LaidWay],
        features: Mapping[str, SceneFeature],
        date: str,
        style: Style,
    ) -> StripTrends:
        """Return the diagrams of what the ways lead over, each once, in the ways' order."""
        size = style.size(_TEXT_PX)
        room = style.right - style.left
        gap = _GAP_PX * style.unit
        across = max(1, min(_ACROSS_AT_MOST, int((room + gap) / (_NARROWEST_SIZES * size + gap))))
        width = (room - (across - 1) * gap) / across
        met = dict.fromkeys(
            id_
            for way in ways
            for id_ in (
                *(leg.feature for leg in way.legs),
                *(spot.feature for spot in way.spots if spot.role == "on"),
            )
        )
        found = tuple(
            trends_of(
                [features[id_] for id_ in met],
                date,
                palette=style.palette,
                size_px=size,
                width_px=width,
            )
        )
        head = wrap(
            [
                style.words("What was promised for when. ", 14.5, "text", bold=True),
                style.words(HOW_TO_READ, 14.5, "text_second"),
            ],
            room,
        )
        rows = tuple(tuple(found[at : at + across]) for at in range(0, len(found), across))
        return cls(head, rows, style)

    @property
    def height(self) -> float:
        """Height in px; nothing where nothing was promised twice."""
        if not self.rows:
            return 0.0
        gap = _ROW_GAP_PX * self.style.unit
        return self.head.height + sum(gap + _tallest(row) for row in self.rows)

    def draw(self, canvas: Canvas, top: float) -> None:
        """Draw head and rows from a height."""
        style = self.style
        with canvas.group("promises"):
            self.head.draw(canvas, style.left, top)
            y = top + self.head.height
            for row in self.rows:
                y += _ROW_GAP_PX * style.unit
                x = style.left
                for trend in row:
                    trend.draw(canvas, x, y)
                    x += trend.width_px + _GAP_PX * style.unit
                y += _tallest(row)


def _tallest(row: tuple[Trend, ...]) -> float:
    return max(trend.height for trend in row)
