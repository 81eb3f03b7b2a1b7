"""Decide what a feature's label says: its rows, and where a long name is broken.

Screen and paper place these rows, and leave some out where there is no room. They change none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["halves_of", "number_runs", "second_rows"]

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


def second_rows(status: str, uncertainty: str, *, line: bool) -> tuple[str, str]:
    """Return what stands below a name, at rest and while the feature is selected.

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
    return at_rest, "; ".join(part for part in (word, more) if part)


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
