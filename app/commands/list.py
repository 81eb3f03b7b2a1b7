"""``corridormap list``: name the corridors that can be opened, and their folders."""

from __future__ import annotations

import json
from pathlib import Path

import click

from app.commands.common import as_json_flag, plain_errors

__all__ = ["list_corridors"]


@click.command("list")
@click.option(
    "--dir",
    "root",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="List the corridors in a folder too, as `serve --dir` serves them.",
)
@as_json_flag
@plain_errors
def list_corridors(*, root: Path | None, as_json: bool) -> None:
    """List corridors: id, title, folder, and what is wrong with one that cannot be opened."""
    from app.serving import settings_of
    from app.shelf import Shelf

    settings = settings_of([], root)
    found = Shelf(settings.folders, settings.roots, patience_s=None).all()
    if as_json:
        entries = [
            {"id": each.id, "title": each.title, "folder": each.shown, **_wrong(each.problem)}
            for each in found
        ]
        click.echo(json.dumps(entries, ensure_ascii=False, indent=2))
        return
    for each in found:
        lines = [each.id, f"  {each.title}", f"  {each.shown}"]
        click.echo("\n".join([*lines, *([f"  Wrong: {each.problem}"] if each.problem else [])]))
    if not found:
        click.echo("There is no corridor.", err=True)


def _wrong(problem: str) -> dict[str, str]:
    return {"problem": problem} if problem else {}
