"""Read files of other programs with GDAL and Arrow, in the sandbox only; asked by box.py.

Only two of GDAL's drivers exist there (geo/sandbox/gdal.py). It uses nothing of this project,
so that a sandbox with it starts fast.
"""

from __future__ import annotations

import base64
import json
import math
import struct
import sys
from pathlib import Path
from typing import Any

__all__ = ["answer", "load", "prepare", "read_answer"]

_WANTED = {"ESRI Shapefile", "FlatGeobuf"}


class _RefusedError(Exception):
    """Reading stops; the first argument says why in one word."""


def prepare(form: str) -> None:
    """Load what reads a format, and no more, into a process that does nothing else."""
    if form != "GeoParquet":
        # The readers of tables and shapes are not needed here and take time to load.
        blocked: dict[str, Any] = dict.fromkeys(("geopandas", "pandas", "pyarrow", "shapely"))
        sys.modules.update(blocked)
    load(form)


def load(form: str) -> None:
    """Load what reads a format."""
    if form == "GeoParquet":
        import pyarrow.parquet  # noqa: F401  loaded here, used by _by_arrow
    elif form == "XLSX":
        # Only asked for in a sandbox that has this project anyway: that of uploads.
        from corridormap.geo.formats import box_workbook

        box_workbook.prepare(form)
    else:
        import pyogrio.raw  # noqa: F401  loaded here, used by _by_gdal


def _by_gdal(request: dict[str, Any]) -> dict[str, Any]:
    from pyogrio import list_drivers, read_info
    from pyogrio.raw import read

    stray = set(list_drivers()) - _WANTED
    if stray:
        raise _RefusedError(f"a reader that was not expected is there: {min(stray)}")
    ending = ".shp" if request["form"] == "Shapefile" else ".fgb"
    path = str(Path(request["folder"]) / f"data{ending}")
    # The bytes of a Shapefile's texts come as letters of Latin-1, to be read by who knows them.
    options = {"encoding": "ISO-8859-1" if ending == ".shp" else "utf-8"}
    info = read_info(path, force_feature_count=True, **options)
    _check("columns", len(info["fields"]), request)
    _check("features", int(info["features"]), request)
    # Room is made for as many as are asked for: of many columns and few features, too much.
    most = max(1, int(info["features"]))
    # No columns of dates as numbers of some epoch: GDAL writes them as text.
    meta, _, shapes, fields = read(path, max_features=most, **options)
    columns = [str(name) for name in meta["fields"]]
    rows = [
        [_packed(shape), [_value(field[number]) for field in fields]]
        for number, shape in enumerate(shapes if shapes is not None else [])
    ]
    return {"columns": columns, "rows": rows, "crs": meta["crs"]}


def _by_arrow(request: dict[str, Any]) -> dict[str, Any]:
    from pyarrow import BufferReader, parquet

    # Of bytes it reads in this thread; for a file it would start another, which is refused.
    data = (Path(request["folder"]) / "data.parquet").read_bytes()
    with parquet.ParquetFile(BufferReader(data)) as file:
        facts = file.metadata
        _check("features", facts.num_rows, request)
        _check("columns", facts.num_columns, request)
        size = sum(facts.row_group(n).total_byte_size for n in range(facts.num_row_groups))
        if size > request["answer"]:
            raise _RefusedError("memory")
        # A stranger's, but here the sandbox is the bound, and it loads nothing of this project.
        said = json.loads((facts.metadata or {}).get(b"geo", b"{}"))  # noqa: TID251
        main = said.get("primary_column")
        about = said.get("columns", {}).get(main)
        if not said:
            main, about = _logical(file.schema)
        if not isinstance(about, dict) or main not in file.schema_arrow.names:
            raise _RefusedError("not geo")
        encoding = str(about.get("encoding", "")).lower()
        if encoding != "wkb" and encoding not in _NATIVE:
            raise _RefusedError("encoding")
        kinds = file.schema_arrow
        columns = [name for name in kinds.names if name != main and not _is_box(kinds.field(name))]
        table = file.read([main, *columns], use_threads=False)
    shapes = table.column(main).to_pylist()
    if encoding in _NATIVE:
        shapes = [None if shape is None else _wkb(encoding, shape) for shape in shapes]
    values = [_listed(table.column(name)) for name in columns]
    rows = [
        [_packed(shape), [_value(column[number]) for column in values]]
        for number, shape in enumerate(shapes)
    ]
    stated = about.get("crs", "OGC:CRS84")
    crs = stated if isinstance(stated, str) else json.dumps(stated) if stated else None
    return {"columns": columns, "rows": rows, "crs": crs}


