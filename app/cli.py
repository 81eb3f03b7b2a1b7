"""The ``corridormap`` command: data on stdout, talk on stderr, exit 0, 1 or 2."""

from __future__ import annotations

import atexit
import gc

import click

from corridormap.app.commands.add import add
from corridormap.app.commands.article import article
from corridormap.app.commands.atlas import atlas
from corridormap.app.commands.changes import changes
from corridormap.app.commands.check_positions import check_positions
from corridormap.app.commands.claims import claims
from corridormap.app.commands.common import Plain, plain_errors
from corridormap.app.commands.desktop_entry import desktop_entry
from corridormap.app.commands.export import export
from corridormap.app.commands.info import info
from corridormap.app.commands.list import list_corridors
from corridormap.app.commands.new import new
from corridormap.app.commands.promises import promises
from corridormap.app.commands.publish import key, publish
from corridormap.app.commands.serve import serve
from corridormap.app.commands.snapshot import snapshot
from corridormap.app.commands.sources import sources
from corridormap.app.commands.strip import strip
from corridormap.app.commands.upgrade import upgrade
from corridormap.app.commands.validate import validate
from corridormap.app.commands.verify import verify
from corridormap.app.commands.versions import versions
from corridormap.app.working_folder import require_own_settings

__all__ = ["main", "run"]


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
    *(serve, snapshot, verify, atlas, strip, export, publish, key),
    *(info, claims, changes, promises, sources, article, validate, check_positions),
    *(list_corridors, new, add, upgrade, versions, desktop_entry),
)
for command in COMMANDS:
    main.add_command(command)


def run() -> None:
    """Run the command as a process of its own.

    At its end Python would look for garbage among all that it holds, an eighth of a snapshot's
    time, just before the system takes the whole memory back.
    """
    atexit.register(gc.freeze)
    main()
