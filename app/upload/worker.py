"""Read an uploaded file, look at it and make a layer of it; run in the sandbox.

Asked by app/upload/room.py, answers with a status, a line end and JSON. Keeps nothing.
"""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from shapely.errors import GEOSException

from corridormap.geo.errors import CorridorError, ReadError
from corridormap.geo.formats import Choices, LayerChoiceError, Limits, MissingCrsError, read_upload
from corridormap.geo.formats.box_worker import load
from corridormap.geo.formats.header import ColumnChoiceError
from corridormap.geo.formats.shapefile import SHAPEFILE_PARTS
from corridormap.geo.letters import EncodingChoiceError
from corridormap.layers.wording.words import short

if TYPE_CHECKING:
    from corridormap.geo.formats import Incoming

__all__ = ["answer", "prepare"]

_FEWEST = 2
_STEM = 40
_SUFFIX = 15


def _answer(request: dict[str, Any]) -> dict[str, Any]:
    limits = Limits(**request["limits"])
    head = request["head"]
    name, data = _file(request["folder"], head["files"], limits)
    incoming = read_upload(
        name,
        data,
        choices=Choices(
            layer=head["layer"],
            crs=head["crs"],
            encoding=head["encoding"],
            columns=tuple(head["columns"]),
        ),
        extent=tuple(request["extent"]),
        limits=limits,
    )
    del data
    if head["wish"] or head["edition"] or head["rows"]:
        return _made(incoming, request)
    return _looked(incoming, request)


def _looked(incoming: Incoming, request: dict[str, Any]) -> dict[str, Any]:
    from corridormap.app.upload.look import look_of

    return look_of(incoming, tuple(request["extent"]), request["head"]["recipes"])


def _made(incoming: Incoming, request: dict[str, Any]) -> dict[str, Any]:
    from corridormap.app.upload.edition import edition_told
    from corridormap.app.upload.layer import layer_of
    from corridormap.app.upload.rows import rows_told
    from corridormap.app.upload.wish import UploadHead

    head = UploadHead.model_validate(request["head"])
    as_of, checked = request["as_of"], request["checked"]
    if head.rows is not None:
        return rows_told(incoming, head, as_of=as_of)
    if head.edition is None:
        return layer_of(incoming, head, as_of=as_of, checked=checked)
    held = (Path(request["folder"]) / str(len(head.files))).read_bytes() if head.held else b""
    extent = tuple(request["extent"])
    return edition_told(incoming, head, held, as_of=as_of, checked=checked, extent=extent)


def _file(folder: str, files: list[dict[str, Any]], limits: Limits) -> tuple[str, bytes]:
    """Return the name and the bytes of what was sent; the parts of a Shapefile as one zip."""
    bodies = [(Path(folder) / str(number)).read_bytes() for number in range(len(files))]
    names = [_named(str(file["name"])) for file in files]
    if len(files) < _FEWEST:
        return names[0], bodies[0]
    stems = {Path(name).stem for name in names}
    endings = [Path(name).suffix.lower() for name in names]
    if len(stems) != 1 or ".shp" not in endings or set(endings) - set(SHAPEFILE_PARTS):
        raise ReadError("files-do-not-belong-together", file=names[0])
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, body in zip(names, bodies, strict=True):
            archive.writestr(zipfile.ZipInfo(name), body)
    if out.tell() > limits.file_bytes:
        raise ReadError(
            "uploaded-files-too-large",
            file=names[0],
            mb=f"{out.tell() / 1e6:.1f}",
            most=f"{limits.file_bytes / 1e6:g}",
        )
    return f"{stems.pop()}.zip", out.getvalue()


def _named(name: str) -> str:
    """Return the last part of a name, cut in its middle where it is long."""
    path = Path(name.replace("\\", "/"))
    return f"{short(path.stem, _STEM)}{short(path.suffix, _SUFFIX)}" or "file"


def _refused(error: CorridorError) -> dict[str, Any]:
    told: dict[str, Any] = {
        "error": str(error),
        "findings": [fault.as_dict() for fault in error.faults],
    }
    if isinstance(error, LayerChoiceError):
        told["layers"] = [{"name": n.name, "features": n.features} for n in error.layers]
    if isinstance(error, ColumnChoiceError) and error.columns:
        told["columns"] = list(error.columns)
    if isinstance(error, EncodingChoiceError):
        told["encodings"] = [asdict(choice) for choice in error.choices]
    if isinstance(error, MissingCrsError):
        told["crs"] = [{"code": guess.code, "name": guess.name} for guess in error.guesses]
    return told


def _too_much(error: Exception, name: str) -> ReadError:
    if isinstance(error, MemoryError) or "alloc" in str(error):
        return ReadError("file-needs-too-much-memory", file=name)
    return ReadError("shapes-are-too-tangled", file=name)


def prepare(kind: str) -> None:
    """Load what reading takes beside this project: GDAL or Arrow, if they may be needed."""
    import corridormap.app.upload.look  # noqa: F401  loaded before memory is bounded, used by _looked

    if kind:
        load(kind)


def answer(request: dict[str, Any], _data: bytes) -> bytes:
    """Return the status, a line end and what the page is told, as JSON."""
    try:
        status, told = 200, _answer(request)
    except CorridorError as error:
        status, told = 400, _refused(error)
    except (MemoryError, GEOSException) as error:
        status, told = 400, _refused(_too_much(error, request["name"]))
    # Half a character cannot be written: what a message quotes of it becomes a mark.
    text = json.dumps(told, ensure_ascii=False, allow_nan=False)
    return f"{status}\n{text}".encode("utf-8", "replace")
