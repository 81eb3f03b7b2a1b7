"""Make a corridor's folder from nothing, or of files at hand, whole or not at all.

It is written beside its place under a name of its own, and then moved there. An existing
folder is used only when it is empty.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from corridormap.geo.errors import CorridorError, CorridorFormatError
from corridormap.layers.saving.template import corridor_texts
from corridormap.layers.validation.validate import validate

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from corridormap.layers.saving.template import NewCorridor

__all__ = ["make_corridor", "make_folder"]


def make_corridor(folder: Path, new: NewCorridor) -> None:
    """Write the files of a new corridor, and check them before they are there.

    Parameters
    ----------
    folder
        A path where nothing is, or an empty folder; the folder around it exists.
    new
        What the corridor is to be.

    Raises
    ------
    CorridorError
        Something is in the way, or the folder cannot be written.
    """
    texts = corridor_texts(new)
    make_folder(folder, {name: text.encode() for name, text in texts.items()}, check=_require_good)


def make_folder(
    folder: Path,
    files: Mapping[str, bytes],
    *,
    check: Callable[[Path], None] = lambda _: None,
) -> None:
    """Write a corridor's files into a new folder.

    Parameters
    ----------
    folder
        A path where nothing is, or an empty folder; the folder around it exists.
    files
        By the name relative to the folder.
    check
        Given the folder before it is moved to its place; what it raises ends the work.

    Raises
    ------
    CorridorError
        Something is in the way, or the folder cannot be written.
    """
    _require_free(folder)
    home = folder.absolute().parent
    try:
        beside = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", suffix=".part", dir=home))
    except OSError as error:
        raise _not_written(folder, error) from error
    # A folder in the temporary one: that has the rights of any folder the user makes.
    partial = beside / "corridor"
    try:
        _write(partial, files)
        check(partial)
        if folder.is_dir():
            folder.rmdir()
        partial.rename(folder)
    except OSError as error:
        raise _not_written(folder, error) from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _require_free(folder: Path) -> None:
    remedy = "Name a folder that is not there yet, or an empty one."
    try:
        if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
            raise CorridorError("there is a file of this name", file=str(folder), remedy=remedy)
        if folder.is_dir() and any(folder.iterdir()):
            raise CorridorError("the folder is not empty", file=str(folder), remedy=remedy)
    except OSError as error:
        raise _not_written(folder, error) from error


def _require_good(folder: Path) -> None:
    faults = validate(folder)
    if faults:
        raise CorridorFormatError.of(faults)


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, body in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)


def _not_written(folder: Path, error: OSError) -> CorridorError:
    return CorridorError(
        f"the folder cannot be made: {error.strerror}",
        file=str(folder),
        remedy="Choose a place that exists and that you may write to.",
    )
