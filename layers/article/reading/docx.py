"""Take the text out of a Word document (DOCX): its paragraphs, as they stand.

The zip and its XML are read by the project's own careful readers (geo/formats), which
refuse bombs, links, locked members and entities; used in the sandbox (box.py) all
the same. Deleted and hidden words, comments, notes and pictures are left out; text boxes stand
after the paragraph that they hang on. No link or template in it is opened.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from corridormap.geo.errors import ReadError
from corridormap.geo.formats.archive import Archive
from corridormap.geo.formats.xml import Element, read_xml

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from corridormap.geo.formats.blob import Blob
    from corridormap.geo.formats.limits import Limits

__all__ = ["read_docx"]

_MAIN = "word/document.xml"
_STYLES = "word/styles.xml"
_CORE = "docProps/core.xml"
_XML_BYTES = 15_000_000
"""Largest XML part read; an article of 5,000 words has less than one tenth of this."""
_MARKS = 1_200_000
_LEFT_OUT = {"del", "moveFrom", "Fallback", "instrText", "delText"}
_BREAKS = {"tab", "br", "cr", "noBreakHyphen"}
_BOX = "txbxContent"
_OFF = {"0", "false", "off"}
_PRIVATE = 0xF000
"""Where Word puts the signs of fonts that have no letters."""
_SYMBOLS = {
    0xA3: "≤", 0xAE: "→", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB8: "÷",
    0xB9: "≠", 0xBB: "≈",
}  # fmt: skip
"""What those of the font Symbol mean that articles use."""
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
    styles = _part(archive, _STYLES, blob, limits) if _STYLES in archive.names else None
    hidden = _hidden_styles(styles)
    lines = [" ".join(line.split()) for line in _paragraphs(body, hidden)]
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


def _paragraphs(root: Element, hidden: AbstractSet[str]) -> Iterator[str]:
    """Yield the text of each paragraph in reading order; text boxes stand after theirs."""
    todo = [root]
    held: list[str] = []
    while todo:
        element = todo.pop()
        if element.name != "p":
            if element.name not in _LEFT_OUT and not _is_deleted(element):
                todo.extend(reversed(element.children))
            continue
        held += _said(element, hidden)
        boxes = [found for found in _inside(element, into={_BOX}) if found.name == _BOX]
        # A paragraph whose end was deleted goes on in the next; its boxes stand after both.
        if _ends(element):
            yield "".join(held)
            held = []
        for box in reversed(boxes):
            todo.extend(reversed(box.children))
    if held:
        yield "".join(held)


def _ends(paragraph: Element) -> bool:
    mark = _at(paragraph, "pPr", "rPr")
    return not (mark and (mark.child("del") or mark.child("moveFrom")))


def _is_deleted(element: Element) -> bool:
    """Tell whether it is a table's row that was deleted."""
    return element.name == "tr" and _at(element, "trPr", "del") is not None


def _said(paragraph: Element, hidden: AbstractSet[str]) -> Iterator[str]:
    if _is_hidden(_at(paragraph, "pPr"), "pStyle", hidden):
        return
    for element in _inside(paragraph, into={_BOX, "r"}):
        if element.name == "r" and not _is_hidden(element.child("rPr"), "rStyle", hidden):
            yield from _run(element)


def _run(run: Element) -> Iterator[str]:
    for element in _inside(run, into={_BOX}):
        if element.name == "t":
            yield element.raw_text
        elif element.name == "sym":
            yield _sign(element)
        elif element.name in _BREAKS:
            yield "-" if element.name == "noBreakHyphen" else " "


def _sign(element: Element) -> str:
    """Return a sign of a font of signs; one that is not known shows that something stands there."""
    try:
        code = int(element.attributes.get("char", ""), 16)
    except ValueError:
        return "\ufffd"
    plain = chr(code) if 0x1F < code < 0xD800 else "\ufffd"
    return _SYMBOLS.get(code - _PRIVATE, plain)


def _is_hidden(look: Element | None, style: str, hidden: AbstractSet[str]) -> bool:
    """Tell whether text is hidden by its look or by its style."""
    if look is None:
        return False
    own = look.child("vanish")
    if own is not None:
        return own.attributes.get("val", "1") not in _OFF
    named = look.child(style)
    return named is not None and named.attributes.get("val", "") in hidden


def _hidden_styles(styles: Element | None) -> set[str]:
    return {
        style.attributes.get("styleId", "")
        for style in (styles.children if styles else ())
        if style.name == "style" and _is_hidden(style.child("rPr"), "", set())
    }


def _at(element: Element, *names: str) -> Element | None:
    found: Element | None = element
    for name in names:
        found = found.child(name) if found else None
    return found


def _inside(root: Element, *, into: AbstractSet[str]) -> Iterator[Element]:
    """Yield the elements inside one, in order; those named in `into` are not entered."""
    stack = list(reversed(root.children))
    while stack:
        element = stack.pop()
        if element.name in _LEFT_OUT:
            continue
        yield element
        if element.name not in into:
            stack.extend(reversed(element.children))
