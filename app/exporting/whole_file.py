"""Hand a file to the user: whole at its place, or on standard output; say why it cannot be."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

from corridormap.geo.errors import CorridorError
from corridormap.geo.whole_file import put_whole

__all__ = ["write_stdout", "write_whole"]


def write_whole(path: Path, body: bytes, *, mode: int = 0o666) -> None:
    """Write a file so that it is there whole or not at all.

    Parameters
    ----------
    path, body
        Where it is to be, and what it says.
    mode
        The rights that it is made with, less the user's mask.

    Raises
    ------
    CorridorError
        If the folder does not exist, cannot be written to, or the disk is full.
    """
    try:
        put_whole(path, body, mode=mode)
    except OSError as error:
        raise CorridorError("file-cannot-be-written", file=str(path), why=error.strerror) from error


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
        raise CorridorError("output-cannot-be-written", why=error.strerror) from error
