"""Unpack a page that a browser saved as one file (MHTML), or that is written as a data: address.

Only the page itself is unpacked, with what the file says of its address; pictures and frames
beside it are passed over. Knows nothing of HTML, and takes time by the file's length.
"""

from __future__ import annotations

import binascii
import re
from typing import NamedTuple
from urllib.parse import unquote_to_bytes

__all__ = ["SavedPage", "saved_page"]

_HEADERS_MOST = 20_000
_DEPTH_MOST = 4
_HEADER_LINE = re.compile(rb"[A-Za-z][A-Za-z0-9-]{1,40}:")
_HEADERS_END = re.compile(rb"\r?\n\r?\n")
_FOLDED = re.compile(rb"\r?\n[ \t]+")
_PARAMETER = re.compile(
    r"""(?i);\s*(boundary|charset)\s*=\s*(?:"([^"]{1,200})"|([^\s;"]{1,200}))"""
)
_DATA = re.compile(rb"(?i)\s*data:\s*(text/html|application/xhtml\+xml)([^,]{0,200}),")
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]")


class SavedPage(NamedTuple):
    """A page out of the file that it was saved in."""

    html: bytes
    """Empty if the file holds no page."""
    charset: str
    """As the file names it; may be empty."""
    url: str


def saved_page(data: bytes) -> SavedPage | None:
    """Return the page in a file, or None if the file is of neither kind."""
    if begun := _DATA.match(data):
        said = begun[2].decode("latin-1")
        body = unquote_to_bytes(data[begun.end() :].strip())
        html = _base64(body) if said.lower().rstrip().endswith(";base64") else body
        return SavedPage(html, _parameters(said).get("charset", ""), "")
    head = data[:_HEADERS_MOST].lstrip(b"\xef\xbb\xbf\r\n\t ")
    headers = _HEADERS_END.split(head, 1)[0].lower()
    if not _HEADER_LINE.match(head) or b"mime-version:" not in headers:
        return None
    return _page_in(data, "", _DEPTH_MOST) or SavedPage(b"", "", "")


def _page_in(data: bytes, url: str, depth: int) -> SavedPage | None:
    """Return the first page among a part and those in it."""
    data = data.lstrip(b"\xef\xbb\xbf\r\n\t ")
    end = _HEADERS_END.search(data, 0, _HEADERS_MOST)
    if not end:
        return None
    said = _headers(data[: end.start()])
    kind = said.get("content-type", "").lower()
    url = said.get("snapshot-content-location") or said.get("content-location") or url
    parameters = _parameters(said.get("content-type", ""))
    body = data[end.end() :]
    if kind.startswith("multipart/"):
        boundary = parameters.get("boundary", "")
        if not boundary or not depth:
            return None
        pieces = re.split(rb"(?m)^--" + re.escape(boundary.encode("latin-1", "replace")), body)
        found = (_page_in(piece, url, depth - 1) for piece in pieces[1:])
        return next((page for page in found if page), None)
    if not kind.startswith(("text/html", "application/xhtml+xml")):
        return None
    coding = said.get("content-transfer-encoding", "").strip().lower()
    if coding == "base64":
        body = _base64(body)
    elif coding == "quoted-printable":
        body = binascii.a2b_qp(body)
    return SavedPage(body, parameters.get("charset", ""), url)


def _headers(head: bytes) -> dict[str, str]:
    lines = _FOLDED.sub(b" ", head).decode("latin-1").splitlines()
    pairs = (line.partition(":") for line in lines)
    return {name.strip().lower(): value.strip() for name, _, value in pairs}


def _parameters(said: str) -> dict[str, str]:
    return {name.lower(): quoted or bare for name, quoted, bare in _PARAMETER.findall(said)}


def _base64(data: bytes) -> bytes:
    """Return what base64 stands for, as far as it goes."""
    letters = _NOT_BASE64.sub(b"", data.replace(b"-", b"+").replace(b"_", b"/"))
    whole = letters[: len(letters) - (len(letters) % 4 == 1)]
    return binascii.a2b_base64(whole + b"=" * (-len(whole) % 4))
