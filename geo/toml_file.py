"""Read the bytes of a TOML file of UTF-8 text, or say in one line why they cannot be read.

What would keep a parser busy is refused before one sees it: files and words that are too
long, names of too many parts, brackets inside each other. One look at each letter finds it.
"""

from __future__ import annotations

import re
import tomllib
from typing import Any

from corridormap.geo.errors import CorridorFormatError

__all__ = ["check_toml", "parse_toml"]

_MOST_BYTES = 256_000
"""A corridor's largest honest file has 4,000."""
_MOST_MARKS = 10_000
"""Values, entries and tables; an honest file has 200."""
_MOST_DEPTH = 16
_MOST_PARTS = 8
"""Of one name: "layer.bridges.color" has three."""
_MOST_WORD = 200
"""Letters of a number, a date or a name without quotation marks."""

# Every alternative takes what it began with whole or to the end, and never looks back.
_TOKEN = re.compile(
    r"""
    (?P<skip> \#[^\n]*+
        | \"{3}(?:[^"\\]++|\\.|"(?!""))*+(?:\"{3,5})?
        | '{3}(?:[^']++|'(?!''))*+(?:'{3,5})?
        | "(?:[^"\\\n]++|\\.)*+"?
        | '[^'\n]*+'?
        | [^\S\n]++ )
    | (?P<word> [^\s"'\#\[\]{}=,.]++ )
    | (?P<open> [\[{] ) | (?P<close> [\]}] ) | (?P<dot> \. ) | (?P<mark> [=,] ) | (?P<line> \n )
    """,
    re.VERBOSE | re.DOTALL,
)


def parse_toml(raw: bytes, *, file: str) -> dict[str, Any]:
    """Parse the bytes of a TOML file of UTF-8 text.

    Raises
    ------
    CorridorFormatError
        They are not UTF-8, not TOML, or more than a file of ours can have.
    """
    _require_size(len(raw), file)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CorridorFormatError("file-is-not-utf-8", file=file) from error
    check_toml(text, file=file)
    try:
        return tomllib.loads(text)  # noqa: TID251  here, behind the bounds
    except (ValueError, RecursionError) as error:
        raise CorridorFormatError("toml-is-broken", file=file, error=error) from error


def check_toml(text: str, *, file: str) -> None:
    """Refuse a text that a parser of TOML would be busy with for long.

    Raises
    ------
    CorridorFormatError
        It has too many of something; the message says where.
    """
    _require_size(len(text), file)
    depth = dots = marks = 0
    for token in _TOKEN.finditer(text):
        kind = token.lastgroup
        if kind == "skip":
            continue
        if kind == "dot":
            # Many long names cost a parser more than many short ones.
            dots += 1
            marks += 1
        elif kind == "word":
            size = token.end() - token.start()
            if size > _MOST_WORD:
                problem = f"a number or a name has {size:,} characters"
                raise _refused(text, token.start(), file, problem, _MOST_WORD)
        else:
            # What follows is another name or value.
            dots = 0
            marks += kind in {"mark", "open"}
            depth += (kind == "open") - (kind == "close")
        if dots >= _MOST_PARTS:
            raise _refused(text, token.start(), file, "a name has too many parts", _MOST_PARTS)
        if depth > _MOST_DEPTH:
            problem = "too many brackets stand inside each other"
            raise _refused(text, token.start(), file, problem, _MOST_DEPTH)
        if marks > _MOST_MARKS:
            problem = "the file has too many values and tables"
            raise _refused(text, token.start(), file, problem, _MOST_MARKS)


def _require_size(size: int, file: str) -> None:
    if size > _MOST_BYTES:
        raise CorridorFormatError(
            "toml-file-too-large", file=file, mb=f"{size / 1e6:,.1f}", most=_MOST_BYTES // 1000
        )


def _refused(text: str, at: int, file: str, problem: str, most: int) -> CorridorFormatError:
    line = text.count("\n", 0, at) + 1
    return CorridorFormatError(
        "toml-has-too-much", file=file, what=problem, line=f"{line:,}", most=f"{most:,}"
    )
