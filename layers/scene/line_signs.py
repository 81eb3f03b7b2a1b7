"""Draw up the signs of lines and areas: strokes from below to above, dashes, ticks.

Lengths are CSS px; a line that is planned, unfinished or of unknown state is always cased, so
that it can never be taken for a boundary. This module knows no feature and no renderer.
"""

from __future__ import annotations

from corridormap.layers.scene.looks import AreaSign, Fill, LineSign, Stroke

__all__ = ["AREA_OPACITY", "BAND_OPACITY", "area_sign", "line_sign"]

_WHITE = "#FFFFFF"
AREA_OPACITY = 0.13
BAND_OPACITY = 0.15
_BAND_CLEAR_PX = 2.0
_DASH = {"construction": (12.0, 4.0), "planned": (6.0, 5.0), "unknown": (2.0, 5.0)}


def line_sign(mode: str, look: str, color: str) -> LineSign:
    """Return the sign of a line, by how it is drawn, in one of the five looks."""
    if look == "unused":
        strokes: tuple[Stroke, ...] = (Stroke(_WHITE, 4.4), Stroke(color, 1.8))
    elif mode == "power":
        strokes = _power(look, color)
    elif mode == "pipeline":
        strokes = _pipeline(look, color)
    elif mode == "sea":
        strokes = _sea(look, color)
    elif mode == "route":
        strokes = _route(look, color)
    else:
        strokes = _way(look, color)
        if mode == "rail":
            strokes += (_ticks(look, color),)
    widest = max(stroke.width_px for stroke in strokes)
    return LineSign(strokes, Fill(color, BAND_OPACITY), band_from_px=widest + _BAND_CLEAR_PX)


def area_sign(look: str, color: str) -> AreaSign:
    """Return the sign of an area in one of the five looks."""
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


def _sea(look: str, color: str) -> tuple[Stroke, ...]:
    """Return a row of dots, as sea charts and atlases have ferries: ships leave no way."""
    if look == "operating":
        dots = (0.1, 7.4)
        return (Stroke(_WHITE, 5.6, dots, cap="round"), Stroke(color, 3.2, dots, cap="round"))
    dash, gap = _DASH[look]
    dots = (0.1, round((dash + gap) / 2 - 0.1, 2))
    return (Stroke(color, 8.0), Stroke(_WHITE, 6.0), Stroke(color, 3.0, dots, cap="round"))


def _route(look: str, color: str) -> tuple[Stroke, ...]:
    """Return a pale way with a thin line in it: of several modes, or of one that is not told."""
    pale = Stroke(color, 6.4, opacity=0.35)
    return (Stroke(_WHITE, 8.0), pale, Stroke(color, 1.8, _DASH.get(look, ())))


def _power(look: str, color: str) -> tuple[Stroke, ...]:
    if look == "operating":
        dots = Stroke(color, 4.4, (0.1, 14.0), cap="round")
        return (Stroke(_WHITE, 4.2), Stroke(color, 1.6), dots)
    dash, gap = _DASH[look]
    dots = Stroke(
        color, 4.4, (0.1, round(dash + gap - 0.1, 2)), round((0.1 - dash) / 2, 2), cap="round"
    )
    return (Stroke(color, 6.6), Stroke(_WHITE, 5.0), Stroke(color, 1.6, (dash, gap)), dots)


def _pipeline(look: str, color: str) -> tuple[Stroke, ...]:
    """Return a hollow line; what is in use has its flanges, what is not is cased and dashed."""
    if look == "operating":
        flanges = Stroke(color, 7.0, (2.4, 12.2))
        return (Stroke(_WHITE, 6.4), Stroke(color, 4.0), Stroke(_WHITE, 1.5), flanges)
    dash = _DASH[look]
    pipe = Stroke(color, 4.4, dash)
    return (Stroke(color, 8.0), Stroke(_WHITE, 6.0), pipe, Stroke(_WHITE, 1.5))
