"""Draw the outline map below everything: sea, land, coast, borders.

Tiers come from the world upwards to the detailed outline; each paints over what lies
below its window. It draws no label and no feature.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import shapely

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

    def countries(self) -> dict[str, BaseGeometry]:
        """Return the land of each country as seen, no finer than a label needs.

        What an upper tier's window hides is cut off.
        """
        seen: dict[str, list[BaseGeometry]] = {}
        hidden: list[BaseGeometry] = []
        for tier in reversed(self.tiers):
            for iso, land in tier.land.items():
                part = shapely.make_valid(shapely.simplify(land, _COARSE_PX))
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
    return Base(tuple(_project_tier(tier, projection, own_countries) for tier in tiers))


def _project_tier(tier: Tier, projection: Projection, own: frozenset[str]) -> BaseTier:
    fitted = {iso: _fit(geometry, projection) for iso, geometry in tier.land.items()}
    land = {iso: shape for iso, shape in fitted.items() if shape is not None}
    borders = [(a, b, _fit(line, projection)) for a, b, line in tier.borders]
    return BaseTier(
        id=tier.id,
        window=_window(tier, projection),
        land=land,
        own=outline_of(shape for iso, shape in land.items() if iso in own),
        other=outline_of(shape for iso, shape in land.items() if iso not in own),
        coast=_lines([_fit(tier.coast, projection)]),
        own_borders=_lines([line for a, b, line in borders if {a, b} <= own]),
        other_borders=_lines([line for a, b, line in borders if not {a, b} <= own]),
    )


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
    with canvas.group(f"{name}-{tier.id}"):
        if tier.window is not None:
            # A little smaller than the window, so that no sea shows along its edge.
            inner = tier.window.buffer(-_SEAM_PX, join_style="mitre")
            canvas.path(*outline_of([inner]), fill=Fill(palette["sea"]))
        # A hair of the land's own colour closes the seam between two neighbours.
        for (points, codes), role in ((tier.other, "land_other"), (tier.own, "land_own")):
            color = palette[role]
            canvas.path(points, codes, fill=Fill(color), stroke=Stroke(color, 0.5))
        pens = (
            (tier.coast, Stroke(palette["coast"], 0.8 * scale)),
            (tier.other_borders, Stroke(palette["border_other"], 1.0 * scale)),
            (tier.own_borders, Stroke(palette["border_own_casing"], 3.6 * scale)),
            (tier.own_borders, Stroke(palette["border_own"], 1.5 * scale)),
        )
        for lines, pen in pens:
            canvas.path(*joined(lines), stroke=pen)
