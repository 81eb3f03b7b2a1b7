"""Write a file whole or not at all, wherever it goes; what is in it is the caller's.

A file is written beside its place under another name, and moved there when it lies on the
disk. What stood there before is kept until then.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

from corridormap.geo.errors import CorridorError

__all__ = ["write_stdout", "write_whole"]


def write_whole(path: Path, body: bytes) -> None:
    """Write a file so that it is there whole or not at all.

    Raises
    ------
    CorridorError
        If the folder does not exist, cannot be written to, or the disk is full.
    """
    # Two commands that write the same file do not write into each other's.
    partial = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        # Anew, never through a link or into a pipe that lies there: it may be a stranger's folder.
        partial.unlink(missing_ok=True)
        with partial.open("xb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    except OSError as error:
        raise CorridorError(
            f"the file cannot be written: {error.strerror}",
            file=str(path),
            remedy="Choose a folder that exists and that you may write to, with room on its disk.",
        ) from error
    finally:
        # It is there only if something went wrong, or if the user stopped the command.
        with suppress(OSError):
            partial.unlink(missing_ok=True)


def write_stdout(body: bytes) -> None:
    """Write bytes to standard output.

    Raises
    ------
    CorridorError
        If whoever reads it stopped, or its disk is full.
    """
    try:
        sys.stdout.buffer.write(body)
        sys.stdout.buffer.flush()
    except OSError as error:
        # Python would try once more when it ends, and complain in its own words.
        with suppress(OSError), Path(os.devnull).open("wb") as nowhere:
            os.dup2(nowhere.fileno(), sys.stdout.fileno())
        raise CorridorError(
            f"the output cannot be written: {error.strerror}",
            remedy="Name a file on a disk with room for it.",
        ) from error
