"""``corridormap article``: find the annotations' passages in the article's text."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

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

if TYPE_CHECKING:
    from corridormap.layers.article.reading.reading import Reading

__all__ = ["article"]

_encoding_option = click.option(
    "--encoding", default="", help="Of a text that does not tell it: cp1251."
)
_take_in_option = click.option(
    "--take-in",
    multiple=True,
    metavar="REASON",
    help="Put what was left out for this reason back at its place; may be repeated, or all.",
)


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
@_encoding_option
@_take_in_option
@as_json_flag
@plain_errors
def read(file: Path, encoding: str, take_in: tuple[str, ...], *, as_json: bool) -> None:
    """Print the text of the article in FILE, a paragraph per line.

    FILE is a text, a web page (HTML, MHTML), a Word document (DOCX) or a PDF with text. How much
    of it was left out, and why, is said on stderr. Nothing is kept.
    """
    reading = _reading(file, encoding, take_in)
    if as_json:
        say_json(asdict(reading))
        return
    for line in reading.text.split("\n"):
        say(line)


@article.command()
@click.argument("file", type=click.Path(path_type=Path))
@corridor_argument
@_encoding_option
@_take_in_option
@as_json_flag
@plain_errors
def suggest(
    file: Path, corridor: str, *, encoding: str, take_in: tuple[str, ...], as_json: bool
) -> None:
    """Propose what the names and numbers in FILE may be.

    FILE is a text, a web page, a Word document (DOCX) or a PDF with text. Names are those of
    the corridor's features, and places of the gazetteer. Nothing is changed and nothing kept.
    """
    from corridormap.layers.article.passages.text import normalise
    from corridormap.layers.article.suggestions.features import features_of
    from corridormap.layers.article.suggestions.numbers import find_numbers
    from corridormap.layers.article.suggestions.suggest import suggest as names_in

    reading = _reading(file, encoding, take_in)
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


def _reading(file: Path, encoding: str, taken_in: tuple[str, ...]) -> Reading:
    """Read an article's file; say what of its text was left out, by reason."""
    from corridormap.geo.formats.blob import take_in
    from corridormap.geo.letters import EncodingChoiceError
    from corridormap.layers.article.reading.parts import REASONS
    from corridormap.layers.article.reading.reading import ARTICLE_LIMITS, read_given

    unknown = next((one for one in taken_in if one != "all" and one not in REASONS), "")
    if unknown:
        known = ", ".join(["all", *REASONS])
        raise click.BadParameter(f"{unknown!r} is none of {known}", param_hint="--take-in")
    blob = take_in(file, limits=ARTICLE_LIMITS)
    try:
        reading = read_given(blob.name, blob.data, encoding=encoding)
    except EncodingChoiceError as error:
        for choice in error.choices:
            tell(f"  --encoding {choice.id:9} {choice.sample}")
        raise
    for sentence in reading.said:
        tell(sentence)
    reasons = [one for one in REASONS if any(piece.reason == one for piece in reading.left_out)]
    taken = [one for one in reasons if "all" in taken_in or one in taken_in]
    if left := [one for one in reasons if one not in taken]:
        tell(f"To take it in: {' '.join(f'--take-in {one}' for one in left)}")
    return reading.taking_in(taken) if taken else reading
