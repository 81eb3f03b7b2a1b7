"""The ``corridormap`` command: data on stdout, talk on stderr, exit 0, 1 or 2."""

from __future__ import annotations

import click

from app.commands.claims import claims
from app.commands.info import info
from app.commands.serve import serve
from app.commands.snapshot import snapshot
from app.commands.sources import sources
from app.commands.strip import strip
from app.commands.validate import validate

__all__ = ["main"]


@click.group()
@click.version_option(package_name="corridormap")
def main() -> None:
    """Map a transport corridor so that an editor can publish it and a reader can check it.

    CORRIDOR is the id of a built-in corridor or a folder; without one it is
    azerbaijan-iran.
    """


for command in (serve, snapshot, strip, info, claims, sources, validate):
    main.add_command(command)
