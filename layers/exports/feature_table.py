"""Write features as CSV, one row each, safe to open in a spreadsheet.

UTF-8 with a byte order mark: without one Excel reads Azerbaijani and Persian names as
gibberish, and every reader of CSV that knows UTF-8 skips it. A text that a spreadsheet
would run as a formula gets an apostrophe before it.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import shapely

if TYPE_CHECKING:
    from collections.abc import Iterable

    from corridormap.layers.exports.flat import FlatFeature

__all__ = ["safe_cell", "to_csv"]

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_LONGEST = 32_000
"""Letters of a cell that every spreadsheet takes; a longer shape is left out."""
_LEFT_OUT = {"status_history_json", "figures_json", "promises_json"}
_DIGITS = 6


def to_csv(features: Iterable[FlatFeature]) -> bytes:
    """Return a CSV of features: UTF-8 with a byte order mark, lines end in CR LF."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    for index, feature in enumerate(features):
        row = {key: value for key, value in feature.row.items() if key not in _LEFT_OUT}
        if index == 0:
            writer.writerow([*row, "geometry_type", "wkt"])
        shape = shapely.to_wkt(feature.geometry, rounding_precision=_DIGITS)
        wkt = shape if len(shape) <= _LONGEST else ""
        cells = [*row.values(), feature.geometry.geom_type, wkt]
        writer.writerow([safe_cell(cell) for cell in cells])
    return out.getvalue().encode("utf-8-sig")


def safe_cell(cell: str | float | None) -> str | float | None:
    """Return a cell that no spreadsheet takes for a formula; numbers stay numbers."""
    if isinstance(cell, str) and cell.startswith(_FORMULA):
        return f"'{cell}"
    return cell
