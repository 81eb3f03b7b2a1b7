"""``corridormap snapshot``: draw a picture or a page of a corridor, without a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from corridormap.app.commands.common import (
    again_option,
    corridor_argument,
    is_given,
    open_corridor,
    output_option,
    plain_errors,
    refuse_beside_again,
    tell,
    usage,
    view_of,
    write_stdout,
    write_whole,
)

if TYPE_CHECKING:
    from pathlib import Path

    from corridormap.app.exporting.export import Export

__all__ = ["snapshot"]

_FORMATS = ("png", "svg", "pdf", "html")
_VIEW = ("layers", "bbox", "date", "since", "sel", "claim", "lang")


@click.command()
@corridor_argument
@output_option("File to write, ending in .png, .svg, .pdf or .html; - for a PNG on stdout.")
@click.option("--layers", help="Layers to show, by id: a,b. Default: those on at first.")
@click.option("--bbox", help="Extent to show, in degrees: W,S,E,N.")
@click.option("--date", help="Day to show the status of: YYYY-MM-DD.")
@click.option("--since", help="Day to compare with: what changed between the two is marked.")
@click.option("--select", "sel", help="Feature to mark, by id.")
@click.option("--claim", help="Claim to mark, by id.")
@click.option(
    "--label-language",
    "lang",
    metavar="CODE",
    help="Language of the features' names: az, fa, ru and others of the corridor. Default: en.",
)
@click.option(
    "--layout",
    help="wide, classic, square, story, a4-landscape, a4-portrait, a3-landscape, a3-portrait, or"
    " one of the corridor's own (layouts.toml).",
)
@click.option("--size", help="In place of a layout: width and height in px. Default: 1600x1000.")
@click.option(
    "--width-mm",
    metavar="MM",
    help="Width on paper, 90 to 600 mm; the layout keeps its shape, or has --height-mm.",
)
@click.option("--height-mm", metavar="MM", help="Height on paper, beside --width-mm.")
@click.option(
    "--arrange",
    help="Claims on the picture: beside, below, map (none), auto; or changes: before and after.",
)
@click.option("--density", help="PNG: screen (96 dpi), double (192), print (300).")
@click.option("--projection", help="mercator, lambert, auto: a conic where the scale would vary.")
@click.option("--transparent", flag_value="1", help="Leave out the paper.")
@click.option("--greyscale", flag_value="1", help="Greys in place of colours.")
@click.option("--black", flag_value="1", help="Pure black for what is written and inked.")
@click.option("--no-claims", "claims", flag_value="0", help="Leave out the claims.")
@click.option("--no-locator", "locator", flag_value="0", help="Leave out the small map.")
@click.option("--no-inset", "inset", flag_value="0", help="Leave out the enlarged detail.")
@click.option(
    "--code",
    metavar="CODE",
    help="Print the small code of a published edition, as its edition.json has it.",
)
@click.option("--alt", help="Words for those who cannot see it. Default: drafted.")
@again_option("snapshot")
@plain_errors
def snapshot(corridor: str, *, output: Path, again: Path | None, **wanted: str | None) -> None:
    """Draw a picture or a page of the corridor, without a browser.

    The file carries the recipe that makes it again: see --again, and the command verify.
    """
    to_stdout = str(output) == "-"
    form = "png" if to_stdout else output.suffix.lower().removeprefix(".")
    if form not in _FORMATS:
        endings = ", ".join(f".{each}" for each in _FORMATS)
        raise click.BadParameter(f"name a file that ends in {endings}", param_hint="-o")
    from corridormap.layers.picture.turn.turn import no_collections

    with no_collections():
        made = _again(again, corridor, form) if again else _new(corridor, form, wanted)
    for notice in made.notices:
        tell(f"Note: {notice}")
    if to_stdout:
        write_stdout(made.body)
        return
    write_whole(output, made.body)
    tell(f"Wrote {output} ({_told(made)}).")


def _new(corridor: str, form: str, wanted: dict[str, str | None]) -> Export:
    from corridormap.app.exporting.export import export
    from corridormap.app.exporting.laid import laid_options

    query = {key: value for key, value in wanted.items() if value is not None}
    opened = open_corridor(corridor)
    options = usage(lambda: laid_options(opened, query, format=form))
    return export(opened, view_of(opened, {key: wanted[key] for key in _VIEW}), options)


def _again(file: Path, corridor: str, form: str) -> Export:
    from corridormap.app.exporting.again import built_in_folder, make_again
    from corridormap.layers.exports.recipes.file import read_recipe, read_snapshot

    refuse_beside_again()
    recipe = read_recipe(read_snapshot(file))
    folder = corridor if is_given("corridor") else str(built_in_folder(recipe))
    return make_again(recipe, open_corridor(folder), format=form)


def _told(made: Export) -> str:
    size = f"{made.size}, " if made.size else ""
    return f"{size}{max(1, round(len(made.body) / 1000))} kB"
