"""Find how the texts of a Shapefile's table are encoded, by what it says and what it holds.

The table says it twice, in the .cpg beside it and in a byte of its head, and both are wrong
often enough: what the texts themselves show goes before, and where that leaves a doubt, the
user is asked. The head is as dBASE III laid it down, the language byte as in the list of
ESRI's and FoxPro's drivers.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from corridormap.geo.errors import ReadError
from corridormap.geo.formats.table import short
from corridormap.geo.letters import EncodingChoiceError, codec_named, encoding_choices

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["encoding_of"]

_HEAD = 32
_FIELD = 32
_LANGUAGE_BYTE = 29
_END_OF_FIELDS = 0x0D
_MOST_CELLS = 200_000
_LANGUAGES = {
    0x01: "cp437",
    0x02: "cp850",
    0x03: "cp1252",
    0x57: "cp1252",
    0x64: "cp852",
    0x65: "cp866",
    0x66: "cp865",
    0x67: "cp861",
    0x6A: "cp737",
    0x6B: "cp857",
    0x26: "cp866",
    0x08: "cp865",
    0x13: "cp932",
    0x4D: "gbk",
    0x4E: "cp949",
    0x4F: "cp950",
    0x78: "cp950",
    0x79: "cp949",
    0x7A: "gbk",
    0x7B: "cp932",
    0x7D: "cp1255",
    0x7E: "cp1256",
    0xC8: "cp1250",
    0xC9: "cp1251",
    0xCA: "cp1254",
    0xCB: "cp1253",
    0xCC: "cp1257",
}


def encoding_of(
    table: bytes, label: bytes | None, *, chosen: str = "", file: str
) -> tuple[str, tuple[str, ...]]:
    """Return the codec of a table's texts, and what to say of it in sentences.

    Parameters
    ----------
    table
        The .dbf.
    label
        The .cpg, or None without one.
    chosen
        The encoding that the user chose, which goes before all.
    file
        How messages name it.

    Raises
    ------
    EncodingChoiceError
        It is not said, not known, or contradicted by the texts: the user is to choose.
    ReadError
        What the user chose is no encoding.
    """
    if chosen:
        codec = codec_named(chosen)
        if not codec:
            raise ReadError("cpg-names-unknown-encoding", file=file, said=short(chosen))
        return codec, ()
    texts = [text for text in _texts(table) if not text.isascii()]
    if not texts:
        return "utf-8", ()
    is_utf8 = all(_is_utf8(text) for text in texts)
    said = "" if label is None else label[:40].decode("ascii", "replace").strip(" \0\r\n\t\ufffd")
    named = codec_named(said) if said else _LANGUAGES.get(table[_LANGUAGE_BYTE], "")
    if said and not named:
        raise _asked(
            texts, EncodingChoiceError("cpg-names-unknown-encoding", file=file, said=short(said))
        )
    if is_utf8 and named in {"", "utf-8"}:
        return "utf-8", () if named else (_SAID_BY_TEXTS,)
    if not named:
        raise _asked(texts, EncodingChoiceError("shapefile-names-no-encoding", file=file))
    if is_utf8 or not all(_fits(text, named) for text in texts):
        raise _asked(
            texts,
            EncodingChoiceError(
                "shapefile-encoding-is-contradicted", file=file, said=short(said or named)
            ),
        )
    return named, ()


_SAID_BY_TEXTS = "The Shapefile does not say how its texts are encoded; all are UTF-8."


def _asked(texts: list[bytes], error: EncodingChoiceError) -> EncodingChoiceError:
    error.choices = tuple(encoding_choices(b"\n".join(texts)))
    return error


def _is_utf8(text: bytes) -> bool:
    """Tell whether a text is UTF-8; the last letter may be cut where the field is full."""
    try:
        text.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.reason == "unexpected end of data" and error.start > 0
    return True


def _fits(text: bytes, codec: str) -> bool:
    try:
        text.decode(codec)
    except UnicodeDecodeError:
        return False
    return True


def _texts(table: bytes) -> Iterator[bytes]:
    """Yield names of fields and values of text fields, without what fills them up."""
    if len(table) < _HEAD:
        return
    records, head, length = struct.unpack_from("<IHH", table, 4)
    fields, at = [], 1
    for start in range(_HEAD, min(head, len(table)) - _FIELD + 1, _FIELD):
        if table[start] == _END_OF_FIELDS:
            break
        name, kind, size = table[start : start + 11], table[start + 11], table[start + 16]
        yield name.partition(b"\0")[0]
        if kind in b"CM":
            fields.append((at, at + size))
        at += size
    for number in range(min(records, _MOST_CELLS // max(1, len(fields)))):
        row = table[head + number * length : head + (number + 1) * length]
        for first, end in fields:
            yield row[first:end].strip(b" \0")
