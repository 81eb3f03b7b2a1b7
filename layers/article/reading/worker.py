"""Read a web page, a Word document or a PDF; run in the sandbox, asked by box.py.

Memory and time are bounded before a byte of the file is looked at; it writes no file.
"""

from __future__ import annotations

import json
import logging
from typing import Any

from corridormap.layers.article.reading.html import read_html
from corridormap.layers.article.reading.pdf import PdfRefusedError, read_pdf

__all__ = ["answer", "prepare"]


def prepare(form: str) -> None:
    """Load what reads one form, which takes memory and time that are not the file's."""
    logging.disable()
    if form == "PDF":
        import pypdfium2  # noqa: F401  loaded here, used by read_pdf
    if form == "DOCX":
        import corridormap.layers.article.reading.docx  # noqa: F401  as above


def answer(request: dict[str, Any], data: bytes) -> bytes:
    """Return the text and what the file says of itself, or why not, as JSON."""
    return json.dumps(_answer(request, data)).encode()


def _answer(request: dict[str, Any], data: bytes) -> dict[str, Any]:
    try:
        if request["form"] == "PDF":
            return dict(read_pdf(data))
        if request["form"] == "DOCX":
            return _docx(request, data)
        return dict(read_html(data.decode("utf-8", "replace")))
    except PdfRefusedError as error:
        why, number = error.args
        return {"error": why, "found": number}
    except (MemoryError, RecursionError):
        return {"error": "memory"}
    except Exception:  # noqa: BLE001  whatever a reader throws is the file's fault
        return {"error": "broken"}


def _docx(request: dict[str, Any], data: bytes) -> dict[str, Any]:
    from corridormap.geo.errors import ReadError
    from corridormap.geo.formats.blob import Blob
    from corridormap.geo.formats.limits import Limits
    from corridormap.layers.article.reading.docx import read_docx

    try:
        return dict(read_docx(Blob(request["file"], data), Limits(**request["limits"])))
    except ReadError as error:
        fault = error.finding
        return {"error": "words", "found": [fault.code, fault.file, dict(fault.params)]}
