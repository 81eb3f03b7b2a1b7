"""Read GeoJSON that somebody else made, with `json` and never with GDAL.

More is accepted than in a corridor's own layers: no ids, single features, other systems
if the file says so. What cannot be a position is refused with its feature.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import shapely
from shapely.geometry import Polygon

from corridormap.geo.coordinates import DEPTHS
from corridormap.geo.errors import Finding, GeometryError, ReadError
from corridormap.geo.formats.leaving import attempted, gathered, row_of
from corridormap.geo.formats.shapes import as_kind
from corridormap.geo.formats.table import (
    LayerNote,
    Shaped,
    StatedCrs,
    Table,
    chosen,
    short,
    too_many,
)
from corridormap.geo.formats.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from shapely.geometry.base import BaseGeometry

    from corridormap.geo.errors import Fault
    from corridormap.geo.formats.limits import Limits
    from corridormap.geo.formats.table import Row

__all__ = ["read_geojson_table", "shape_of_json"]

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
    tally = Tally(limits.vertices)
    rows, left_out = gathered(file, _rows(features, tally, limits), tally)
    left_out = (*left_out, *_foreign(data, file))
    return Table("GeoJSON", file, tuple(notes), rows, _crs_of(data), left_out=left_out)


def _features_of(data: object, name: str) -> list[Any]:
    if isinstance(data, list):
        return [feature for item in data for feature in _features_of(item, name)]
    if isinstance(data, dict):
        kind = data.get("type")
        if kind == "FeatureCollection" and isinstance(data.get("features"), list):
            return list(data["features"])
        if kind == "Feature":
            return [data]
        if isinstance(kind, str) and (kind in DEPTHS or kind == "GeometryCollection"):
            return [{"type": "Feature", "properties": {}, "geometry": data}]
        if kind is None and "elements" in data and "generator" in data:
            raise ReadError("json-is-of-overpass", file=name)
        if kind is None and "spatialReference" in data:
            raise ReadError("json-is-of-esri", file=name)
        if kind == "FeatureCollection":
            raise ReadError("list-of-features-is-missing-in-file", file=name)
    raise ReadError("neither-geojson-nor-topojson", file=name)


def _foreign(data: object, file: str) -> tuple[Finding, ...]:
    """Return what a collection says of itself beside its features, which is not kept."""
    if not isinstance(data, dict) or data.get("type") != "FeatureCollection":
        return ()
    names = [short(name, 40) for name in data if name not in _MEMBERS]
    if not names:
        return ()
    listed = ", ".join(f"'{name}'" for name in names[:8])
    return (Finding("members-are-left-out", file, names=listed),)


_MEMBERS = frozenset({"type", "features", "crs", "bbox", "name", "xy_coordinate_resolution"})


def _crs_of(data: Any) -> StatedCrs:
    crs = data.get("crs") if isinstance(data, dict) else None
    if crs is None:
        return StatedCrs("longitude and latitude, as GeoJSON has it", "EPSG:4326")
    said = crs.get("properties") if isinstance(crs, dict) else None
    value = said.get("name", said.get("code", "")) if isinstance(said, dict) else ""
    text = f"EPSG:{value}" if isinstance(value, int) else str(value)
    return StatedCrs(short(text or crs), text)  # a link is not followed: the user is asked


def _rows(features: list[Any], tally: Tally, limits: Limits) -> Iterator[Row | Finding]:
    for number, feature in enumerate(features, start=1):
        where = f"feature {number}"
        given = feature.get("id") if isinstance(feature, dict) else None
        if isinstance(given, (str, int)) and not isinstance(given, bool):
            where += f" ('{short(given, 40)}')"
        yield attempted(where, _row, feature, tally, limits)


def _row(where: str, feature: Any, tally: Tally, limits: Limits) -> Row:
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        raise GeometryError("entry-is-not-a-geojson-feature")
    properties = feature.get("properties") or {}
    if not isinstance(properties, dict):
        raise GeometryError("properties-are-not-an-object")
    if feature.get("geometry") is None and isinstance(feature.get("place"), dict):
        # Its order of axes is that of its system, which only a reader of JSON-FG would know.
        raise GeometryError("position-is-in-place-of-json-fg")
    shaped = shape_of_json(feature.get("geometry"), tally)
    return row_of(where, shaped, properties, limits, given_id=feature.get("id"))


def shape_of_json(value: Any, tally: Tally) -> Shaped:
    """Return the shape of a GeoJSON geometry.

    Parameters
    ----------
    value
        As parsed.
    tally
        Counts its points and what is dropped.

    Raises
    ------
    GeometryError
        With problem and remedy only.
    """
    if value is None:
        return Shaped(None)
    kind = value.get("type") if isinstance(value, dict) else None
    if kind == "GeometryCollection" and isinstance(value.get("geometries"), list):
        found = [shape_of_json(part, tally) for part in value["geometries"]]
        parts = [one.shape for one in found if one.shape is not None]
        lost = tuple(fault for one in found for fault in one.lost)
        return Shaped(shapely.geometrycollections(parts), any(o.opened for o in found), lost)
    if kind == "GeometryCollection":
        raise GeometryError("collection-has-no-list-of-geometries")
    if not isinstance(kind, str) or kind not in DEPTHS:
        raise GeometryError(
            "unknown-geometry-type-in-geojson", kind=short(kind), known=", ".join(DEPTHS)
        )
    coordinates = value.get("coordinates")
    if coordinates == []:
        return Shaped(None)
    return _made(kind, _positions(coordinates, DEPTHS[kind], kind, tally))


def _positions(value: Any, depth: int, kind: str, tally: Tally) -> Any:
    """Return nested lists of x, y pairs."""
    if not isinstance(value, list):
        raise GeometryError("not-nested-as-kind-needs-in-file", kind=kind)
    if depth == 0:
        tally.take(1)
        tally.heights += len(value) > 2
        return _position(value)
    return [_positions(part, depth - 1, kind, tally) for part in value]


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


def _made(kind: str, coordinates: Any) -> Shaped:
    plain, several = kind.removeprefix("Multi"), kind.startswith("Multi")
    make: Callable[[Any], tuple[BaseGeometry | None, bool, tuple[Fault, ...]]] = {
        "Point": _point,
        "LineString": _line,
        "Polygon": _area,
    }[plain]
    if not several:
        return Shaped(*make(coordinates))
    parts: list[BaseGeometry] = []
    broken: list[Finding] = []
    lost: list[Fault] = []
    opened = False
    for part in coordinates:
        try:
            shape, was_open, gone = make(part)
        except GeometryError as error:
            broken.append(error.finding)
            continue
        parts += [] if shape is None else [shape]
        opened, lost = opened or was_open, [*lost, *gone]
    if broken and not parts:
        raise GeometryError.of(broken)
    lost += [one.within("part-cannot-be-read") for one in broken]
    return Shaped(as_kind(kind, parts) if parts else None, opened, tuple(lost))


def _point(position: Any) -> tuple[BaseGeometry | None, bool, tuple[Fault, ...]]:
    return shapely.points(*position), False, ()


def _line(positions: Any) -> tuple[BaseGeometry | None, bool, tuple[Fault, ...]]:
    if not positions:
        return None, False, ()
    if len(positions) < 2:
        raise GeometryError("line-has-fewer-than-two-positions")
    return shapely.linestrings(positions), False, ()


def _area(rings: Any) -> tuple[BaseGeometry | None, bool, tuple[Fault, ...]]:
    if not rings or not rings[0]:
        return None, False, ()
    opened, closed = False, []
    lost: list[Fault] = []
    for number, ring in enumerate(rings):
        is_open = bool(ring) and ring[0] != ring[-1]
        whole = [*ring, ring[0]] if is_open else ring
        if len(whole) >= 4:
            opened = opened or is_open
            closed.append(whole)
        elif number == 0:
            raise GeometryError("ring-has-fewer-than-three-positions")
        elif ring:
            fault = GeometryError("ring-has-fewer-than-three-positions").finding
            lost.append(fault.within("hole-cannot-be-read"))
    # Not `shapely.polygons`, which wants holes of equal length.
    return Polygon(closed[0], closed[1:]), opened, tuple(lost)
