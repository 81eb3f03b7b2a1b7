"""Make the map's furniture: scale bar, north arrow, locator; each says the box it fills."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import shapely

from corridormap.layers.picture.map.base import project_base
from corridormap.layers.picture.map.projection import fit
from corridormap.layers.picture.pen.box import Box
from corridormap.layers.picture.pen.canvas import Words
from corridormap.layers.picture.placing.spots import widest_point
from corridormap.layers.scene.looks import Fill, Stroke

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from corridormap.geo.outline.outline import Tier
    from corridormap.layers.picture.layout import Layout
    from corridormap.layers.picture.map.projection import Projection
    from corridormap.layers.picture.pen.canvas import Canvas
    from corridormap.layers.scene.scene import Bbox, Scene

__all__ = ["Locator", "NorthArrow", "ScaleBar", "make_locator", "make_scale"]

_NICE = (1.0, 2.0, 5.0)
_FRAME_COLOR = "#D1480A"
_LOCATOR_SPAN = 5.0
_LOCATOR_LARGEST_DEG = 120.0


@dataclass(frozen=True)
class ScaleBar:
    """A bar of a round length, true at the latitude of the map's middle."""

    width: float
    middle: str
    full: str
    text_px: float
    fine: float = 1.0
    """Width in px of what is 1 px wide in the design."""

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the whole in px, figures included."""
        zero = Words("0", self.text_px, "#000000").width / 2
        last = Words(self.full, self.text_px, "#000000").width
        return self.width + zero + last * 0.62, self.text_px * 2.0

    def draw(
        self, canvas: Canvas, ink: str, x: float, bottom: float, *, name: str = "scale-bar"
    ) -> None:
        """Draw the bar with the lower left corner of its box at a position."""
        size = self.text_px
        left = x + Words("0", size, ink).width / 2
        y = bottom - 3.0
        half, right = left + self.width / 2, left + self.width
        tick = 0.46 * size
        legs = [
            [(left, y - tick), (left, y), (right, y), (right, y - tick)],
            [(half, y - 0.7 * tick), (half, y)],
        ]
        with canvas.group(name):
            for pen in (
                Stroke("#FFFFFF", 4.0 * self.fine, opacity=0.9),
                Stroke(ink, 1.4 * self.fine),
            ):
                for leg in legs:
                    canvas.line(leg, pen)
            for at, text in ((left, "0"), (half, self.middle), (right, self.full)):
                words = Words(text, size, ink, halo_px=3.0 * self.fine)
                number = text.split(" ")[0]
                shift = (words.width - Words(number, size, ink).width) / 2
                canvas.words(words, at + shift, y - tick - 0.3 * size, anchor="middle")


def make_scale(
    projection: Projection, layout: Layout, *, design_px: float = 200.0, text_px: float = 13.0
) -> ScaleBar:
    """Return a scale bar of about a width in the design."""
    per_px = projection.metres_per_px(projection.center_lat)
    wanted = max(90.0, design_px * layout.unit)
    wanted = min(wanted, projection.box.width * 0.34)
    metres = _round_down(wanted * per_px)
    large = metres >= 1000
    full = f"{metres / 1000:g} km" if large else f"{metres:g} m"
    middle = f"{metres / 2000:g}" if large else f"{metres / 2:g}"
    return ScaleBar(metres / per_px, middle, full, layout.text_px(text_px), layout.fine)


def _round_down(value: float) -> float:
    power = 10.0 ** math.floor(math.log10(value))
    return max(step * power for step in _NICE if step * power <= value)


@dataclass(frozen=True)
class NorthArrow:
    """An arrow to the north with its N."""

    unit: float
    text_px: float

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in px."""
        return 22 * self.unit, 36 * self.unit + 1.15 * self.text_px

    def draw(self, canvas: Canvas, ink: str, x: float, top: float) -> None:
        """Draw the arrow with the upper left corner of its box at a position."""
        u = self.unit
        cx = x + 11 * u
        shape = [(0, 0), (9, 36), (0, 30), (-9, 36)]
        points = [(cx + dx * u, top + dy * u) for dx, dy in shape]
        with canvas.group("north-arrow"):
            canvas.path(points, closed=True, fill=Fill("#FFFFFF"), stroke=Stroke("#FFFFFF", 4 * u))
            canvas.path(points, closed=True, fill=Fill(ink))
            words = Words("N", self.text_px, ink, bold=True, halo_px=3.0)
            canvas.words(words, cx, top + 36 * u + self.text_px, anchor="middle")


