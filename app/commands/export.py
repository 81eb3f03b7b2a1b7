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
    from corridormap.app.exporting.data import write_data

    opened = open_corridor(corridor)
    written = write_data(opened, view_of(opened, {"date": date}).date, output)
    tell(f"Wrote {output} ({count(len(written), 'file')}).")
