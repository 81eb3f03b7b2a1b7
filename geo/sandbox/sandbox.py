"""Read what a stranger made in a process of its own that can do no harm: the sandbox.

The one way in which this project reads articles, uploads, Shapefile, FlatGeobuf and
GeoParquet. Such a process knows nothing of the server's environment, has no network, no
privileges and no other program, reads only what Python needs and its own folder, writes
only the files named for it, and ends in time and with its parent. What it answers is bytes
of a bounded number. Which of these hold on a machine, `holds` tells; what goes wrong inside
is a word here, and its callers turn that into a sentence.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import sysconfig
import threading
import time
from dataclasses import asdict, dataclass, field
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corridormap.geo.sandbox.gdal import GDAL_SETTINGS

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Bounds", "Hold", "Job", "SandboxError", "ask", "holds"]

_CONFINED = Path(__file__).with_name("confined.py")
_PACKAGES = ("corridormap", "corridormap_assets")
_LIBRARIES = {"site-packages", "dist-packages"}
_SYSTEM = (
    "/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/etc/ld.so.cache",
    "/etc/localtime", "/usr/share/zoneinfo", "/dev/null", "/dev/urandom",
)  # fmt: skip
"""What libraries and Python read of a Linux: more libraries, the time zone, chance, nothing."""
_LOOK_SECONDS = 0.3
"""How often it is looked whether somebody still waits."""
_END_SECONDS = 5
_MEBIBYTE = 1 << 20


class SandboxError(Exception):
    """Reading came to nothing; `why` is "slow", "memory", "fell", "left" or "start"."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)


@dataclass(frozen=True)
class Bounds:
    """How far a process in the sandbox may go."""

    memory_bytes: int
    """Above what it has when everything is loaded."""
    seconds: int
    """Of the processor, above what loading took."""
    answer_bytes: int
    more_seconds: float = 10
    """Above the processor's, by the clock on the wall: the machine may be busy."""
    file_bytes: int = 0
    """Largest file that it may write."""


@dataclass(frozen=True)
class Job:
    """What is asked of a process in the sandbox."""

    worker: Path | None
    """The reader's module: see `corridormap.geo.sandbox.confined`."""
    request: Mapping[str, Any] = field(default_factory=dict)
    kind: str = ""
    """Tells the reader what to load."""
    data: bytes = b""
    folder: Path | None = None
    """What it may read besides Python and this project."""
    scratch: tuple[str, ...] = ()
    """Names of files in the folder that it may write; they are made, empty, beforehand."""


@dataclass(frozen=True)
class Hold:
    """Whether one of the sandbox's promises holds on this machine."""

    what: str
    holds: bool
    why: str = ""


def ask(job: Job, bounds: Bounds, left: threading.Event | None = None) -> bytes:
    """Return what a reader answers.

    Parameters
    ----------
    job
        What is asked, and of which reader.
    bounds
        How far it may go.
    left
        Set once nobody waits for the answer any more: reading ends then.

    Raises
    ------
    SandboxError
        It took too long or too much, fell over, or cannot be started.
    """
    if job.folder:
        for name in job.scratch:
            (job.folder / name).touch()
    try:
        process = subprocess.Popen(
            [sys.executable, "-I", "-S", "-B", "-X", "utf8", str(_CONFINED)],
            bufsize=0,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            cwd=job.folder or Path(sys.executable).anchor,
            env=_environment(job.folder),
        )
    except OSError as error:
        raise SandboxError("start") from error
    with process:
        try:
            said = _said(process, _asked(job, bounds), bounds, left or threading.Event())
            word, answer = _parted(said)
            if not word:  # it is dying, and how it does says what was wrong
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(_END_SECONDS)
        finally:
            _end(process)
        if word != "answer":
            raise SandboxError(word or _why(process))
    return answer


def _parted(said: bytes) -> tuple[str, bytes]:
    """Return the word and the answer; no word if they did not come whole."""
    line, _, answer = said.partition(b"\n")
    word, _, size = line.partition(b" ")
    whole = word in {b"answer", b"memory", b"fell"} and size == str(len(answer)).encode()
    return (word.decode(), answer) if whole else ("", b"")


