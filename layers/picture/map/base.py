"""Draw the outline map below everything: sea, land, coast, borders.

Lakes and rivers are base map: no feature's sign, and no border. Tiers come from the world
upwards to the detailed outline; each paints over what lies below its window. It draws no label
and no feature.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import shapely

from corridormap.geo.outline.ground import SHOWN_M_PER_PX
from corridormap.layers.picture.map.projection import around
from corridormap.layers.picture.pen.shapes import joined, lines_of, outline_of
from corridormap.layers.scene.looks import Fill, Stroke

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from corridormap.geo.outline.outline import Tier
    from corridormap.layers.picture.map.projection import Projection
    from corridormap.layers.picture.pen.box import Box
    from corridormap.layers.picture.pen.canvas import Canvas

__all__ = ["Base", "BaseTier", "project_base"]

_FINEST_PX = 0.25
_COARSE_PX = 2.0
_SEAM_PX = 1.0
_LEAST_LAKE_PX = 30.0
"""Area below which a lake would be a speck."""
_RIVER_PX = {3: 1.1, 2: 1.6, 1: 2.1}
"""Width by rank, drawn from the smallest up."""
_ON_BORDER_PX, _BORDER_RIVER_PX = 1.5, 4.6

Lines = tuple["NDArray[np.float64]", ...]
Outline = tuple["NDArray[np.float64]", "NDArray[np.uint8]"]


@dataclass(frozen=True)
class BaseTier:
    """One tier in px."""

    id: str
    window: BaseGeometry | None
    """Where it hides what is below, in px."""
    land: Mapping[str, BaseGeometry]
    own: Outline
    other: Outline
    coast: Lines
    own_borders: Lines
    other_borders: Lines
    lakes: BaseGeometry
    rivers: tuple[tuple[str, int, Lines], ...]
    """Name, rank and lines, those that a frame of this scale shows."""
    border_rivers: Lines
    """What of them runs along a border between the corridor's countries."""


@dataclass(frozen=True)
class Base:
    """The outline map in px, from below to above."""

    tiers: tuple[BaseTier, ...]

    def draw(
        self,
        canvas: Canvas,
        box: Box,
        palette: Mapping[str, str],
        *,
        scale: float,
        name: str = "base",
    ) -> None:
        """Draw the outline inside a frame, in a group of a name."""
        with canvas.group(name), canvas.clip(box):
            canvas.box(box, fill=Fill(palette["sea"]))
            for tier in self.tiers:
                _draw_tier(canvas, tier, palette, scale, name)

    def own_border_lines(self) -> list[NDArray[np.float64]]:
        """Return the borders between the corridor's countries, as drawn."""
        return [line for tier in self.tiers for line in tier.own_borders]

    def faint_lines(self) -> list[NDArray[np.float64]]:
        """Return coasts and other borders, as drawn."""
        return [line for tier in self.tiers for line in (*tier.coast, *tier.other_borders)]

    def river_lines(self) -> list[NDArray[np.float64]]:
        """Return the rivers, as drawn."""
        return [line for tier in self.tiers for _, _, lines in tier.rivers for line in lines]

    @cached_property
    def rivers(self) -> Mapping[str, tuple[int, BaseGeometry]]:
        """Return each river's rank and what of it is seen, by name."""
        found: dict[str, tuple[int, list[BaseGeometry]]] = {}
        hidden: list[BaseGeometry] = []
        for tier in reversed(self.tiers):
            for name, rank, lines in tier.rivers:
                seen: BaseGeometry = shapely.MultiLineString([ln for ln in lines if len(ln) > 1])
                for window in hidden:
                    seen = shapely.difference(seen, window)
                found.setdefault(name, (rank, []))[1].append(seen)
            if tier.window is not None:
                hidden.append(tier.window)
        return {name: (rank, shapely.union_all(seen)) for name, (rank, seen) in found.items()}

    @cached_property
    def countries(self) -> Mapping[str, BaseGeometry]:
        """Return the land of each country as seen, no finer than a label needs.

        What an upper tier's window hides is cut off.
        """
        seen: dict[str, list[BaseGeometry]] = {}
        hidden: list[BaseGeometry] = []
        for tier in reversed(self.tiers):
            for iso, land in tier.land.items():
                part = shapely.make_valid(shapely.simplify(land, _COARSE_PX))
                if not tier.lakes.is_empty:
                    part = shapely.difference(part, tier.lakes)
                for window in hidden:
                    part = shapely.difference(part, window)
                if not part.is_empty:
                    seen.setdefault(iso, []).append(part)
            if tier.window is not None:
                hidden.append(tier.window)
        return {
            iso: parts[0] if len(parts) == 1 else shapely.union_all(parts)
            for iso, parts in sorted(seen.items())
        }


def project_base(
    tiers: Sequence[Tier], projection: Projection, own_countries: frozenset[str]
) -> Base:
    """Return the outline in px, cut to the frame and no finer than can be seen."""
    return _projected(tuple(tiers), projection, own_countries)


