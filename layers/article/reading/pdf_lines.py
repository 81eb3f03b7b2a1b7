"""Put the letters of a PDF's page into words, lines and columns, by where they stand.

A page holds letters at places, in the order in which they were drawn. Letters of one word may
come from several fonts, those of a script from right to left in any order, and columns row by
row; what stands where is what a reader sees. Opens no file; `pdf` gives the letters.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from corridormap.layers.article.reading.script_order import (
    SAME_LINE_EMS,
    as_written,
    in_order,
    is_rightwards,
    is_rtl,
    seen,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from corridormap.layers.article.reading.script_order import Blank, Word

__all__ = ["Line", "lines_of", "pieces_of", "rows_of"]

_GAP_EMS = 1.4
"""White as wide as this within a line parts columns or cells; justified words stay nearer."""
_SAME_EMS = 0.6
"""Cells that begin or end within this of those of the next row stand in one column."""
_COLUMN_ROWS = 4
"""Rows side by side that make columns of running text; and half of them as long as this:"""
_COLUMN_CHARACTERS = 18
_OTHER_LINE_EMS = 0.7
"""Words drawn in one go stand on one line up to this: one may be set higher."""


@dataclass(frozen=True)
class Line:
    """A line of a page, or a piece of one beside others."""

    text: str
    left: float
    right: float
    base: float
    size: float
    cells: int = 1
    """More than one for the row of a table."""
    seen: tuple[str, ...] = ()
    """Its letters from left to right, if some of them are read the other way."""


def lines_of(page: Sequence[Sequence[Line]]) -> list[Line]:
    """Return the lines of a page in reading order: columns one after another, rows as rows.

    Parameters
    ----------
    page
        For each line, in the order drawn, its pieces with wide white between them.
    """
    words = " ".join(piece.text for row in page for piece in row)
    page = [[_turned(piece, words) for piece in row] for row in page]
    several = [row for row in page if len(row) > 1]
    gutters = _gutters(several)
    if not gutters:
        return [_row(row, several) for row in page if row]
    out: list[Line] = []
    beside: list[Sequence[Line]] = []
    for row in page:
        if any(piece.left < gutter < piece.right for piece in row for gutter in gutters):
            out += [*_by_columns(beside, gutters), _row(row, [])]
            beside = []
        else:
            beside.append(row)
    return [*out, *_by_columns(beside, gutters)]


def _turned(line: Line, page: str) -> Line:
    return replace(line, text=in_order(line.seen, page), seen=()) if line.seen else line


def _gutters(rows: Sequence[Sequence[Line]]) -> list[float]:
    """Return where the white between columns of running text stands; nothing for a table."""
    if len(rows) < _COLUMN_ROWS:
        return []
    count = round(median(map(len, rows)))
    full = [row for row in rows if len(row) == count]
    for column in zip(*full, strict=True):
        if median(len(piece.text) for piece in column) < _COLUMN_CHARACTERS:
            return []
    gutters = []
    for i in range(count - 1):
        left, right = max(row[i].right for row in full), min(row[i + 1].left for row in full)
        if left >= right:
            return []
        gutters.append((left + right) / 2)
    return gutters


def _by_columns(rows: Sequence[Sequence[Line]], gutters: Sequence[float]) -> Iterator[Line]:
    columns: list[list[Line]] = [[] for _ in range(len(gutters) + 1)]
    for row in rows:
        for piece in row:
            middle = (piece.left + piece.right) / 2
            columns[sum(middle > gutter for gutter in gutters)].append(piece)
    rightwards = is_rightwards("".join(piece.text for row in rows for piece in row))
    for column in columns if rightwards else reversed(columns):
        yield from column


def _row(row: Sequence[Line], rows: Sequence[Sequence[Line]]) -> Line:
    """Return the pieces of one line as a line; as the row of a table where they are cells."""
    if len(row) == 1:
        return row[0]
    rightwards = is_rightwards("".join(piece.text for piece in row))
    text = " ".join(piece.text for piece in (row if rightwards else reversed(row)))
    aligned = any(other is not row and _aligned(row, other) for other in rows)
    return replace(row[0], text=text, right=row[-1].right, cells=len(row) if aligned else 1)


def _aligned(row: Sequence[Line], other: Sequence[Line]) -> bool:
    """Tell whether a cell after the first begins or ends where one of another row does."""
    near = _SAME_EMS * row[0].size
    return any(
        abs(one.left - two.left) < near or abs(one.right - two.right) < near
        for one in row[1:]
        for two in other[1:]
    )


def rows_of(lines: Iterable[Sequence[Word]]) -> Iterator[list[Word]]:
    """Yield the words of a page by the lines they stand on, whatever was drawn in one go."""
    row: list[Word] = []
    for line in lines:
        ended = True
        for word in filter(None, line):
            apart = SAME_LINE_EMS if ended else _OTHER_LINE_EMS
            if row and abs(word[0].base - row[-1][0].base) > apart * word[0].size:
                yield row
                row = []
            row.append(word)
            ended = False
    if row:
        yield row


def pieces_of(row: Sequence[Word], blanks: Sequence[Blank] = ()) -> list[Line]:
    """Return the words of one line as pieces, from left to right, parted by wide white.

    Parameters
    ----------
    blanks
        Where blanks were drawn on the page.
    """
    leftwards = any(is_rtl(letter.text) for word in row for letter in word)
    drawn = sorted(row, key=lambda word: _box(word)[0]) if leftwards else row
    pieces: list[list[Word]] = [[drawn[0]]]
    for before, word in pairwise(drawn):
        if _box(word)[0] - _box(before)[1] > _GAP_EMS * word[0].size:
            pieces.append([])
        pieces[-1].append(word)
    lines = [_line(piece, blanks if leftwards else None) for piece in pieces]
    return sorted(lines, key=lambda line: line.left)


def _line(words: Sequence[Word], blanks: Sequence[Blank] | None) -> Line:
    letters = [letter for word in words for letter in word]
    return Line(
        text=" ".join(map(_said, words)),
        left=min(letter.left for letter in letters),
        right=max(letter.right for letter in letters),
        base=median(letter.base for letter in letters),
        size=median(letter.size for letter in letters),
        seen=() if blanks is None else tuple(seen(words, blanks)),
    )


def _said(word: Word) -> str:
    return "".join(as_written(letter.text) for letter in word)


def _box(word: Word) -> tuple[float, float]:
    return min(letter.left for letter in word), max(letter.right for letter in word)
