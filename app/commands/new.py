"""``corridormap new``: make a corridor's folder from nothing."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from corridormap.app.commands.common import plain_errors, tell, usage

__all__ = ["new"]


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option("--title", help="Title of the corridor. Default: the folder's name.")
@click.option("--countries", default="", help="Its countries, by two-letter code: AZ,IR.")
@click.option(
    "--extent", help="Extent in degrees: W,S,E,N. Default: that of the countries, or the world."
)
@plain_errors
def new(folder: Path, *, title: str | None, countries: str, extent: str | None) -> None:
    """Make a corridor in DIR: files with comments, to be filled, that serve and validate.

    DIR must not exist or be empty.
    """
    from corridormap.app.editing.new import make_corridor
    from corridormap.layers.saving.template import NewCorridor, extent_of, parse_countries
    from corridormap.layers.scene.view import parse_bbox
    from corridormap.layers.wording.slug import slug_of
    from corridormap.layers.wording.words import capital, plain

    name = folder.absolute().name
    codes = usage(lambda: parse_countries(countries))
    box = usage(lambda: parse_bbox(extent)) if extent is not None else extent_of(codes)
    named = capital(name.replace("-", " ").replace("_", " "))
    titled = plain(named if title is None else title).strip()
    if not titled:
        raise click.BadParameter("write a title that can be read", param_hint="--title")
    today = dt.datetime.now(tz=dt.UTC).astimezone().date()
    id_ = slug_of(name) or "corridor"
    make_corridor(folder, NewCorridor(id_, titled, box, codes, today))
    tell(f"Made {folder}.")
    tell(f"Look at it: corridormap serve {folder}")
    tell(f"Check it:   corridormap validate {folder}")
