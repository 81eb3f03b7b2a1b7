"""Make a corridor's folder from nothing, or of files at hand, whole or not at all.

It is checked before anything is written. An existing folder is used only when it is empty.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from corridormap.geo.errors import CorridorError, CorridorFormatError
from corridormap.geo.whole_file import put_folder
from corridormap.layers.saving.template import corridor_texts
from corridormap.layers.validation.validate import validate_files

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from corridormap.layers.saving.template import NewCorridor

__all__ = ["make_corridor", "make_folder"]


def make_corridor(folder: Path, new: NewCorridor, *, towns: bool = True) -> None:
    """Write the files of a new corridor, and check them before they are there.

    Parameters
    ----------
    folder
        A path where nothing is, or an empty folder; the folder around it exists.
    new
        What the corridor is to be.
    towns
        Whether its layer begins with the largest towns of the extent; else it is empty.

    Raises
    ------
    CorridorError
        Something is in the way, or the folder cannot be written.
    """
    texts = corridor_texts(new, towns=towns)
    files = {name: text.encode("utf-8") for name, text in texts.items()}
    faults = validate_files(files)
    if faults:
        raise CorridorFormatError.of(faults)
    make_folder(folder, files)


def make_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write a corridor's files into a new folder.

    Parameters
    ----------
    folder
        A path where nothing is, or an empty folder; the folder around it exists.
    files
        By the name relative to the folder.

    Raises
    ------
    CorridorError
        Something is in the way, or the folder cannot be written.
    """
    _require_free(folder)
    try:
        put_folder(folder, files)
    except OSError as error:
        raise _not_written(folder, error) from error


def _require_free(folder: Path) -> None:
    try:
        if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
            raise CorridorError("file-has-name-of-folder", file=str(folder))
        if folder.is_dir() and any(folder.iterdir()):
            raise CorridorError("folder-is-not-empty", file=str(folder))
    except OSError as error:
        raise _not_written(folder, error) from error


def _not_written(folder: Path, error: OSError) -> CorridorError:
    return CorridorError("folder-cannot-be-made", file=str(folder), why=error.strerror)
