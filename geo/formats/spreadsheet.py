"""Read CSV whose columns hold positions; every other value stays the text it is.

A formula is text here and never worked out. The header is the first line that names columns
of positions, and the separator is the one under which it does; what stands above is said. The
tables of public transport (GTFS) are read as what they are: stops as points, shapes as lines.
"""

from __future__ import annotations

import contextlib
import csv
import io
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import shapely

from corridormap.geo.errors import Fault, Finding, ReadError
from corridormap.geo.formats.coordinate_text import degrees_or_number, shape_of_text
from corridormap.geo.formats.header import ColumnChoiceError, Places, places_of
from corridormap.geo.formats.leaving import attempted, gathered, row_of
from corridormap.geo.formats.table import (
    LayerNote,
    Row,
    Shaped,
    StatedCrs,
    Table,
    chosen,
    count,
    short,
    too_many,
)
from corridormap.geo.formats.tally import Tally
from corridormap.geo.letters import decoded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from corridormap.geo.formats.blob import Blob
    from corridormap.geo.formats.limits import Limits

__all__ = ["read_csv"]

_SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_SEPARATOR_LINE = re.compile(r'"?sep=([,;|\t])"?\r?\n', re.IGNORECASE)
_HEAD = 100_000
_MOST_ABOVE = 20
_TRACK = ("shape_id", "shape_pt_sequence")


@dataclass(frozen=True)
class _Header:
    separator: str
    columns: list[str]
    places: Places
    above: int
    """How many lines stand above it."""
    said: tuple[str, ...]


@dataclass
class _Read:
    """What is found while rows are read."""

    tally: Tally
    srids: set[int] = field(default_factory=set)


def read_csv(blob: Blob, *, layer: str | None, limits: Limits) -> Table:
    """Return the rows of a CSV file.

    Raises
    ------
    ReadError
        No row can be read; `EncodingChoiceError` when its encoding must be chosen.
    """
    letters = decoded(blob.data, file=blob.name, encoding=blob.choices.encoding)
    text = letters.text
    header = _header(text, blob, limits)
    found = text.count("\n")
    if found > limits.features * 4:
        raise too_many("lines", found, limits.features * 4, file=blob.name)
    read = _Read(Tally(limits.vertices))
    rows, left_out = gathered(blob.name, _rows(text, header, read, limits, blob.name), read.tally)
    said = [
        f"The CSV is separated by {_SEPARATORS[header.separator]}; all values are kept as text.",
        *header.said,
    ]
    if letters.replaced:
        said.append(f"Bytes that are no letter: {letters.replaced}; each stands as \ufffd.")
    if header.places.shape is not None and header.places.x is not None:
        richer = f"column '{short(header.columns[header.places.shape])}'"
        said.append(f"Where a row has both, its shape is taken from the {richer}.")
    if set(_TRACK) <= set(header.columns):
        rows, unordered = _tracks(rows, blob.name)
        left_out = (*left_out, *unordered)
        said.append("The points are joined to lines in the order of 'shape_pt_sequence'.")
    notes = (LayerNote(blob.name, len(rows)),)
    chosen(notes, layer, file=blob.name)
    crs = _crs(header, read, blob.name)
    if not crs.text:
        said.append(f"The positions are in the {_named(header)}.")
    return Table("CSV", blob.name, notes, rows, crs, tuple(said), left_out)


def _crs(header: _Header, read: _Read, file: str) -> StatedCrs:
    if len(read.srids) > 1:
        listed = ", ".join(str(srid) for srid in sorted(read.srids)[:5])
        raise ReadError("rows-are-in-several-systems", file=file, known=listed)
    if read.srids:
        (srid,) = read.srids
        return StatedCrs(f"SRID {srid}, as the rows say", f"EPSG:{srid}")
    if header.places.degrees:
        words = f"longitude and latitude, as the {_named(header)} say"
        return StatedCrs(words, "EPSG:4326")
    return StatedCrs()


def _named(header: _Header) -> str:
    places = header.places
    numbers = places.columns if places.shape is None else (places.shape,)
    if places.degrees:
        numbers = places.columns[:2]
    names = [f"'{short(header.columns[number])}'" for number in numbers]
    return f"column{'' if len(names) == 1 else 's'} {' and '.join(names)}"


def _header(text: str, blob: Blob, limits: Limits) -> _Header:
    stated = _SEPARATOR_LINE.match(text)
    separators = (stated[1],) if stated else tuple(_SEPARATORS)
    fits = [
        found
        for separator in separators
        if (found := _found(text[:_HEAD], separator, blob, limits, skip=1 if stated else 0))
    ]
    if not fits:
        line = short(text[stated.end() if stated else 0 :].partition("\n")[0], 80)
        if blob.choices.columns:
            raise ReadError(
                "chosen-columns-are-not-there",
                file=blob.name,
                names=", ".join(short(name, 40) for name in blob.choices.columns),
                line=line,
            )
        error = ColumnChoiceError("no-columns-of-coordinates", file=blob.name, line=line)
        error.columns = _offered(text[stated.end() if stated else 0 :][:_HEAD], separators)
        raise error
    return min(fits, key=lambda header: (header.above, -len(header.columns)))


