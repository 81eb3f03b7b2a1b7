"""Read a GeoPackage with SQLite itself, read-only and with nothing of it trusted.

A GeoPackage is a database, and a crafted one has views and virtual tables that run code
or open files when GDAL lists them. Only plain tables are read here; GDAL is not asked.
"""

from __future__ import annotations

import contextlib
import sqlite3
import struct
import time
from contextlib import closing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from corridormap.geo.errors import GeometryError, ReadError
from corridormap.geo.formats.leaving import attempted, gathered, row_of
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
from corridormap.geo.formats.wkb import shape_of_wkb
from corridormap.geo.json_file import parse_json
from corridormap.geo.sandbox.confined import room

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

    from corridormap.geo.errors import Finding
    from corridormap.geo.formats.blob import Blob
    from corridormap.geo.formats.limits import Limits
    from corridormap.geo.formats.table import Row

__all__ = ["read_geopackage"]

_LAYERS = """
    SELECT c.table_name, g.column_name, g.srs_id
    FROM gpkg_contents AS c JOIN gpkg_geometry_columns AS g ON c.table_name = g.table_name
    JOIN sqlite_master AS m ON m.name = c.table_name
    WHERE c.data_type = 'features' AND m.type = 'table'
      AND m.sql LIKE 'CREATE TABLE%'
    ORDER BY c.rowid"""
_CRS = """
    SELECT organization, organization_coordsys_id, definition, srs_name
    FROM gpkg_spatial_ref_sys WHERE srs_id = ?"""
_JSON = """
    SELECT column_name FROM gpkg_data_columns
    WHERE table_name = ? AND mime_type = 'application/json'"""
_KEYS = frozenset({"fid", "ogc_fid", "map_fid"})
_ENVELOPES = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}
_EMPTY = 0x10
_LOGGED = (
    "Changes that are not in this file yet may lie in the one beside it whose name ends in '-wal', "
    "which is not read: close the GeoPackage in the program that has it open, then give it again."
)
_STEPS = 10_000
_MAX_SECONDS = 10.0


def read_geopackage(blob: Blob, *, layer: str | None, limits: Limits) -> Table:
    """Return the features of one layer of a GeoPackage.

    Raises
    ------
    ReadError
        With every fault of the file in its `faults`.
    """
    # A database left in write-ahead mode (QGIS does) is opened without its log.
    data = blob.data[:18] + b"\x01\x01" + blob.data[20:]
    logged = blob.log_beside or (blob.log_beside is None and blob.data[18:20] == b"\x02\x02")
    with room() as folder:
        path = folder / "data.gpkg"
        path.write_bytes(data)
        try:
            with closing(_opened(path)) as database:
                table = _table(database, blob.name, layer, limits)
                return replace(table, said=(_LOGGED,)) if logged else table
        except sqlite3.Error as error:
            raise ReadError(
                "geopackage-is-broken",
                file=blob.name,
                error=short(error, 80).replace(str(folder), ""),
            ) from error


def _opened(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)
    database.execute("PRAGMA trusted_schema = OFF")
    database.execute("PRAGMA cell_size_check = ON")
    database.execute("PRAGMA mmap_size = 0")
    database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 25_000_000)
    database.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    until = time.monotonic() + _MAX_SECONDS
    database.set_progress_handler(lambda: time.monotonic() > until, _STEPS)
    database.set_authorizer(_authorized)
    return database


def _authorized(action: int, first: str | None, second: str | None, *_rest: str | None) -> int:
    if action == sqlite3.SQLITE_FUNCTION:
        plain = second in {"count", "like"}
    elif action == sqlite3.SQLITE_PRAGMA:
        plain = first == "table_info"
    else:
        plain = action in {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ}
    return sqlite3.SQLITE_OK if plain else sqlite3.SQLITE_DENY


