"""The process in which web pages and PDFs are read; run by reading_box.py, never imported.

Asked on stdin by a line of JSON and the file's bytes, answers with JSON on stdout. Memory
and time are bounded before a byte of the file is looked at; it writes no file.
"""

from __future__ import annotations

import contextlib
import json
import logging
import sys
from pathlib import Path
from typing import Any

from layers.article.reading_html import read_html
from layers.article.reading_pdf import PdfRefusedError, read_pdf

__all__: list[str] = []


def _bounded(request: dict[str, Any]) -> None:
    """Let this process grow and run no further than it may; where the system can."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        most = pages * resource.getpagesize() + int(request["memory"])
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
        seconds = int(request["seconds"])
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


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
