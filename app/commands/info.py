"""``corridormap info``: say what a corridor holds."""

from __future__ import annotations

import json

import click

from app.commands.common import (
    as_json_flag,
    corridor_argument,
    count,
    open_corridor,
    plain_errors,
)

__all__ = ["info"]


@click.command()
@corridor_argument
@as_json_flag
@plain_errors
def info(corridor: str, *, as_json: bool) -> None:
    """Say what a corridor holds."""
    from app.info import describe

    facts = describe(open_corridor(corridor))
    if as_json:
        click.echo(json.dumps(facts, ensure_ascii=False, indent=2))
        return
    click.echo(f"{facts['title']} ({facts['id']}), as of {facts['as_of']}")
    click.echo("Extent " + ", ".join(f"{value:g}" for value in facts["extent"]))
    for layer in facts["layers"]:
        shown = "on" if layer["visible"] else "off"
        features = count(layer["features"], "feature")
        click.echo(f"  {layer['title']} ({layer['id']}): {features}, {shown}")
    click.echo(count(facts["annotations"], "annotation"))
