"""Take the text out of a Word document (DOCX): its paragraphs, as they stand.

The zip and its XML are read by the project's own careful readers (geo/formats), which
refuse bombs, links, locked members and entities; used in the sandbox (box.py) all
the same. Deleted words, comments, notes and pictures are left out; no link or template in
it is opened.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from corridormap.geo.errors import ReadError
from corridormap.geo.formats.archive import Archive
from corridormap.geo.formats.xml import Element, read_xml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corridormap.geo.formats.blob import Blob
    from corridormap.geo.formats.limits import Limits

__all__ = ["read_docx"]

_MAIN = "word/document.xml"
_CORE = "docProps/core.xml"
_XML_BYTES = 15_000_000
"""Largest XML part read; an article of 5,000 words has less than one tenth of this."""
_MARKS = 1_200_000
_LEFT_OUT = {"del", "moveFrom", "Fallback", "instrText", "delText"}
_BREAKS = {"tab", "br", "cr", "noBreakHyphen"}
_OTHERS = {
    "xl/workbook.xml": "a spreadsheet (XLSX)",
    "ppt/presentation.xml": "a presentation (PPTX)",
    "content.xml": "an OpenDocument file",
}


def read_docx(blob: Blob, limits: Limits) -> dict[str, str]:
    """Return the text of a DOCX, a paragraph per line, with its title and author.

    Raises
    ------
    ReadError
        It is broken, locked, dangerous, or another kind of zip.
    """
    archive = Archive(blob, limits)
    if _MAIN not in archive.names:
        other = next((what for name, what in _OTHERS.items() if name in archive.names), "")
        raise ReadError(
            "not-a-docx", file=blob.name, what=other or "a zip that is no Word document"
        )
    body = _part(archive, _MAIN, blob, limits)
    lines = [" ".join(line.split()) for line in _paragraphs(body)]
    core = _part(archive, _CORE, blob, limits) if _CORE in archive.names else None
    return {
        "text": "\n".join(line for line in lines if line),
        "title": core.text_of("title")[:300] if core else "",
        "author": core.text_of("creator")[:300] if core else "",
    }


def _part(archive: Archive, name: str, blob: Blob, limits: Limits) -> Element:
    data = archive.read(name)
    if len(data) > _XML_BYTES:
        raise ReadError("document-is-too-long", file=blob.name)
    return read_xml(data, file=f"{blob.name}, {name}", limits=replace(limits, marks=_MARKS))


def _paragraphs(root: Element) -> Iterator[str]:
    """Yield the text of each paragraph in reading order."""
    for element in _inside(root, into={"p"}):
        if element.name == "p":
            yield "".join(_said(element))


def _said(paragraph: Element) -> Iterator[str]:
    for element in _inside(paragraph, into=set()):
        if element.name == "t":
            yield element.raw_text
        elif element.name in _BREAKS:
            yield "-" if element.name == "noBreakHyphen" else " "


def _inside(root: Element, *, into: set[str]) -> Iterator[Element]:
    """Yield the elements inside one, in order; those named in `into` are not entered."""
    stack = list(reversed(root.children))
    while stack:
        element = stack.pop()
        if element.name in _LEFT_OUT:
            continue
        yield element
        if element.name not in into:
            stack.extend(reversed(element.children))
