"""The process in which web pages and PDFs are read; run by reading_box.py, never imported.

Asked on stdin by a line of JSON and the file's bytes, answers with JSON on stdout. Memory
and time are bounded before a byte of the file is looked at; it writes no file.
"""

from __future__ import annotations

import json
import logging
import sys
from typing import Any

from geo.bounded import bound_process
from layers.article.reading_html import read_html
from layers.article.reading_pdf import PdfRefusedError, read_pdf

__all__: list[str] = []


def _bounded(request: dict[str, Any]) -> None:
    bound_process(memory_bytes=int(request["memory"]), seconds=int(request["seconds"]))


def _answer(request: dict[str, Any], data: bytes) -> dict[str, Any]:
    try:
        if request["form"] == "PDF":
            import pikepdf  # noqa: F401  loaded before memory is bounded
            import pypdf  # noqa: F401

            _bounded(request)
            return dict(read_pdf(data))
        _bounded(request)
        return dict(read_html(data.decode("utf-8", "replace")))
    except PdfRefusedError as error:
        why, number = error.args
        return {"error": why, "found": number}
    except (MemoryError, RecursionError):
        return {"error": "memory"}
    except Exception:  # noqa: BLE001  whatever a reader throws is the file's fault
        return {"error": "broken"}


def _main() -> None:
    logging.disable()
    request = json.loads(sys.stdin.buffer.readline())
    answer = _answer(request, sys.stdin.buffer.read())
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    _main()
