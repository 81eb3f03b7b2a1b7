"""Write a layer's features as GeoParquet 1.1: shapes as WKB in degrees, each column with its type.

What has no type in a table is Parquet's own JSON.
"""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import shapely

from corridormap.layers.exports.columns import as_typed, columns_of, own_names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corridormap.layers.exports.flat import FlatFeature

__all__ = ["to_geoparquet"]


def to_geoparquet(features: Sequence[FlatFeature]) -> bytes:
    """Return a GeoParquet file of the features of one layer."""
    import pyarrow as pa
    from pyarrow import parquet

    types: dict[str, Any] = {
        "boolean": pa.bool_(),
        "integer": pa.int64(),
        "number": pa.float64(),
        "text": pa.string(),
        "json": pa.json_(),
    }
    rows = [feature.row for feature in features]
    columns = columns_of(rows)
    made = {}
    for name, kind in columns.items():
        values = [as_typed(row.get(name), kind) for row in rows]
        plain = pa.array(values, types["text"] if kind == "json" else types[kind])
        made[name] = pa.ExtensionArray.from_storage(types[kind], plain) if kind == "json" else plain
    shapes = [feature.geometry for feature in features]
    geometry = own_names(["geometry"], columns)["geometry"]
    made[geometry] = pa.array(shapely.to_wkb(shapes), pa.binary())
    about = {
        "encoding": "WKB",
        "geometry_types": sorted({shape.geom_type for shape in shapes}),
        "bbox": [float(degree) for degree in shapely.total_bounds(shapes)],
    }
    # Without a "crs" it is longitude and latitude: OGC:CRS84.
    said = {"version": "1.1.0", "primary_column": geometry, "columns": {geometry: about}}
    table = pa.table(made).replace_schema_metadata({"geo": json.dumps(said)})
    out = io.BytesIO()
    parquet.write_table(table, out, compression="snappy")
    return out.getvalue()