@lru_cache(maxsize=3)
def _projected(
    tiers: tuple[Tier, ...], projection: Projection, own_countries: frozenset[str]
) -> Base:
    """Keep the last frames: a picture is tried, then taken in one form of file or another."""
    return Base(tuple(_project_tier(tier, projection, own_countries) for tier in tiers))


def _project_tier(tier: Tier, projection: Projection, own: frozenset[str]) -> BaseTier:
    fitted = {iso: _fit(geometry, projection) for iso, geometry in tier.land.items()}
    land = {iso: shape for iso, shape in fitted.items() if shape is not None}
    borders = [(a, b, _fit(line, projection)) for a, b, line in tier.borders]
    own_borders = _lines([line for a, b, line in borders if {a, b} <= own])
    rivers = _rivers(tier, projection)
    return BaseTier(
        id=tier.id,
        window=_window(tier, projection),
        land=land,
        own=outline_of(shape for iso, shape in land.items() if iso in own),
        other=outline_of(shape for iso, shape in land.items() if iso not in own),
        coast=_lines([_fit(tier.coast, projection)]),
        own_borders=own_borders,
        other_borders=_lines([line for a, b, line in borders if not {a, b} <= own]),
        lakes=_lakes(tier, projection),
        rivers=rivers,
        border_rivers=_along(rivers, own_borders),
    )


def _along(rivers: Sequence[tuple[str, int, Lines]], borders: Lines) -> Lines:
    lines = [line for _, _, found in rivers for line in found if len(line) > 1]
    legs = [line for line in borders if len(line) > 1]
    if not lines or not legs:
        return ()
    beside = shapely.MultiLineString(legs).buffer(_ON_BORDER_PX)
    return tuple(lines_of(shapely.intersection(shapely.MultiLineString(lines), beside)))


def _lakes(tier: Tier, projection: Projection) -> BaseGeometry:
    """Return the lakes that are large enough to be seen as one."""
    shapes = [_fit(lake.shape, projection) for lake in tier.lakes]
    seen = [shape for shape in shapes if shape is not None and shape.area >= _LEAST_LAKE_PX]
    return shapely.union_all([shapely.make_valid(shape) for shape in seen])


def _rivers(tier: Tier, projection: Projection) -> tuple[tuple[str, int, Lines], ...]:
    per_px = projection.metres_per_px(projection.middle[1])
    shown = {rank for rank, (least, most) in SHOWN_M_PER_PX.items() if least <= per_px <= most}
    fitted = [(r.name, r.rank, _fit(r.line, projection)) for r in tier.rivers if r.rank in shown]
    return tuple((name, rank, tuple(lines_of(s))) for name, rank, s in fitted if s is not None)


def _fit(geometry: BaseGeometry, projection: Projection) -> BaseGeometry | None:
    """Project, cut to the frame and drop what is finer than a quarter px.

    Polygons are simplified vertex by vertex along shared edges only as much as cannot be
    seen, so that neighbours show no gap.
    """
    part = shapely.clip_by_rect(geometry, *around(projection.bbox, 0.02))
    if part.is_empty:
        return None
    shape = shapely.simplify(projection.geometry(part), _FINEST_PX, preserve_topology=False)
    return None if shape.is_empty else shape


def _window(tier: Tier, projection: Projection) -> BaseGeometry | None:
    return None if tier.window is None else projection.geometry(shapely.box(*tier.window))


def _lines(geometries: Iterable[BaseGeometry | None]) -> Lines:
    return tuple(line for g in geometries if g is not None for line in lines_of(g))


def _draw_tier(
    canvas: Canvas, tier: BaseTier, palette: Mapping[str, str], scale: float, name: str
) -> None:
    shores = (*tier.coast, *lines_of(tier.lakes.boundary))
    with canvas.group(f"{name}-{tier.id}"):
        if tier.window is not None:
            # A little smaller than the window, so that no sea shows along its edge.
            inner = tier.window.buffer(-_SEAM_PX, join_style="mitre")
            canvas.path(*outline_of([inner]), fill=Fill(palette["sea"]))
        # A hair of the land's own colour closes the seam between two neighbours.
        for (points, codes), role in ((tier.other, "land_other"), (tier.own, "land_own")):
            color = palette[role]
            canvas.path(points, codes, fill=Fill(color), stroke=Stroke(color, 0.5))
        blue = Fill(palette["sea"])
        canvas.path(*outline_of([tier.lakes]), fill=blue)
        for rank, width_px in _RIVER_PX.items():
            rivers = joined(ln for _, r, lines in tier.rivers if r == rank for ln in lines)
            canvas.path(*rivers, stroke=Stroke(palette["river"], width_px * scale))
        pens = (
            (shores, Stroke(palette["coast"], 0.8 * scale)),
            (tier.other_borders, Stroke(palette["border_other"], 1.0 * scale)),
            (tier.own_borders, Stroke(palette["border_own_casing"], 3.6 * scale)),
            # A border in a river is drawn in the river's middle, and hides it not.
            (tier.border_rivers, Stroke(palette["river"], _BORDER_RIVER_PX * scale)),
            (tier.own_borders, Stroke(palette["border_own"], 1.5 * scale)),
        )
        for lines, pen in pens:
            canvas.path(*joined(lines), stroke=pen)
