"""The words of every error and finding, in one catalogue for each language.

`en.json` beside this file has, for each code, `problem` and `remedy`; a {name} in them is
filled with what the code that raised it says. The browser is sent the words, with their code and
what they are filled with. Nothing here knows what place a message is about.

Public are `messages`, `problem_of` and `remedy_of`.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["fill", "messages", "problem_of", "remedy_of"]

_NAME = re.compile(r"\{([a-z_]+)\}")


# Read at once: a process that reads a stranger's file may open no other once it has begun.
# The bounded reader of JSON is not asked, since it says what it refuses by this catalogue.
_EN: dict[str, dict[str, str]] = json.loads(  # noqa: TID251  a file of the program's own
    Path(__file__).with_name("en.json").read_text(encoding="utf-8")
)


def messages() -> Mapping[str, Mapping[str, str]]:
    """Return the catalogue: problem and remedy by code."""
    return MappingProxyType(_EN)


def problem_of(code: str, params: Mapping[str, object]) -> str:
    """Return what is wrong, as a phrase without a closing stop."""
    return fill(_EN[code]["problem"], params)


def remedy_of(code: str, params: Mapping[str, object]) -> str:
    """Return what to do, as a sentence; empty where nothing can be done."""
    return fill(_EN[code]["remedy"], params)


def fill(text: str, params: Mapping[str, object]) -> str:
    """Return a text with each {name} replaced, once: a value is shown as it is.

    `str.format` would reach into the values ({x.attribute}), and would stumble over the
    braces of the examples in a remedy.
    """
    return _NAME.sub(lambda found: str(params.get(found[1], found[0])), text)
