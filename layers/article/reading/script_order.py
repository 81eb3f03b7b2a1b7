"""Read letters in the order of their script, by where they stand on a line.

Letters from right to left may have been drawn in any order, and in the shapes that join them.
Opens no file, and knows no PDF.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "SAME_LINE_EMS",
    "Blank",
    "Letter",
    "Word",
    "as_written",
    "in_order",
    "is_rightwards",
    "is_rtl",
    "seen",
]

SAME_LINE_EMS = 0.3
"""Words no more than this above or below one another stand on one line."""
_WHITE_EMS = 0.17
"""White within a word of letters from right to left that is a blank after all."""
_TOUCH_EMS = 0.03
"""White between two such words that is none."""
_NEAR_EMS = 0.12
_ENDS_JOINING = frozenset("اآأإٱدذڈرزژڑوؤةۀء")
"""Letters that join to none behind them: no half-space is needed there."""
_RTL = {"R", "AL"}
_DIGITS = {"EN", "AN"}
_WITHIN_NUMBERS = {"CS", "ES", "ET"}
_ZWNJ = "\u200c"
_SHAPES = ("\ufb00", "\ufb06"), ("\ufb1d", "\ufdff"), ("\ufe70", "\ufefc")
"""Letters as they are drawn: joined to others, or two in one."""


class Letter(NamedTuple):
    """A letter and what it fills, in points, upwards from the page's lower left corner."""

    text: str
    left: float
    right: float
    base: float
    """Height of the line it stands on."""
    size: float


Word = Sequence[Letter]
Blank = tuple[float, float]
"""A place where a blank was drawn: to the right, and upwards."""


def in_order(row: Sequence[str], page: str) -> str:
    """Return a line with letters from right to left as it is read: by where they stand.

    The reverse of the Unicode bidirectional algorithm (UAX #9) for one level of embedding:
    numbers and words of the other direction run their own way.

    Parameters
    ----------
    row
        Its letters from left to right, as `seen` gives them.
    page
        All words of the page, whose direction counts where a line has both.
    """
    base = "L" if is_rightwards("".join(row)) and is_rightwards(page) else "R"
    sides = _sides(row, base)
    runs = [
        (side, [text for text, _ in run])
        for side, run in groupby(zip(row, sides, strict=True), key=lambda pair: pair[1])
    ]
    text = "".join(
        as_written(text)
        for side, run in (runs if base == "L" else reversed(runs))
        for text in (run if side == "L" else reversed(run))
    )
    return _paired(" ".join(text.split()))


def seen(words: Sequence[Word], blanks: Sequence[Blank]) -> Iterator[str]:
    """Yield the letters of a line from left to right, with blanks and half-spaces (ZWNJ).

    The words of the program that reads the file are taken, but for those that it parts where
    no blank is and no white, and those that it joins where a blank is.
    """
    placed = sorted(
        (_middle(letter), -at, number, letter)
        for number, word in enumerate(words)
        for at, letter in enumerate(_with_signs(word))
    )
    base, size = placed[0][3].base, placed[0][3].size
    near = [x for x, y in blanks if abs(y - base) < SAME_LINE_EMS * size]
    edge = _NEAR_EMS * size
    for one, other in pairwise([placed[0], *placed]):
        before, letter = one[3], other[3]
        white = letter.left - before.right
        drawn = any(before.right - edge < x < letter.left + edge for x in near)
        if one is other:
            pass
        elif one[2] != other[2]:
            if drawn or white > _TOUCH_EMS * size:
                yield " "
        elif white > _WHITE_EMS * size:
            yield " "
        elif drawn and letter.text[0] not in _ENDS_JOINING:
            yield _ZWNJ
        yield letter.text


def _with_signs(word: Word) -> list[Letter]:
    """Return the letters of a word, each with the signs above and below it."""
    letters = [letter for letter in word if not unicodedata.combining(letter.text[0])]
    if not letters or len(letters) == len(word):
        return list(word)
    for sign in word:
        if unicodedata.combining(sign.text[0]):
            apart = [abs(_middle(letter) - _middle(sign)) for letter in letters]
            near = apart.index(min(apart))
            letters[near] = letters[near]._replace(text=letters[near].text + sign.text)
    return letters


def _sides(row: Sequence[str], base: str) -> list[str]:
    """Return for each letter which way it runs, "L" or "R"."""
    kinds = [unicodedata.bidirectional(text[0]) if text else "ON" for text in row]
    sides = ["R" if kind in _RTL else "L" if kind in {"L", *_DIGITS} else "" for kind in kinds]
    for at, kind in enumerate(kinds):
        if kind == "NSM":
            sides[at] = base
    at = 0
    while at < len(sides):
        if sides[at]:
            at += 1
            continue
        end = at
        while end < len(sides) and not sides[end]:
            end += 1
        before = sides[at - 1] if at else base
        after = sides[end] if end < len(sides) else base
        side = before if before == after else base
        if base == "R" and side == "L" and not _runs_on(row, kinds, (at, end)):
            side = "R"
        sides[at:end] = [side] * (end - at)
        at = end
    return sides


def _runs_on(row: Sequence[str], kinds: Sequence[str], between: tuple[int, int]) -> bool:
    """Tell whether what stands between two numbers or words of a line keeps them together."""
    start, end = between
    if kinds[end] not in _DIGITS:
        return True
    if kinds[start - 1] in _DIGITS:
        return end - start == 1 and kinds[start] in _WITHIN_NUMBERS
    # "Model 3" runs on; a unit beside a number was written after it, and stands to its left.
    first = start - 1
    while first and kinds[first - 1] == "L":
        first -= 1
    return not row[first].islower()


def _paired(text: str) -> str:
    """Return a line whose brackets open before they close: some writers turn them, some do not."""
    for opened, closed in (("(", ")"), ("[", "]"), ("«", "»"), ("{", "}")):
        first = next((sign for sign in text if sign in {opened, closed}), "")
        if first == closed and text.rfind(opened) > text.find(closed):
            text = text.translate(str.maketrans(opened + closed, closed + opened))
    return text


def is_rtl(text: str) -> bool:
    """Tell whether something in a text runs from right to left."""
    return any(unicodedata.bidirectional(sign) in _RTL | {"AN"} for sign in text)


def is_rightwards(text: str) -> bool:
    """Tell whether most letters of a text run from left to right."""
    kinds = [unicodedata.bidirectional(sign) for sign in text]
    return kinds.count("L") >= sum(kind in _RTL for kind in kinds)


def _middle(letter: Letter) -> float:
    return (letter.left + letter.right) / 2


def as_written(text: str) -> str:
    """Return a letter as it is written, not as it is drawn."""
    shape = any(first <= text <= last for first, last in _SHAPES)
    return unicodedata.normalize("NFKC", text) if shape else text
