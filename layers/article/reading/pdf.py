"""Take the text out of a PDF that has one: page by page, lines joined to paragraphs.

Used in the box (box.py), since a PDF may be made to keep a reader busy. Pictures
of text are not read, and no action, attachment or address in the file is opened.
"""

from __future__ import annotations

import io
import re
import signal
from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["PdfRefusedError", "paragraphs", "read_pdf"]

PAGES_MOST = 200
PAGE_SECONDS = 1.2
"""Processor time for opening the file, and for each page; honest pages take a tenth."""
_LINE_END = re.compile(r"[.!?:;…؟。][\"'”’»)\]]*$")
_HYPHENATED = re.compile(r"[^\W\d_]-$")
_NUMBER_ONLY = re.compile(r"(?i)^(page\s*)?[-–]?\s*\d{1,4}\s*[-–]?(\s*(of|/)\s*\d{1,4})?$")
_FULL_SHARE = 0.75
"""A line shorter than this share of the longest may end a paragraph."""
_REPEATED = 3


class PdfRefusedError(BaseException):
    """The text cannot be had; the arguments are a word for why and a number.

    No `Exception`, so that a reader that swallows those does not swallow the end of its time.
    """


def read_pdf(data: bytes) -> dict[str, str]:
    """Return the text of a PDF, a paragraph per line, with its title and author.

    Raises
    ------
    PdfRefusedError
        It is locked ("locked"), too long ("pages") or slow ("slow"), or has no text ("scanned").
    """
    from pypdf import PdfReader

    with _patience():
        reader = PdfReader(io.BytesIO(_unlocked(data)))
        count = len(reader.pages)
    if count > PAGES_MOST:
        raise PdfRefusedError("pages", count)
    pages = []
    for page in reader.pages:
        with _patience():
            pages.append(page.extract_text() or "")
    text = paragraphs(pages)
    if not text.strip():
        raise PdfRefusedError("scanned", count)
    empty = sum(not page.strip() for page in pages)
    about = reader.metadata
    return {
        "text": text,
        "title": str((about and about.title) or "")[:300],
        "author": str((about and about.author) or "")[:300],
        "said": f"{empty} of {count} pages hold no text, only pictures." if empty else "",
    }


def _unlocked(data: bytes) -> bytes:
    """Return a PDF that was locked only against changes without that lock."""
    if b"/Encrypt" not in data:
        return data
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(data)) as locked:
            out = io.BytesIO()
            locked.save(out)
    except pikepdf.PasswordError as error:
        raise PdfRefusedError("locked", 0) from error
    return out.getvalue()


@contextmanager
def _patience() -> Iterator[None]:
    """Let what is inside take no more of the processor than one page may."""

    def stop(*_: object) -> None:
        raise PdfRefusedError("slow", 0)

    signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, PAGE_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def paragraphs(pages: list[str]) -> str:
    """Return the lines of pages joined to paragraphs, without running heads and page numbers."""
    split = [[" ".join(line.split()) for line in page.splitlines()] for page in pages]
    seen = Counter(line for lines in split for line in {*lines[:2], *lines[-2:]} if line)
    running = {line for line, n in seen.items() if n >= _REPEATED and 2 * n >= len(pages)}
    lines = [
        line for page in split for line in page if line not in running and not _number_only(line)
    ]
    longest = max(map(len, lines), default=0)
    out: list[str] = [""]
    for line in lines:
        if not line:
            out.append("")
            continue
        last = out[-1]
        if last and _HYPHENATED.search(last) and line[0].islower():
            out[-1] = last[:-1] + line
        else:
            out[-1] = f"{last} {line}" if last else line
        if len(line) < _FULL_SHARE * longest and _LINE_END.search(line):
            out.append("")
    return "\n".join(paragraph for paragraph in out if paragraph)


def _number_only(line: str) -> bool:
    return bool(_NUMBER_ONLY.match(line))
