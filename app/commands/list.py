"""``corridormap list``: name the corridors that can be opened, and their folders."""

from __future__ import annotations

from pathlib import Path

import click

from corridormap.app.commands.common import as_json_flag, plain_errors, say, say_json, tell

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
    from corridormap.app.site.serving import settings_of
    from corridormap.app.site.shelf import Shelf

    settings = settings_of([], root)
    found = Shelf(settings.folders, settings.roots, patience_s=None).all()
    if as_json:
        entries = [
            {"id": each.id, "title": each.title, "folder": each.shown, **_wrong(each.problem)}
            for each in found
        ]
        say_json(entries)
        return
    for each in found:
        say(each.id)
        say(f"  {each.title}")
        say(f"  {each.shown}")
        if each.problem:
            say(f"  Wrong: {each.problem}")
    if not found:
        tell("There is no corridor.")


def _wrong(problem: str) -> dict[str, str]:
    return {"problem": problem} if problem else {}
