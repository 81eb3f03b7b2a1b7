"""Read any TopoJSON's objects as layers, each arc resolved, with the points counted first.

A few short arcs named over and over can stand for millions of points; the count stops it.
The outlines that the tool makes itself are read by geo/outline/topojson.py.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from corridormap.geo.errors import GeometryError, ReadError
from corridormap.geo.formats.geojson import shape_of_json
from corridormap.geo.formats.leaving import attempted, gathered, row_of
from corridormap.geo.formats.table import LayerNote, StatedCrs, Table, chosen, short, too_many
from corridormap.geo.formats.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corridormap.geo.errors import Finding
    from corridormap.geo.formats.limits import Limits
    from corridormap.geo.formats.table import Row

__all__ = ["read_topology_table"]

Pair = list[float]


def read_topology_table(
    data: dict[str, Any], *, file: str, layer: str | None, limits: Limits
) -> Table:
    """Return the features of one object of a TopoJSON file.

    Raises
    ------
    ReadError
        With every fault of the file in its `faults`.
    """
    objects = data.get("objects")
    if not isinstance(objects, dict) or not isinstance(data.get("arcs"), list):
        raise ReadError("topojson-lacks-objects-or-arcs", file=file)
    found = {name: _features_of(entry) for name, entry in objects.items()}
    notes = [LayerNote(name, len(entries)) for name, entries in found.items()]
    name = chosen(notes, layer, file=file)
    if len(found[name]) > limits.features:
        raise too_many("features", len(found[name]), limits.features, file=file)
    try:
        arcs = _Arcs.of(data)
    except (TypeError, ValueError, KeyError, IndexError, OverflowError) as error:
        raise ReadError("topojson-arc-is-broken", file=file) from error
    tally = Tally(limits.vertices)
    rows, left_out = gathered(file, _rows(found[name], arcs, tally, limits), tally)
    crs = StatedCrs("longitude and latitude, as TopoJSON has it", "EPSG:4326")
    return Table("TopoJSON", name, tuple(notes), rows, crs, left_out=left_out)


@dataclass(frozen=True)
class _Arcs:
    arcs: list[list[Pair]]
    scale: tuple[float, float] | None
    shift: tuple[float, float]

    @classmethod
    def of(cls, data: dict[str, Any]) -> _Arcs:
        transform = data.get("transform")
        scale, shift = None, (0.0, 0.0)
        if transform is not None:
            scale = (float(transform["scale"][0]), float(transform["scale"][1]))
            shift = (float(transform["translate"][0]), float(transform["translate"][1]))
        made = cls([], scale, shift)
        for arc in data["arcs"]:
            made.arcs.append(made.placed([[float(p[0]), float(p[1])] for p in arc]))
        return made

    def placed(self, points: list[Pair]) -> list[Pair]:
        """Return the points of an arc in degrees: quantised ones are steps from each other."""
        if self.scale is None:
            return points
        x = y = 0.0
        found = []
        for dx, dy in points:
            x, y = x + dx, y + dy
            found.append(self.at(x, y))
        return found

    def at(self, x: float, y: float) -> Pair:
        if self.scale is None:
            return [x, y]
        return [x * self.scale[0] + self.shift[0], y * self.scale[1] + self.shift[1]]

    def line(self, numbers: list[int], tally: Tally) -> list[Pair]:
        tally.take(sum(len(self.arcs[n if n >= 0 else ~n]) for n in numbers))
        points: list[Pair] = []
        for n in numbers:
            arc = self.arcs[n] if n >= 0 else self.arcs[~n][::-1]
            points += arc[1:] if points else arc
        return points


def _features_of(entry: Any) -> list[Any]:
    """Return the features of an object: the parts of a collection that is no feature itself."""
    if not isinstance(entry, dict) or not isinstance(entry.get("geometries"), list):
        return [entry]
    is_feature = "properties" in entry or "id" in entry
    return [entry] if is_feature else list(entry["geometries"])


def _rows(entries: list[Any], arcs: _Arcs, tally: Tally, limits: Limits) -> Iterator[Row | Finding]:
    resolved = Tally(limits.vertices)
    for number, entry in enumerate(entries, start=1):
        yield attempted(f"feature {number}", _row, entry, arcs, tally, resolved, limits)


def _row(where: str, entry: Any, arcs: _Arcs, tally: Tally, resolved: Tally, limits: Limits) -> Row:
    try:
        given = entry.get("id")
        value = _as_geojson(entry, arcs, resolved)
    except (TypeError, ValueError, KeyError, IndexError, AttributeError, OverflowError):
        raise GeometryError("geometry-names-missing-arc") from None
    shaped = shape_of_json(value, tally)
    said = entry.get("properties")
    properties = said if isinstance(said, dict) else {}
    return row_of(where, shaped, properties, limits, given_id=given)


def _as_geojson(entry: dict[str, Any], arcs: _Arcs, tally: Tally) -> dict[str, Any] | None:
    kind = entry.get("type")
    if kind is None:
        return None
    if kind == "GeometryCollection":
        parts = [_as_geojson(part, arcs, tally) for part in entry["geometries"]]
        return {"type": kind, "geometries": [part for part in parts if part is not None]}
    if kind in {"Point", "MultiPoint"}:
        points = [entry["coordinates"]] if kind == "Point" else entry["coordinates"]
        placed = [arcs.at(float(p[0]), float(p[1])) for p in points]
        return {"type": kind, "coordinates": placed[0] if kind == "Point" else placed}
    depths = {"LineString": 0, "MultiLineString": 1, "Polygon": 1, "MultiPolygon": 2}
    if not isinstance(kind, str) or kind not in depths:
        raise GeometryError("unknown-geometry-type-in-topojson", kind=short(kind))
    return {"type": kind, "coordinates": _resolved(entry["arcs"], depths[kind], arcs, tally)}


def _resolved(value: Any, depth: int, arcs: _Arcs, tally: Tally) -> Any:
    if depth == 0:
        points = arcs.line(value, tally)
        if not all(math.isfinite(x) and math.isfinite(y) for x, y in points):
            raise GeometryError("coordinate-is-not-finite-in-topojson")
        return points
    return [_resolved(part, depth - 1, arcs, tally) for part in value]
