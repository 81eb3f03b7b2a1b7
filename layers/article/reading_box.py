"""Read web pages and PDFs in a process of its own, with bounded memory and time.

The same idea as geo/formats/box.py, whose process knows only files of maps. What falls
over is only the box. This module starts it and reads its answer.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

from geo.errors import ReadError

if TYPE_CHECKING:
    from geo.formats.limits import Limits

__all__ = ["read_in_box"]

_PASTE = "Open it in another program, copy the text and paste it here."
_PAGE_SECONDS = 2
"""Time that reading a web page may take; honest ones take a tenth of a second."""
_REFUSED = {
    "locked": ("the PDF is locked with a password", f"Save it without. {_PASTE}"),
    "scanned": (
        "the PDF holds pictures of pages and no text",
        "Run it through text recognition (OCR) first, or type the passages you need.",
    ),
    "memory": ("it needs more memory than is given to one file", _PASTE),
    "slow": ("it takes too long to read", _PASTE),
    "broken": ("the file is broken, so that reading it failed", _PASTE),
}


def read_in_box(data: bytes, *, form: str, file: str, limits: Limits) -> dict[str, str]:
    """Return the text of a file and what it says of itself.

    Parameters
    ----------
    data
        The file, a web page in UTF-8.
    form
        "HTML" or "PDF".
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
    return {str(key): str(value) for key, value in answer.items()}


def _asked(data: bytes, form: str, file: str, limits: Limits) -> dict[str, Any]:
    seconds = min(limits.box_seconds, _PAGE_SECONDS) if form == "HTML" else limits.box_seconds
    request = {"form": form, "memory": limits.box_bytes, "seconds": seconds}
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "layers.article.reading_worker"],
            input=json.dumps(request).encode() + b"\n" + data,
            capture_output=True,
            timeout=limits.box_seconds + 5,
            check=False,
            env={k: v for k, v in os.environ.items() if not k.lower().endswith("_proxy")},
        )
        answer = json.loads(done.stdout) if done.returncode == 0 else {"error": "slow"}
    except subprocess.TimeoutExpired:
        answer = {"error": "slow"}
    except (ValueError, RecursionError):
        answer = {"error": "broken"}
    except OSError as error:
        raise ReadError(
            "the reading process cannot be started", file=file, remedy="Try again in a while."
        ) from error
    return answer if isinstance(answer, dict) else {"error": "broken"}


def _refused(why: str, found: Any, file: str) -> ReadError:
    if why == "pages":
        problem = f"the PDF has {found} pages, which is more than an article"
        return ReadError(problem, file=file, remedy="Save the article's pages alone.")
    problem, remedy = _REFUSED.get(why, _REFUSED["broken"])
    return ReadError(problem, file=file, remedy=remedy)
