"""Join the lines of a PDF's pages to paragraphs; words that a line's end parted become whole.

Running heads and page numbers are left out. Opens no file.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from corridormap.layers.article.reading.pdf_lines import Line

__all__ = ["paragraphs"]

_LINE_END = re.compile(r"[.!?:;…؟。][\"'”’»)\]]*$")
_SOFT = "\xad"
_PARTED = re.compile(rf"\w[-‐{_SOFT}]$")
_NUMBER_ONLY = re.compile(r"(?i)^(page\s*)?[-–]?\s*\d{1,4}\s*[-–]?(\s*(of|/)\s*\d{1,4})?$")
_WORD = re.compile(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*")
_WORD_MOST = 60
"""Characters beside a line's end in which its word stands."""
_FULL_SHARE = 0.75
"""A line shorter than this share of the longest may end a paragraph."""
_REPEATED = 3
_OTHER_SIZE = 1.12
"""Letters larger or smaller by this are another paragraph: a title, a caption."""
_WIDE_PITCH = 1.35
"""Lines this much further apart than most are of two paragraphs."""


@dataclass(frozen=True)
class _Piece:
    """A line of text as it is joined."""

    text: str
    width: float
    begins: bool = False
    """Whether it surely begins a paragraph."""


def paragraphs(pages: Sequence[Sequence[Line]]) -> str:
    """Return the lines of pages joined to paragraphs, without running heads and page numbers."""
    seen = Counter(line for page in pages for line in {one.text for one in (*page[:2], *page[-2:])})
    running = {line for line, n in seen.items() if n >= _REPEATED and 2 * n >= len(pages)}
    lines = [
        piece
        for page in pages
        for piece in _pieces(page)
        if piece.text not in running and not _NUMBER_ONLY.match(piece.text)
    ]
    widest = max((piece.width for piece in lines), default=0.0)
    known = {word.lower() for piece in lines for word in _WORD.findall(piece.text)}
    out: list[str] = [""]
    for piece in lines:
        if piece.begins:
            out.append("")
        out[-1] = _joined(out[-1], piece.text, known)
        if piece.width < _FULL_SHARE * widest and _LINE_END.search(piece.text):
            out.append("")
    return "\n".join(paragraph.replace(_SOFT, "") for paragraph in out if paragraph)


def _pieces(page: Sequence[Line]) -> Iterator[_Piece]:
    """Yield the lines of a page, and whether something before them tells of a new paragraph."""
    drops = [above.base - below.base for above, below in pairwise(page)]
    pitch = median(
        [drop / line.size for drop, line in zip(drops, page, strict=False) if drop > 0] or [0]
    )
    before: Line | None = None
    for line in page:
        begins = before is not None and (
            line.cells > 1
            or before.cells > 1
            or not 1 / _OTHER_SIZE < line.size / before.size < _OTHER_SIZE
            or (before.base - line.base) > _WIDE_PITCH * pitch * line.size
        )
        yield _Piece(line.text, line.right - line.left, begins)
        before = line


def _joined(text: str, line: str, known: set[str]) -> str:
    """Return a line put behind a text; a hyphen between them is kept where it belongs there."""
    if not text or not _PARTED.search(text[-2:]):
        return f"{text} {line}" if text else line
    if text.endswith(_SOFT):
        return text[:-1] + line
    if not line[0].isalnum():
        return f"{text} {line}"
    if text[-2].isdigit() or not line[0].islower():
        return text + line
    ends, starts = _WORD.findall(text[-_WORD_MOST:]), _WORD.findall(line[:_WORD_MOST])
    if not ends or not starts:
        return text + line
    one, other = ends[-1].lower(), starts[0].lower()
    whole = one + other in known or not {f"{one}-{other}", f"{one}‐{other}"} & known
    return text[:-1] + line if whole else text + line
