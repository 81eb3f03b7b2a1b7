"""Make countries that overlap a little and gape a little fit together without a gap.

Works in whole cells of a grid, so that neighbours share their points exactly. It must not
read or write files, and knows no country: who owns a face follows from the polygons given.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from math import cos, radians
from typing import TYPE_CHECKING

import shapely
from shapely.geometry import MultiPolygon, Polygon, box

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

__all__ = ["Grid", "fit_together", "polygons_of"]

_KM_PER_DEG = 111.2


@dataclass(frozen=True)
class Grid:
    """A grid over a window of degrees (WGS 84)."""

    window: tuple[float, float, float, float]
    """West, south, east, north."""
    cell_deg: float

    def cell(self, position: Sequence[float]) -> tuple[int, int]:
        """Return the grid point nearest to a lon, lat."""
        west, south = self.window[:2]
        return round((position[0] - west) / self.cell_deg), round(
            (position[1] - south) / self.cell_deg
        )

    def on_edge(self, a: tuple[int, int], b: tuple[int, int]) -> bool:
        """Tell whether a segment lies on the edge of the window."""
        east, north = self.cell(self.window[2:])
        return a[0] == b[0] in (0, east) or a[1] == b[1] in (0, north)

    def km2(self, polygon: Polygon) -> float:
        """Return a polygon's area, near enough to tell a pond from a lake."""
        middle = radians((self.window[1] + self.window[3]) / 2)
        return float(polygon.area) * (self.cell_deg * _KM_PER_DEG) ** 2 * cos(middle)


def fit_together(
    land: Mapping[str, Sequence[Polygon]],
    *,
    grid: Grid,
    least_water_km2: float,
    least_island_km2: float,
) -> dict[str, list[Polygon]]:
    """Return disjoint valid polygons per owner, in grid units, neighbours sharing points.

    Parameters
    ----------
    land
        Polygons per owner, degrees; they may touch themselves and overlap their neighbours.
    grid
        Where the points are put.
    least_water_km2
        Smaller ponds and river slivers are filled, by the owner of the longest bank.
    least_island_km2
        Smaller islands are left out.
    """
    pieces = [
        (owner, piece)
        for owner, polygons in land.items()
        for polygon in polygons
        for piece in polygons_of(_snapped(polygon, grid))
    ]
    frame = box(0, 0, *grid.cell(grid.window[2:])).exterior
    lines = shapely.union_all([piece.boundary for _, piece in pieces] + [frame], grid_size=1.0)
    faces = polygons_of(shapely.polygonize([lines]))
    owners = _face_owners(faces, pieces)
    owners = _with_small_water(faces, owners, grid=grid, least_km2=least_water_km2)
    result: dict[str, list[Polygon]] = {}
    for owner in sorted(land):
        mine = [face for face, of in zip(faces, owners, strict=True) if of == owner]
        joined = polygons_of(shapely.normalize(shapely.coverage_union_all(mine)))
        result[owner] = [p for p in joined if grid.km2(Polygon(p.exterior)) >= least_island_km2]
    return result


def polygons_of(geometry: BaseGeometry) -> list[Polygon]:
    """Return the polygons of a geometry or of a collection."""
    parts = shapely.get_parts(shapely.get_parts(geometry))
    return [part for part in parts if isinstance(part, Polygon) and not part.is_empty]


def _snapped(polygon: Polygon, grid: Grid) -> BaseGeometry:
    rings = [[grid.cell(p) for p in r.coords] for r in (polygon.exterior, *polygon.interiors)]
    solid = [ring for ring in rings if len(set(ring)) > 2]
    if not solid:
        return MultiPolygon()
    return shapely.make_valid(
        Polygon(solid[0], solid[1:]), method="structure", keep_collapsed=False
    )


def _face_owners(
    faces: Sequence[Polygon], pieces: Sequence[tuple[str, Polygon]]
) -> list[str | None]:
    # geo-maps gives three enclaves (Artsvashen, Barkhudarli, Yukhari Askipara) to both
    # countries. The larger polygon wins, which is the country that holds them on the ground.
    by_size = sorted(pieces, key=lambda piece: -piece[1].area)
    tree = shapely.STRtree([piece for _, piece in by_size])
    found: list[str | None] = []
    for face in faces:
        inside = tree.query(face.representative_point(), predicate="within")
        found.append(by_size[min(inside)][0] if len(inside) else None)
    return found


def _with_small_water(
    faces: Sequence[Polygon], owners: list[str | None], *, grid: Grid, least_km2: float
) -> list[str | None]:
    tree = shapely.STRtree(faces)
    filled = list(owners)
    for i, face in enumerate(faces):
        if owners[i] is not None or grid.km2(face) >= least_km2:
            continue
        bank: Counter[str] = Counter()
        for j in sorted(tree.query(face, predicate="touches")):
            if (owner := owners[j]) is not None:
                bank[owner] += int(1000 * face.intersection(faces[j]).length)
        if bank:
            filled[i] = max(sorted(bank), key=lambda owner: bank[owner])
    return filled
