"""Read a sheet of an Excel workbook (XLSX) whose columns hold positions.

It is unpacked and read in the sandbox; here its rows become features like those of CSV. Numbers
are numbers, dates are dates, and of a formula there is what its program worked out last.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from corridormap.geo.errors import ReadError
from corridormap.geo.formats.archive import Archive
from corridormap.geo.formats.box import sheets_in_box
from corridormap.geo.formats.grid import header_in, no_header, table_of
from corridormap.geo.formats.table import LayerNote, StatedCrs, Table, chosen, count, short

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from corridormap.geo.formats.blob import Blob
    from corridormap.geo.formats.limits import Limits

__all__ = ["read_workbook"]

_BOOK = "xl/workbook.xml"


def read_workbook(blob: Blob, *, layer: str | None, limits: Limits) -> Table:
    """Return the rows of one sheet of a workbook.

    Raises
    ------
    ReadError
        No row can be read; `LayerChoiceError` when a sheet must be chosen.
    """
    if _BOOK not in Archive(blob, limits).names:
        kind = "another kind of zip"
        raise ReadError("name-and-contents-differ", file=blob.name, suffix=blob.suffix, kind=kind)
    answer = sheets_in_box(blob.data, file=blob.name, limits=limits)
    sheets: dict[str, list[list[Any]]] = {one["name"]: one["rows"] for one in answer["sheets"]}
    headers = {
        name: found
        for name, rows in sheets.items()
        if (found := header_in(rows, blob, limits, noun="row"))
    }
    if not headers:
        cells = [str(cell) for cell in _first(sheets) if cell is not None]
        raise no_header(blob, ", ".join(cells), cells if len(cells) > 1 else ())
    notes = [
        LayerNote(name, sum(map(any, sheets[name][header.above + 1 :])))
        for name, header in headers.items()
    ]
    name = chosen(notes, layer, file=blob.name)
    said = []
    aside = [f"'{short(other, 40)}'" for other in sheets if other not in headers]
    if aside:
        said.append(f"Sheets without columns of positions are left out: {', '.join(aside[:5])}.")
    if answer["hidden"]:
        hidden = ", ".join(f"'{short(other, 40)}'" for other in answer["hidden"][:5])
        said.append(f"Hidden sheets are left out: {hidden}.")
    if empty := answer["unworked"].get(name, 0):
        said.append(
            f"Formulas that no program worked out yet: {count(empty, 'cell')}, taken as empty. Open"
            " the workbook in its program, save it and give it again."
        )
    known = Table("XLSX", name, tuple(notes), (), StatedCrs(), tuple(said))
    header = headers[name]
    lines = partial(_lines, sheets[name], header.above + 1)
    return table_of(known, header, lines, blob.name, limits)


def _first(sheets: dict[str, list[list[Any]]]) -> Sequence[Any]:
    """Return the first row of any sheet in which something stands."""
    return next((row for rows in sheets.values() for row in rows if any(row)), ())


def _lines(rows: list[list[Any]], above: int) -> Iterator[tuple[str, list[Any]]]:
    for number, row in enumerate(rows[above:], start=above + 1):
        yield f"row {number}", row
