"""``corridormap snapshot``: draw a picture of a corridor, without a browser."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from app.commands.common import (
    corridor_argument,
    open_corridor,
    plain_errors,
    usage,
    view_of,
    write_whole,
)

__all__ = ["snapshot"]


@click.command()
@corridor_argument
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="Picture to write, ending in .png; - for stdout.",
)
@click.option("--layers", help="Layers to show, by id: a,b. Default: those on at first.")
@click.option("--bbox", help="Extent to show, in degrees: W,S,E,N.")
@click.option("--date", help="Day to show the status of: YYYY-MM-DD.")
@click.option("--size", default="1600x1000", show_default=True, help="Width and height in px.")
@plain_errors
def snapshot(corridor: str, *, output: Path, size: str, **wanted: str | None) -> None:
    """Draw a picture of the corridor, without a browser."""
    from app.snapshot import draw_snapshot, parse_size

    if str(output) != "-" and output.suffix.lower() != ".png":
        raise click.BadParameter("name a file that ends in .png", param_hint="-o")
    size_px = usage(lambda: parse_size(size))
    opened = open_corridor(corridor)
    view = view_of(opened, wanted)
    body = draw_snapshot(opened, view, size_px=size_px)
    if str(output) == "-":
        sys.stdout.buffer.write(body)
        return
    write_whole(output, body)
    click.echo(f"Wrote {output} ({size_px[0]}x{size_px[1]} px).", err=True)
