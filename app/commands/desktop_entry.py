"""``corridormap desktop-entry``: write a file that serves corridors when it is clicked twice."""

from __future__ import annotations

import stat
from contextlib import suppress
from pathlib import Path

import click

from corridormap.app.commands.common import plain_errors, tell, write_whole

__all__ = ["desktop_entry"]

_MAY_RUN = stat.S_IRWXU | stat.S_IRGRP | stat.S_IXGRP | stat.S_IROTH | stat.S_IXOTH


@click.command()
@click.argument("corridors", nargs=-1, metavar="[NAME_OR_FOLDER]...")
@click.option(
    "--dir",
    "root",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="A folder that holds corridors' folders; all of them are served.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Default: Corridormap on the desktop, or here where there is none.",
)
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@plain_errors
def desktop_entry(
    corridors: tuple[str, ...], *, root: Path | None, output: Path | None, force: bool
) -> None:
    """Write a file that serves corridors when it is clicked twice: no terminal is needed then.

    Without a name it serves what `corridormap serve` does: the corridors made in the page, and
    those that come with the tool. The file is for this system and this installation.
    """
    from corridormap.app.site.launcher import launcher, own_command, own_system
    from corridormap.app.site.serving import settings_of
    from corridormap.geo.errors import CorridorError

    settings_of(corridors, root)  # what cannot be served is told now, not at the click
    # The file is clicked anywhere: a folder is named whole, a corridor of the tool by its id.
    places = [str(Path(one).absolute()) if Path(one).is_dir() else one for one in corridors]
    under = [] if root is None else ["--dir", str(root.absolute())]
    made = launcher([*own_command(), "serve", *under, *places], own_system())
    path = _default(made.ending) if output is None else output
    if path.suffix != made.ending:
        path = path.with_name(path.name + made.ending)
    if not force and (path.is_symlink() or path.exists()):
        raise CorridorError("file-is-there-already", file=str(path))
    write_whole(path, made.body, mode=_MAY_RUN)
    tell(f"Wrote {path}: click it twice to begin.")


def _default(ending: str) -> Path:
    with suppress(RuntimeError):  # there may be no home
        desktop = Path.home() / "Desktop"
        if desktop.is_dir():
            return desktop / f"Corridormap{ending}"
    return Path(f"Corridormap{ending}")
