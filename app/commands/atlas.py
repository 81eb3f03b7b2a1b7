"""``corridormap atlas``: one PDF with a page for each claim or feature."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from corridormap.app.commands.common import (
    again_option,
    corridor_argument,
    count,
    is_given,
    open_corridor,
    output_option,
    plain_errors,
    refuse_beside_again,
    tell,
    tell_progress,
    usage,
    view_of,
    write_stdout,
    write_whole,
)

if TYPE_CHECKING:
    from pathlib import Path

    from corridormap.layers.picture.atlas.atlas import Atlas

__all__ = ["atlas"]


@click.command()
@corridor_argument
@output_option("File to write, ending in .pdf; - for stdout.")
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
@again_option("atlas")
@plain_errors
def atlas(corridor: str, *, output: Path, again: Path | None, **wanted: str) -> None:
    """Make an atlas: an overview, a page for each claim or feature, and the sources.

    The file carries the recipe that makes it again: see --again, and the command verify.
    """
    to_stdout = str(output) == "-"
    if not to_stdout and output.suffix.lower() != ".pdf":
        raise click.BadParameter("name a file that ends in .pdf", param_hint="-o")
    made = _again(again, corridor) if again else _new(corridor, wanted)
    for feature in made.report.left_out:
        tell(f"Note: {feature} is left out: nothing is known of it yet.")
    if to_stdout:
        write_stdout(made.pdf)
        return
    write_whole(output, made.pdf)
    tell(f"Wrote {output} ({count(len(made.report.pages), 'page')}).")


def _new(corridor: str, wanted: dict[str, str]) -> Atlas:
    from corridormap.app.exporting.atlas import draw_atlas, parse_wish

    wish = usage(lambda: parse_wish(**{key: wanted[key] for key in ("of", "ids", "paper")}))
    opened = open_corridor(corridor)
    view = view_of(opened, {key: wanted[key] for key in ("layers", "date")})
    return draw_atlas(opened, view, wish, progress=tell_progress)


def _again(file: Path, corridor: str) -> Atlas:
    from corridormap.app.exporting.again import built_in_folder, make_atlas_again
    from corridormap.layers.exports.recipes.file import read_recipe, read_snapshot

    refuse_beside_again()
    recipe = read_recipe(read_snapshot(file))
    folder = corridor if is_given("corridor") else str(built_in_folder(recipe))
    made, _, notices = make_atlas_again(recipe, open_corridor(folder), progress=tell_progress)
    for notice in notices:
        tell(f"Note: {notice}")
    return made
