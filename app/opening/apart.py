"""Open a corridor in a process of its own, so that the server's own goes on answering.

Reading megabytes of JSON holds Python's interpreter for whole tenths of a second, in which no
page is answered; and a process can be ended, when it takes too long or others wait, and held to so
much memory. This is no sandbox (the files are read by the project's own readers only): what comes
back is Python's own pickle.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, cast

from corridormap.app.opening.line import GaveWayError
from corridormap.app.opening.open_corridor import OpenCorridor
from corridormap.geo.errors import CorridorError, CorridorFormatError
from corridormap.geo.sandbox.walls import LackingError, end_with_parent
from corridormap.layers.corridor.corridor import load_corridor

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import IO

__all__ = ["NotStartedError", "main", "open_apart", "unchanging"]

_SECONDS = 60
"""Time that opening a corridor may take."""
_MEMORY_BYTES = 1_000_000_000
"""Memory that it may take, where the system keeps to such a bound."""
_ANSWER_BYTES = 128_000_000
"""What the server takes over of it at most."""
_LOOK_S = 0.05
_LATE = "late"
_PROGRAM = "from corridormap.app.opening.apart import main; main()"
"""Not as a module that is run: what it packs would be called after that."""
_LESS_URGENT = 5
"""Steps of politeness towards the server."""


class NotStartedError(CorridorError):
    """There is no process to open it in: that says nothing about the corridor."""


class _TooLongError(Exception):
    """What comes back is longer than the server takes over."""


def open_apart(
    folder: Path,
    gives_way: Callable[[], bool] = lambda: False,
    *,
    seconds: float = _SECONDS,
    most_bytes: int = _ANSWER_BYTES,
) -> OpenCorridor:
    """Open a corridor in a process of its own.

    Parameters
    ----------
    folder
        Its folder.
    gives_way
        Tells whether to leave it, because others wait; asked many times a second.
    seconds
        Time that it may take.
    most_bytes
        How much is taken over.

    Raises
    ------
    CorridorError
        It cannot be opened, or not within these bounds.
    GaveWayError
        It was left.
    """
    try:
        process = subprocess.Popen(
            [sys.executable, "-P", "-c", _PROGRAM, str(os.getpid())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
        )
    except OSError as error:
        raise NotStartedError("opening-process-cannot-be-started") from error
    with process, _ending(process, gives_way, seconds) as ended:
        try:
            told = _answer(process, folder, most_bytes)
        except _TooLongError:
            raise _too_much(f"takes more than {most_bytes / 1e6:g} MB once it is open") from None
        except Exception as error:  # it ended, or was ended, in the middle of a word
            if ended == [_LATE]:
                raise _too_much(f"takes longer than {seconds:g} s to open") from error
            if ended:
                raise GaveWayError from None
            raise _too_much("takes too much to open") from error
        finally:
            process.kill()
    if isinstance(told, tuple):
        raise CorridorFormatError.of(told)
    return told


def _answer(
    process: subprocess.Popen[bytes], folder: Path, most_bytes: int
) -> OpenCorridor | tuple[Any, ...]:
    """Return what the process says: a corridor, or what is wrong with it."""
    with cast("IO[bytes]", process.stdin) as asked:
        asked.write(os.fsencode(folder))
    # From our own program, which ran with our own rights: as trustworthy as this process.
    # Read as it comes, so that nobody holds it twice and others have the interpreter in between.
    return pickle.load(_Bounded(cast("IO[bytes]", process.stdout), most_bytes))  # type: ignore[no-any-return]  # noqa: S301


@contextmanager
def _ending(
    process: subprocess.Popen[bytes], gives_way: Callable[[], bool], seconds: float
) -> Iterator[list[str]]:
    """End a process during a block once it is to give way or is late; give why."""
    left, why, end = threading.Event(), list[str](), time.monotonic() + seconds

    def look() -> None:
        while not left.wait(_LOOK_S):
            late = time.monotonic() > end
            if late or gives_way():
                why.append(_LATE if late else "gave way")
                process.kill()
                return

    looking = threading.Thread(target=look, daemon=True)
    looking.start()
    try:
        yield why
    finally:
        left.set()
        looking.join()


class _Bounded:
    """What a process writes, up to a length."""

    def __init__(self, stream: IO[bytes], most: int) -> None:
        self._stream = stream
        self._left = most

    def read(self, size: int) -> bytes:
        """Return so many bytes, or fewer at the end."""
        self._left -= size
        if self._left < 0:
            raise _TooLongError
        return self._stream.read(size)

    def readline(self) -> bytes:
        """Return a line: what an old pickle is made of, and ours never is."""
        return self.read(0)


def _too_much(what: str) -> CorridorFormatError:
    return CorridorFormatError("corridor-cannot-be-opened", what=what)


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


def _opened(folder: Path) -> OpenCorridor | tuple[Any, ...]:
    try:
        opened = OpenCorridor(load_corridor(folder))
        opened.make()
    except CorridorError as error:
        return error.faults
    return opened


def _keep_to_bounds() -> None:
    with contextlib.suppress(LackingError):
        end_with_parent(int(sys.argv[1]))
    if hasattr(os, "nice"):
        os.nice(_LESS_URGENT)
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (_MEMORY_BYTES, _MEMORY_BYTES))


def main() -> None:
    """Open the corridor whose folder is told on stdin, and answer on stdout."""
    _keep_to_bounds()
    told = _opened(Path(os.fsdecode(sys.stdin.buffer.read())))
    _Pickler(sys.stdout.buffer, protocol=pickle.HIGHEST_PROTOCOL).dump(told)
