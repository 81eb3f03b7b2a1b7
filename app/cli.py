"""The ``corridormap`` command: data on stdout, talk on stderr, exit 0, 1 or 2.

Reads words from the command line and calls; heavy rooms are imported by the command
that needs them, so that ``--help`` answers at once.
"""

from __future__ import annotations

import json
import sys
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from geo.errors import CorridorError

if TYPE_CHECKING:
    from collections.abc import Callable

    from layers.corridor import Corridor
    from layers.view import View

__all__ = ["main"]

BUILT_IN = "azerbaijan-iran"
_corridor = click.argument("corridor", default=BUILT_IN, metavar="[CORRIDOR]")


def _plain_errors(command: Callable[..., None]) -> Callable[..., None]:
    """Turn a domain error into one line on stderr and exit 1."""

    @wraps(command)
    def wrapped(*args: Any, **kwargs: Any) -> None:
        try:
            command(*args, **kwargs)
        except CorridorError as error:
            click.echo(f"Error: {error}", err=True)
            sys.exit(1)

    return wrapped


@click.group()
@click.version_option(package_name="corridormap")
def main() -> None:
    """Map a transport corridor so that an editor can publish it and a reader can check it.

    CORRIDOR is the id of a built-in corridor or a folder; without one it is
    azerbaijan-iran.
    """


@main.command()
@_corridor
@click.option("--port", type=click.IntRange(1, 65535), help="Port; the first free one from 8501.")
@click.option("--no-browser", is_flag=True, help="Do not open a browser.")
@_plain_errors
def serve(corridor: str, port: int | None, no_browser: bool) -> None:  # noqa: FBT001 - click passes flags
    """Show the corridor's page on this machine."""
    from app.server import serve as run

    run(corridor, port=port, open_browser=not no_browser)


@main.command()
@_corridor
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="Picture to write, ending in .png; - for stdout.",
)
@click.option("--layers", help="Layers to show, by id: a,b. Default: those on at first.")
@click.option("--bbox", help="Extent to show, in degrees: W,S,E,N.")
@click.option("--date", help="Day to show the status of: YYYY-MM-DD.")
@click.option("--size", default="1600x1000", show_default=True, help="Width and height in px.")
@_plain_errors
def snapshot(corridor: str, output: Path, size: str, **wanted: str | None) -> None:
    """Draw a picture of the corridor, without a browser."""
    from app.snapshot import draw_snapshot, parse_size
    from layers.corridor import find_corridor, load_corridor

    if str(output) != "-" and output.suffix.lower() != ".png":
        raise click.BadParameter("name a file that ends in .png", param_hint="-o")
    size_px = _usage(lambda: parse_size(size))
    opened = load_corridor(find_corridor(corridor))
    _tell_findings(opened)
    view = _view(opened, wanted)
    body = draw_snapshot(opened, view, size_px=size_px)
    if str(output) == "-":
        sys.stdout.buffer.write(body)
        return
    write_whole(output, body)
    click.echo(f"Wrote {output} ({size_px[0]}x{size_px[1]} px).", err=True)


@main.command()
@_corridor
@click.option("--json", "as_json", is_flag=True, help="One JSON list on stdout.")
@_plain_errors
def validate(corridor: str, as_json: bool) -> None:  # noqa: FBT001 - click passes flags
    """List what is wrong in a corridor's folder; exit 1 if anything is."""
    from dataclasses import asdict

    from layers.corridor import find_corridor
    from layers.validate import validate as check

    findings = check(find_corridor(corridor))
    if as_json:
        click.echo(
            json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=2)
        )
    else:
        for finding in findings:
            click.echo(str(finding))
        click.echo(_count(len(findings), "finding") + ".", err=True)
    if findings:
        sys.exit(1)


@main.command()
@_corridor
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
@_plain_errors
def info(corridor: str, as_json: bool) -> None:  # noqa: FBT001 - click passes flags
    """Say what a corridor holds."""
    from app.info import describe
    from layers.corridor import find_corridor, load_corridor

    opened = load_corridor(find_corridor(corridor))
    _tell_findings(opened)
    facts = describe(opened)
    if as_json:
        click.echo(json.dumps(facts, ensure_ascii=False, indent=2))
        return
    click.echo(f"{facts['title']} ({facts['id']}), as of {facts['as_of']}")
    click.echo("Extent " + ", ".join(f"{value:g}" for value in facts["extent"]))
    for layer in facts["layers"]:
        shown = "on" if layer["visible"] else "off"
        click.echo(
            f"  {layer['title']} ({layer['id']}): {_count(layer['features'], 'feature')}, {shown}"
        )
    click.echo(_count(facts["annotations"], "annotation"))


def _view(corridor: Corridor, wanted: dict[str, str | None]) -> View:
    from layers.view import View

    query = {key: value for key, value in wanted.items() if value is not None}
    view, notices = View.from_query(query, corridor)
    if notices:
        raise click.UsageError(" ".join(notices))
    return view


def _usage(parse: Callable[[], Any]) -> Any:
    # What was typed wrong is misuse (exit 2), not a finding about the corridor (exit 1).
    try:
        return parse()
    except CorridorError as error:
        raise click.UsageError(str(error)) from error


def _tell_findings(corridor: Corridor) -> None:
    for finding in corridor.findings:
        click.echo(f"Warning: {finding}", err=True)


def _count(number: int, noun: str) -> str:
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
            f"the picture cannot be written: {error.strerror}",
            file=str(path),
            remedy="Choose a folder that exists and that you may write to.",
        ) from error
