"""Read GeoJSON that somebody else made, with `json` and never with GDAL.

More is accepted than in a corridor's own layers: no ids, single features, other systems
if the file says so. What cannot be a position is refused with its feature.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import shapely

from corridormap.geo.coordinates import DEPTHS
from corridormap.geo.errors import CorridorError, Finding, GeometryError, ReadError
from corridormap.geo.formats.table import (
    LayerNote,
    Row,
    StatedCrs,
    Table,
    chosen,
    clean_value,
    short,
    too_many,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shapely.geometry.base import BaseGeometry

    from corridormap.geo.formats.limits import Limits

__all__ = ["read_geojson_table", "row_of", "rows_or_faults", "shape_of_json"]

_MAX_LISTED = 20
_CRS_KINDS = ("name", "EPSG")


def read_geojson_table(data: object, *, file: str, layer: str | None, limits: Limits) -> Table:
    """Return the features of a GeoJSON file as they stand there.

    Raises
    ------
    ReadError
        With every fault of the file in its `faults`.
    """
    features = _features_of(data, file)
    if len(features) > limits.features:
        raise too_many("features", len(features), limits.features, file=file)
    notes = [LayerNote(file, len(features))]
    chosen(notes, layer, file=file)
    rows = rows_or_faults(file, _rows(features, limits))
    return Table("GeoJSON", file, tuple(notes), rows, _crs_of(data))


def rows_or_faults(file: str, found: Iterator[Row | Finding]) -> tuple[Row, ...]:
    """Return the rows, or raise every fault among them at once.

    Raises
    ------
    ReadError
        There is a fault.
    """
    rows: list[Row] = []
    faults: list[Finding] = []
    for item in found:
        if isinstance(item, Row):
            rows.append(item)
        else:
            faults.append(replace(item, file=file))
            if len(faults) >= _MAX_LISTED:
                break
    if faults:
        raise ReadError.of(faults)
    return tuple(rows)


def row_of(
    where: str,
    geometry: BaseGeometry | None,
    properties: dict[str, Any],
    limits: Limits,
    *,
    given_id: object = None,
    opened: bool = False,
) -> Row | Finding:
    """Return a row with its properties checked, or what is wrong with one of them."""
    kept: dict[str, Any] = {}
    for key, value in properties.items():
        try:
            kept[clean_value(str(key), limits)] = clean_value(value, limits)
        except CorridorError as error:
            return error.finding.at("", where).within("property-cannot-be-kept", key=short(key))
    known = "" if given_id is None else str(given_id)
    return Row(where, geometry, kept, known, opened)


def _features_of(data: object, name: str) -> list[Any]:
    if isinstance(data, dict):
        kind = data.get("type")
        if kind == "FeatureCollection" and isinstance(data.get("features"), list):
            return list(data["features"])
        if kind == "Feature":
            return [data]
        if kind in DEPTHS or kind == "GeometryCollection":
            return [{"type": "Feature", "properties": {}, "geometry": data}]
        if kind == "FeatureCollection":
            raise ReadError("list-of-features-is-missing-in-file", file=name)
    raise ReadError("neither-geojson-nor-topojson", file=name)


def _crs_of(data: Any) -> StatedCrs:
    crs = data.get("crs") if isinstance(data, dict) else None
    if crs is None:
        return StatedCrs("longitude and latitude, as GeoJSON has it", "EPSG:4326")
    said = crs.get("properties") if isinstance(crs, dict) else None
    value = said.get("name", said.get("code", "")) if isinstance(said, dict) else ""
    text = f"EPSG:{value}" if isinstance(value, int) else str(value)
    return StatedCrs(short(text or crs), text or "unknown")


def _rows(features: list[Any], limits: Limits) -> Iterator[Row | Finding]:
    left = limits.vertices
    for number, feature in enumerate(features, start=1):
        where = f"feature {number}"
        if not isinstance(feature, dict) or feature.get("type") != "Feature":
            yield Finding("entry-is-not-a-geojson-feature", "", where)
            continue
        given = feature.get("id")
        if isinstance(given, (str, int)) and not isinstance(given, bool):
            where += f" ('{short(given, 40)}')"
        properties = feature.get("properties") or {}
        if not isinstance(properties, dict):
            yield Finding("properties-are-not-an-object", "", where)
            continue
        try:
            shape, opened, used = shape_of_json(feature.get("geometry"), left)
        except GeometryError as error:
            yield error.finding.at("", where)
            continue
        left -= used
        yield row_of(where, shape, properties, limits, given_id=given, opened=opened)


def shape_of_json(value: Any, left: int) -> tuple[BaseGeometry | None, bool, int]:
    """Return the shape of a GeoJSON geometry, whether rings were open, and its points' number.

    Raises
    ------
    GeometryError
        With problem and remedy only.
    """
    if value is None:
        return None, False, 0
    kind = value.get("type") if isinstance(value, dict) else None
    if kind == "GeometryCollection" and isinstance(value.get("geometries"), list):
        parts, opened, used = [], False, 0
        for part in value["geometries"]:
            shape, part_opened, part_used = shape_of_json(part, left - used)
            opened, used = opened or part_opened, used + part_used
            parts += [] if shape is None else [shape]
        return shapely.geometrycollections(parts), opened, used
    if not isinstance(kind, str) or kind not in DEPTHS:
        raise GeometryError(
            "unknown-geometry-type-in-geojson", kind=short(kind), known=", ".join(DEPTHS)
        )
    coordinates = value.get("coordinates")
    if coordinates == []:
        return None, False, 0
    checked, used = _positions(coordinates, DEPTHS[kind], kind, left)
    return (*_made(kind, checked), used)


def _positions(value: Any, depth: int, kind: str, left: int) -> tuple[Any, int]:
    """Return nested lists of x, y pairs and how many pairs there are."""
    if not isinstance(value, list):
        raise GeometryError("not-nested-as-kind-needs-in-file", kind=kind)
    if depth == 0:
        return _position(value), 1
    used, parts = 0, []
    for part in value:
        made, more = _positions(part, depth - 1, kind, left - used)
        used += more
        parts.append(made)
        if used > left:
            raise GeometryError("more-points-than-can-be-read")
    return parts, used


def _position(value: list[Any]) -> tuple[float, float]:
    if any(isinstance(n, bool) or not isinstance(n, (int, float)) for n in value):
        raise GeometryError("coordinate-is-not-a-number", value=short(value, 40))
    if len(value) < 2:
        raise GeometryError(
            "position-has-wrong-count-of-numbers", n=len(value), value=short(value, 40)
        )
    try:
        x, y = float(value[0]), float(value[1])
    except OverflowError:
        x = y = math.inf
    if not (math.isfinite(x) and math.isfinite(y)):
        raise GeometryError("coordinate-is-not-finite")
    return x, y


def _made(kind: str, coordinates: Any) -> tuple[BaseGeometry | None, bool]:
    if kind.endswith("Polygon"):
        return _areas([coordinates] if kind == "Polygon" else coordinates, kind)
    if kind.endswith("LineString"):
        lines = [coordinates] if kind == "LineString" else [c for c in coordinates if c]
        if any(len(line) < 2 for line in lines):
            raise GeometryError("line-has-fewer-than-two-positions")
        made = [shapely.linestrings(line) for line in lines]
        return (made[0] if kind == "LineString" else shapely.multilinestrings(made)), False
    points = [coordinates] if kind == "Point" else coordinates
    made = [shapely.points(*point) for point in points]
    return (made[0] if kind == "Point" else shapely.multipoints(made)), False


def _areas(polygons: list[Any], kind: str) -> tuple[BaseGeometry | None, bool]:
    opened, made = False, []
    for rings in polygons:
        closed = []
        for ring in rings:
            is_open = bool(ring) and ring[0] != ring[-1]
            opened = opened or is_open
            closed.append([*ring, ring[0]] if is_open else ring)
            if len(closed[-1]) < 4:
                raise GeometryError("ring-has-fewer-than-three-positions")
        if closed:
            made.append(shapely.polygons(closed[0], holes=closed[1:] or None))
    if not made:
        return None, False
    return (made[0] if kind == "Polygon" else shapely.multipolygons(made)), opened
