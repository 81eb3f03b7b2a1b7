"""Draw up the signs of lines and areas: strokes from below to above, dashes, ticks.

Lengths are CSS px; a planned or unfinished line is always cased, so that it can never
be taken for a boundary. This module knows no feature and no renderer.
"""

from __future__ import annotations

from corridormap.layers.scene.looks import AreaSign, Fill, LineSign, Stroke

__all__ = ["AREA_OPACITY", "BAND_OPACITY", "area_sign", "line_sign"]

_WHITE = "#FFFFFF"
AREA_OPACITY = 0.13
BAND_OPACITY = 0.15
_DASH = {"construction": (12.0, 4.0), "planned": (6.0, 5.0)}


def line_sign(mode: str, look: str, color: str) -> LineSign:
    """Return the sign of a road, rail or power line in one of the four looks."""
    if look == "unused":
        strokes: tuple[Stroke, ...] = (Stroke(_WHITE, 4.4), Stroke(color, 1.8))
    elif mode == "power":
        strokes = _power(look, color)
    else:
        strokes = _way(look, color)
        if mode == "rail":
            strokes += (_ticks(look, color),)
    return LineSign(strokes, band=Fill(color, BAND_OPACITY))


def area_sign(look: str, color: str) -> AreaSign:
    """Return the sign of an area in one of the four looks."""
    edge = Stroke(color, 1.0) if look == "unused" else Stroke(color, 2.0, _DASH.get(look, ()))
    return AreaSign(Fill(color, AREA_OPACITY), (edge,))


def _way(look: str, color: str) -> tuple[Stroke, ...]:
    if look == "operating":
        return (Stroke(_WHITE, 6.0), Stroke(color, 3.4))
    return (Stroke(color, 8.0), Stroke(_WHITE, 6.0), Stroke(color, 3.2, _DASH[look]))


def _ticks(look: str, color: str) -> Stroke:
    """Return the ticks of a railway; on a dashed line one sits in the middle of each dash."""
    if look == "operating":
        return Stroke(color, 10.0, (1.6, 10.4))
    dash, gap = _DASH[look]
    return Stroke(color, 11.0, (1.6, round(dash + gap - 1.6, 2)), round((1.6 - dash) / 2, 2))


def _power(look: str, color: str) -> tuple[Stroke, ...]:
    if look == "operating":
        dots = Stroke(color, 4.4, (0.1, 14.0), cap="round")
        return (Stroke(_WHITE, 4.2), Stroke(color, 1.6), dots)
    dash, gap = _DASH[look]
    dots = Stroke(
        color, 4.4, (0.1, round(dash + gap - 0.1, 2)), round((0.1 - dash) / 2, 2), cap="round"
    )
    return (Stroke(color, 6.6), Stroke(_WHITE, 5.0), Stroke(color, 1.6, (dash, gap)), dots)