_NATIVE = {
    "point": (1, ""),
    "linestring": (2, ""),
    "polygon": (3, ""),
    "multipoint": (4, "point"),
    "multilinestring": (5, "linestring"),
    "multipolygon": (6, "polygon"),
}
"""GeoArrow's own encodings, each with its number in WKB and what it is made of."""


def _is_box(field: Any) -> bool:
    """Tell whether a column holds the extents of the shapes, which are made from those."""
    if field.name != "bbox":
        return False
    parts = {part.name.removeprefix("bbox.") for part in field.flatten()}
    return parts >= {"xmin", "ymin", "xmax", "ymax"}


def _logical(schema: Any) -> tuple[str, dict[str, Any]]:
    """Return the column that Parquet itself says holds shapes, and what it says of it."""
    for number, name in enumerate(schema.names):
        kind = json.loads(schema.column(number).logical_type.to_json())  # noqa: TID251
        if kind.get("Type") in {"Geometry", "Geography"}:
            crs = kind.get("crs") or "OGC:CRS84"
            return name, {"encoding": "WKB", "crs": crs}
    return "", {}


def _wkb(encoding: str, value: Any) -> bytes:
    """Return a shape of GeoArrow as WKB."""
    code, part = _NATIVE[encoding]
    head = struct.pack("<BI", 1, code + (1000 if _is_high(value) else 0))
    if encoding == "point":
        return head + _position(value)
    if part:
        return head + struct.pack("<I", len(value)) + b"".join(_wkb(part, one) for one in value)
    if encoding == "linestring":
        return head + _positions(value)
    return head + struct.pack("<I", len(value)) + b"".join(map(_positions, value))


def _positions(values: Any) -> bytes:
    return struct.pack("<I", len(values)) + b"".join(map(_position, values))


def _position(value: Any) -> bytes:
    numbers = [value["x"], value["y"]] + ([value["z"]] if "z" in value else [])
    return struct.pack(f"<{len(numbers)}d", *numbers)


def _is_high(value: Any) -> bool:
    """Tell whether the positions of a shape have heights, by its first."""
    while isinstance(value, list) and value:
        value = value[0]
    return isinstance(value, dict) and "z" in value


def _listed(column: Any) -> list[Any]:
    """Return the values of a column; those of Parquet's JSON as what they say."""
    values: list[Any] = column.to_pylist()
    if getattr(column.type, "extension_name", "") != "arrow.json":
        return values
    return [None if value is None else json.loads(value) for value in values]  # noqa: TID251


def _check(what: str, found: int, request: dict[str, Any]) -> None:
    if found > request[what]:
        raise _RefusedError(what, found)


def _packed(shape: Any) -> str:
    if shape is None:
        return ""
    if not isinstance(shape, bytes):
        raise _RefusedError("encoding")
    return base64.b64encode(shape).decode("ascii")


def _value(value: Any) -> Any:
    """Return a value as JSON has it: a missing one as null, a date as text."""
    if hasattr(value, "dtype"):
        if str(value.dtype).startswith("datetime64"):
            text = str(value)
            return None if text == "NaT" else text
        value = value.item()
    if isinstance(value, float) and math.isnan(value):
        return None
    if value is None or isinstance(value, (str, int, float)):
        return value
    if isinstance(value, dict):
        return {str(key): _value(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_value(part) for part in value]
    if isinstance(value, bytes):
        raise _RefusedError("a column holds bytes that are no text")
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def read_answer(request: dict[str, Any]) -> dict[str, Any]:
    """Return columns, rows and coordinate system of the files in a folder, or why not."""
    try:
        return _by_arrow(request) if request["form"] == "GeoParquet" else _by_gdal(request)
    except _RefusedError as error:
        why, *found = error.args
        return {"error": why, "found": found[0] if found else 0}
    except MemoryError:
        return {"error": "memory"}
    except Exception as error:  # noqa: BLE001  whatever a reader throws is the file's fault
        said = str(error).replace(request["folder"], "").strip("/ '")
        return {"error": "memory" if "emory" in type(error).__name__ else said or "fell"}


def answer(request: dict[str, Any], _data: bytes) -> bytes:
    """Return the same as JSON."""
    return json.dumps(read_answer(request)).encode()
