"""Open a large corridor in a process of its own, so that the server's own goes on answering.

Reading megabytes of JSON holds Python's interpreter for whole tenths of a second, in which no
page is answered; and a process can be ended when it takes too long. Small corridors are opened
where they are needed: starting a process takes longer. This is no sandbox (the files are read by
the project's own readers only): what comes back is Python's own pickle.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from geo.errors import CorridorError, CorridorFormatError
from geo.walls import LackingError, end_with_parent
from layers.folder.corridor import load_corridor

if TYPE_CHECKING:
    from app.library import OpenCorridor
    from layers.folder.opening import Stamp

__all__ = ["LARGE_BYTES", "main", "open_apart", "size_of", "unchanging"]

LARGE_BYTES = 2_000_000
"""A corridor whose files have more bytes together is opened apart."""
_SECONDS = 60
"""Time that opening a corridor may take."""
_PROGRAM = "from app.opening_apart import main; main()"
"""Not as a module that is run: what it packs would be called after that."""
_LESS_URGENT = 5
"""Steps of politeness towards the server."""


def size_of(stamp: Stamp) -> int:
    """Return the bytes of a folder's files together."""
    return sum(size for _, _, _, size, _ in stamp)


def open_apart(folder: Path, *, seconds: float = _SECONDS) -> OpenCorridor:
    """Open a corridor in a process of its own.

    Raises
    ------
    CorridorError
        It cannot be opened, or not in so many seconds.
    """
    asked = [sys.executable, "-P", "-c", _PROGRAM, str(os.getpid())]
    try:
        done = subprocess.run(
            asked,
            input=os.fsencode(folder),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            check=False,
            env={**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
        )
    except subprocess.TimeoutExpired as error:
        raise _too_much(f"takes longer than {seconds:g} s to open") from error
    except OSError as error:
        problem = "the process that opens it cannot be started"
        raise CorridorError(problem, remedy="Try again in a while.") from error
    if done.returncode != 0:
        raise _too_much("takes too much to open")
    # From our own program, which ran with our own rights: as trustworthy as this process.
    told: OpenCorridor | tuple[Any, ...] = pickle.loads(done.stdout)  # noqa: S301
    if isinstance(told, tuple):
        raise CorridorFormatError.of(told)
    return told


def _too_much(what: str) -> CorridorFormatError:
    problem = f"the corridor {what}"
    return CorridorFormatError(problem, remedy="Make its layers smaller: simplify or split them.")


class _Pickler(pickle.Pickler):
    """Also packs mappings that are not to be changed."""

    def reducer_override(self, value: Any) -> Any:
        """Return how a value is made again."""
        if isinstance(value, MappingProxyType):
            return unchanging, (dict(value),)
        return NotImplemented


def unchanging(value: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    """Return a mapping that is not to be changed; pickle finds no name for its type."""
    return MappingProxyType(value)


def _packed(folder: Path) -> bytes:
    from app.library import OpenCorridor

    told: OpenCorridor | tuple[Any, ...]
    try:
        told = OpenCorridor(load_corridor(folder))
        told.make()
    except CorridorError as error:
        told = error.faults
    out = BytesIO()
    _Pickler(out, protocol=pickle.HIGHEST_PROTOCOL).dump(told)
    return out.getvalue()


def main() -> None:
    """Open the corridor whose folder is told on stdin, and answer on stdout."""
    with contextlib.suppress(LackingError):
        end_with_parent(int(sys.argv[1]))
    if hasattr(os, "nice"):
        os.nice(_LESS_URGENT)
    folder = Path(os.fsdecode(sys.stdin.buffer.read()))
    sys.stdout.buffer.write(_packed(folder))
