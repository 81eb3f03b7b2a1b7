"""Write a corridor's data for other programs, as the command and the Python face ask for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corridormap.app.exporting.whole_file import write_whole
from corridormap.layers.exports.archive import zip_of
from corridormap.layers.exports.data import data_files, write_folder

if TYPE_CHECKING:
    from pathlib import Path

    from corridormap.layers.corridor.corridor import Corridor

__all__ = ["write_data"]


def write_data(corridor: Corridor, date: str, output: Path) -> tuple[str, ...]:
    """Write the data into a new folder, or a zip when its name ends in .zip.

    Parameters
    ----------
    corridor
        The corridor as read.
    date
        Day of the status, an ISO date.
    output
        Where to; it is there whole or not at all.

    Returns
    -------
    The names of what was written.

    Raises
    ------
    CorridorError
        There is nothing to export, or the place cannot be written to.
    """
    files = data_files(corridor, date)
    if output.suffix.lower() == ".zip":
        write_whole(output, zip_of(files, corridor.id))
    else:
        write_folder(files, output)
    return tuple(files)