def _table(database: sqlite3.Connection, file: str, layer: str | None, limits: Limits) -> Table:
    database.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
    entries = {str(row[0]): row for row in database.execute(_LAYERS).fetchmany(limits.layers + 1)}
    if len(entries) > limits.layers:
        raise too_many("layers", len(entries), limits.layers, file=file)
    notes = [LayerNote(name, _count(database, name)) for name in entries]
    name = chosen(notes, layer, file=file)
    found = next(note.features for note in notes if note.name == name)
    if found > limits.features:
        raise too_many("features", found, limits.features, file=file)
    info = database.execute(f"PRAGMA table_info({_quoted(name)})").fetchall()
    if len(info) > limits.columns:
        raise too_many("columns", len(info), limits.columns, file=file)
    columns = _Columns(
        geometry=str(entries[name][1]),
        key=next((str(row[1]) for row in info if row[5] and str(row[1]) in _KEYS), ""),
        booleans=frozenset(str(row[1]) for row in info if str(row[2]).upper() == "BOOLEAN"),
        json=_json_columns(database, name),
    )
    tally = Tally(limits.vertices)
    rows, left_out = gathered(file, _rows(database, name, columns, tally, limits), tally)
    crs = _crs(database, entries[name][2])
    return Table("GeoPackage", name, tuple(notes), rows, crs, left_out=left_out)


@dataclass(frozen=True)
class _Columns:
    """What some columns of a table hold."""

    geometry: str
    key: str
    """The number of a row, which is none of its properties."""
    booleans: frozenset[str]
    json: frozenset[str]


def _json_columns(database: sqlite3.Connection, name: str) -> frozenset[str]:
    """Return the columns that the GeoPackage's own table of columns says hold JSON."""
    known = "SELECT sql FROM sqlite_master WHERE name = 'gpkg_data_columns' AND type = 'table'"
    if not str((database.execute(known).fetchone() or ("",))[0]).startswith("CREATE TABLE"):
        return frozenset()
    return frozenset(str(row[0]) for row in database.execute(_JSON, (name,)))


def _count(database: sqlite3.Connection, name: str) -> int:
    return int(database.execute(f"SELECT count(*) FROM {_quoted(name)}").fetchone()[0])  # noqa: S608


def _quoted(name: str) -> str:
    """Return a name of the file's own as SQL's quoted identifier."""
    return '"' + name.replace('"', '""') + '"'


def _crs(database: sqlite3.Connection, srs: object) -> StatedCrs:
    row = database.execute(_CRS, (srs,)).fetchone() if isinstance(srs, int) and srs > 0 else None
    if row is None:
        return StatedCrs()
    authority, code, definition, name = row
    if str(authority).upper() in {"EPSG", "ESRI"} and isinstance(code, int) and code > 0:
        return StatedCrs(f"{str(authority).upper()}:{code}", f"{authority}:{code}")
    return StatedCrs(short(name), str(definition or ""))


def _rows(
    database: sqlite3.Connection, name: str, columns: _Columns, tally: Tally, limits: Limits
) -> Iterator[Row | Finding]:
    cursor = database.execute(f"SELECT * FROM {_quoted(name)}")  # noqa: S608 see _quoted
    names = [str(entry[0]) for entry in cursor.description]
    for number, values in enumerate(cursor, start=1):
        said: dict[str, Any] = dict(zip(names, values, strict=True))
        raw = said.pop(columns.geometry, None)
        said.pop(columns.key, None)
        yield attempted(f"feature {number}", _row, raw, said, columns, tally, limits)


def _row(
    where: str, raw: object, said: dict[str, Any], columns: _Columns, tally: Tally, limits: Limits
) -> Row:
    shape, opened = _shape(raw, tally)
    kept = {name: _value(name, v, columns) for name, v in said.items() if v is not None}
    return row_of(where, Shaped(shape, opened), kept, limits)


def _value(name: str, value: Any, columns: _Columns) -> Any:
    if name in columns.booleans and value in {0, 1}:
        return bool(value)
    if name in columns.json and isinstance(value, str):
        with contextlib.suppress(ReadError):  # then it is a text
            return parse_json(value.encode("utf-8", "replace"), file="")
    return value


def _shape(raw: object, tally: Tally) -> tuple[BaseGeometry | None, bool]:
    if raw is None:
        return None, False
    if not isinstance(raw, bytes) or raw[:2] != b"GP" or len(raw) < 8:
        raise GeometryError("geometry-is-broken")
    flags = raw[3]
    size = _ENVELOPES.get(flags >> 1 & 7)
    if size is None:
        raise GeometryError("geometry-is-broken")
    if flags & _EMPTY:
        return None, False
    try:
        return shape_of_wkb(raw[8 + size :], tally)
    except struct.error as error:
        raise GeometryError("geometry-is-broken") from error
