"""Change corridor.toml and style.toml as text: layer, colour, article, format; comments stay.

Takes a text and returns one; reads and writes no file.
"""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, Any, cast

import tomlkit
from pydantic import ValidationError
from tomlkit.exceptions import TOMLKitError

from corridormap.geo.errors import CorridorFormatError
from corridormap.geo.toml_file import check_toml, parse_toml
from corridormap.layers.corridor.manifest import Manifest
from corridormap.layers.corridor.style import Style
from corridormap.layers.folder.files import MANIFEST, STYLE
from corridormap.layers.folder.format import KEY
from corridormap.layers.wording.plainly import findings_of
from corridormap.layers.wording.words import short

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pydantic import BaseModel
    from tomlkit import TOMLDocument

__all__ = [
    "changed_toml",
    "manifest_of",
    "parsed_toml",
    "style_of",
    "with_article",
    "with_format",
    "with_layer",
    "with_look",
]


def manifest_of(raw: bytes | None) -> dict[str, Any]:
    """Return what corridor.toml says; empty if it is broken."""
    try:
        return parse_toml(raw or b"", file=MANIFEST)
    except CorridorFormatError:
        return {}


def style_of(raw: bytes | None) -> dict[str, Any]:
    """Return what style.toml says; empty if it is broken."""
    try:
        return parse_toml(raw or b"", file=STYLE)
    except CorridorFormatError:
        return {}


def with_layer(text: str, entry: Mapping[str, Any]) -> str:
    """Return corridor.toml with a layer added at the end of its layers.

    Raises
    ------
    CorridorFormatError
        The text is broken, or would not be a corridor any more.
    """

    def change(text: str) -> str:
        document = parsed_toml(text, MANIFEST)
        table = tomlkit.table()
        for key, value in entry.items():
            table[key] = value
        cast("Any", document.setdefault("layers", tomlkit.aot())).append(table)
        # A blank line before the table, as by hand.
        before, head, after = tomlkit.dumps(document).rpartition("[[layers]]")
        own, bracket, rest = after.partition("\n[")
        made = f"{before.rstrip()}\n\n{head}{own.rstrip()}\n"
        return made + (f"\n{bracket.lstrip()}{rest}" if bracket else "")

    return changed_toml(MANIFEST, "the layer", Manifest, lambda: change(text))


def with_look(text: str, layer: str, look: Mapping[str, Any]) -> str:
    """Return style.toml with what a layer looks like set; what is None is taken out.

    Raises
    ------
    CorridorFormatError
        The text is broken, or is not left with a look.
    """

    def change() -> str:
        document = parsed_toml(text, STYLE)
        known = cast("Any", document.get("layer", {}))
        if layer in known:
            for key, value in look.items():
                if value is None:
                    known[layer].pop(key, None)
                elif known[layer].get(key) != value:
                    known[layer][key] = value
            return tomlkit.dumps(document)
        said = "".join(f'{key} = "{value}"\n' for key, value in look.items() if value is not None)
        if not said:
            return text
        lines = f"[layer.{layer}]\n{said}"
        # At the start of the rules: there the other layers end.
        before, bracket, rules = text.partition("[[rule]]")
        head, comment = _split_comment(before)
        return f"{head.rstrip()}\n\n{lines}".lstrip() + (
            f"\n{comment}{bracket}{rules}" if bracket or comment.strip() else ""
        )

    return changed_toml(STYLE, "the colour", Style, change)


def with_article(text: str, fields: Mapping[str, Any]) -> str:
    """Return corridor.toml with the article's fields set; those that are None are taken out.

    Raises
    ------
    CorridorFormatError
        The text is broken, or a field is not known.
    """

    def change() -> str:
        document = parsed_toml(text, MANIFEST)
        known = cast("Any", document.get("article"))
        if known is not None:
            for key, value in fields.items():
                if value is None:
                    known.pop(key, None)
                elif known.get(key) != value:
                    known[key] = value
            return tomlkit.dumps(document)
        table = tomlkit.table()
        for key, value in fields.items():
            if value is not None:
                table[key] = value
        return _placed(document, text, tomlkit.dumps({"article": table}))

    return changed_toml(MANIFEST, "the article", Manifest, change)


def with_format(text: str, number: int) -> str:
    """Return corridor.toml with the number of its format; a new one stands before all else.

    Raises
    ------
    CorridorFormatError
        The text is broken, or would say something else as well.
    """
    said = parse_toml(text.encode(), file=MANIFEST)
    if KEY in said:
        document = parsed_toml(text, MANIFEST)
        document[KEY] = number
        made = tomlkit.dumps(document)
    else:
        lines = text.splitlines(keepends=True)
        passed = takewhile(lambda line: not line.strip() or line.lstrip().startswith("#"), lines)
        at = sum(len(line) for line in passed)
        end = "\r\n" if "\r\n" in text else "\n"
        made = f"{text[:at]}{KEY} = {number}{end}{text[at:]}"
    if parse_toml(made.encode(), file=MANIFEST) != {**said, KEY: number}:
        raise CorridorFormatError("format-cannot-be-written", file=MANIFEST, key=KEY, number=number)
    return made


def parsed_toml(text: str, file: str) -> TOMLDocument:
    """Return a text with its comments and blank lines, once it is known to be small enough."""
    check_toml(text, file=file)
    return tomlkit.parse(text)  # noqa: TID251  behind the bounds


def _placed(document: TOMLDocument, text: str, block: str) -> str:
    """Return a text with a table put before its first one."""
    at = next((i for i in _heads(text)), len(text))
    del document
    head, tail = text[:at], text[at:]
    body, comment = _split_comment(head)
    return f"{body.rstrip()}\n\n{block.strip()}\n\n{comment}{tail}"


def _heads(text: str) -> list[int]:
    """Return where the lines begin that open a table."""
    at, found = 0, []
    for line in text.splitlines(keepends=True):
        if line.startswith("["):
            found.append(at)
        at += len(line)
    return found


def _split_comment(text: str) -> tuple[str, str]:
    """Return a text without the comment that ends it, and that comment."""
    lines = text.splitlines(keepends=True)
    at = len(lines)
    while at and lines[at - 1].startswith("#"):
        at -= 1
    return "".join(lines[:at]), "".join(lines[at:])


def changed_toml(file: str, what: str, model: type[BaseModel], change: Callable[[], str]) -> str:
    """Return what a change makes of a file, once a model has read it.

    Raises
    ------
    CorridorFormatError
        The change cannot be made, or the model refuses what it makes.
    """
    try:
        made = change()
        model.model_validate(parse_toml(made.encode(), file=file))
    except ValidationError as error:
        raise CorridorFormatError.of(findings_of(error, file=file)) from error
    except (TOMLKitError, ValueError, AttributeError, TypeError, KeyError) as error:
        raise CorridorFormatError(
            "toml-cannot-be-written", file=file, what=what, error=short(error)
        ) from error
    return made
