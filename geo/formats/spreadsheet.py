"""Read CSV whose columns hold positions; every other value stays the text it is.

A formula is text here and never worked out. The separator is the one under which a line names
columns of positions. What the rows are, `grid` says.
"""

from __future__ import annotations

import contextlib
import csv
import io
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from corridormap.geo.errors import Finding
from corridormap.geo.formats.grid import header_in, no_header, table_of
from corridormap.geo.formats.table import LayerNote, StatedCrs, Table, chosen, too_many
from corridormap.geo.letters import decoded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from corridormap.geo.formats.blob import Blob
    from corridormap.geo.formats.grid import Header
    from corridormap.geo.formats.limits import Limits

__all__ = ["read_csv"]

_SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_SEPARATOR_LINE = re.compile(r'"?sep=([,;|\t])"?\r?\n', re.IGNORECASE)
_KEPT_TEXT = re.compile(r"'+[=+\-@\t\r\n]")
"""A text with the apostrophe that keeps a spreadsheet from running it as a formula."""
_OWN_END = ("geometry_type", "wkt")
"""The last columns of a CSV of `corridormap export`, which alone is known to write such texts."""
_HEAD = 100_000


def read_csv(blob: Blob, *, layer: str | None, limits: Limits) -> Table:
    """Return the rows of a CSV file.

    Raises
    ------
    ReadError
        No row can be read; `EncodingChoiceError` when its encoding must be chosen.
    """
    letters = decoded(blob.data, file=blob.name, encoding=blob.choices.encoding)
    text = letters.text
    separator, header = _header(text, blob, limits)
    found = text.count("\n")
    if found > limits.features * 4:
        raise too_many("lines", found, limits.features * 4, file=blob.name)
    said = [f"The CSV is separated by {_SEPARATORS[separator]}; all values are kept as text."]
    if letters.replaced:
        said.append(f"Bytes that are no letter: {letters.replaced}; each stands as \ufffd.")
    chosen([LayerNote(blob.name, 0)], layer, file=blob.name)
    own = tuple(name.removeprefix("map_") for name in header.columns[-2:]) == _OWN_END
    if own:
        header = replace(header, columns=_plain(header.columns))
    known = Table("CSV", blob.name, (), (), StatedCrs(), tuple(said))
    return table_of(
        known, header, lambda: _lines(text, separator, header.above + 1, own=own), blob.name, limits
    )


def _header(text: str, blob: Blob, limits: Limits) -> tuple[str, Header]:
    stated = _SEPARATOR_LINE.match(text)
    separators = (stated[1],) if stated else tuple(_SEPARATORS)
    skip = 1 if stated else 0
    fits = {}
    for separator in separators:
        reader = csv.reader(io.StringIO(text[:_HEAD], newline=""), delimiter=separator)
        with contextlib.suppress(csv.Error):
            found = header_in(reader, blob, limits, skip=skip)
            if found:
                fits[separator] = found
    if not fits:
        rest = text[stated.end() if stated else 0 :]
        raise no_header(blob, rest.partition("\n")[0], _offered(rest[:_HEAD], separators))
    return min(fits.items(), key=lambda each: (each[1].above, -len(each[1].columns)))


def _offered(text: str, separators: Sequence[str]) -> tuple[str, ...]:
    """Return the names of the first line under the separator that makes most of it."""
    found: list[list[str]] = []
    for separator in separators:
        with contextlib.suppress(csv.Error):
            reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
            found.append(next(reader, []))
    names = max(found, key=len, default=[])
    return tuple(name.strip() for name in names if name.strip()) if len(names) > 1 else ()


def _lines(
    text: str, separator: str, above: int, *, own: bool
) -> Iterator[tuple[str, list[str]] | Finding]:
    """Yield the lines below the header."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for number, values in enumerate(reader):
            if number >= above:
                yield f"line {reader.line_num}", _plain(values) if own else values
    except csv.Error as error:
        yield Finding("csv-is-broken", "", f"line {reader.line_num}", error=error)


def _plain(values: list[str]) -> list[str]:
    return [value[1:] if _KEPT_TEXT.match(value) else value for value in values]
