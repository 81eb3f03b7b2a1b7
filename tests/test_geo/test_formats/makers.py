"""Make files of every format, honest and hostile, as other programs write them."""

from __future__ import annotations

import io
import json
import warnings
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas as gpd
from shapely.geometry import LineString, Point, Polygon

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from shapely.geometry.base import BaseGeometry

__all__ = ["EXTENT", "MAKERS", "NAMES", "PAYLOADS", "collection", "feature", "frame", "zipped"]

EXTENT = (44.35, 36.95, 50.1, 40.6)
NAMES = ["Astara körpüsü", "پل آستارا", "Əğıəl <b>&amp;</b>"]
# Only "\n" ends a payload: some hold other line ends.
PAYLOADS = (Path(__file__).parents[2] / "payloads.txt").read_text(encoding="utf-8").split("\n")[:-1]


def frame(*shapes: BaseGeometry, crs: int | None = 4326, **columns: list[Any]) -> gpd.GeoDataFrame:
    """Return a frame of the shapes; three named points without any."""
    points = [Point(48.8718, 38.4402), Point(48.1, 39.2), Point(45.6, 38.9)]
    given = list(shapes) or points
    names = {"name": (NAMES * len(given))[: len(given)]}
    return gpd.GeoDataFrame(columns or names, geometry=given, crs=crs)


def feature(geometry: Any, **properties: Any) -> dict[str, Any]:
    """Return a GeoJSON feature."""
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def collection(*features: Any, **more: Any) -> dict[str, Any]:
    """Return a GeoJSON FeatureCollection."""
    return {"type": "FeatureCollection", **more, "features": list(features)}


def zipped(members: Mapping[str, bytes], *, packed: bool = True) -> bytes:
    """Return a zip of the members."""
    out = io.BytesIO()
    how = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    with zipfile.ZipFile(out, "w", how) as archive:
        for name, body in members.items():
            archive.writestr(name, body)
    return out.getvalue()


def _written(ending: str, **options: Any) -> Callable[[gpd.GeoDataFrame, Path], Path]:
    def write(data: gpd.GeoDataFrame, folder: Path) -> Path:
        path = folder / f"made{ending}"
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what a driver cannot keep is no matter here
            data.to_file(path, engine="pyogrio", **options)
        return path

    return write


def _geoparquet(data: gpd.GeoDataFrame, folder: Path) -> Path:
    data.to_parquet(folder / "made.parquet")
    return folder / "made.parquet"


def _shapefile(data: gpd.GeoDataFrame, folder: Path) -> Path:
    parts = folder / "parts"
    parts.mkdir(exist_ok=True)
    _written(".shp", encoding="UTF-8")(data, parts)
    path = folder / "made.zip"
    path.write_bytes(zipped({f"roads/{p.name}": p.read_bytes() for p in parts.iterdir()}))
    return path


def _kmz(data: gpd.GeoDataFrame, folder: Path) -> Path:
    kml = _written(".kml", driver="KML")(data, folder).read_bytes()
    path = folder / "made.kmz"
    path.write_bytes(zipped({"doc.kml": kml, "files/icon.png": b"\x89PNG"}))
    return path


def _topojson(data: gpd.GeoDataFrame, folder: Path) -> Path:
    """Write unquantised TopoJSON: one arc for each line or ring."""
    arcs: list[Any] = []
    geometries = []
    for (_, row), shape in zip(
        data.drop(columns="geometry").iterrows(), data.geometry, strict=True
    ):
        entry: dict[str, Any] = {"type": shape.geom_type, "properties": row.to_dict()}
        if isinstance(shape, Point):
            entry["coordinates"] = list(shape.coords[0])
        else:
            line = shape.exterior if isinstance(shape, Polygon) else shape
            arcs.append([list(point) for point in line.coords])
            last = len(arcs) - 1
            entry["arcs"] = [[last]] if isinstance(shape, Polygon) else [last]
        geometries.append(entry)
    objects = {"made": {"type": "GeometryCollection", "geometries": geometries}}
    path = folder / "made.topojson"
    path.write_text(json.dumps({"type": "Topology", "objects": objects, "arcs": arcs}))
    return path


def _csv(data: gpd.GeoDataFrame, folder: Path) -> Path:
    table = data.drop(columns="geometry").assign(wkt=data.geometry.to_wkt())
    path = folder / "made.csv"
    table.to_csv(path, index=False)
    return path


def _gpx(data: gpd.GeoDataFrame, folder: Path) -> Path:
    return _written(".gpx", driver="GPX")(data[["name", "geometry"]], folder)


MAKERS: dict[str, Callable[[gpd.GeoDataFrame, Path], Path]] = {
    "GeoJSON": _written(".geojson", driver="GeoJSON"),
    "TopoJSON": _topojson,
    "GeoPackage": _written(".gpkg", driver="GPKG"),
    "FlatGeobuf": _written(".fgb", driver="FlatGeobuf", SPATIAL_INDEX="NO"),
    "Shapefile": _shapefile,
    "KML": _written(".kml", driver="KML"),
    "KMZ": _kmz,
    "GPX": _gpx,
    "GeoParquet": _geoparquet,
    "CSV": _csv,
}
LINES = [LineString([(48, 38), (48.5, 38.5), (49, 38)]), LineString([(45, 39), (46, 39.25)])]
AREA = Polygon([(48, 38), (49, 38), (49, 39), (48, 38)])
