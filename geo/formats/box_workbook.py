"""Read the sheets of an Excel workbook with openpyxl, in the sandbox only; asked by box.py.

It uses nothing of this project, so that a sandbox with it starts fast.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any

__all__ = ["answer", "prepare", "read_answer"]

_UNWORKED = re.compile(rb"<f(?:\s[^>]*)?(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>")
_MIDNIGHT = dt.time()


class _TooManyError(Exception):
    """A workbook holds more than is accepted: of what, and how many at least."""


def prepare(_form: str) -> None:
    """Load what reads a workbook."""
    import mimetypes

    mimetypes.knownfiles.clear()  # openpyxl would have the system's read, which nobody may here
    import openpyxl.reader.excel  # noqa: F401  loaded here, used by _sheets


def read_answer(request: dict[str, Any]) -> dict[str, Any]:
    """Return the cells of every sheet of the workbook in a folder, or why not."""
    try:
        return _sheets(request)
    except _TooManyError as error:
        return {"error": error.args[0], "found": error.args[1]}
    except MemoryError:
        return {"error": "memory"}
    except Exception as error:  # noqa: BLE001  whatever a reader throws is the file's fault
        return {"error": str(error).replace(request["folder"], "").strip("/ '") or "fell"}


def answer(request: dict[str, Any], _data: bytes) -> bytes:
    """Return the same as JSON."""
    return json.dumps(read_answer(request)).encode()


def _sheets(request: dict[str, Any]) -> dict[str, Any]:
    from openpyxl import load_workbook

    data = (Path(request["folder"]) / "data.xlsx").read_bytes()
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    sheets = []
    hidden = []
    unworked = {}
    rows_left, cells_left = 4 * request["features"], request["cells"]
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            hidden.append(sheet.title)
            continue
        sheet.reset_dimensions()  # what it says of its size need not be so
        rows = []
        for row in sheet.iter_rows(values_only=True):
            cells = [_value(cell) for cell in row]
            while cells and cells[-1] is None:
                cells.pop()
            rows_left -= 1
            cells_left -= len(cells)
            if rows_left < 0:
                raise _TooManyError("rows", 4 * request["features"] + 1)
            if cells_left < 0:
                raise _TooManyError("cells", request["cells"] + 1)
            rows.append(cells)
        while rows and not rows[-1]:
            rows.pop()
        sheets.append({"name": sheet.title, "rows": rows})
        unworked[sheet.title] = _unworked(data, sheet)
    return {"sheets": sheets, "hidden": hidden, "unworked": unworked}


def _unworked(data: bytes, sheet: Any) -> int:
    """Return how many formulas of a sheet have no value."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return len(_UNWORKED.findall(archive.read(sheet._worksheet_path)))  # noqa: SLF001


def _value(cell: Any) -> Any:
    """Return a cell as JSON has it: a date as its ISO text, with its time where it has one."""
    if isinstance(cell, dt.datetime):
        whole = cell.time() == _MIDNIGHT
        return cell.date().isoformat() if whole else cell.isoformat(sep=" ")
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 2**53:
        return int(cell)
    if cell is None or isinstance(cell, (str, bool, int, float)):
        return cell or None if isinstance(cell, str) else cell
    return str(cell)
