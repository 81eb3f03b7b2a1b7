"""``corridormap list``: name the built-in corridors and their folders."""

from __future__ import annotations

import json

import click

from app.commands.common import as_json_flag, plain_errors

__all__ = ["list_corridors"]


@click.command("list")
@as_json_flag
@plain_errors
def list_corridors(*, as_json: bool) -> None:
    """List the built-in corridors: id, title, folder."""
    from app.shelf import built_in

    found = built_in()
    if as_json:
        entries = [
            {"id": each.id, "title": each.title, "folder": str(each.folder)} for each in found
        ]
        click.echo(json.dumps(entries, ensure_ascii=False, indent=2))
        return
    for each in found:
        click.echo(f"{each.id}\n  {each.title}\n  {each.folder}")
    if not found:
        click.echo("There is no built-in corridor.", err=True)
