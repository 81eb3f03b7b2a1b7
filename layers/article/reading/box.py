"""Read web pages, Word documents and PDFs in the sandbox, with bounded memory and time.

What falls over is only the sandbox. This module asks for it and reads its answer.
"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corridormap.geo.errors import Finding, ReadError
from corridormap.geo.json_file import parse_json
from corridormap.geo.messages import messages
from corridormap.geo.sandbox.sandbox import Bounds, Job, SandboxError, ask

if TYPE_CHECKING:
    from corridormap.geo.formats.limits import Limits

__all__ = ["read_in_box"]

_WORKER = Path(__file__).with_name("worker.py")
_ANSWER_BYTES = 30_000_000
_PAGE_SECONDS = 2
"""Time that reading a web page may take; honest ones take a tenth of a second."""
_REFUSED = {
    "locked": "pdf-is-locked",
    "scanned": "pdf-has-no-text",
    "memory": "document-needs-too-much-memory",
    "slow": "document-takes-too-long",
}


def read_in_box(data: bytes, *, form: str, file: str, limits: Limits) -> dict[str, Any]:
    """Return the text of a file and what it says of itself.

    Parameters
    ----------
    data
        The file, a web page in UTF-8.
    form
        "HTML", "DOCX" or "PDF".
    file
        How messages name the file.
    limits
        Memory and time of the process.

    Raises
    ------
    ReadError
        In words for each kind of trouble.
    """
    answer = _asked(data, form, file, limits)
    if "error" in answer:
        raise _refused(str(answer["error"]), answer.get("found", 0), file)
    return answer


def _asked(data: bytes, form: str, file: str, limits: Limits) -> dict[str, Any]:
    seconds = min(limits.box_seconds, _PAGE_SECONDS) if form == "HTML" else limits.box_seconds
    request = {"form": form, "file": file, "limits": asdict(limits)}
    job = Job(_WORKER, request, kind=form, data=data)
    try:
        said = ask(job, Bounds(limits.box_bytes, seconds, _ANSWER_BYTES))
        answer = parse_json(said, file=file)
    except SandboxError as error:
        if error.why == "start":
            raise ReadError("reading-process-cannot-be-started", file=file) from error
        answer = {"error": error.why}
    except ReadError:
        answer = {"error": "broken"}
    return answer if isinstance(answer, dict) else {"error": "broken"}


def _refused(why: str, found: Any, file: str) -> ReadError:
    if why == "words":
        return _as_said(found, file)
    if why == "pages":
        return ReadError("pdf-has-too-many-pages", file=file, n=found)
    return ReadError(_REFUSED.get(why, "document-is-broken"), file=file)


def _as_said(found: Any, file: str) -> ReadError:
    """Return what a reader refused; words come from the catalogue alone, whatever it says."""
    match found:
        case [str(code), str(where), dict(said)] if code in messages():
            params = tuple((str(name), str(value)) for name, value in said.items())
            return ReadError.of([Finding(code, where, params=params)])
    return ReadError("document-is-broken", file=file)
