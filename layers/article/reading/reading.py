"""Read an article from bytes that somebody gave: text, web page, Word document or PDF.

The contents say what it is, not the name. Everything is read on this machine and kept
nowhere; all but plain text is read in the sandbox. What is wrong is said for each kind of
file in its own words.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from corridormap.geo.errors import ReadError
from corridormap.geo.formats.blob import blob_of
from corridormap.geo.formats.limits import Limits
from corridormap.geo.letters import ENCODINGS, codec_named, decoded, encoding_of_marks
from corridormap.layers.article.passages.text import normalise, text_hash
from corridormap.layers.article.reading.box import read_in_box
from corridormap.layers.article.reading.html import declared_encoding

if TYPE_CHECKING:
    from collections.abc import Mapping

    from corridormap.geo.formats.blob import Blob

__all__ = ["ARTICLE_LIMITS", "CHARACTERS_MOST", "Reading", "given_text", "read_given"]

CHARACTERS_MOST = 400_000
"""Longest article, in characters; a long book chapter has a quarter of this."""
ARTICLE_LIMITS = Limits(file_bytes=15_000_000, members=1_000, box_seconds=15)
_TEXT_BYTES = 3_000_000
_TITLE_CHARACTERS = 160

_OTHERS: tuple[tuple[bytes, str], ...] = (
    (b"{\\rtf", "file-is-rtf"),
    (b"\xd0\xcf\x11\xe0", "file-is-old-or-locked-word"),
    (b"\x89PNG", "file-is-a-picture"),
    (b"\xff\xd8\xff", "file-is-a-picture"),
    (b"GIF8", "file-is-a-picture"),
    (b"\x1f\x8b", "file-is-packed-with-gzip"),
    (b"7z\xbc\xaf", "file-is-packed-with-seven-zip"),
    (b"Rar!", "file-is-packed-with-rar"),
    (b"MZ", "file-is-a-program"),
    (b"\x7fELF", "file-is-a-program"),
)
_PAGE_STARTS = ("<!doctype html", "<html", "<head", "<body", "<article")
_AS_BROWSERS: Mapping[str, str] = MappingProxyType(
    {"ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254"}
)
"""What browsers take for another encoding, of which it is a part."""


@dataclass(frozen=True)
class Reading:
    """An article as it was read; what the file says of itself is a proposal."""

    form: str
    """"text", "web page", "Word document" or "PDF"."""
    text: str
    """A paragraph per line."""
    sha256: str
    """Of the text's normal form, as corridor.toml stores it."""
    encoding: str = ""
    title: str = ""
    author: str = ""
    publisher: str = ""
    date: str = ""
    url: str = ""
    said: tuple[str, ...] = ()
    """What to know of the reading, in sentences."""


def given_text(text: str, *, file: str = "the text") -> Reading:
    """Return a text that was pasted; its first line is proposed as the title if it is short.

    Raises
    ------
    ReadError
        There is no word in it, or far too many.
    """
    return _checked(Reading("text", text, "", title=_first_line(text)), file)


def read_given(
    name: str, data: bytes, *, encoding: str = "", limits: Limits = ARTICLE_LIMITS
) -> Reading:
    """Read an article's file.

    Parameters
    ----------
    name
        What the file is called, for messages.
    data
        Its bytes.
    encoding
        The encoding that the reader chose after an `EncodingChoiceError`.
    limits
        How large it may be, and what reading it may take.

    Raises
    ------
    ReadError
        It cannot be read; `EncodingChoiceError` when an encoding must be chosen.
    """
    blob = blob_of(name, data, limits=limits)
    for start, code in _OTHERS:
        if data.startswith(start):
            raise ReadError(code, file=blob.name)
    if b"%PDF-" in data[:1024]:
        return _checked(_boxed("PDF", "PDF", blob, data, limits), blob.name)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _checked(_boxed("DOCX", "Word document", blob, data, limits), blob.name)
    return _checked(_text_or_page(blob, encoding, limits), blob.name)


def _text_or_page(blob: Blob, encoding: str, limits: Limits) -> Reading:
    if len(blob.data) > _TEXT_BYTES:
        raise ReadError("article-file-too-large", file=blob.name, most=_TEXT_BYTES // 1_000_000)
    page = _is_page(blob)
    if page and not encoding and not encoding_of_marks(blob.data):
        named = codec_named(declared_encoding(blob.data))
        encoding = _AS_BROWSERS.get(named, named)
        encoding = encoding if encoding in ENCODINGS else ""
    read = decoded(blob.data, file=blob.name, encoding=encoding)
    stray = f"Bytes that are no character: {read.replaced}; each stands as \ufffd."
    if page:
        body = read.text.encode("utf-8", "replace")
        made = _boxed("HTML", "web page", blob, body, limits)
    else:
        made = Reading("text", read.text, "", title=_first_line(read.text))
    said = (*made.said, stray) if read.replaced else made.said
    return replace(made, encoding=read.encoding, said=said)


def _is_page(blob: Blob) -> bool:
    """Tell whether it is a web page; a text that only speaks of tags is none."""
    head = (
        blob.data[:2000]
        .replace(b"\0", b"")
        .decode("latin-1")
        .lower()
        .lstrip("\xef\xbb\xbf\xfe\xff")
    )
    named = blob.suffix in {".html", ".htm", ".xhtml"}
    start = head.lstrip()
    return start.startswith(_PAGE_STARTS) or (start.startswith("<") and (named or "<html" in start))


def _boxed(kind: str, form: str, blob: Blob, data: bytes, limits: Limits) -> Reading:
    return _reading(form, read_in_box(data, form=kind, file=blob.name, limits=limits))


def _reading(form: str, said: Mapping[str, str]) -> Reading:
    known = ("text", "title", "author", "publisher", "date", "url")
    notes = tuple(said.get("said", "").splitlines())
    about = {key: said.get(key, "") for key in known}
    about["title"] = about["title"] or _first_line(about["text"])
    return Reading(form, sha256="", said=notes, **about)


def _checked(reading: Reading, file: str) -> Reading:
    if len(reading.text) > CHARACTERS_MOST:
        raise ReadError(
            "article-text-too-long",
            file=file,
            n=f"{len(reading.text):,}",
            most=f"{CHARACTERS_MOST:,}",
        )
    # What a browser cannot keep, or a file cannot hold, is replaced visibly.
    text = reading.text.replace("\0", "\ufffd").encode("utf-8", "replace").decode("utf-8")
    normal = normalise(text)
    if not normal.text:
        raise ReadError("article-has-no-text", file=file)
    return replace(reading, text=text, sha256=text_hash(normal))


def _first_line(text: str) -> str:
    """Return the first line if it can be a title: short, and not the end of a sentence."""
    line = next((" ".join(line.split()) for line in text.splitlines() if line.strip()), "")
    title = 0 < len(line) <= _TITLE_CHARACTERS and not line.endswith((".", ",", ";", ":"))
    return line if title and "\n" in text.strip() else ""
