"""``corridormap strip``: draw a route unrolled along a line of kilometres."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Literal, cast

import click

from corridormap.app.commands.common import (
    open_corridor,
    output_option,
    plain_errors,
    tell,
    view_of,
    write_whole,
)

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["strip"]

FORMATS = ("png", "svg", "pdf")


@click.command()
@click.argument("route")
@output_option("File to write, ending in .png, .svg or .pdf.")
@click.option(
    "--corridor",
    default="azerbaijan-iran",
    show_default=True,
    help="Id of a built-in corridor, or a folder.",
)
@click.option("--date", help="Day to show the status of: YYYY-MM-DD.")
@click.option("--width", "width_px", default=1600, show_default=True, help="Width in px.")
@plain_errors
def strip(route: str, *, output: Path, corridor: str, date: str | None, width_px: int) -> None:
    """Draw the strip diagram of ROUTE, one of the corridor's routes by id."""
    from corridormap.layers.picture.strip.strip import render_strip

    kind = output.suffix.lower().removeprefix(".")
    if kind not in FORMATS:
        raise click.BadParameter("name a file that ends in .png, .svg or .pdf", param_hint="-o")
    opened = open_corridor(corridor)
    day = view_of(opened, {"date": date}).date
    out = io.BytesIO()
    file_format = cast("Literal['png', 'svg', 'pdf']", kind)
    render_strip(opened, route, day, out, format=file_format, width_px=width_px)
    write_whole(output, out.getvalue())
    tell(f"Wrote {output}.")
