"""Make the map's furniture: scale bar, north arrow, locator; each says the box it fills."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import shapely

from corridormap.layers.picture.map.base import project_base
from corridormap.layers.picture.map.projection import fit
from corridormap.layers.picture.pen.box import Box
from corridormap.layers.picture.pen.canvas import Words
from corridormap.layers.picture.placing.areas import widest_point
from corridormap.layers.scene.looks import Fill, Stroke
from corridormap.layers.wording.words import latitude

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    from corridormap.geo.outline.outline import Tier
    from corridormap.layers.picture.layout import Layout
    from corridormap.layers.picture.map.projection import Projection
    from corridormap.layers.picture.pen.canvas import Canvas
    from corridormap.layers.scene.scene import Bbox, Scene

__all__ = ["Locator", "NorthArrow", "ScaleBar", "make_locator", "make_scale"]

_NICE = (1.0, 2.0, 5.0)
_TRUE_WITHIN = 0.02
"""Up to which error a scale bar need not say where it is true."""
_LATITUDES = 121
_FRAME_COLOR = "#D1480A"
_LOCATOR_SPAN = 5.0
_LOCATOR_LARGEST_DEG = 120.0


@dataclass(frozen=True)
class ScaleBar:
    """A bar of a round length, true over the whole map but for what its note says."""

    width: float
    middle: str
    full: str
    text_px: float
    fine: float = 1.0
    """Width in px of what is 1 px wide in the design."""
    note: str = ""
    """At which latitude it is true, and how far off elsewhere; empty within 2 %."""

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the whole in px, figures included."""
        zero = Words("0", self.text_px, "#000000").width / 2
        last = Words(self.full, self.text_px, "#000000").width
        width, note = self.width + zero + last * 0.62, self._note("#000000").width
        return max(width, note), self.text_px * (3.3 if note else 2.0)

    def _note(self, ink: str) -> Words:
        return Words(self.note, self.text_px, ink, halo_px=3.0 * self.fine)

    def draw(
        self, canvas: Canvas, ink: str, x: float, bottom: float, *, name: str = "scale-bar"
    ) -> None:
        """Draw the bar with the lower left corner of its box at a position."""
        size = self.text_px
        left = x + Words("0", size, ink).width / 2
        y = bottom - 3.0 - (1.3 * size if self.note else 0.0)
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
            if self.note:
                canvas.words(self._note(ink), x, bottom - 0.25 * size)


def make_scale(
    projection: Projection, layout: Layout, *, design_px: float = 200.0, text_px: float = 13.0
) -> ScaleBar:
    """Return a scale bar of about a width in the design.

    It is true at the latitude at which its largest error inside the frame is least.
    """
    lat, error = _truest(projection)
    per_px = projection.metres_per_px(lat)
    wanted = max(90.0, design_px * layout.unit)
    wanted = min(wanted, projection.box.width * 0.34)
    metres = _round_down(wanted * per_px)
    large = metres >= 1000
    full = f"{metres / 1000:g} km" if large else f"{metres:g} m"
    middle = f"{metres / 2000:g}" if large else f"{metres / 2:g}"
    note = ""
    if error > _TRUE_WITHIN:
        note = f"at {latitude(lat)}; up to {math.ceil(100 * error)} % off elsewhere"
    return ScaleBar(metres / per_px, middle, full, layout.text_px(text_px), layout.fine, note)


