"""Write a corridor's features as a GeoPackage: a table per layer with its style, in EPSG:4326.

What has no type in SQLite is JSON, and said to be by the GeoPackage's own table of columns.
The same features give the same bytes on one machine: the time of writing is fixed.
"""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corridormap.layers.exports.columns import as_typed, columns_of, own_names
from corridormap.layers.exports.qgis_style import qgis_style

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import geopandas as gpd

    from corridormap.layers.exports.columns import ColumnType
    from corridormap.layers.exports.flat import FlatFeature

__all__ = ["to_geopackage"]

_TIME = "OGR_CURRENT_DATE"
_DTYPES = {"boolean": "boolean", "integer": "Int64", "number": "Float64"}
_STYLES = """
    CREATE TABLE layer_styles (
        id INTEGER PRIMARY KEY AUTOINCREMENT, f_table_catalog TEXT(256), f_table_schema TEXT(256),
        f_table_name TEXT(256), f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT,
        styleSLD TEXT, useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30),
        update_time DATETIME)"""
"""As QGIS makes it, which looks for it by this name and applies the default by itself."""
_COLUMNS = """
    CREATE TABLE IF NOT EXISTS gpkg_data_columns (
        table_name TEXT NOT NULL, column_name TEXT NOT NULL, name TEXT, title TEXT,
        description TEXT, mime_type TEXT, constraint_name TEXT,
        CONSTRAINT pk_gdc PRIMARY KEY (table_name, column_name),
        CONSTRAINT gdc_tn UNIQUE (table_name, name))"""
_CONSTRAINTS = """
    CREATE TABLE IF NOT EXISTS gpkg_data_column_constraints (
        constraint_name TEXT NOT NULL, constraint_type TEXT NOT NULL, value TEXT, min NUMERIC,
        min_is_inclusive BOOLEAN, max NUMERIC, max_is_inclusive BOOLEAN, description TEXT,
        CONSTRAINT gdcc_ntv UNIQUE (constraint_name, constraint_type, value))"""
_EXTENSION = """
    INSERT INTO gpkg_extensions VALUES (
        ?, NULL, 'gpkg_schema', 'http://www.geopackage.org/spec121/#extension_schema',
        'read-write')"""


def to_geopackage(features: Iterable[FlatFeature], *, written: str) -> bytes:
    """Return a GeoPackage with a table for each layer, named by its id.

    Parameters
    ----------
    features
        In order; those of one layer stand together.
    written
        ISO date that the file gives as its own.
    """
    import pyogrio

    time = f"{written}T00:00:00.000Z"
    with tempfile.TemporaryDirectory(prefix="corridormap-") as folder:
        path = Path(folder) / "layers.gpkg"
        before = pyogrio.get_gdal_config_option(_TIME)
        pyogrio.set_gdal_config_options({_TIME: time})
        styles = []
        try:
            for layer, mine in groupby(features, key=lambda feature: feature.layer):
                listed = list(mine)
                rows = [feature.row for feature in listed]
                frame, columns = _frame(listed, rows)
                mapping = own_names(["fid", "geom"], columns)
                # Points beside points of several stay what they are.
                pyogrio.write_dataframe(
                    frame,
                    path,
                    layer=layer,
                    driver="GPKG",
                    promote_to_multi=False,
                    layer_options={"FID": mapping["fid"], "GEOMETRY_NAME": mapping["geom"]},
                )
                json_columns = [name for name, kind in columns.items() if kind == "json"]
                styles.append((layer, mapping["geom"], qgis_style(listed), json_columns))
        finally:
            pyogrio.set_gdal_config_options({_TIME: before})
        with closing(sqlite3.connect(path)) as database:
            _describe(database, styles, time)
        return path.read_bytes()


def _frame(
    features: Sequence[FlatFeature], rows: Sequence[Mapping[str, Any]]
) -> tuple[gpd.GeoDataFrame, Mapping[str, ColumnType]]:
    """Return the table of one layer, and its columns as they are called there."""
    import geopandas as gpd
    import pandas as pd

    columns = columns_of(rows)
    # SQLite does not tell large letters from small ones.
    called: dict[str, str] = {}
    for name in columns:
        called[name] = own_names([name or "column"], called.values())[name or "column"]
    table = pd.DataFrame(
        {
            called[name]: pd.Series(
                [as_typed(row.get(name), kind) for row in rows], dtype=_DTYPES.get(kind, object)
            )
            for name, kind in columns.items()
        }
    )
    shape = own_names(["shape"], table.columns)["shape"]
    table[shape] = gpd.GeoSeries([feature.geometry for feature in features], crs=4326)
    frame = gpd.GeoDataFrame(table, geometry=shape)
    return frame, {called[name]: kind for name, kind in columns.items()}


def _describe(
    database: sqlite3.Connection,
    layers: Iterable[tuple[str, str, str, Sequence[str]]],
    time: str,
) -> None:
    """Add what GDAL does not write: each layer's style, and which columns hold JSON."""
    with database:
        database.execute(_STYLES)
        database.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, last_change)"
            " VALUES ('layer_styles', 'attributes', 'layer_styles', ?)",
            (time,),
        )
        database.execute(_COLUMNS)
        database.execute(_CONSTRAINTS)
        for table in ("gpkg_data_columns", "gpkg_data_column_constraints"):
            database.execute(_EXTENSION, (table,))
        for layer, geometry, style, json_columns in layers:
            database.execute(
                "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name,"
                " f_geometry_column, styleName, styleQML, styleSLD, useAsDefault, description,"
                " owner, update_time) VALUES ('', '', ?, ?, ?, ?, '', 1, '', '', ?)",
                (layer, geometry, layer[:30], style, time),
            )
            database.executemany(
                "INSERT INTO gpkg_data_columns (table_name, column_name, mime_type)"
                " VALUES (?, ?, 'application/json')",
                [(layer, name) for name in json_columns],
            )
