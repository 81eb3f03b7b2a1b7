"""Say what found no room on a picture, and name many things in one sentence.

The recipe, the alternative text and the page say it in these words. It knows no picture.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "claims_unmarked",
    "label_without_room",
    "listed",
    "named",
    "names_heading",
    "names_without_room",
    "parts_left_out",
]

_MOST_NAMED = 8


def label_without_room(text: str, near: Sequence[str]) -> str:
    """Return a label's text with the names nearest to where it would be."""
    return f"{text} (near {', '.join(near)})" if near else text


def names_without_room(
    names: Sequence[str], *, letters: float = math.inf, most: int = _MOST_NAMED
) -> str:
    """Return a sentence that names what has no room; see `named`."""
    return named("No room for the names", names, letters=letters, most=most)


def names_heading(count: int) -> str:
    """Return what stands over the list of names without room, with the remedy."""
    which = "this name" if count == 1 else f"these {count} names"
    return f"No room for {which}: larger size or fewer layers"


def claims_unmarked(numbers: Sequence[int]) -> str:
    """Return a sentence that lists the claims whose number has no room; "" for none."""
    return f"Claims not marked at this size: {', '.join(map(str, numbers))}." if numbers else ""


def parts_left_out(parts: Sequence[str]) -> str:
    """Return a sentence that lists the parts of a picture without room; "" for none."""
    return f"Left out: {', '.join(parts)}." if parts else ""


def named(
    heading: str, names: Sequence[str], *, letters: float = math.inf, most: int = _MOST_NAMED
) -> str:
    """Return "Heading: a, b and 3 more." with as many names as there is room for.

    Parameters
    ----------
    heading, names
        What they are, and the foremost first.
    letters
        How long it may be; where not even a count finds room it is "".
    most
        The most names.
    """
    for shown in range(min(len(names), most), 0, -1):
        left = len(names) - shown
        words = [*names[:shown], f"{left} more"] if left else names[:shown]
        sentence = f"{heading}: {listed(words)}."
        if len(sentence) <= letters:
            return sentence
    counted = f"{heading}: {len(names)}."
    return counted if names and len(counted) <= letters else ""


def listed(words: Sequence[str]) -> str:
    """Return words as a sentence lists them: "a, b and c"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"
