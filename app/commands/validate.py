"""``corridormap validate``: list what is wrong in a corridor's folder."""

from __future__ import annotations

import json
import sys

import click

from app.commands.common import as_json_flag, corridor_argument, count, plain_errors

__all__ = ["validate"]


@click.command()
@corridor_argument
@as_json_flag
@plain_errors
def validate(corridor: str, *, as_json: bool) -> None:
    """List what is wrong in a corridor's folder; exit 1 if anything is."""
    from dataclasses import asdict

    from layers.corridor import find_corridor
    from layers.validate import validate as check

    findings = check(find_corridor(corridor))
    if as_json:
        found = [asdict(finding) for finding in findings]
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        for finding in findings:
            click.echo(str(finding))
        click.echo(count(len(findings), "finding") + ".", err=True)
    if findings:
        sys.exit(1)
