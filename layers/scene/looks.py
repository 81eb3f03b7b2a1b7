"""Say how a thing is drawn, in words that no renderer owns.

Sizes are CSS px, colours are hex, dashes are px arrays, glyph coordinates are px
with x to the right and y downwards from the feature's position. This module holds
values only: it decides nothing and draws nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["AreaSign", "Circle", "Fill", "LineSign", "Path", "PointSign", "Sign", "Stroke"]

Cap = Literal["butt", "round"]


@dataclass(frozen=True)
class Stroke:
    """One pen pass along a line or an edge; passes are drawn in the order given."""

    color: str
    width_px: float
    dash_px: tuple[float, ...] = ()
    dash_offset_px: float = 0.0
    cap: Cap = "butt"
    opacity: float = 1.0


@dataclass(frozen=True)
class Fill:
    """The inside of an area or of a part of a glyph."""

    color: str
    opacity: float = 1.0


@dataclass(frozen=True)
class Path:
    """A run of straight legs in px; `closed` joins the last point to the first."""

    points_px: tuple[tuple[float, float], ...]
    closed: bool = False
    fill: Fill | None = None
    stroke: Stroke | None = None


@dataclass(frozen=True)
class Circle:
    """A circle, or the half of it left of its centre when `half` is set."""

    center_px: tuple[float, float]
    radius_px: float
    half: bool = False
    fill: Fill | None = None
    stroke: Stroke | None = None


@dataclass(frozen=True)
class PointSign:
    """A glyph: its parts from below to above, and the radius that holds it."""

    parts: tuple[Path | Circle, ...]
    half_px: tuple[float, float]
    """How far its ink reaches to the sides, and up and down: a bridge is wider than high."""
    radius_px: float
    ring_from_px: float
    """Radius from which a ring round it is seen for what it is: a smaller one is not drawn."""
    type: Literal["point"] = "point"


@dataclass(frozen=True)
class LineSign:
    """A line: its strokes from below to above, and the fill of its uncertainty band."""

    strokes: tuple[Stroke, ...]
    band: Fill
    band_from_px: float
    """Width from which a band under it is seen for what it is: a narrower one is not drawn."""
    type: Literal["line"] = "line"


@dataclass(frozen=True)
class AreaSign:
    """An area: its fill, then the strokes of its edge from below to above."""

    fill: Fill
    strokes: tuple[Stroke, ...]
    type: Literal["area"] = "area"


Sign = PointSign | LineSign | AreaSign
