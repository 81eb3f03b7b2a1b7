"""Find the recipe in a snapshot that anybody may have made or changed.

A file is searched, never run: no picture is unpacked, no PDF interpreted, no XML entity
resolved, no name in it opened. What is found is checked by recipe.py.
"""

from __future__ import annotations

import struct
from itertools import islice
from typing import TYPE_CHECKING, NoReturn
from xml.parsers import expat

from corridormap.geo.errors import ReadError
from corridormap.layers.exports.recipes.marks import HTML_START, PNG_KEYWORD, XML_NAMESPACE, XML_TAG
from corridormap.layers.exports.recipes.recipe import LARGEST_BYTES, Recipe

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["LARGEST_FILE_BYTES", "read_recipe", "read_snapshot"]

LARGEST_FILE_BYTES = 50_000_000
"""The largest snapshot that is read."""

_PNG = b"\x89PNG\r\n\x1a\n"
_PDF = b"%PDF-"
_BOM = b"\xef\xbb\xbf"
_XMP = (b"<x:xmpmeta", b"</x:xmpmeta>")
_MOST_PACKETS = 20
_MOST_COPIES = 20
_ESCAPED = 6
"""How much longer XML's escapes make a text at most."""
_TAG = f"{XML_NAMESPACE} {XML_TAG}"


class _Enough(Exception):  # noqa: N818 - it stops the parser and is no error
    """More than one recipe was found; the rest of the file need not be read."""


def read_snapshot(path: Path) -> bytes:
    """Return a snapshot's bytes.

    Raises
    ------
    ReadError
        It is no plain file, cannot be read, or is larger than 50 MB.
    """
    try:
        if not path.is_file():
            raise ReadError("made-file-is-missing", file=str(path))
        if path.stat().st_size > LARGEST_FILE_BYTES:
            raise _too_large(str(path))
        return path.read_bytes()
    except OSError as error:
        raise ReadError("made-file-cannot-be-read", file=str(path), why=error.strerror) from error


def read_recipe(body: bytes) -> Recipe:
    """Return the recipe that a snapshot carries.

    Raises
    ------
    ReadError
        The file is too large, of no form that carries recipes, has none, more than one,
        or one that cannot be used.
    """
    if len(body) > LARGEST_FILE_BYTES:
        raise _too_large("")
    # A program that saves a file again may leave the old copy in it: the same one twice is one.
    texts = dict.fromkeys(islice(_texts(body), _MOST_COPIES))
    if not texts:
        raise ReadError("no-recipe-in-file")
    if len(texts) > 1:
        raise ReadError("several-recipes-in-file")
    return Recipe.from_json(next(iter(texts)))


def _texts(body: bytes) -> Iterator[str]:
    start = body[:1000].removeprefix(_BOM).lstrip()
    if body.startswith(_PNG):
        return _in_png(body)
    if body.startswith(_PDF):
        return _in_pdf(body)
    if start[:14].lower() == b"<!doctype html":
        return _in_html(body)
    if start.startswith((b"<?xml", b"<svg")):
        return iter(_in_xml(body))
    raise ReadError("not-a-file-with-recipe")


def _in_png(body: bytes) -> Iterator[str]:
    at = len(_PNG)
    while at + 12 <= len(body):
        length, kind = struct.unpack_from(">I4s", body, at)
        if length > len(body) - at - 12:
            return
        if kind == b"iTXt":
            data = body[at + 8 : at + 8 + min(length, LARGEST_BYTES + 200)]
            keyword, _, rest = data.partition(b"\0")
            if keyword == PNG_KEYWORD.encode() and rest[:2] == b"\0\0":
                if length > LARGEST_BYTES + 100:
                    raise _too_long()
                yield _decoded(rest[2:].split(b"\0", 2)[-1])
        at += 12 + length


def _in_pdf(body: bytes) -> Iterator[str]:
    """Search the packets of metadata, which by their own rule lie open in the file."""
    for packet in _packets(body):
        yield from _in_xml(packet)


def _packets(body: bytes) -> Iterator[bytes]:
    at = 0
    for _ in range(_MOST_PACKETS):
        start = body.find(_XMP[0], at)
        end = body.find(_XMP[1], start)
        if start < 0 or end < 0:
            return
        at = end + len(_XMP[1])
        if at - start > _ESCAPED * LARGEST_BYTES:
            raise _too_long()
        yield body[start:at]


def _in_html(body: bytes) -> Iterator[str]:
    mark = HTML_START.encode()
    start = body.find(mark)
    while start >= 0:
        start += len(mark)
        end = body.find(b"</script>", start, start + _ESCAPED * LARGEST_BYTES)
        if end < 0:
            raise _too_long()
        yield _decoded(body[start:end])
        start = body.find(mark, end)


class _Recipes:
    """Collects the text of the first recipe elements of an XML file."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._parts: list[str] | None = None
        self._size = 0

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        """Begin an element."""
        if name == _TAG:
            self._parts, self._size = [], 0

    def text(self, data: str) -> None:
        """Take text; outside a recipe it is passed over."""
        if self._parts is None:
            return
        self._size += len(data)
        if self._size > LARGEST_BYTES:
            raise _too_long()
        self._parts.append(data)

    def end(self, name: str) -> None:
        """End an element."""
        if name != _TAG or self._parts is None:
            return
        self.found.append("".join(self._parts))
        self._parts = None
        if len(self.found) >= _MOST_COPIES:
            raise _Enough


def _in_xml(body: bytes) -> list[str]:
    """Return the text of the first recipe elements; a document type is refused unread."""
    recipes = _Recipes()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = recipes.start
    parser.CharacterDataHandler = recipes.text
    parser.EndElementHandler = recipes.end
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        parser.Parse(body, True)  # noqa: FBT003 - expat takes it by place only
    except _Enough:
        return recipes.found
    except expat.ExpatError as error:
        raise ReadError("made-file-is-broken", error=error) from error
    return recipes.found


def _refuse_doctype(*_: object) -> NoReturn:
    # Entities need one; ours has none.
    raise ReadError("made-file-has-document-type")


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ReadError("recipe-is-not-utf-8") from error


def _too_large(file: str) -> ReadError:
    most = LARGEST_FILE_BYTES // 1_000_000
    return ReadError("made-file-too-large", file=file, most=most)


def _too_long() -> ReadError:
    return ReadError("recipe-is-too-long")
