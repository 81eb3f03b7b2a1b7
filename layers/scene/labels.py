"""Decide what a feature's label says: its language, its rows, where a long name is broken.

Screen and paper place these rows, and leave some out where there is no room. They change none.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from corridormap.layers.corridor.corridor import once_for
from corridormap.layers.scene.scene import LabelWords

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corridormap.layers.corridor.corridor import Corridor
    from corridormap.layers.scene.scene import Label

__all__ = [
    "DEFAULT_LANGUAGE",
    "halves_of",
    "in_language",
    "label_languages",
    "label_words",
    "number_runs",
    "second_rows",
    "usual_text",
]

DEFAULT_LANGUAGE = "en"
"""The language of `name` and `label` in a corridor's files."""
_DOTTED = frozenset({"az", "crh", "tr", "tt"})
"""Languages in which the capital of i keeps its dot."""

_DASH = re.compile(r"[–-](?=[^\W\d_])")
_SHORTEST_PART = 3
_DOUBLE_FROM = 11
"""Characters of a name that is broken after its dash."""
_LONG_FROM = 14
"""Characters of a name that is broken at a space."""
_FEW = 3
"""Up to so many claim numbers stand each in a disc of its own."""
_LONGEST_PILL = 11
"""Characters of claim numbers that stand together."""


def halves_of(text: str) -> tuple[str, ...]:
    """Return a name in two rows: after its dash, or at the space nearest its middle.

    Empty for a name that is short, or has no place to be broken at.
    """
    dash = _DASH.search(text)
    last = len(text) - _SHORTEST_PART
    if dash and len(text) >= _DOUBLE_FROM and _SHORTEST_PART <= dash.start() < last:
        return text[: dash.end()], text[dash.end() :]
    spaces = [i for i, letter in enumerate(text) if letter == " "]
    if len(text) < _LONG_FROM or not spaces:
        return ()
    cut = min(spaces, key=lambda i: abs(i - len(text) / 2))
    return text[:cut], text[cut + 1 :]


def label_words(text: str, language: str, *, area: bool) -> LabelWords:
    """Return a name as the label of a feature that is an area, or of another, says it."""
    return LabelWords(text, halves_of(text), _capitals(text, language) if area else "")


def _capitals(text: str, language: str) -> str:
    dotted = language.partition("-")[0] in _DOTTED
    return (text.replace("i", "İ") if dotted else text).upper()


def in_language(label: Label, language: str) -> Label:
    """Return a label as it reads in a language; the same where it has no words in it."""
    words = label.names.get(language)
    if words is None:
        return label
    usual = LabelWords(label.text, label.halves, label.capitals)
    return replace(
        label,
        text=words.text,
        halves=words.halves,
        capitals=words.capitals,
        names={**label.names, DEFAULT_LANGUAGE: usual},
    )


def usual_text(label: Label) -> str:
    """Return what a label says in the default language, which the base map's names are in."""
    return label.names.get(DEFAULT_LANGUAGE, label).text


@once_for
def label_languages(corridor: Corridor) -> tuple[str, ...]:
    """Return the languages that labels can be in: the default, then those of local names."""
    named = {
        code
        for layer in corridor.layers
        for feature in layer.features.values()
        for code in feature.names
    }
    return (DEFAULT_LANGUAGE, *sorted(named - {DEFAULT_LANGUAGE}))


def second_rows(status: str, uncertainty: str, *, line: bool) -> tuple[str, str, str]:
    """Return what stands below a name: at rest, without its ring or band, and while selected.

    Parameters
    ----------
    status
        What the feature is, if a reader would not expect it: not for one in operation.
    uncertainty
        How far off its place may be, such as "±1.5 km", where its place is not well known.
    line
        Whether it is a line: its band is in sight beside the name wherever that stands, and a row
        more below each railway's name leaves no room for the names of others.
    """
    word = status.lower()
    more = f"position {uncertainty}" if uncertainty else ""
    at_rest = word or ("" if line else uncertainty)
    undrawn = ", ".join(part for part in (word, uncertainty) if part)
    return at_rest, undrawn, "; ".join(part for part in (word, more) if part)


def number_runs(numbers: Sequence[int]) -> tuple[str, ...]:
    """Return the numbers of the claims about a place as a label shows them: "4", "8–12".

    Parameters
    ----------
    numbers
        In order, each once. Three or more in a row are one range; many stand together.
    """
    runs: list[str] = []
    start = 0
    few = len(numbers) <= _FEW
    while start < len(numbers):
        end = start
        while end + 1 < len(numbers) and numbers[end + 1] == numbers[end] + 1:
            end += 1
        if end - start >= (2 if few else 1):
            runs.append(f"{numbers[start]}–{numbers[end]}")
            start = end + 1
        else:
            runs.append(str(numbers[start]))
            start += 1
    if few or len(runs) <= _FEW - 1:
        return tuple(runs)
    pills: list[str] = []
    for run in runs:
        if pills and len(pills[-1]) + len(run) + 2 <= _LONGEST_PILL:
            pills[-1] = f"{pills[-1]}, {run}"
        else:
            pills.append(run)
    return tuple(pills)
