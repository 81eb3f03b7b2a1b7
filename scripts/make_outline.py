"""Make a corridor's detailed outline from geo-maps' land polygons.

Job: clip the countries to the window, close them into one coverage and write TopoJSON
(`countries`, `borders`, `coast`), and the exclave's outline into its layer. Run by hand and
not installed: the 126 MB it reads are not part of the project, its small output is committed.

    python -m scripts.make_outline [--source map.geo.json] [--output FILE]
"""

from __future__ import annotations

import argparse
import json
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from shapely.geometry import Point, Polygon, mapping, shape

from scripts.arcs import ArcTable, GridPoint, join_arcs
from scripts.land_cover import Grid, fit_together, polygons_of
from scripts.layer_file import read_layer, set_geometry, write_layer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["WINDOW", "build_topology", "exclave", "read_clipped"]

WINDOW = (43.5, 36.0, 51.0, 43.0)
"""West, south, east, north in degrees (WGS 84)."""

PACKAGE = "@geo-maps/countries-land-100m"
VERSION = "0.6.0"
CREDIT = (
    f"© OpenStreetMap contributors, ODbL 1.0. Made from geo-maps {PACKAGE} {VERSION}, clipped to "
    "43.5-51 E, 36-43 N, coordinates rounded to 0.00002 degree, water below 2 km2 filled."
)
CELL_DEG = 2e-5
"""Grid of the coordinates: about 2 m, far finer than the source's 100 m."""
LEAST_WATER_KM2 = 2.0
LEAST_ISLAND_KM2 = 0.1
GRID = Grid(WINDOW, CELL_DEG)
CORRIDOR = Path(__file__).parents[1] / "data/azerbaijan-iran"
EXCLAVE_LAYER = CORRIDOR / "layers/nakhchivan-link.geojson"
EXCLAVE_DIGITS = 4
NAKHCHIVAN_CITY = (45.4117, 39.2079)
ISO = {
    "ARM": "AM", "AZE": "AZ", "GEO": "GE", "IRN": "IR",
    "IRQ": "IQ", "KAZ": "KZ", "RUS": "RU", "TUR": "TR",
}  # fmt: skip


def main() -> None:
    """Read the command line, write the outline and the exclave, print the size."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--source", type=Path, help="unpacked map.geo.json; else npm fetches it")
    parser.add_argument(
        "--output",
        type=Path,
        default=CORRIDOR / "outline.topojson",
    )
    options = parser.parse_args()
    if options.source:
        land = read_clipped(options.source)
    else:
        with tempfile.TemporaryDirectory() as folder:
            land = read_clipped(_fetch(Path(folder)))
    layer = read_layer(EXCLAVE_LAYER)
    set_geometry(layer, "nakhchivan", mapping(exclave(land)))
    write_layer(EXCLAVE_LAYER, layer)
    text = json.dumps(build_topology(land), ensure_ascii=False, separators=(",", ":")) + "\n"
    options.output.write_text(text, encoding="utf-8")
    print(f"{options.output}: {len(text.encode()) / 1000:.0f} kB")


def read_clipped(source: Path) -> dict[str, list[Polygon]]:
    """Read geo-maps' file and clip each country's polygons to `WINDOW`.

    Returns
    -------
    dict
        Polygons per ISO alpha-2 code, degrees; as in the source they may touch themselves.
    """
    west, south, east, north = WINDOW
    land: dict[str, list[Polygon]] = {}
    for feature in json.loads(source.read_text(encoding="utf-8"))["features"]:
        iso = ISO.get(feature["properties"]["A3"])
        if iso is None:
            continue
        whole = shape(feature["geometry"])
        for polygon in getattr(whole, "geoms", [whole]):
            x0, y0, x1, y1 = polygon.bounds
            if x0 > east or x1 < west or y0 > north or y1 < south:
                continue
            clipped = shapely.clip_by_rect(polygon, *WINDOW)
            land.setdefault(iso, []).extend(polygons_of(clipped))
    return {iso: land[iso] for iso in sorted(land) if land[iso]}


def build_topology(land: Mapping[str, Sequence[Polygon]]) -> dict[str, Any]:
    """Build the TopoJSON object from clipped land polygons.

    Parameters
    ----------
    land
        Polygons per ISO alpha-2 code, degrees, as `read_clipped` returns them.

    Returns
    -------
    dict
        A TopoJSON topology with `countries`, `borders`, `coast` and a `credit` member.
    """
    west, south, east, north = WINDOW
    table = ArcTable(_cover(land), GRID.on_edge)
    countries = [
        {"type": "MultiPolygon", "id": iso, "properties": {"iso": iso}, "arcs": shapes}
        for iso, shapes in table.shapes.items()
    ]
    shore = [i for i, a in enumerate(table.arcs) if len(a.owners) == 1 and not a.on_edge]
    coast = [{"type": "MultiLineString", "arcs": join_arcs(table.arcs, shore)}]
    objects = {"countries": countries, "borders": _borders(table), "coast": coast}
    return {
        "type": "Topology",
        "credit": CREDIT,
        "bbox": [west, south, east, north],
        "transform": {"scale": [CELL_DEG, CELL_DEG], "translate": [west, south]},
        "objects": {
            name: {"type": "GeometryCollection", "geometries": geometries}
            for name, geometries in objects.items()
        },
        "arcs": [_deltas(arc.points) for arc in table.arcs],
    }


def exclave(land: Mapping[str, Sequence[Polygon]]) -> Polygon:
    """Return the part of Azerbaijan round Nakhchivan city, its lakes filled, in degrees.

    The half of a border reservoir is not in it: the land ends at the bank.
    """
    city = Point(GRID.cell(NAKHCHIVAN_CITY))
    part = next(p for p in _cover(land)["AZ"] if p.contains(city))
    ring = shapely.get_coordinates(part.exterior) * CELL_DEG + np.array(WINDOW[:2])
    return Polygon(np.round(ring, EXCLAVE_DIGITS))


def _fetch(folder: Path) -> Path:
    subprocess.run(
        [
            "npm",
            "install",
            "--no-audit",
            "--no-fund",
            "--ignore-scripts",
            f"{PACKAGE}@{VERSION}",
        ],
        cwd=folder,
        check=True,
    )
    return folder / "node_modules" / PACKAGE / "map.geo.json"


def _cover(land: Mapping[str, Sequence[Polygon]]) -> dict[str, list[Polygon]]:
    return fit_together(
        land, grid=GRID, least_water_km2=LEAST_WATER_KM2, least_island_km2=LEAST_ISLAND_KM2
    )


def _borders(table: ArcTable) -> list[dict[str, Any]]:
    borders = []
    for pair in sorted({arc.owners for arc in table.arcs if len(arc.owners) == 2}):
        along = [i for i, arc in enumerate(table.arcs) if arc.owners == pair]
        names = {"a": pair[0], "b": pair[1]}
        lines = join_arcs(table.arcs, along)
        borders.append({"type": "MultiLineString", "properties": names, "arcs": lines})
    return borders


def _deltas(points: Sequence[GridPoint]) -> list[list[int]]:
    steps = np.diff(np.array(points), axis=0, prepend=[(0, 0)])
    return [[int(x), int(y)] for x, y in steps]


if __name__ == "__main__":
    main()
