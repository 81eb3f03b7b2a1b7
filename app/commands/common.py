"""What every command shares: the corridor argument, plain errors, whole files.

Commands read words from the command line and call; heavy rooms are imported inside the
command that needs them, so that ``--help`` answers at once.
"""

from __future__ import annotations

import sys
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

import click

from geo.errors import CorridorError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from layers.folder.corridor import Corridor
    from layers.scenes.view import View

__all__ = [
    "as_json_flag",
    "corridor_argument",
    "count",
    "open_corridor",
    "plain_errors",
    "usage",
    "view_of",
    "write_whole",
]

BUILT_IN = "azerbaijan-iran"
T = TypeVar("T")

corridor_argument = click.argument("corridor", default=BUILT_IN, metavar="[CORRIDOR]")
as_json_flag = click.option("--json", "as_json", is_flag=True, help="JSON on stdout.")


def plain_errors(command: Callable[..., None]) -> Callable[..., None]:
    """Turn a domain error into one line on stderr and exit 1."""

    @wraps(command)
    def wrapped(*args: Any, **kwargs: Any) -> None:
        try:
            command(*args, **kwargs)
        except CorridorError as error:
            click.echo(f"Error: {error}", err=True)
            sys.exit(1)

    return wrapped


def open_corridor(name_or_folder: str) -> Corridor:
    """Load a corridor and tell on stderr what of it could not be read."""
    from layers.folder.corridor import find_corridor, load_corridor

    opened = load_corridor(find_corridor(name_or_folder))
    for finding in opened.findings:
        click.echo(f"Warning: {finding}", err=True)
    return opened


def view_of(corridor: Corridor, wanted: dict[str, str | None]) -> View:
    """Return the view that options name; an option typed wrong is misuse (exit 2)."""
    from layers.scenes.view import View

    query = {key: value for key, value in wanted.items() if value is not None}
    view, notices = View.from_query(query, corridor)
    if notices:
        raise click.UsageError(" ".join(notices))
    return view


def usage(parse: Callable[[], T]) -> T:
    """Return what a parser of an option gives; its complaint is misuse (exit 2)."""
    try:
        return parse()
    except CorridorError as error:
        raise click.UsageError(str(error)) from error


def count(number: int, noun: str) -> str:
    """Return a number with its noun: "1 feature", "3 features"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def write_whole(path: Path, body: bytes) -> None:
    """Write a file so that it is there whole or not at all.

    Raises
    ------
    CorridorError
        If the folder does not exist or cannot be written to.
    """
    partial = path.with_name(f".{path.name}.part")
    try:
        partial.write_bytes(body)
        partial.replace(path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise CorridorError(
            f"the file cannot be written: {error.strerror}",
            file=str(path),
            remedy="Choose a folder that exists and that you may write to.",
        ) from error