@dataclass(frozen=True)
class Locator:
    """A small map that shows where the map lies."""

    projection: Projection
    tiers: Sequence[Tier]
    shown: Bbox
    names: tuple[tuple[str, float, float], ...]
    text_px: float
    fine: float = 1.0
    """Width in px of what is 1 px wide in the design."""

    def at(self, box: Box) -> Locator:
        """Return the locator moved to a box of the same size."""
        before = self.projection.box
        dx, dy = box.left - before.left, box.top - before.top
        names = tuple((text, x + dx, y + dy) for text, x, y in self.names)
        return replace(self, projection=replace(self.projection, box=box), names=names)

    def draw(self, canvas: Canvas, scene: Scene) -> None:
        """Draw the locator in its box."""
        palette, box = scene.palette, self.projection.box
        base = project_base(self.tiers, self.projection, scene.own_countries)
        with canvas.group("locator"):
            quiet = {
                **palette,
                "land_own": "#DCD6E2",
                "land_other": "#F4F2EC",
                "border_own": "#A3AAB2",
                "border_other": "#A3AAB2",
                "coast": "#A3AAB2",
            }
            base.draw(canvas, box, quiet, scale=0.7 * self.fine, name="locator-base")
            west, south, east, north = self.shown
            left, top = self.projection.xy(west, north)
            right, bottom = self.projection.xy(east, south)
            with canvas.clip(box):
                for text, x, y in self.names:
                    words = Words(
                        text, self.text_px, palette["place_label"], halo_px=2.6 * self.fine
                    )
                    canvas.words(words, x, y + 0.35 * self.text_px, anchor="middle")
                canvas.box(
                    Box(left, top, right, bottom),
                    fill=Fill(_FRAME_COLOR, 0.15),
                    stroke=Stroke(_FRAME_COLOR, 2.0 * self.fine),
                )
            canvas.box(box, stroke=Stroke(palette["ink"], 1.2 * self.fine))


def make_locator(
    bbox: Bbox,
    box: Box,
    tiers_of: Callable[[Bbox], Sequence[Tier]],
    names: Mapping[str, str],
    layout: Layout,
) -> Locator | None:
    """Return a locator for what the map shows, or None where it would show no more."""
    west, south, east, north = bbox
    span = max(east - west, (north - south) * box.width / box.height)
    wide = min(_LOCATOR_LARGEST_DEG, max(_LOCATOR_SPAN * span, 24.0))
    if wide < 2.2 * (east - west):
        return None
    x, y = (west + east) / 2, (south + north) / 2
    tall = wide * box.height / box.width * 0.5 * math.cos(math.radians(y))
    extent = (x - wide / 2, max(-80.0, y - tall), x + wide / 2, min(84.0, y + tall))
    projection = fit(extent, box)
    tiers = [tier for tier in tiers_of(projection.bbox) if tier.window is None]
    named = _names(tiers, projection, names, layout, bbox)
    return Locator(projection, tiers, bbox, named, layout.text_px(12), layout.fine)


def _names(
    tiers: Sequence[Tier],
    projection: Projection,
    names: Mapping[str, str],
    layout: Layout,
    shown: Bbox,
) -> tuple[tuple[str, float, float], ...]:
    """Name the countries whose name fits, clear of the frame and of each other."""
    size = layout.text_px(12)
    left, top = projection.xy(shown[0], shown[3])
    right, bottom = projection.xy(shown[2], shown[1])
    taken = [Box(left, top, right, bottom).grown(2)]
    out = []
    seen = []
    for tier in tiers:
        for iso, land in tier.land.items():
            if iso in names:
                part = shapely.clip_by_rect(projection.geometry(land), *_corners(projection.box))
                if not part.is_empty:
                    seen.append((part.area, names[iso], part))
    for area, name, part in sorted(seen, key=lambda s: -s[0])[:14]:
        width = Words(name, size, "#000000").width
        polygon = max(shapely.get_parts(part), key=lambda p: p.area)
        if area < 0.7 * width * size * 1.4:
            continue
        x, y = widest_point(polygon)
        box = Box(x - width / 2, y - 0.6 * size, x + width / 2, y + 0.6 * size)
        frame = projection.box.grown(-3)
        dx = max(0.0, frame.left - box.left) - max(0.0, box.right - frame.right)
        box = box.moved(dx, max(0.0, frame.top - box.top) - max(0.0, box.bottom - frame.bottom))
        if any(box.overlaps(other, 3.0) for other in taken):
            continue
        taken.append(box)
        out.append((name, *box.center))
    return tuple(out)


def _corners(box: Box) -> tuple[float, float, float, float]:
    return box.left, box.top, box.right, box.bottom
