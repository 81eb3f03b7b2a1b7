"""``corridormap article``: find the annotations' passages in the article's text."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from app.commands.common import (
    as_json_flag,
    corridor_argument,
    open_corridor,
    plain_errors,
)

__all__ = ["article"]


@click.group()
def article() -> None:
    """Work with the text of the article that a corridor is annotated from."""


@article.command()
@click.argument("file", type=click.Path(path_type=Path))
@corridor_argument
@as_json_flag
@plain_errors
def check(file: Path, corridor: str, *, as_json: bool) -> None:
    """Say of each annotation whether its passage stands in FILE.

    A passage is exact, moved, doubtful or lost. The text is read on this machine and kept
    nowhere.
    """
    from layers.article.article import check_article, read_article

    text = read_article(file)
    found = check_article(open_corridor(corridor), text)
    if as_json:
        click.echo(json.dumps([asdict(each) for each in found], ensure_ascii=False, indent=2))
        return
    for each in found:
        click.echo(f"{each.status:9} {each.id}: {each.quote}")
        if each.note:
            click.echo(f"          {each.note}")
