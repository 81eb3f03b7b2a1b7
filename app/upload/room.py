"""Read what was uploaded in the sandbox, so that no file can do the server harm or hold it up.

What the sandbox answers is passed on as it is; how it fell over is told in plain words.
"""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corridormap.geo.errors import Finding
from corridormap.geo.formats.blob import FORMATS
from corridormap.geo.formats.shapefile import SHAPEFILE_PARTS
from corridormap.geo.sandbox.sandbox import Bounds, Job, SandboxError, ask

if TYPE_CHECKING:
    import threading
    from collections.abc import Mapping

__all__ = ["read_in_room"]

_LOG = logging.getLogger(__name__)
_WORKER = Path(__file__).with_name("worker.py")
_START_BYTES = 50_000_000
"""Room above what reading may take: for the answer."""
_SCRATCH = ("data.shp", "data.shx", "data.dbf", "data.fgb", "data.parquet", "data.gpkg",
            "data.xlsx")  # fmt: skip
"""What the readers unpack, and write for GDAL, Arrow or SQLite to read."""
_FELL = {
    "start": "reading-process-cannot-be-started",
    "slow": "upload-takes-too-long",
    "memory": "upload-needs-too-much-memory",
    "fell": "reading-failed",
}


def read_in_room(
    request: Mapping[str, Any], *, seconds: int, left: threading.Event
) -> tuple[int, bytes]:
    """Return the status and the JSON with which an upload is answered.

    Parameters
    ----------
    request
        What `corridormap.app.upload.worker` is asked; its "name" is how messages name the file.
    seconds
        Processor time that reading may take.
    left
        Set once nobody waits for the answer any more: reading ends then.
    """
    limits = request["limits"]
    bounds = Bounds(
        memory_bytes=limits["box_bytes"] + _START_BYTES,
        seconds=seconds,
        answer_bytes=limits["unpacked_bytes"],
        file_bytes=limits["unpacked_bytes"],
    )
    kind = _kind([str(file["name"]) for file in request["head"]["files"]])
    folder = Path(request["folder"])
    job = Job(_WORKER, request, kind=kind, folder=folder, scratch=_SCRATCH)
    try:
        status, _, body = ask(job, bounds, left).partition(b"\n")
    except SandboxError as error:
        why = error.why
    else:
        if status in {b"200", b"400"}:
            return int(status), body
        why = "fell"
    _LOG.warning("a file could not be read: its process ended with '%s'", why)
    why = "slow" if why == "left" else why
    return 400, json.dumps(_told(why, str(request["name"]))).encode()


def _kind(names: list[str]) -> str:
    """Return which reader beside our own the files may need, by their names' endings.

    A file that is something else by its first bytes is refused anyhow.
    """
    endings = {Path(name).suffix.lower() for name in names}
    if endings & {".zip", *SHAPEFILE_PARTS, *FORMATS["FlatGeobuf"]}:
        return "FlatGeobuf"
    fits = (kind for kind in ("GeoParquet", "XLSX") if endings & set(FORMATS[kind]))
    return next(fits, "")


def _told(fell: str, name: str) -> dict[str, Any]:
    finding = Finding(_FELL[fell], name)
    return {"error": str(finding), "findings": [finding.as_dict()]}
