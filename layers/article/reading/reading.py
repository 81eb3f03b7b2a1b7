"""Read an article from bytes that somebody gave: text, web page, Word document or PDF.

The contents say what it is, not the name. Everything is read on this machine and kept
nowhere; all but plain text is read in the sandbox. What is wrong is said for each kind of
file in its own words.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from corridormap.geo.errors import ReadError
from corridormap.geo.formats.blob import blob_of
from corridormap.geo.formats.limits import Limits
from corridormap.geo.letters import (
    ENCODINGS,
    Decoded,
    EncodingChoiceError,
    codec_named,
    decoded,
    encoding_of_marks,
)
from corridormap.layers.article.passages.text import normalise, text_hash
from corridormap.layers.article.reading.box import read_in_box
from corridormap.layers.article.reading.html import declared_encoding
from corridormap.layers.article.reading.left_out import (
    LeftOut,
    left_out_of,
    said_of,
    with_taken_in,
)
from corridormap.layers.article.reading.saved import saved_page

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

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
    left_out: tuple[LeftOut, ...] = ()
    """What of the file's text is not in this text."""

    def taking_in(self, reasons: Collection[str]) -> Reading:
        """Return it with what was left out for some reasons at its place in the text."""
        text = with_taken_in(self.text, self.left_out, reasons)
        rest = tuple(piece for piece in self.left_out if piece.reason not in reasons)
        return replace(self, text=text, left_out=rest, sha256=text_hash(text))


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
    saved = saved_page(blob.data)
    if saved:
        if not saved.html.strip():
            raise ReadError("saved-file-holds-no-page", file=blob.name)
        blob = replace(blob, data=saved.html)
    if len(blob.data) > _TEXT_BYTES:
        raise ReadError("article-file-too-large", file=blob.name, most=_TEXT_BYTES // 1_000_000)
    page = bool(saved) or _is_page(blob)
    said = (saved.charset if saved else "") or (declared_encoding(blob.data) if page else "")
    read = _page_decoded(blob, said) if page and not encoding else None
    read = read or decoded(blob.data, file=blob.name, encoding=encoding)
    stray = f"Bytes that are no character: {read.replaced}; each stands as \ufffd."
    if page:
        body = read.text.encode("utf-8", "replace")
        made = _boxed("HTML", "web page", blob, body, limits)
        made = replace(made, url=_web_address(made.url or (saved.url if saved else "")))
    else:
        made = Reading("text", read.text, "", title=_first_line(read.text))
    notes = (*made.said, stray) if read.replaced else made.said
    return replace(made, encoding=read.encoding, said=notes)


def _page_decoded(blob: Blob, said: str) -> Decoded | None:
    """Return a page's text in the encoding that it names; None if it names none that is read."""
    if encoding_of_marks(blob.data):
        return None
    named = codec_named(said) if said else ""
    named = _AS_BROWSERS.get(named, named)
    if named not in ENCODINGS:
        return None
    try:
        return decoded(blob.data, file=blob.name, encoding=named)
    except EncodingChoiceError:
        # It says UTF-8, and is so but for less than half of what stands beyond ASCII.
        text = blob.data.decode("utf-8", "replace")
        stray = text.count("\ufffd") - blob.data.count("\ufffd".encode())
        right = sum(character > "\x7f" for character in text) - stray
        if named != "utf-8" or right < stray or "\0" in text:
            raise
        return Decoded(text, "utf-8", stray)


def _web_address(url: str) -> str:
    return url[:2000] if url.lower().startswith(("http://", "https://")) else ""


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


def _reading(form: str, said: Mapping[str, Any]) -> Reading:
    known = ("text", "title", "author", "publisher", "date", "url")
    left_out = left_out_of(said.get("left_out"))
    notes = [*str(said.get("said", "")).splitlines(), said_of(left_out)]
    about = {key: str(said.get(key, "")) for key in known}
    about["title"] = about["title"] or _first_line(about["text"])
    return Reading(form, sha256="", said=tuple(filter(None, notes)), left_out=left_out, **about)


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
