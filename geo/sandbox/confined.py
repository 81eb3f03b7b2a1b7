"""The process in which a stranger's file is read: shut itself in, then let a reader at it.

Started by geo/sandbox/sandbox.py and by nobody else, as a script, since importing that room
would load every reader there is. It knows nothing of files: a reader is a module with
`prepare(kind)`, which loads what reading needs, and `answer(request, data)`, which gives bytes.
The walls stand before the reader is loaded, the limits before it sees a byte. Where a system
lacks one, the others stand all the same; `sandbox.holds` tells which.
"""

from __future__ import annotations

import contextlib
import json
import math
import os
import sys
import tempfile
import threading
import time
from importlib.abc import MetaPathFinder
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from importlib.machinery import ModuleSpec
    from types import ModuleType

__all__ = ["inside", "room", "run"]

_OPEN_FILES = 64
_NO_MORE_SECONDS = 1
"""Processor time after the signal that ends a process which does not block it."""
_FOLDER: list[Path] = []
"""The sandbox's folder; empty outside of one."""


def inside() -> bool:
    """Tell whether this process is a sandbox."""
    return bool(_FOLDER)


@contextlib.contextmanager
def room() -> Iterator[Path]:
    """Give a folder for the files of one reading: the sandbox's own, or a new one outside."""
    if _FOLDER:
        yield _FOLDER[0]
        return
    with tempfile.TemporaryDirectory(prefix="corridormap-") as folder:
        yield Path(folder)


class _Packages(MetaPathFinder):
    """Finds this project's packages where they lie, without looking into what is around them."""

    def __init__(self, folders: Mapping[str, str]) -> None:
        self._folders = folders

    def find_spec(
        self, fullname: str, _path: Sequence[str] | None, _target: ModuleType | None = None
    ) -> ModuleSpec | None:
        folder = self._folders.get(fullname)
        if folder is None:
            return None
        file = str(Path(folder) / "__init__.py")
        return spec_from_file_location(fullname, file, submodule_search_locations=[folder])


def run(boot: Mapping[str, Any], asked: BinaryIO) -> None:
    """Shut this process in, let the reader answer, and end.

    Parameters
    ----------
    boot
        What `corridormap.geo.sandbox.sandbox` says of walls, limits and reader.
    asked
        Holds the request, a line of JSON and data, and ends only with the parent.
    """
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what libraries print is no answer
    _FOLDER.append(Path(boot["folder"] or os.devnull))
    size = _size_reader()
    lacking = _walls(boot)
    if not boot["worker"]:
        lacking |= _limits(boot["bounds"], size)
        _end(out, "answer", json.dumps([sorted(os.environ), lacking]).encode())
    try:
        worker = _loaded(boot["worker"])
        worker.prepare(boot["kind"])
        request = json.loads(asked.readline())  # noqa: TID251  the parent's words
        data = asked.read(boot["data"])
        if "parent" in lacking:
            threading.Thread(target=_end_with_input, args=(asked,), daemon=True).start()
        _limits(boot["bounds"], size)
        answer = worker.answer(request, data)
    except MemoryError:
        _end(out, "memory", b"")
    except BaseException:  # noqa: BLE001  whatever a reader throws is the file's fault
        _end(out, "fell", b"")
    else:
        _end(out, "answer", answer)


def _end(out: BinaryIO, word: str, answer: bytes) -> None:
    """Say the answer and end, without clearing up: there is nothing that stays."""
    with contextlib.suppress(OSError):
        out.write(f"{word} {len(answer)}\n".encode())
        out.write(answer)
        out.flush()
    os._exit(0)


def _loaded(file: str) -> Any:
    spec = spec_from_file_location("_reader", file)
    if spec is None or spec.loader is None:
        raise ImportError(file)
    module = module_from_spec(spec)
    sys.modules["_reader"] = module
    spec.loader.exec_module(module)
    return module


def _walls(boot: Mapping[str, Any]) -> dict[str, str]:
    """Put up every wall there is; return why those are missing that are."""
    from corridormap.geo.sandbox import walls

    writable = [str(Path(boot["folder"]) / name) for name in boot["scratch"]]
    steps: list[tuple[str, Callable[[], None]]] = [
        ("privileges", walls.give_up_privileges),
        ("parent", lambda: walls.end_with_parent(boot["parent"])),
        ("files", lambda: walls.refuse_files(boot["readable"], writable)),
        ("network", walls.refuse_calls),
    ]
    lacking: dict[str, str] = {}
    for what, step in steps:
        try:
            step()
        except (walls.LackingError, ImportError, OSError, AttributeError) as error:
            lacking[what] = str(error)
    return lacking


def _end_with_input(asked: BinaryIO) -> None:
    """End this process once its parent closes what it asks by: where no system does it."""
    asked.read(1)
    os._exit(1)


def _size_reader() -> Callable[[], int]:
    """Return what gives the bytes of memory that are mapped, while /proc can still be opened."""
    try:
        opened = os.open("/proc/self/statm", os.O_RDONLY)
        page = os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, AttributeError):
        return lambda: 0
    return lambda: int(os.pread(opened, 100, 0).split()[0]) * page


def _limits(bounds: Mapping[str, int], size: Callable[[], int]) -> dict[str, str]:
    """Set every limit, soft and hard; return why those are missing that are."""
    lacking: dict[str, str] = {}
    try:
        import resource
    except ImportError:
        lacking["limits"] = "this system has no limits of processes"
    else:
        used = math.ceil(time.process_time()) + bounds["seconds"]
        most: dict[str, tuple[int, int]] = {
            "RLIMIT_CPU": (used, used + _NO_MORE_SECONDS),
            "RLIMIT_CORE": (0, 0),
            "RLIMIT_NOFILE": (_OPEN_FILES, _OPEN_FILES),
            "RLIMIT_NPROC": (0, 0),
            "RLIMIT_FSIZE": (bounds["file_bytes"],) * 2,
        }
        if size():
            most["RLIMIT_AS"] = (size() + bounds["memory_bytes"],) * 2
        else:
            lacking["limits"] = "this system does not tell how much memory a process has"
        for name, pair in most.items():
            try:
                resource.setrlimit(getattr(resource, name), pair)
            except (AttributeError, OSError, ValueError) as error:
                lacking["limits"] = f"the system refuses {name} ({error})"
    from corridormap.geo.sandbox import walls

    try:
        walls.keep_limits()
    except (walls.LackingError, ImportError, OSError) as error:
        lacking.setdefault("limits", f"they can be changed: {error}")
    return lacking


def _start() -> None:
    boot = json.loads(sys.stdin.buffer.readline())  # noqa: TID251  the parent's words
    sys.path[:] = boot["path"]
    sys.meta_path.insert(0, _Packages(boot["packages"]))
    # The module of that name, not this script, is what readers ask where they are.
    from corridormap.geo.sandbox.confined import run as run_inside

    run_inside(boot, sys.stdin.buffer)


if __name__ == "__main__":
    _start()
