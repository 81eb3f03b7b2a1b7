"""Read Shapefile, FlatGeobuf, GeoParquet and XLSX in the sandbox.

GDAL opens what a file contains, whatever its name, and its readers were written for
friends. In the sandbox only two of its drivers exist, and what falls over is only the
sandbox. This module asks for it, or uses the one it is in already, and reads the answer.
"""

from __future__ import annotations

import base64
import binascii
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corridormap.geo.errors import Fault, GeometryError, ReadError
from corridormap.geo.formats import box_workbook
from corridormap.geo.formats.box_worker import read_answer
from corridormap.geo.formats.leaving import attempted, gathered, row_of
from corridormap.geo.formats.table import LayerNote, Shaped, StatedCrs, Table, short, too_many
from corridormap.geo.formats.tally import Tally
from corridormap.geo.formats.wkb import shape_of_wkb
from corridormap.geo.json_file import parse_json
from corridormap.geo.sandbox.confined import inside, room
from corridormap.geo.sandbox.sandbox import Bounds, Job, SandboxError, ask

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from corridormap.geo.errors import Finding
    from corridormap.geo.formats.limits import Limits
    from corridormap.geo.formats.table import Row

__all__ = ["read_in_box", "sheets_in_box"]

_WORKER = Path(__file__).with_name("box_worker.py")
_MOST: Mapping[str, Callable[[Limits], int]] = {
    "features": lambda limits: limits.features,
    "columns": lambda limits: limits.columns,
    "rows": lambda limits: 4 * limits.features,
    "cells": lambda limits: limits.marks,
}
_REFUSED = {
    "memory": "file-needs-too-much-memory",
    "slow": "file-takes-too-long",
    "fell": "reading-failed",
    "not geo": "parquet-has-no-positions",
    "encoding": "parquet-encoding-is-not-read",
}


def read_in_box(
    files: Mapping[str, bytes],
    *,
    form: str,
    name: str,
    file: str,
    limits: Limits,
    encoding: str = "",
) -> Table:
    """Return the features of one layer, read in a process of its own.

    Parameters
    ----------
    files
        The bytes of each file by its ending: {".shp": …, ".shx": …, ".dbf": …}.
    form
        "Shapefile", "FlatGeobuf" or "GeoParquet".
    name
        The layer's name, to show.
    file
        How messages name the file.
    limits
        What is accepted.
    encoding
        The codec of a Shapefile's texts; the other formats know theirs.

    Raises
    ------
    ReadError
        With every fault of the file in its `faults`.
    """
    with room() as folder:
        for ending, body in files.items():
            (folder / f"data{ending}").write_bytes(body)
        answer = _asked({"form": form, "folder": str(folder)}, file, limits)
    if "error" in answer:
        raise _refused(answer, file, limits)
    tally = Tally(limits.vertices)
    rows, left_out = gathered(file, _rows(answer, encoding, tally, limits), tally)
    text = answer.get("crs")
    crs = StatedCrs(short(text, 80), text) if isinstance(text, str) and text else StatedCrs()
    notes = (LayerNote(name, len(rows)),)
    return Table(form, name, notes, rows, crs, left_out=left_out)


def sheets_in_box(data: bytes, *, file: str, limits: Limits) -> dict[str, Any]:
    """Return the sheets of a workbook, as `box_workbook` tells them.

    Raises
    ------
    ReadError
        It is broken, or holds more than is accepted.
    """
    with room() as folder:
        (folder / "data.xlsx").write_bytes(data)
        answer = _asked({"form": "XLSX", "folder": str(folder)}, file, limits)
    if "error" in answer:
        raise _refused(answer, file, limits)
    return answer


def _asked(request: dict[str, Any], file: str, limits: Limits) -> dict[str, Any]:
    request |= {
        "features": limits.features,
        "columns": limits.columns,
        "cells": limits.marks,
        "answer": limits.unpacked_bytes,
    }
    book = request["form"] == "XLSX"
    if inside():
        return box_workbook.read_answer(request) if book else read_answer(request)
    worker = Path(box_workbook.__file__) if book else _WORKER
    job = Job(worker, request, kind=request["form"], folder=Path(request["folder"]))
    # Shapes come as letters, four for three bytes, and values with their quotation marks.
    bounds = Bounds(limits.box_bytes, limits.box_seconds, 2 * limits.unpacked_bytes)
    try:
        answer = parse_json(ask(job, bounds), file=file)
    except SandboxError as error:
        if error.why == "start":
            raise ReadError("reading-process-cannot-be-started", file=file) from error
        return {"error": error.why}
    except ReadError:
        return {"error": "fell"}
    return answer if isinstance(answer, dict) else {"error": "fell"}


def _refused(answer: dict[str, Any], file: str, limits: Limits) -> ReadError:
    said = answer["error"]
    if said in _MOST:
        most = _MOST[said](limits)
        return too_many(said, int(answer.get("found", 0)), most, file=file)
    if said in _REFUSED:
        return ReadError(_REFUSED[said], file=file)
    return ReadError("contents-are-broken", file=file, why=short(said, 120))


def _rows(
    answer: dict[str, Any], encoding: str, tally: Tally, limits: Limits
) -> Iterator[Row | Finding]:
    columns = [_letters(str(column), encoding) for column in answer.get("columns", [])]
    for number, (packed, values) in enumerate(answer.get("rows", []), start=1):
        said = {
            column: _letters(value, encoding) if isinstance(value, str) else value
            for column, value in zip(columns, values, strict=False)
            if value is not None
        }
        yield attempted(f"feature {number}", _row, packed, said, tally, limits)


def _row(where: str, packed: str, said: dict[str, Any], tally: Tally, limits: Limits) -> Row:
    try:
        raw = base64.b64decode(packed) if packed else b""
    except (binascii.Error, ValueError):
        raise GeometryError("geometry-is-broken-in-file") from None
    shape, opened = shape_of_wkb(raw, tally) if raw else (None, False)
    broken = [name for name, value in said.items() if isinstance(value, str) and _BAD in value]
    lost = tuple(Fault("letters-cannot-be-read", key=short(name)) for name in broken)
    return row_of(where, Shaped(shape, opened, lost), said, limits)


_BAD = "\ufffd"


def _letters(text: str, encoding: str) -> str:
    """Return a text whose bytes came as letters of Latin-1; a byte that is none stays visible."""
    return text.encode("latin-1").decode(encoding, "replace") if encoding else text
