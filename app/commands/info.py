"""``corridormap info``: say what a corridor holds."""

from __future__ import annotations

import click

from corridormap.app.commands.common import (
    as_json_flag,
    corridor_argument,
    count,
    open_corridor,
    plain_errors,
    say,
    say_json,
)

__all__ = ["info"]


@click.command()
@corridor_argument
@as_json_flag
@plain_errors
def info(corridor: str, *, as_json: bool) -> None:
    """Say what a corridor holds."""
    from corridormap.app.exporting.info import describe

    facts = describe(open_corridor(corridor))
    if as_json:
        say_json(facts)
        return
    say(f"{facts['title']} ({facts['id']}), as of {facts['as_of']}")
    say("Extent " + ", ".join(f"{value:g}" for value in facts["extent"]))
    for layer in facts["layers"]:
        shown = "on" if layer["visible"] else "off"
        features = count(layer["features"], "feature")
        say(f"  {layer['title']} ({layer['id']}): {features}, {shown}")
    say(count(facts["annotations"], "annotation"))
