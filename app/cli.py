"""The ``corridormap`` command: data on stdout, talk on stderr, exit 0, 1 or 2."""

from __future__ import annotations

import click

from app.commands.add import add
from app.commands.article import article
from app.commands.atlas import atlas
from app.commands.claims import claims
from app.commands.common import Plain, plain_errors
from app.commands.export import export
from app.commands.info import info
from app.commands.list import list_corridors
from app.commands.new import new
from app.commands.serve import serve
from app.commands.snapshot import snapshot
from app.commands.sources import sources
from app.commands.strip import strip
from app.commands.validate import validate
from app.commands.verify import verify
from app.working_folder import require_own_settings

__all__ = ["main"]


@click.group(cls=Plain)
@click.version_option(package_name="corridormap")
@plain_errors
def main() -> None:
    """Map a transport corridor so that an editor can publish it and a reader can check it.

    CORRIDOR is the id of a built-in corridor or a folder; without one it is
    azerbaijan-iran.
    """
    require_own_settings()


COMMANDS = (
    *(serve, snapshot, verify, atlas, strip, export),
    *(info, claims, sources, article, validate),
    *(list_corridors, new, add),
)
for command in COMMANDS:
    main.add_command(command)
