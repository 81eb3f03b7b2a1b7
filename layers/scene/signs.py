"""Draw up the signs: shape is the kind, filling is the status, colour is the layer.

A sign is made of the values in looks.py and named by a key that the renderers
treat as opaque. Lengths are CSS px. This module knows no feature and no renderer.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from corridormap.layers.scene.letter_signs import letter_parts
from corridormap.layers.scene.line_signs import area_sign, line_sign
from corridormap.layers.scene.looks import Circle, Fill, Path, PointSign, Sign, Stroke
from corridormap.layers.theme import PALETTE
from corridormap.layers.wording.kind_signs import LETTERED

if TYPE_CHECKING:
    from corridormap.layers.corridor.status import Look

__all__ = ["area_key", "line_key", "make_sign", "point_key"]

_WHITE = "#FFFFFF"
_UNUSED = PALETTE["unused"]
_BRACKET = ((-14.0, -10.0), (-10.0, -6.0), (-10.0, 6.0), (-14.0, 10.0))
_BRACKET_PX = 3.2
_BRACKET_DASH = (3.4, 2.4)
_BRACKET_DOTS = (1.0, 2.6)
_DISC_DASH = (2.4, 1.9)
_SLASH = 4.8
# As long as the disc is wide, so that a crossing on the same point covers it.
_BRACKET_SLASH = 5.4
_CASING_PX = 2.0
_RING_CLEAR_PX = 2.0
_DOT_RING_FROM_PX = 22.0
_OUTLINES = {
    "square": ((-4.5, -4.5), (4.5, -4.5), (4.5, 4.5), (-4.5, 4.5)),
    "triangle": ((-4.5, 4.0), (0.0, -4.0), (4.5, 4.0)),
    "diamond": ((0.0, -5.4), (5.4, 0.0), (0.0, 5.4), (-5.4, 0.0)),
    "shed": ((-5.0, 4.5), (-5.0, -1.0), (0.0, -5.0), (5.0, -1.0), (5.0, 4.5)),
    "works": (
        *((-5.6, 4.6), (-5.6, -4.6), (-1.9, -1.2), (-1.9, -4.6)),
        *((1.9, -1.2), (1.9, -4.6), (5.6, -1.2), (5.6, 4.6)),
    ),
    "bar": ((-6.4, -3.0), (6.4, -3.0), (6.4, 3.0), (-6.4, 3.0)),
    "boat": (
        *((0.0, -6.2), (4.2, -0.4), (0.8, -0.4), (0.8, 1.0), (6.4, 1.0), (3.8, 5.2)),
        *((-3.8, 5.2), (-6.4, 1.0), (-0.8, 1.0), (-0.8, -6.2)),
    ),
    "arch": (
        *((-5.4, 4.8), (-5.4, -0.6), (-4.2, -3.6), (-1.6, -5.4), (1.6, -5.4), (4.2, -3.6)),
        *((5.4, -0.6), (5.4, 4.8), (2.3, 4.8), (2.3, -0.4), (0.0, -1.8), (-2.3, -0.4)),
        (-2.3, 4.8),
    ),
    "stack": (
        *((-6.4, 4.6), (-6.4, 0.0), (-3.2, 0.0), (-3.2, -4.6), (3.2, -4.6), (3.2, 0.0)),
        *((6.4, 0.0), (6.4, 4.6)),
    ),
    "hall": (
        *((-6.4, 4.6), (-6.4, -1.4), (0.0, -4.8), (6.4, -1.4), (6.4, 4.6), (3.4, 4.6)),
        *((3.4, 0.8), (-3.4, 0.8), (-3.4, 4.6)),
    ),
    "hammers": (
        *((-6.4, -3.2), (-3.2, -6.4), (0.0, -2.6), (3.2, -6.4), (6.4, -3.2), (2.6, 0.0)),
        *((6.2, 3.8), (3.8, 6.2), (0.0, 2.6), (-3.8, 6.2), (-6.2, 3.8), (-2.6, 0.0)),
    ),
    "dam": ((-5.6, -4.2), (5.6, -4.2), (3.0, 4.2), (-3.0, 4.2)),
    "plane": (
        *((0.0, -6.6), (1.5, -4.6), (1.5, -1.6), (6.4, 1.8), (6.4, 3.4), (1.5, 1.9)),
        *((1.5, 4.0), (3.0, 5.2), (3.0, 6.4), (0.0, 5.6), (-3.0, 6.4), (-3.0, 5.2)),
        *((-1.5, 4.0), (-1.5, 1.9), (-6.4, 3.4), (-6.4, 1.8), (-1.5, -1.6), (-1.5, -4.6)),
    ),
}
"""Corners of the signs of places, in px from the position."""
# Half the length of an end mark: two dashes of the line and the gap between them.
_END_PX = {"construction": 14.0}
_END_OTHER_PX = 8.5


_DRAWN_AS = {
    "road_rail": "rail",
    **{mode: mode for mode in ("rail", "road", "power", "pipeline", "sea")},
}


def point_key(glyph: str, look: Look, color: str) -> str:
    """Return the key of a point sign."""
    return f"point/{glyph}/{look}/{color}"


def line_key(mode: str, look: Look, color: str) -> str:
    """Return the key of a line sign; modes that look the same share it."""
    return f"line/{_DRAWN_AS.get(mode, 'route')}/{look}/{color}"


def area_key(look: Look, color: str) -> str:
    """Return the key of an area sign."""
    return f"area/area/{look}/{color}"


def make_sign(key: str) -> Sign:
    """Return the sign that a key of this module names."""
    geometry, kind, look, color = key.split("/")
    color = _UNUSED if look == "unused" else color
    if geometry == "line":
        return line_sign(kind, look, color)
    return area_sign(look, color) if geometry == "area" else _point_sign(kind, look, color)


def _point_sign(kind: str, look: str, color: str) -> PointSign:
    if kind == "disc":
        return _sign((_disc_casing(), *_disc(look, color)), 8.0)
    if kind in {"bracket", "both"}:
        return _bridge_sign(kind, look, color)
    if kind == "dot":
        # A dot of the base: it gets its ring only where the ring's size can be read.
        return _sign((_filled(3.3, _WHITE), _filled(2.3, color)), 3.3, _DOT_RING_FROM_PX)
    if kind.startswith("end-"):
        return _end_mark(kind.removeprefix("end-"), look, color)
    if kind.startswith(LETTERED):
        return _sign(letter_parts(kind.removeprefix(LETTERED), look, color), 9.4)
    return _polygon_sign(kind, look, color)


def _bridge_sign(kind: str, look: str, color: str) -> PointSign:
    """Return a bridge, alone or (for the legend) with the crossing that uses it."""
    if kind == "bracket":
        slash = _slash(_BRACKET_SLASH, casing_px=4.0, width_px=1.8) if look == "unused" else ()
        return _sign((*_brackets(look, color), *slash), 18.0)
    bridge, _, crossing = color.partition("+")
    disc = _disc(look, crossing or bridge)
    return _sign((_disc_casing(), *_brackets(look, bridge), *disc), 18.0)


def _sign(
    parts: tuple[Path | Circle, ...], radius_px: float, ring_from_px: float | None = None
) -> PointSign:
    """Return a sign whose ring is drawn where it is clear of it, unless it is said from where."""
    if ring_from_px is None:
        ring_from_px = radius_px + _RING_CLEAR_PX
    return PointSign(parts, _half_px(parts), radius_px, ring_from_px)


def _half_px(parts: tuple[Path | Circle, ...]) -> tuple[float, float]:
    """Return half the width and height that parts fill."""
    across: list[float] = []
    up: list[float] = []
    for part in parts:
        points = (part.center_px,) if isinstance(part, Circle) else part.points_px
        radius = part.radius_px if isinstance(part, Circle) else 0.0
        for index, (x, y) in enumerate(points):
            pen_x, pen_y = _pen_past(part, index)
            across.append(abs(x) + radius + pen_x)
            up.append(abs(y) + radius + pen_y)
    return max(across), max(up)


def _pen_past(part: Path | Circle, index: int) -> tuple[float, float]:
    """Return how far a pen goes beyond a point, to the side and up: not past an open end."""
    pen = part.stroke.width_px / 2 if part.stroke else 0.0
    if isinstance(part, Circle) or part.closed or part.stroke is None or part.stroke.cap != "butt":
        return pen, pen
    points = part.points_px
    if len(points) < 2 or 0 < index < len(points) - 1:
        return pen, pen
    (ax, ay), (bx, by) = points[:2] if index == 0 else points[-2:]
    length = math.hypot(bx - ax, by - ay) or 1.0
    return pen * abs(by - ay) / length, pen * abs(bx - ax) / length


def _filled(radius_px: float, color: str) -> Circle:
    return Circle((0.0, 0.0), radius_px, fill=Fill(color))


def _disc_casing() -> Circle:
    return _filled(8.0, _WHITE)


def _disc(look: str, color: str) -> tuple[Path | Circle, ...]:
    """Return the disc of a border crossing, radius 6.2 in every look."""
    if look == "operating":
        return (_filled(6.2, color),)
    if look == "unused":
        edge = Circle((0.0, 0.0), 5.4, fill=Fill(_WHITE), stroke=Stroke(color, 1.6))
        return (edge, *_slash(_SLASH, casing_px=0.0, width_px=1.6))
    dash = _DISC_DASH if look == "planned" else ()
    edge = Circle((0.0, 0.0), 5.3, fill=Fill(_WHITE), stroke=Stroke(color, 1.8, dash))
    half = Circle((0.0, 0.0), 6.2, half=True, fill=Fill(color))
    return (edge, half) if look == "construction" else (edge,)


def _brackets(look: str, color: str) -> tuple[Path, ...]:
    """Return the two brackets of a bridge on their casing."""
    left, right = _BRACKET, tuple((-x, y) for x, y in _BRACKET)
    casing = Stroke(_WHITE, 5.8, cap="round")
    left_dash = _BRACKET_DASH if look == "planned" else ()
    right_dash = _BRACKET_DASH if look in {"planned", "construction"} else ()
    if look == "unknown":
        left_dash = right_dash = _BRACKET_DOTS
    color = _UNUSED if look == "unused" else color
    return (
        Path(left, stroke=casing),
        Path(right, stroke=casing),
        Path(left, stroke=Stroke(color, _BRACKET_PX, left_dash)),
        Path(right, stroke=Stroke(color, _BRACKET_PX, right_dash)),
    )


def _slash(reach: float, *, casing_px: float, width_px: float) -> tuple[Path, ...]:
    points = ((-reach, reach), (reach, -reach))
    line = Path(points, stroke=Stroke(_UNUSED, width_px))
    return (Path(points, stroke=Stroke(_WHITE, casing_px)), line) if casing_px else (line,)


def _polygon_sign(kind: str, look: str, color: str) -> PointSign:
    """Return a shape of about 9, filled as its status says, with a casing of 2."""
    outline = _OUTLINES.get(kind, _OUTLINES["square"])
    casing = Path(outline, closed=True, fill=Fill(_WHITE), stroke=Stroke(_WHITE, 2 * _CASING_PX))
    if look == "operating":
        return _sign((casing, Path(outline, closed=True, fill=Fill(color))), 9.2)
    inner = tuple((x * 0.8, y * 0.8) for x, y in outline)
    dash = _DISC_DASH if look == "planned" else ()
    edge = Path(inner, closed=True, fill=Fill(_WHITE), stroke=Stroke(color, 1.8, dash))
    parts: tuple[Path | Circle, ...] = (casing, edge)
    if look == "construction":
        left = tuple((min(x, 0.0), y) for x, y in outline)
        parts += (Path(left, closed=True, fill=Fill(color)),)
    if look == "unused":
        parts += _slash(2.6 if kind in {"triangle", "plane"} else 3.6, casing_px=0.0, width_px=1.6)
    return _sign(parts, 9.2)


def _end_mark(mode: str, look: str, color: str) -> PointSign:
    """Return the mark at an end of a line whose way between the ends is not known.

    A short piece of the line itself, so that it reads as the mode and status it has.
    """
    half = _END_PX.get(look, _END_OTHER_PX)
    under = Path(((-half - 1.5, 0.0), (half + 1.5, 0.0)), stroke=Stroke(_WHITE, 13.0))
    strokes = line_sign(mode, look, color).strokes
    pieces = (Path(((-half, 0.0), (half, 0.0)), stroke=stroke) for stroke in strokes)
    return _sign((under, *pieces), half + 3.5)
