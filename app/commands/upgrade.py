"""``corridormap upgrade``: bring a corridor's folder to today's format."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from corridormap.app.commands.common import plain_errors, say, tell

__all__ = ["upgrade"]


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@plain_errors
def upgrade(folder: Path) -> None:
    """Bring the corridor in FOLDER to the format that this version writes.

    Reading needs none of it, and every save does the same. What changes is written whole or
    not at all; the files as they were are kept in FOLDER/.corridormap/history. A folder that
    has today's format is left alone.
    """
    from corridormap.app.commands.common import open_corridor
    from corridormap.layers.folder.files import HOME
    from corridormap.layers.folder.format import FORMAT
    from corridormap.layers.saving.history import HISTORY
    from corridormap.layers.saving.upgrade import upgrade_folder

    open_corridor(str(folder))  # what cannot be opened is not made to look like new
    done = upgrade_folder(folder, at=dt.datetime.now(tz=dt.UTC))
    if not done.said:
        say(f"{folder} is of format {FORMAT} already; nothing was written.")
        return
    for sentence in done.said:
        say(sentence)
    say(f"{folder} is of format {FORMAT} now; it was of format {done.before}.")
    kept = folder / HOME / HISTORY / done.moment
    tell(f"As they were before, kept until the 20th save from now: {kept}/")
    tell(f"Written: {', '.join(done.files)}.")
