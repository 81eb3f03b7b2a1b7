"""Take the text out of a PDF that has one: page by page, lines joined to paragraphs.

Used in the box (box.py), since a PDF may be made to keep a reader busy or to break it. Pictures
of text are not read, and no action, attachment or address in the file is opened.
"""

from __future__ import annotations

import ctypes
import re
import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from corridormap.layers.article.reading.paragraphs import paragraphs
from corridormap.layers.article.reading.pdf_lines import lines_of, pieces_of, rows_of
from corridormap.layers.article.reading.script_order import Letter, is_rtl

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pypdfium2

    from corridormap.layers.article.reading.pdf_lines import Line
    from corridormap.layers.article.reading.script_order import Blank

__all__ = ["PdfRefusedError", "read_pdf"]

PAGES_MOST = 200
PAGE_SECONDS = 1.2
"""Processor time for opening the file, and for each page; honest pages take a tenth."""
_LINE_END = {"\r", "\n"}
_HYPHEN = {"\x02", "\ufffe"}
"""How PDFium marks a hyphen at the end of a line; the next begins without another mark."""
_WRONG_PASSWORD = 4
_APART_SHARE = 0.3
"""Share of the words that are one letter where a file draws its letters apart."""
_STRAY_SHARE = 0.02
_FEW_WORDS = 20
_ARABIC = re.compile("[\u0620-\u06ff]")
_SHAPES = re.compile("[\ufb1d-\ufdff\ufe70-\ufefc]")
_STRAY = re.compile("[\ue000-\uf8ff\ufffd]")


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
    with _patience():
        document = _opened(data)
        count = len(document)
    if count > PAGES_MOST:
        raise PdfRefusedError("pages", count)
    pages = []
    for number in range(count):
        with _patience():
            pages.append(_page_lines(document, number))
    with _patience():
        text = paragraphs(pages)
    if not text.strip():
        raise PdfRefusedError("scanned", count)
    empty = sum(not page for page in pages)
    about = document.get_metadata_dict()
    return {
        "text": text,
        "title": about.get("Title", "")[:300],
        "author": about.get("Author", "")[:300],
        "said": "\n".join(_said(text, empty, count)),
    }


def _opened(data: bytes) -> pypdfium2.PdfDocument:
    """Open a PDF; one that is locked only against changes is open to readers."""
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code == _WRONG_PASSWORD:
            raise PdfRefusedError("locked", 0) from error
        raise


def _page_lines(document: pypdfium2.PdfDocument, number: int) -> list[Line]:
    """Return the lines of a page in reading order."""
    import pypdfium2.raw as pdfium

    page = document[number]
    text = page.get_textpage()
    box, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    drawn: list[list[list[Letter]]] = [[[]]]
    blanks: list[Blank] = []
    for at in range(pdfium.FPDFText_CountChars(text)):
        sign = chr(pdfium.FPDFText_GetUnicode(text, at))
        if sign in _LINE_END:
            drawn.append([[]])
            continue
        pdfium.FPDFText_GetLooseCharBox(text, at, box)
        pdfium.FPDFText_GetCharOrigin(text, at, x, y)
        if sign.isspace():
            drawn[-1].append([])
            if box.left < box.right:
                blanks.append(((box.left + box.right) / 2, y.value))
        elif sign != "\0":
            size = max(1.0, pdfium.FPDFText_GetFontSize(text, at))
            parted = sign in _HYPHEN
            left = min(box.left, x.value) if box.left - x.value < size else box.left
            drawn[-1][-1].append(Letter("-" if parted else sign, left, box.right, y.value, size))
            if parted:
                drawn.append([[]])
    rows = list(rows_of(drawn))
    if any(is_rtl(letter.text) for row in rows for word in row for letter in word):
        blanks += _silent(page, text)
    text.close()
    page.close()
    return lines_of([pieces_of(row, blanks) for row in rows])


def _silent(page: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage) -> Iterator[Blank]:
    """Yield where something was drawn that gave no letter: blanks, half-spaces among them."""
    import pypdfium2.raw as pdfium

    def address(drawn: Any) -> int:
        return ctypes.addressof(drawn.contents) if drawn else 0

    letters = {
        address(pdfium.FPDFText_GetTextObject(text, at))
        for at in range(pdfium.FPDFText_CountChars(text))
    }
    matrix = pdfium.FS_MATRIX()
    for at in range(pdfium.FPDFPage_CountObjects(page)):
        drawn = pdfium.FPDFPage_GetObject(page, at)
        if pdfium.FPDFPageObj_GetType(drawn) != pdfium.FPDF_PAGEOBJ_TEXT:
            continue
        if address(drawn) not in letters and pdfium.FPDFPageObj_GetMatrix(drawn, matrix):
            yield matrix.e, matrix.f


def _said(text: str, empty: int, count: int) -> Iterator[str]:
    """Yield what to know of a text taken out of a PDF."""
    if empty:
        yield f"{empty} of {count} pages hold no text, only pictures."
    words = text.split()
    apart = sum(len(word) == 1 and word.isalpha() for word in words)
    if len(words) >= _FEW_WORDS and apart > _APART_SHARE * len(words):
        yield "Many letters stand apart in this file: look whether its words are whole."
    stray = len(_STRAY.findall(text)) + len(_SHAPES.findall(text))
    if stray > _STRAY_SHARE * len(text):
        yield (
            "Many signs of this file are shapes of letters or nameless: "
            "look whether its words can be read."
        )
    if _ARABIC.search(text) and "\u200c" not in text:
        yield (
            "Lines from right to left were put in order by where their letters stand; "
            "half-spaces within words may be missing."
        )


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