def _asked(job: Job, bounds: Bounds) -> bytes:
    folders = _folders()
    readable = [*folders["path"], *folders["code"], *_SYSTEM, *_prefixes()]
    if job.worker:
        readable.append(str(job.worker))
    if job.folder:
        readable.append(str(job.folder))
    boot = {
        **folders,
        "readable": readable,
        "worker": str(job.worker or ""),
        "kind": job.kind,
        "folder": str(job.folder or ""),
        "scratch": job.scratch,
        "bounds": asdict(bounds),
        "parent": os.getpid(),
        "data": len(job.data),
    }
    lines = [json.dumps(boot).encode(), json.dumps(dict(job.request)).encode(), job.data]
    return b"\n".join(lines)


def _said(
    process: subprocess.Popen[bytes], asked: bytes, bounds: Bounds, left: threading.Event
) -> bytes:
    """Return what the process says, of a bounded length, within its time."""
    said = bytearray()
    most = bounds.answer_bytes + 100  # the line before the answer

    into, out = process.stdin, process.stdout

    def write() -> None:
        rest = memoryview(asked)
        with contextlib.suppress(OSError):
            # It stays open: a process without other means ends when this end is gone.
            while into and rest:
                rest = rest[into.write(rest) :]

    def read() -> None:
        with contextlib.suppress(OSError):
            while out and len(said) <= most and (piece := out.read(_MEBIBYTE)):
                said.extend(piece)

    until = time.monotonic() + bounds.seconds + bounds.more_seconds
    threading.Thread(target=write, daemon=True).start()
    hand = threading.Thread(target=read, daemon=True)
    hand.start()
    while hand.is_alive() and not left.is_set() and time.monotonic() < until:
        hand.join(_LOOK_SECONDS)
    if left.is_set():
        raise SandboxError("left")
    if hand.is_alive():
        raise SandboxError("slow")
    if len(said) > most:
        raise SandboxError("memory")
    return bytes(said)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the process and what it started, if they still run."""
    with contextlib.suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        process.kill()


def _why(process: subprocess.Popen[bytes]) -> str:
    """Return why a process ended that said nothing of it."""
    ended = -(process.returncode or 0)
    if ended == getattr(signal, "SIGXCPU", None):
        return "slow"
    # Nobody else kills it but a system that is short of memory.
    return "memory" if ended == getattr(signal, "SIGKILL", None) else "fell"


def _environment(folder: Path | None) -> dict[str, str]:
    """Return the whole environment of a sandbox: nothing of this process's own."""
    kept = {"SYSTEMROOT": os.environ["SYSTEMROOT"]} if "SYSTEMROOT" in os.environ else {}
    own = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(folder)) if folder else {}
    return {**kept, **own, **dict.fromkeys(("LANG", "LC_ALL"), "C.UTF-8"), **GDAL_SETTINGS}


def _prefixes() -> list[str]:
    """Return where Python itself lies."""
    named = ("stdlib", "platstdlib", "purelib", "platlib")
    own = {sysconfig.get_path(name) for name in named} | {sysconfig.get_config_var("LIBDIR")}
    return sorted(path for path in own if path)


@cache
def _folders() -> dict[str, Any]:
    """Return where a sandbox finds libraries and this project.

    Not the whole of this process's path: the folder that a server was started in may be
    among it, and corridors in that.
    """
    bases = [Path(base).resolve() for base in {sys.prefix, sys.base_prefix}]
    path = [
        entry
        for entry in sys.path
        if Path(entry).is_absolute()
        and Path(entry).exists()
        and (
            Path(entry).name in _LIBRARIES
            or any(Path(entry).resolve().is_relative_to(base) for base in bases)
        )
    ]
    found = {name: find_spec(name) for name in _PACKAGES}
    packages = {
        name: str(Path(spec.origin).parent) for name, spec in found.items() if spec and spec.origin
    }
    links = [each for folder in packages.values() for each in Path(folder).iterdir()]
    code = [*packages.values(), *(str(each.resolve()) for each in links if each.is_symlink())]
    return {"path": path, "packages": packages, "code": code}


@cache
def holds() -> tuple[Hold, ...]:
    """Return which promises of the sandbox hold on this machine; it is asked once."""
    what = ("environment", "network", "files", "privileges", "limits", "parent")
    try:
        said = ask(Job(None), Bounds(_MEBIBYTE << 6, 10, _MEBIBYTE))
    except SandboxError:
        return tuple(Hold(each, holds=False, why="no process can be started") for each in what)
    names, lacking = json.loads(said)  # noqa: TID251  of our own code: it has read no file
    own = set(_environment(None))
    more = sorted(set(names) & (set(os.environ) - own))
    if more:
        lacking["environment"] = f"the system gives {', '.join(more)} to every process"
    return tuple(Hold(each, each not in lacking, lacking.get(each, "")) for each in what)
