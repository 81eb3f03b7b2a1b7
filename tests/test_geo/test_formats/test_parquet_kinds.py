"""Parquet's ways to hold shapes: those of GeoArrow and its own are read as WKB is."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pytest
import shapely
from pyarrow import parquet

from corridormap.geo.errors import ReadError
from corridormap.geo.formats import Incoming, read_upload

if TYPE_CHECKING:
    from collections.abc import Iterator

ENCODINGS = {
    "point": (0, "POINT (48 38)"),
    "linestring": (1, "LINESTRING (48 38, 49 38.5)"),
    "multipoint": (1, "MULTIPOINT (48 38, 49 38.5)"),
    "polygon": (2, "POLYGON ((8 8, 9 8, 9 9, 8 8), (8.7 8.3, 8.9 8.3, 8.9 8.4, 8.7 8.3))"),
    "multilinestring": (2, "MULTILINESTRING ((48 38, 49 38.5), (48 39, 49 39))"),
    "multipolygon": (3, "MULTIPOLYGON (((48 38, 49 38, 49 39, 48 38)))"),
}  # fmt: skip


class Wkb(pa.ExtensionType):  # type: ignore[misc]
    """What tells Arrow that a column is Parquet's own GEOMETRY."""

    def __init__(self) -> None:
        super().__init__(pa.binary(), "geoarrow.wkb")

    def __arrow_ext_serialize__(self) -> bytes:
        return b"{}"

    @classmethod
    def __arrow_ext_deserialize__(cls, _storage: Any, _serialized: bytes) -> Wkb:
        return cls()


@pytest.fixture
def own_type() -> Iterator[Wkb]:
    """Register the type for one test."""
    pa.register_extension_type(Wkb())
    yield Wkb()
    pa.unregister_extension_type("geoarrow.wkb")


def coordinates(shape: Any, *, high: bool) -> Any:
    def one(value: Any) -> Any:
        if isinstance(value[0], (int, float)):
            place = {"x": float(value[0]), "y": float(value[1])}
            return {**place, "z": 7.0} if high else place
        return [one(part) for part in value]

    return one(json.loads(shapely.to_geojson(shape))["coordinates"])


def read(table: Any) -> Incoming:
    out = io.BytesIO()
    parquet.write_table(table, out)
    return read_upload("x.parquet", out.getvalue())


def native(encoding: str, depth: int, value: Any, *, high: bool = False) -> Any:
    fields = [(name, pa.float64()) for name in ("x", "y", *("z" * high))]
    kind = pa.struct(fields)
    for _ in range(depth):
        kind = pa.list_(kind)
    about = {"encoding": encoding, "geometry_types": []}
    said = {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": about}}
    table = pa.table({"name": ["a"], "geometry": pa.array([value], kind)})
    return table.replace_schema_metadata({"geo": json.dumps(said)})


@pytest.mark.parametrize("high", [False, True])
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_the_encodings_of_geoarrow_are_read(encoding: str, *, high: bool) -> None:
    depth, text = ENCODINGS[encoding]
    shape = shapely.from_wkt(text)
    got = read(native(encoding, depth, coordinates(shape, high=high), high=high))
    assert got.features[0].geometry.geom_type == shape.geom_type
    assert got.features[0].geometry.equals(shape)
    assert any("heights" in finding.problem for finding in got.left_out) == high


def test_a_column_of_parquets_own_geometry_is_read(own_type: Wkb) -> None:
    shapes = pa.array([shapely.to_wkb(shapely.Point(48, 38))], pa.binary())
    column = pa.ExtensionArray.from_storage(own_type, shapes)
    got = read(pa.table({"name": ["a"], "where": column}))
    assert got.features[0].geometry.coords[0] == (48, 38)
    assert got.features[0].properties == {"name": "a"}


def test_a_table_without_shapes_or_in_an_unknown_encoding_is_refused_for_it() -> None:
    with pytest.raises(ReadError, match="without positions"):
        read(pa.table({"name": ["a"]}))
    with pytest.raises(ReadError, match="a way that is not read"):
        read(native("spiral", 0, {"x": 1.0, "y": 2.0}))