def _truest(projection: Projection) -> tuple[float, float]:
    """Return a latitude in whole degrees where that will do, and the largest error elsewhere.

    The error is that of a distance measured with a bar that is true at the latitude.
    """
    _, south, _, north = projection.bbox
    lats = np.linspace(south, north, _LATITUDES)
    scales = np.array([projection.metres_per_px(float(lat)) for lat in lats])

    def error(per_px: float) -> float:
        return float(max(scales.max() / per_px, per_px / scales.min())) - 1.0

    errors = [error(scale) for scale in scales]
    # Of latitudes as good, the one nearest the middle.
    near = np.argsort(np.abs(lats - projection.middle[1]), kind="stable")
    best = float(lats[min(near, key=lambda i: round(errors[i], 3))])
    rounded = float(round(best))
    if error(best) > _TRUE_WITHIN and south < rounded < north:
        best = rounded
    return best, error(projection.metres_per_px(best))


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

    def draw(self, canvas: Canvas, ink: str, box: Box, projection: Projection) -> None:
        """Draw the arrow in a box of its size, towards the north of that place."""
        u = self.unit
        cx, cy = box.center[0], box.top + 18 * u
        turn = math.radians(projection.north_at(cx, cy))
        along, across = math.cos(turn), math.sin(turn)

        def at(dx: float, dy: float) -> tuple[float, float]:
            return cx + (dx * along - dy * across) * u, cy + (dx * across + dy * along) * u

        points = [at(0, -18), at(9, 18), at(0, 12), at(-9, 18)]
        foot = at(0, 18 + 0.64 * self.text_px / u)
        with canvas.group("north-arrow"):
            canvas.path(points, closed=True, fill=Fill("#FFFFFF"), stroke=Stroke("#FFFFFF", 4 * u))
            canvas.path(points, closed=True, fill=Fill(ink))
            words = Words("N", self.text_px, ink, bold=True, halo_px=3.0)
            canvas.words(words, foot[0], foot[1] + 0.36 * self.text_px, anchor="middle")


@dataclass(frozen=True)
class Locator:
    """A small map that shows where the map lies."""

    projection: Projection
    tiers: Sequence[Tier]
    shown: NDArray[np.float64]
    """The edge of the map's frame, in px."""
    names: tuple[tuple[str, float, float], ...]
    text_px: float
    fine: float = 1.0
    """Width in px of what is 1 px wide in the design."""

    def at(self, box: Box) -> Locator:
        """Return the locator moved to a box of the same size."""
        before = self.projection.box
        dx, dy = box.left - before.left, box.top - before.top
        names = tuple((text, x + dx, y + dy) for text, x, y in self.names)
        moved = replace(self.projection, box=box)
        return replace(self, projection=moved, shown=self.shown + np.array([dx, dy]), names=names)

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
            with canvas.clip(box):
                for text, x, y in self.names:
                    words = Words(
                        text, self.text_px, palette["place_label"], halo_px=2.6 * self.fine
                    )
                    canvas.words(words, x, y + 0.35 * self.text_px, anchor="middle")
                canvas.path(
                    self.shown,
                    closed=True,
                    fill=Fill(_FRAME_COLOR, 0.15),
                    stroke=Stroke(_FRAME_COLOR, 2.0 * self.fine),
                )
            canvas.box(box, stroke=Stroke(palette["ink"], 1.2 * self.fine))


def make_locator(
    shown: Projection,
    box: Box,
    tiers_of: Callable[[Bbox], Sequence[Tier]],
    names: Mapping[str, str],
    layout: Layout,
) -> Locator | None:
    """Return a locator for what the map shows, or None where it would show no more."""
    west, south, east, north = shown.bbox
    span = max(east - west, (north - south) * box.width / box.height)
    wide = min(_LOCATOR_LARGEST_DEG, max(_LOCATOR_SPAN * span, 24.0))
    if wide < 2.2 * (east - west):
        return None
    x, y = (west + east) / 2, (south + north) / 2
    tall = wide * box.height / box.width * 0.5 * math.cos(math.radians(y))
    extent = (x - wide / 2, max(-80.0, y - tall), x + wide / 2, min(84.0, y + tall))
    projection = fit(extent, box)
    tiers = [tier for tier in tiers_of(projection.bbox) if tier.window is None]
    edge = projection.array(shown.edge)
    named = _names(tiers, projection, names, layout, edge)
    return Locator(projection, tiers, edge, named, layout.text_px(12), layout.fine)


def _names(
    tiers: Sequence[Tier],
    projection: Projection,
    names: Mapping[str, str],
    layout: Layout,
    shown: NDArray[np.float64],
) -> tuple[tuple[str, float, float], ...]:
    """Name the countries whose name fits, clear of the frame and of each other."""
    size = layout.text_px(12)
    (left, top), (right, bottom) = shown.min(axis=0).tolist(), shown.max(axis=0).tolist()
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
