"""Read CSV whose columns hold coordinates; every other value stays the text it is.

A formula is text here and never worked out. The separator is the one under which the
header names coordinates; nothing else is guessed.
"""

from __future__ import annotations

import csv
import io
import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import shapely

from corridormap.geo.errors import Finding, GeometryError, ReadError
from corridormap.geo.formats.leaving import attempted, gathered, row_of
from corridormap.geo.formats.table import (
    LayerNote,
    Row,
    Shaped,
    StatedCrs,
    Table,
    chosen,
    short,
    too_many,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shapely.geometry.base import BaseGeometry

    from corridormap.geo.formats.blob import Blob
    from corridormap.geo.formats.limits import Limits

__all__ = ["read_csv"]

_LON = ("lon", "lng", "long", "longitude", "lon_dd", "x_lon", "lon_wgs84", "долгота")
_LAT = ("lat", "latitude", "lat_dd", "y_lat", "lat_wgs84", "широта")
_X = ("x", "easting", "east", "x_coord", "xcoord", "coord_x", "point_x")
_Y = ("y", "northing", "north", "y_coord", "ycoord", "coord_y", "point_y")
_WKT = ("wkt", "geometry", "geom", "the_geom", "wkt_geom")
_SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d*)?(?:[eE][+-]?\d{1,3})?|[+-]?\.\d+")
_COMMA_NUMBER = re.compile(r"[+-]?\d+,\d+")
_MAX_WKT_BRACKETS = 8
_GEOMETRY_COLLECTION = 7
"""Last of shapely's types that are made of straight pieces."""
_HEAD = 100_000


@dataclass(frozen=True)
class _Header:
    separator: str
    columns: list[str]
    x: int
    y: int
    """The same as x when that column holds WKT."""
    degrees: bool


def read_csv(blob: Blob, *, layer: str | None, limits: Limits) -> Table:
    """Return the rows of a CSV file.

    Raises
    ------
    ReadError
        With every fault of the file in its `faults`.
    """
    text = _text(blob)
    header = _header(text, blob.name, limits)
    found = text.count("\n")
    if found > limits.features * 4:
        raise too_many("lines", found, limits.features * 4, file=blob.name)
    rows, left_out = gathered(blob.name, _rows(text, header, limits, file=blob.name))
    notes = (LayerNote(blob.name, len(rows)),)
    chosen(notes, layer, file=blob.name)
    said = [
        f"The CSV is separated by {_SEPARATORS[header.separator]}; all values are kept as text."
    ]
    names = f"'{short(header.columns[header.x])}' and '{short(header.columns[header.y])}'"
    if header.degrees:
        crs = StatedCrs(f"longitude and latitude, as the columns {names} say", "EPSG:4326")
    else:
        crs = StatedCrs()
        where = names if header.x != header.y else f"'{short(header.columns[header.x])}'"
        said.append(f"The positions are in the column{'s' if where == names else ''} {where}.")
    return Table("CSV", blob.name, notes, rows, crs, tuple(said), left_out)


def _text(blob: Blob) -> str:
    try:
        text = blob.data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = blob.data.count(b"\n", 0, error.start) + 1
        raise ReadError("csv-is-not-utf-8", file=blob.name, line=line) from error
    if "\0" in text:
        raise ReadError(
            "zero-byte-in-text", file=blob.name, line=text.count(chr(10), 0, text.index(chr(0))) + 1
        )
    return text


def _header(text: str, file: str, limits: Limits) -> _Header:
    first = text[:_HEAD]
    fits: list[_Header] = []
    for separator in _SEPARATORS:
        try:
            columns = next(csv.reader(io.StringIO(first), delimiter=separator), [])
        except csv.Error:
            continue
        if len(columns) > limits.columns:
            raise too_many("columns", len(columns), limits.columns, file=file)
        fits += _placed(separator, [column.strip() for column in columns])
    if not fits:
        line = short(first.partition("\n")[0], 80)
        raise ReadError("no-columns-of-coordinates", file=file, line=line)
    best = max(fits, key=lambda header: len(header.columns))
    twice = [name for name in best.columns if best.columns.count(name) > 1]
    if twice:
        raise ReadError("two-columns-of-one-name", file=file, name=short(twice[0]))
    return best