def _offered(text: str, separators: Sequence[str]) -> tuple[str, ...]:
    """Return the names of the first line under the separator that makes most of it."""
    found: list[list[str]] = []
    for separator in separators:
        with contextlib.suppress(csv.Error):
            reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
            found.append(next(reader, []))
    names = max(found, key=len, default=[])
    return tuple(name.strip() for name in names if name.strip()) if len(names) > 1 else ()


def _found(text: str, separator: str, blob: Blob, limits: Limits, *, skip: int) -> _Header | None:
    """Return the header under one separator: the first line that names columns of positions."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for above, columns in enumerate(reader):
            if above > _MOST_ABOVE:
                return None
            if len(columns) > limits.columns:
                raise too_many("columns", len(columns), limits.columns, file=blob.name)
            places = places_of(columns, blob.choices.columns) if above >= skip else None
            if places:
                names, said = _names(columns)
                if above - skip:
                    said = (*said, f"Left out above the header: {count(above - skip, 'line')}.")
                return _Header(separator, names, places, above, said)
    except csv.Error:
        pass
    return None


def _names(columns: list[str]) -> tuple[list[str], tuple[str, ...]]:
    """Return names of columns, none empty and none twice, and what was done to them."""
    names: list[str] = []
    renamed = []
    for number, column in enumerate(columns, start=1):
        name = plain = column.strip() or f"column {number}"
        again = 2
        while name in names:
            name, again = f"{plain} ({again})", again + 1
        if name != plain:
            renamed.append(f"'{short(name, 40)}'")
        names.append(name)
    said = f"Of columns of one name the later are called {', '.join(renamed[:5])}."
    return names, (said,) if renamed else ()


def _rows(
    text: str, header: _Header, read: _Read, limits: Limits, file: str
) -> Iterator[Row | Finding]:
    stream = io.StringIO(text, newline="")
    reader = csv.reader(stream, delimiter=header.separator, strict=True)
    number = 0
    try:
        for _ in range(header.above + 1):
            next(reader)
        for values in reader:
            if not any(value.strip() for value in values):
                continue
            number += 1
            if number > limits.features:
                raise too_many("rows", number, limits.features, file=file)
            where = f"feature {number} (line {reader.line_num})"
            yield attempted(where, _row, values, header, read, limits)
    except csv.Error as error:
        yield Finding("csv-is-broken", "", f"line {reader.line_num}", error=error)


def _row(where: str, values: list[str], header: _Header, read: _Read, limits: Limits) -> Row:
    columns, places = header.columns, header.places
    more = [value for value in values[len(columns) :] if value.strip()]
    cells = [*values, *[""] * (len(columns) - len(values))][: len(columns)]
    shaped, srid = Shaped(None), 0
    if places.shape is not None:
        shaped, srid = shape_of_text(cells[places.shape], read.tally)
    used = set(places.columns)
    if shaped.shape is not None and places.x is not None:
        used -= {places.x, places.y}  # the shape is the richer; the other stays as it is
    elif places.x is not None and places.y is not None:
        shaped = Shaped(_point(cells[places.x], cells[places.y], read.tally))
    if srid:
        read.srids.add(srid)
    if more:
        fault = Fault("values-do-not-fit-columns", values=len(values), columns=len(columns))
        shaped = Shaped(shaped.shape, shaped.opened, (*shaped.lost, fault))
    said: dict[str, Any] = {
        name: value
        for n, (name, value) in enumerate(zip(columns, cells, strict=True))
        if n not in used and value != ""
    }
    extra = {f"column {len(columns) + n}": value for n, value in enumerate(more, start=1)}
    return row_of(where, shaped, {**said, **extra}, limits)


def _point(x: str, y: str, tally: Tally) -> shapely.Point | None:
    if not x.strip() and not y.strip():
        return None
    tally.take(1)
    return shapely.Point(degrees_or_number(x), degrees_or_number(y))


def _tracks(rows: tuple[Row, ...], file: str) -> tuple[tuple[Row, ...], tuple[Finding, ...]]:
    """Return the points of GTFS's shapes as lines, each in its order, and those without one."""
    name, order = _TRACK
    groups: dict[str, list[tuple[int, Row]]] = {}
    unordered: list[Finding] = []
    for row in rows:
        said = str(row.properties.get(order, "")).strip()
        if not said.isdecimal():
            unordered.append(Finding("track-point-has-no-order", file, row.where, column=order))
            continue
        place = int(said)
        groups.setdefault(str(row.properties.get(name, "")), []).append((place, row))
    made = []
    for key, found in groups.items():
        points = [row.geometry for _, row in sorted(found, key=lambda each: each[0])]
        line = shapely.LineString(shapely.get_coordinates(points)) if len(points) > 1 else None
        made.append(Row(f"shape '{short(key, 40)}'", line, {"name": key, name: key}, key))
    return tuple(made), tuple(unordered)
