"""Read what was uploaded in a process of its own, so that no file can hold up the server.

The process may grow and run only so far, and is ended with all that it started. What it
answers is passed on as it is; how it fell over is told in plain words.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import threading
    from collections.abc import Mapping

__all__ = ["read_in_room"]

_LOG = logging.getLogger(__name__)
_MORE_SECONDS = 10
"""Above the processor time that reading may take: the machine may be busy."""
_LOOK_SECONDS = 0.3
"""How often it is looked whether somebody still waits."""
_OUTER = "Simplify or split the file."
_FELL = {
    "slow": ("it takes too long to read", _OUTER),
    "memory": ("it needs more memory than is given to one file", _OUTER),
    "fell": (
        "the contents are broken, so that reading them failed",
        "Export the file again from the program it is from.",
    ),
}


def read_in_room(
    request: Mapping[str, Any], *, seconds: int, left: threading.Event
) -> tuple[int, bytes]:
    """Return the status and the JSON with which an upload is answered.

    Parameters
    ----------
    request
        What `app.upload_worker` is asked; its "name" is how messages name the file.
    seconds
        Processor time that reading may take.
    left
        Set once nobody waits for the answer any more: reading ends then.
    """
    with subprocess.Popen(
        [sys.executable, "-P", "-m", "app.upload_worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        cwd=request["folder"],
        env=_environment(str(request["folder"])),
    ) as process:
        try:
            out = _answer(process, json.dumps(request).encode(), seconds + _MORE_SECONDS, left)
            fell = "slow" if process.returncode in {None, -_sigxcpu()} else "fell"
        finally:
            if process.returncode != 0:
                _end(process)
    status, _, body = out.partition(b"\n")
    if process.returncode == 0 and status in {b"200", b"400"}:
        return int(status), body
    _LOG.warning("a file could not be read: its process ended with %s", process.returncode)
    return 400, json.dumps(_told(fell, str(request["name"]))).encode()


def _answer(
    process: subprocess.Popen[bytes], asked: bytes, seconds: float, left: threading.Event
) -> bytes:
    """Return what the process answers; nothing if it takes too long or nobody waits for it."""
    until = time.monotonic() + seconds
    given: bytes | None = asked
    while time.monotonic() < until and not left.is_set():
        try:
            return process.communicate(given, _LOOK_SECONDS)[0]
        except subprocess.TimeoutExpired:
            given = None  # it goes on where it was
    return b""


def _environment(folder: str) -> dict[str, str]:
    # What the process leaves behind when it is ended goes with the upload's folder.
    few = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"), "1")
    return {**os.environ, **few, **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), folder)}


def _told(fell: str, name: str) -> dict[str, Any]:
    problem, remedy = _FELL[fell]
    finding = {"file": name, "feature": "", "problem": problem, "remedy": remedy}
    return {"error": f"{name}: {problem}. {remedy}", "findings": [finding]}


def _sigxcpu() -> int:
    return int(getattr(signal, "SIGXCPU", 0))


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the process and what it started, if they still run."""
    with contextlib.suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
