"""Write features as CSV, one row each, safe to open in a spreadsheet.

UTF-8 with a byte order mark: without one Excel reads Azerbaijani and Persian names as
gibberish, and every reader of CSV that knows UTF-8 skips it. A text that a spreadsheet
would run as a formula gets an apostrophe before it, and one that looks like such a text another,
so that our reader (`corridormap.geo.formats.spreadsheet`) can take it off again.
"""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Any

import shapely

from corridormap.layers.exports.columns import as_text, columns_of
from corridormap.layers.exports.flat import OF_SHAPE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from corridormap.layers.exports.columns import ColumnType
    from corridormap.layers.exports.flat import FlatFeature

__all__ = ["safe_cell", "table_of", "to_csv"]

_FORMULA = re.compile(r"'*[=+\-@\t\r\n]")
_DIGITS = 6


def to_csv(features: Iterable[FlatFeature]) -> bytes:
    """Return a CSV of features: UTF-8 with a byte order mark, lines end in CR LF."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    rows, columns = table_of(features)
    writer.writerow([safe_cell(column) for column in columns])
    for row in rows:
        writer.writerow([safe_cell(_cell(row.get(column))) for column in columns])
    return out.getvalue().encode("utf-8-sig")


def table_of(
    features: Iterable[FlatFeature],
) -> tuple[list[dict[str, Any]], Mapping[str, ColumnType]]:
    """Return the row of each feature and the columns, those of its shape as text last of all."""
    rows, last = [], {}
    for feature in features:
        kind, wkt = (feature.names[name] for name in OF_SHAPE)
        shape = shapely.to_wkt(feature.geometry, rounding_precision=_DIGITS)
        last = {kind: feature.geometry.geom_type, wkt: shape}
        rows.append({**feature.row, **last})
    columns = columns_of(rows)
    order = [*(name for name in columns if name not in last), *last]
    return rows, {name: columns[name] for name in order}


def _cell(value: Any) -> str | float | None:
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return value if number else as_text(value)


def safe_cell(cell: str | float | None) -> str | float | None:
    """Return a cell that no spreadsheet takes for a formula; numbers stay numbers."""
    if isinstance(cell, str) and _FORMULA.match(cell):
        return f"'{cell}"
    return cell
