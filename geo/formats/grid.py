"""Make features of the rows of a table, wherever it is from: CSV or a sheet of a workbook.

The header is the first row that names columns of positions; what stands above is said. The
tables of public transport (GTFS) are read as what they are: stops as points, shapes as lines.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
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
    count,
    short,
    too_many,
)
from corridormap.geo.formats.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from corridormap.geo.formats.blob import Blob
    from corridormap.geo.formats.limits import Limits

__all__ = ["Header", "header_in", "no_header", "table_of"]

MOST_ABOVE = 20
_LOOKED_AT = 50
"""Rows by which columns of positions are told from others of the same name."""
_TRACK = ("shape_id", "shape_pt_sequence")


@dataclass(frozen=True)
class Header:
    """The row that names the columns of a table."""

    columns: list[str]
    places: Places
    above: int
    """How many rows stand above it."""
    said: tuple[str, ...]


@dataclass
class _Read:
    """What is found while rows are read."""

    tally: Tally
    srids: set[int] = field(default_factory=set)


def header_in(
    lines: Iterable[Sequence[Any]],
    blob: Blob,
    limits: Limits,
    *,
    noun: str = "line",
    skip: int = 0,
) -> Header | None:
    """Return the header of a table, or None if no row of the first names columns of positions.

    Parameters
    ----------
    lines
        Its rows, each a sequence of cells.
    blob
        The file, with the columns that the user chose.
    limits
        What is accepted.
    noun
        What messages call a row.
    skip
        How many rows cannot be it.
    """
    following = iter(lines)
    for above, cells in enumerate(following):
        if above > MOST_ABOVE:
            return None
        if len(cells) > limits.columns:
            raise too_many("columns", len(cells), limits.columns, file=blob.name)
        columns = [_text(cell) for cell in cells]
        places = places_of(columns, blob.choices.columns) if above >= skip else None
        if places:
            some = [[_text(cell) for cell in row] for row in islice(following, _LOOKED_AT)]
            places = places_of(columns, blob.choices.columns, some) or places
            names, said = _names(columns)
            if above - skip:
                said = (*said, f"Left out above the header: {count(above - skip, noun)}.")
            return Header(names, places, above, said)
    return None


def no_header(blob: Blob, line: str, names: Sequence[str]) -> ReadError:
    """Return the error for a table whose positions no header names.

    Parameters
    ----------
    blob
        The file, with the columns that the user chose.
    line
        Its first row, to show.
    names
        Columns to choose from.
    """
    if blob.choices.columns:
        return ReadError(
            "chosen-columns-are-not-there",
            file=blob.name,
            names=", ".join(short(name, 40) for name in blob.choices.columns),
            line=short(line, 80),
        )
    error = ColumnChoiceError("no-columns-of-coordinates", file=blob.name, line=short(line, 80))
    error.columns = tuple(names)
    return error


def table_of(
    found: Table,
    header: Header,
    lines: Callable[[], Iterator[tuple[str, Sequence[Any]] | Finding]],
    file: str,
    limits: Limits,
) -> Table:
    """Return a table with the features of its rows.

    Parameters
    ----------
    found
        What is known of it before its rows are read.
    header
        Its header.
    lines
        Gives the rows below the header: where each is, and its cells; or why it cannot be read.
    file
        How messages name the file.
    limits
        What is accepted.

    Raises
    ------
    ReadError
        No row can be read.
    """
    read = _Read(Tally(limits.vertices))
    rows, left_out = gathered(file, _rows(lines(), header, read, limits, file), read.tally)
    said = [*found.said, *header.said]
    if header.places.shape is not None and header.places.x is not None:
        richer = f"column '{short(header.columns[header.places.shape])}'"
        said.append(f"Where a row has both, its shape is taken from the {richer}.")
    if set(_TRACK) <= set(header.columns):
        rows, unordered = _tracks(rows, file)
        left_out = (*left_out, *unordered)
        said.append("The points are joined to lines in the order of 'shape_pt_sequence'.")
    notes = found.layers or (LayerNote(found.layer, len(rows)),)
    crs = _crs(header, read, file)
    if not crs.text:
        said.append(f"The positions are in the {_named(header)}.")
    return Table(found.format, found.layer, notes, rows, crs, tuple(said), left_out)


def _crs(header: Header, read: _Read, file: str) -> StatedCrs:
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


def _named(header: Header) -> str:
    places = header.places
    numbers = places.columns if places.shape is None else (places.shape,)
    if places.degrees:
        numbers = places.columns[:2]
    names = [f"'{short(header.columns[number])}'" for number in numbers]
    return f"column{'' if len(names) == 1 else 's'} {' and '.join(names)}"


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
    lines: Iterator[tuple[str, Sequence[Any]] | Finding],
    header: Header,
    read: _Read,
    limits: Limits,
    file: str,
) -> Iterator[Row | Finding]:
    number = 0
    for line in lines:
        if isinstance(line, Finding):
            yield line
            continue
        where, values = line
        if not any(map(_text, values)):
            continue
        number += 1
        if number > limits.features:
            raise too_many("rows", number, limits.features, file=file)
        yield attempted(f"feature {number} ({where})", _row, values, header, read, limits)


def _text(cell: Any) -> str:
    """Return what a cell reads; nothing where it is empty or blank."""
    return "" if cell is None else str(cell).strip()


def _row(where: str, values: Sequence[Any], header: Header, read: _Read, limits: Limits) -> Row:
    columns, places = header.columns, header.places
    more = [value for value in values[len(columns) :] if _text(value)]
    cells = [*values, *[""] * (len(columns) - len(values))][: len(columns)]
    shaped, srid = Shaped(None), 0
    if places.shape is not None:
        shaped, srid = shape_of_text(_text(cells[places.shape]), read.tally)
    used = set(places.columns)
    if shaped.shape is not None and places.x is not None:
        used -= {places.x, places.y}  # the shape is the richer; the other stays as it is
    elif places.x is not None and places.y is not None:
        shaped = Shaped(_point(_text(cells[places.x]), _text(cells[places.y]), read.tally))
    if srid:
        read.srids.add(srid)
    if more:
        fault = Fault("values-do-not-fit-columns", values=len(values), columns=len(columns))
        shaped = Shaped(shaped.shape, shaped.opened, (*shaped.lost, fault))
    said: dict[str, Any] = {
        name: value
        for n, (name, value) in enumerate(zip(columns, cells, strict=True))
        if n not in used and value not in {None, ""}
    }
    extra = {f"column {len(columns) + n}": value for n, value in enumerate(more, start=1)}
    return row_of(where, shaped, {**said, **extra}, limits)


def _point(x: str, y: str, tally: Tally) -> shapely.Point | None:
    if not x and not y:
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
