"""``corridormap atlas``: one PDF with a page for each claim or feature."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from app.commands.common import (
    corridor_argument,
    count,
    open_corridor,
    plain_errors,
    usage,
    view_of,
    write_whole,
)

__all__ = ["atlas"]

_TOLD_EVERY = 10


@click.command()
@corridor_argument
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="File to write, ending in .pdf; - for stdout.",
)
@click.option(
    "--of",
    type=click.Choice(["claims", "features", "all"]),
    default="claims",
    show_default=True,
    help="What has a page: the claims, the features of the layers, or both.",
)
@click.option("--ids", default="", help="Only these claims and features: a,b.")
@click.option("--layers", help="Layers to show, by id: a,b. Default: those on at first.")
@click.option("--date", help="Day to show the status of: YYYY-MM-DD.")
@click.option(
    "--paper", type=click.Choice(["a4", "a3"]), default="a4", show_default=True, help="Its size."
)
@plain_errors
def atlas(  # noqa: PLR0913 - one for each option
    corridor: str,
    *,
    output: Path,
    of: str,
    ids: str,
    paper: str,
    layers: str | None,
    date: str | None,
) -> None:
    """Make an atlas: an overview, a page for each claim or feature, and the sources."""
    from app.atlas import draw_atlas, parse_wish

    to_stdout = str(output) == "-"
    if not to_stdout and output.suffix.lower() != ".pdf":
        raise click.BadParameter("name a file that ends in .pdf", param_hint="-o")
    wish = usage(lambda: parse_wish(of=of, ids=ids, paper=paper))
    opened = open_corridor(corridor)
    view = view_of(opened, {"layers": layers, "date": date})
    made = draw_atlas(opened, view, wish, progress=_tell)
    for feature in made.report.left_out:
        click.echo(f"Note: {feature} is left out: nothing is known of it yet.", err=True)
    if to_stdout:
        sys.stdout.buffer.write(made.pdf)
        return
    write_whole(output, made.pdf)
    click.echo(f"Wrote {output} ({count(len(made.report.pages), 'page')}).", err=True)


def _tell(done: int, total: int, title: str) -> None:
    """Say on stderr how far it is: in one line on a terminal, now and then elsewhere."""
    if sys.stderr.isatty():
        line = f"{done}/{total} {title}"[:70]
        click.echo(f"\r{line:<72}", err=True, nl=done == total)
    elif done % _TOLD_EVERY == 0 or done == total:
        click.echo(f"{done} of {total} drawn", err=True)
