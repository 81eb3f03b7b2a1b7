"""``corridormap article``: find the annotations' passages in the article's text."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from corridormap.app.commands.common import (
    as_json_flag,
    corridor_argument,
    open_corridor,
    plain_errors,
    say,
    say_json,
    tell,
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
    from corridormap.layers.article.article import check_article, read_article

    text = read_article(file)
    found = check_article(open_corridor(corridor), text)
    for finding in (finding for each in found for finding in each.findings):
        tell(f"Warning: {finding}")
    if as_json:
        said = [
            {**asdict(each), "findings": [one.as_dict() for one in each.findings]} for each in found
        ]
        say_json(said)
        return
    for each in found:
        say(f"{each.status:9} {each.id}: {each.quote}")
        if each.note:
            say(f"          {each.note}")


@article.command()
@click.argument("file", type=click.Path(path_type=Path))
@corridor_argument
@click.option("--encoding", default="", help="Of a text that does not tell it: cp1251.")
@as_json_flag
@plain_errors
def suggest(file: Path, corridor: str, *, encoding: str, as_json: bool) -> None:
    """Propose what the names and numbers in FILE may be.

    FILE is a text, a web page, a Word document (DOCX) or a PDF with text. Names are those of
    the corridor's features, and places of the gazetteer. Nothing is changed and nothing kept.
    """
    from corridormap.geo.formats.blob import take_in
    from corridormap.geo.letters import EncodingChoiceError
    from corridormap.layers.article.passages.text import normalise
    from corridormap.layers.article.reading.reading import ARTICLE_LIMITS, read_given
    from corridormap.layers.article.suggestions.features import features_of
    from corridormap.layers.article.suggestions.numbers import find_numbers
    from corridormap.layers.article.suggestions.suggest import suggest as names_in

    blob = take_in(file, limits=ARTICLE_LIMITS)
    try:
        reading = read_given(blob.name, blob.data, encoding=encoding)
    except EncodingChoiceError as error:
        for choice in error.choices:
            tell(f"  --encoding {choice.id:9} {choice.sample}")
        raise
    normal = normalise(reading.text)
    names = names_in(normal, list(features_of(open_corridor(corridor)).values()))
    numbers = find_numbers(normal.text, written=reading.date)
    if as_json:
        value = {"names": [asdict(n) for n in names], "numbers": [asdict(n) for n in numbers]}
        say_json(value)
        return
    for name in names:
        may_be = [one.id or f"{one.name} ({one.country})" for one in name.candidates]
        say(f"{name.start:7} {name.text}: {', '.join(may_be)}")
    for number in numbers:
        most = "" if number.value_max is None else f" to {number.value_max}"
        said = " ".join(
            part for part in (number.bound, f"{number.value}{most}", number.unit) if part
        )
        say(f"{number.start:7} {number.text}: {number.quantity} {said}")