def _placed(separator: str, columns: list[str]) -> list[_Header]:
    lower = [column.lower() for column in columns]

    def at(names: tuple[str, ...]) -> int | None:
        return next((lower.index(name) for name in names if name in lower), None)

    for xs, ys, degrees in ((_LON, _LAT, True), (_WKT, _WKT, False), (_X, _Y, False)):
        x, y = at(xs), at(ys)
        if x is not None and y is not None:
            return [_Header(separator, columns, x, y, degrees)]
    return []


def _rows(text: str, header: _Header, limits: Limits, *, file: str) -> Iterator[Row | Finding]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=header.separator, strict=True)
    number, budget = 0, [limits.vertices]
    try:
        next(reader)
        for values in reader:
            if not any(value.strip() for value in values):
                continue
            number += 1
            if number > limits.features:
                raise too_many("rows", number, limits.features, file=file)
            where = f"feature {number} (line {reader.line_num})"
            yield attempted(where, _row, values, header, budget, limits)
    except csv.Error as error:
        yield Finding("csv-is-broken", "", f"line {reader.line_num}", error=error)


def _row(where: str, values: list[str], header: _Header, budget: list[int], limits: Limits) -> Row:
    if len(values) != len(header.columns):
        raise GeometryError(
            "values-do-not-fit-columns", values=len(values), columns=len(header.columns)
        )
    shape = _shape(values, header, budget[0])
    budget[0] -= 0 if shape is None else int(shapely.get_num_coordinates(shape))
    said: dict[str, Any] = {
        name or f"column {n + 1}": value
        for n, (name, value) in enumerate(zip(header.columns, values, strict=True))
        if n not in {header.x, header.y} and value != ""
    }
    return row_of(where, Shaped(shape), said, limits)


def _shape(values: list[str], header: _Header, left: int) -> BaseGeometry | None:
    if header.x == header.y:
        return _shape_of_wkt(values[header.x], left)
    x, y = values[header.x].strip(), values[header.y].strip()
    if not x and not y:
        return None
    return shapely.points(_number(x, header), _number(y, header))


def _number(text: str, header: _Header) -> float:
    if header.separator != "," and _COMMA_NUMBER.fullmatch(text):
        text = text.replace(",", ".")  # with another separator it can only be a decimal comma
    number = float(text) if _NUMBER.fullmatch(text) else math.nan
    if not math.isfinite(number):
        raise GeometryError("coordinate-is-not-a-decimal-number", text=short(text, 40))
    return number


def _shape_of_wkt(text: str, left: int) -> BaseGeometry | None:
    if not text.strip():
        return None
    depth = deepest = 0
    for char in text:
        depth += (char == "(") - (char == ")")
        deepest = max(deepest, depth)
    if deepest > _MAX_WKT_BRACKETS:
        raise GeometryError("geometry-is-nested-too-deeply")
    if text.count(",") > left:
        raise ReadError("more-points-than-can-be-read")
    try:
        shape = shapely.from_wkt(text)
    except NotImplementedError as error:
        raise GeometryError("geometry-is-a-curve", kind=_kind_in(text)) from error
    except (shapely.errors.GEOSException, ValueError) as error:
        raise GeometryError("wkt-is-broken", text=short(text, 40)) from error
    if int(shapely.get_type_id(shape)) > _GEOMETRY_COLLECTION:
        raise GeometryError("geometry-is-a-curve", kind=_kind_in(text))
    return None if shape.is_empty else shapely.force_2d(shape)


def _kind_in(wkt: str) -> str:
    return short(wkt.partition("(")[0].strip(), 30)
