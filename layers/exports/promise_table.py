"""Write the ledger of promises as CSV, one row each, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from corridormap.layers.exports.feature_table import safe_cell
from corridormap.layers.promises.entries import PromiseEntry, promise_entries

if TYPE_CHECKING:
    from corridormap.layers.corridor.corridor import Corridor

__all__ = ["promises_csv"]


def promises_csv(corridor: Corridor, date: str) -> bytes:
    """Return every promise made by an ISO date: UTF-8 with a byte order mark, lines in CR LF."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(PromiseEntry.__annotations__)
    for entry in promise_entries(corridor, date):
        texts = {**entry, "sources": "; ".join(entry["sources"])}
        writer.writerow([safe_cell(str(text)) for text in texts.values()])
    return out.getvalue().encode("utf-8-sig")
