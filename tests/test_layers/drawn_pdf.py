"""Read a drawn map out of its PDF, by another program's eyes: which words stand where.

Persian is joined and turned by the writer of the file: of such a name only the place is known.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import pypdfium2

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tests.test_layers.drawn_map import Drawn, Rect

__all__ = ["missing"]

_PX_PER_POINT = 96 / 72
_NEAR_PX = 3.0


def missing(pdf: bytes, frames: Iterable[Drawn]) -> list[str]:
    """Return the names of a map that the PDF of it does not have at their places."""
    document = pypdfium2.PdfDocument(pdf)
    page = document[0]
    text, high = page.get_textpage(), page.get_height()
    try:
        letters = list(_letters(text, high))
    finally:
        text.close()
        page.close()
        document.close()
    return [
        row.text
        for frame in frames
        for label in frame.labels.values()
        for row in label.rows
        if not any(_near(box, row.box) for box in _places(letters, row.text))
    ]


def _letters(text: pypdfium2.PdfTextPage, high: float) -> Iterator[tuple[str, Rect]]:
    """Yield each letter of a page and what it fills, in px from the upper left corner."""
    for i in range(text.count_chars()):
        letter = text.get_text_range(i, 1)
        # Between letters that stand apart the reader sees blanks.
        if letter.strip():
            left, bottom, right, top = text.get_charbox(i)
            points = (left, high - top, right, high - bottom)
            x0, y0, x1, y1 = (_PX_PER_POINT * value for value in points)
            yield letter, (x0, y0, x1, y1)


def _places(letters: list[tuple[str, Rect]], words: str) -> Iterator[Rect]:
    """Yield what each occurrence of some words fills."""
    if not _is_rightwards(words):
        yield from (box for _, box in letters)
        return
    page, wanted = "".join(letter[:1] for letter, _ in letters), "".join(words.split())
    at = page.find(wanted)
    while at >= 0:
        yield _joined([box for _, box in letters[at : at + len(wanted)]])
        at = page.find(wanted, at + 1)


def _is_rightwards(words: str) -> bool:
    return not any(unicodedata.bidirectional(letter) in {"R", "AL"} for letter in words)


def _joined(boxes: list[Rect]) -> Rect:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _near(box: Rect, wanted: Rect) -> bool:
    """Tell whether a box lies in another, but for the air that letters have about them."""
    return (
        box[0] > wanted[0] - _NEAR_PX
        and box[2] < wanted[2] + _NEAR_PX
        and box[1] > wanted[1] - _NEAR_PX
        and box[3] < wanted[3] + _NEAR_PX
    )
