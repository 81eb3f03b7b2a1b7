"""What every command shares: the corridor argument, plain errors, whole files.

Commands read words from the command line and call; heavy rooms are imported inside the
command that needs them, so that ``--help`` answers at once.
"""

from __future__ import annotations

import json
import sys
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.core import ParameterSource

from corridormap.app.exporting.whole_file import write_stdout, write_whole
from corridormap.geo.errors import CorridorError
from corridormap.layers.wording.words import escaped, visible

if TYPE_CHECKING:
    from collections.abc import Callable

    from corridormap.layers.corridor.corridor import Corridor
    from corridormap.layers.scene.view import View

__all__ = [
    "Plain",
    "again_option",
    "as_json_flag",
    "corridor_argument",
    "count",
    "is_given",
    "open_corridor",
    "output_option",
    "plain_errors",
    "refuse_beside_again",
    "say",
    "say_json",
    "say_text",
    "tell",
    "tell_progress",
    "usage",
    "view_of",
    "write_stdout",
    "write_whole",
]

BUILT_IN = "azerbaijan-iran"
_TOLD_EVERY = 10
T = TypeVar("T")
Command = TypeVar("Command", bound="Callable[..., Any]")

corridor_argument = click.argument("corridor", default=BUILT_IN, metavar="[CORRIDOR]")
as_json_flag = click.option("--json", "as_json", is_flag=True, help="JSON on stdout.")


def plain_errors(command: Callable[..., None]) -> Callable[..., None]:
    """Turn a domain error into one line on stderr and exit 1."""

    @wraps(command)
    def wrapped(*args: Any, **kwargs: Any) -> None:
        try:
            command(*args, **kwargs)
        except CorridorError as error:
            tell(f"Error: {error}")
            sys.exit(1)

    return wrapped


class Plain(click.Group):
    """A group of commands whose complaints about options show what was typed, and obey none."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was named."""
        try:
            return super().invoke(ctx)
        except click.ClickException as error:
            vars(error)["message"] = visible(error.message)  # click calls it final
            raise


def say(line: str) -> None:
    """Write one line of data to stdout; nothing in it commands the terminal."""
    click.echo(visible(line))


def tell(line: str) -> None:
    """Write one line of talk to stderr; nothing in it commands the terminal."""
    click.echo(visible(line), err=True)


def say_json(value: object) -> None:
    """Write data to stdout as JSON; what a terminal would obey is escaped as JSON does it."""
    told = json.dumps(value, ensure_ascii=False, indent=2)
    click.echo("\n".join(escaped(line) for line in told.split("\n")))


def say_text(text: str) -> None:
    """Write a file of several lines to stdout; nothing in it commands the terminal."""
    click.echo("\n".join(visible(line) for line in text.split("\n")))


def open_corridor(name_or_folder: str) -> Corridor:
    """Load a corridor and tell on stderr what of it could not be read."""
    from corridormap.app.opening.notes import opening_notes
    from corridormap.layers.corridor.corridor import find_corridor, load_corridor

    opened = load_corridor(find_corridor(name_or_folder))
    for finding in opening_notes(opened):
        tell(f"Warning: {finding}")
    return opened


def view_of(corridor: Corridor, wanted: dict[str, str | None]) -> View:
    """Return the view that options name; an option typed wrong is misuse (exit 2)."""
    from corridormap.layers.scene.view import View

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


def output_option(help_: str, *, may_be_folder: bool = False) -> Callable[[Command], Command]:
    """Return the option -o, the file that a command writes."""
    return click.option(
        "-o",
        "--output",
        required=True,
        type=click.Path(path_type=Path, dir_okay=may_be_folder),
        help=help_,
    )


def again_option(what: str) -> Callable[[Command], Command]:
    """Return the option --again, which takes a recipe from a file."""
    return click.option(
        "--again",
        type=click.Path(path_type=Path, dir_okay=False, exists=True),
        help=f"Make this {what} again, from the recipe in it.",
    )


def is_given(name: str | None) -> bool:
    """Tell whether the user typed an option or argument of the running command."""
    context = click.get_current_context()
    source = context.get_parameter_source(name) if name else None
    return source is ParameterSource.COMMANDLINE


def refuse_beside_again() -> None:
    """Refuse options that say what the recipe of --again says already (exit 2)."""
    free = {"again", "corridor", "output"}
    for parameter in click.get_current_context().command.params:
        if parameter.name not in free and is_given(parameter.name):
            name = parameter.opts[-1]
            raise click.UsageError(f"--again takes everything from the file: leave out {name}.")


def tell_progress(done: int, total: int, title: str) -> None:
    """Say on stderr how far a long work is: in one line on a terminal, else now and then."""
    if sys.stderr.isatty():
        line = visible(f"{done}/{total} {title}")[:70]
        click.echo(f"\r{line:<72}", err=True, nl=done == total)
    elif done % _TOLD_EVERY == 0 or done == total:
        tell(f"{done} of {total} drawn")


def count(number: int, noun: str) -> str:
    """Return a number with its noun: "1 feature", "3 features"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
