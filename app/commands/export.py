"""``corridormap export``: the corridor's data, for other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from corridormap.app.commands.common import (
    corridor_argument,
    count,
    open_corridor,
    output_option,
    plain_errors,
    tell,
    view_of,
    write_whole,
)

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["export"]


@click.command()
@corridor_argument
@output_option("New folder to write, or a file ending in .zip.", may_be_folder=True)
@click.option("--date", help="Day to give the status of: YYYY-MM-DD.")
@plain_errors
def export(corridor: str, *, output: Path, date: str | None) -> None:
    """Write the data: GeoPackage, GeoJSON, KML, CSV, annotations, sources and a README."""
    from corridormap.layers.exports.archive import zip_of
    from corridormap.layers.exports.data import data_files, write_folder

    opened = open_corridor(corridor)
    files = data_files(opened, view_of(opened, {"date": date}).date)
    if output.suffix.lower() == ".zip":
        write_whole(output, zip_of(files, opened.id))
    else:
        write_folder(files, output)
    tell(f"Wrote {output} ({count(len(files), 'file')}).")
