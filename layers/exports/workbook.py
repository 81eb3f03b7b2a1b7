"""Write features as an Excel workbook (XLSX): a sheet for each layer, and one of the sources.

Numbers are numbers and texts are texts, never formulas. A cell holds 32,767 letters: what is
longer is named for what it is, with where it stands whole. The same features give the same bytes.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from itertools import groupby
from typing import TYPE_CHECKING, Any

from corridormap.layers.exports.archive import packed
from corridormap.layers.exports.columns import as_text, columns_of
from corridormap.layers.exports.feature_table import table_of
from corridormap.layers.exports.xml_text import held
from corridormap.layers.folder.files import layer_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from corridormap.layers.corridor.source import Source
    from corridormap.layers.exports.flat import FlatFeature

__all__ = ["to_workbook"]

_LONGEST = 32_767
"""Letters of a cell, in UTF-16's units."""
_SHEET_NAME = 31
_NOT_IN_NAME = re.compile(r"[\[\]:*?/\\]")
_ESCAPED = re.compile(r"_x[0-9A-Fa-f]{4}_")
_EXACT = 2**53
"""A cell's number is a double: a larger whole number is a text."""
_SAVED = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def to_workbook(
    features: Iterable[FlatFeature], sources: Iterable[Source], *, title: str, written: str
) -> bytes:
    """Return a workbook.

    Parameters
    ----------
    features
        In order; those of one layer stand together.
    sources
        Of the last sheet.
    title
        What the file says that it is.
    written
        ISO date that the file gives as its own.
    """
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    book.properties.title = held(title)
    book.properties.creator = "Corridormap"
    taken: list[str] = []
    for layer, mine in groupby(features, key=lambda feature: feature.layer):
        listed = list(mine)
        rows, columns = table_of(listed)
        sheet = book.create_sheet(_sheet_name(listed[0].layer_title, taken))
        _fill(sheet, rows, columns, layer_file(layer))
    sheet = book.create_sheet(_sheet_name("Sources", taken))
    told = [_source_row(source) for source in sources]
    _fill(sheet, told, columns_of(told), "sources.json")
    out = io.BytesIO()
    book.save(out)
    return _timeless(out.getvalue(), written)


def _sheet_name(title: str, taken: list[str]) -> str:
    """Return a name that Excel takes, and none of those that are taken, with which it is noted."""
    plain = _NOT_IN_NAME.sub(" ", held(title)).strip(" '")[:_SHEET_NAME].strip(" '") or "Layer"
    name, again = plain, 2
    while name.casefold() in taken or name.casefold() == "history":  # which Excel keeps for itself
        mark = f" ({again})"
        name, again = f"{plain[: _SHEET_NAME - len(mark)]}{mark}", again + 1
    taken.append(name.casefold())
    return name


def _fill(
    sheet: Any, rows: Sequence[Mapping[str, Any]], columns: Iterable[str], whole: str
) -> None:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    def cell(value: Any, *, bold: bool = False) -> Any:
        made = WriteOnlyCell(sheet)
        made.value = _held(value, whole)
        if isinstance(made.value, str):
            made.data_type = "s"  # whatever it begins with
        if bold:
            made.font = Font(bold=True)
        return made

    names = list(columns)
    sheet.freeze_panes = "A2"
    sheet.append([cell(name, bold=True) for name in names])
    for row in rows:
        sheet.append([cell(row.get(name)) for name in names])


def _held(value: Any, whole: str) -> bool | float | str | None:
    """Return a value as a cell holds it."""
    if value is None or isinstance(value, (bool, float)):
        return value
    if isinstance(value, int):
        return value if abs(value) <= _EXACT else str(value)
    text = _ESCAPED.sub(lambda match: f"_x005F{match.group()}", held(as_text(value)))
    length = len(text.encode("utf-16-le")) // 2
    return text if length <= _LONGEST else f"{length:,} letters, too long for a cell: see {whole}"


def _source_row(source: Source) -> dict[str, Any]:
    return {
        "id": source.id,
        "type": source.type,
        "title": source.title,
        "author": "; ".join(name.text for name in source.author),
        "publisher": source.publisher or source.container_title,
        "issued": source.issued.iso or source.issued.literal,
        "address": source.url,
        "read": source.accessed.iso if source.accessed else "",
        "language": source.language,
        "note": source.note,
    }


def _timeless(body: bytes, written: str) -> bytes:
    """Return the workbook with one time in it, packed as every zip of ours."""
    time = dt.datetime.fromisoformat(f"{written}T00:00:00+00:00").strftime("%Y-%m-%dT%H:%M:%SZ")
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    core = "docProps/core.xml"
    files[core] = _SAVED.sub(lambda match: match[1] + time.encode(), files[core])
    return packed(files)
