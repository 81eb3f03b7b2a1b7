"""Turn the bytes of a text into characters: told by its marks, never guessed.

UTF-8, or UTF-16 with a byte order mark, is read as it stands. For anything else the error
carries the encodings in which the bytes would be a text, each with a piece of it, so that
a reader can choose with their own eyes. Knows no format.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from corridormap.geo.errors import ReadError

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "ENCODINGS",
    "Decoded",
    "EncodingChoice",
    "EncodingChoiceError",
    "codec_named",
    "decoded",
    "encoding_choices",
    "encoding_of_marks",
    "likeliest",
]

ENCODINGS: Mapping[str, str] = MappingProxyType(
    {
        "utf-8": "Unicode (UTF-8)",
        "utf-16-le": "Unicode (UTF-16)",
        "utf-16-be": "Unicode (UTF-16, big end first)",
        "cp1252": "Western European (Windows-1252)",
        "cp1251": "Cyrillic (Windows-1251)",
        "koi8-r": "Cyrillic (KOI8-R)",
        "cp866": "Cyrillic (DOS 866)",
        "cp1254": "Turkish (Windows-1254)",
        "cp1256": "Arabic and Persian (Windows-1256)",
        "cp1250": "Central European (Windows-1250)",
    }
)
"""Encodings that a reader may choose, and what they are called."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UTF32 = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_SAMPLE_CHARACTERS = 60
_CHOICES_MOST = 5
_LATIN_END = "\u0250"
_CASELESS = 0.9
_RUN = re.compile(r"[^\W\d_]+")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_PAGE = re.compile(r"(?:x|ansi|cp|codepage|dos|ibm|ms|oem|win|windows)*(\d{3,5})")
_NUMBERED = {"65001": "utf-8", "1200": "utf-16-le", "1201": "utf-16-be", "20866": "koi8-r",
             "21866": "koi8-u", "20127": "ascii", "936": "gbk", "54936": "gb18030"}  # fmt: skip
_STRAY = 20
"""So many characters beyond ASCII stand rightly in UTF-8 for each byte that does not."""


@dataclass(frozen=True)
class EncodingChoice:
    """An encoding in which some bytes would be a text."""

    id: str
    label: str
    sample: str
    """A piece of the text, so read."""


@dataclass(frozen=True)
class Decoded:
    """A text, and how it was read."""

    text: str
    encoding: str
    """One of `ENCODINGS`, or as the reader chose it."""
    replaced: int = 0
    """How many bytes were no character; each stands as U+FFFD in the text."""


class EncodingChoiceError(ReadError):
    """The bytes do not tell their encoding; `choices` are those to choose from."""

    choices: tuple[EncodingChoice, ...] = ()


def encoding_of_marks(data: bytes) -> str:
    """Return the encoding that a byte order mark tells, or nothing."""
    return next((name for mark, name in _MARKS if data.startswith(mark)), "")


def codec_named(said: str) -> str:
    """Return Python's name of an encoding as files and programs write it, or nothing.

    "1251", "CP-1251", "windows_1251", "ANSI 1251", "8859-5", "ISO 88595" and "65001" are all
    taken for what they are.
    """
    plain = re.sub(r"[^a-z0-9]", "", said.lower())
    iso = re.fullmatch(r"(?:iso|isoiec)?(?:8859|2859)(\d{1,2})", plain)
    page = _PAGE.fullmatch(plain)
    name = said.strip()
    if iso:
        name = f"iso8859-{int(iso.group(1))}"
    elif page:
        name = _NUMBERED.get(page.group(1), f"cp{page.group(1)}")
    try:
        "".encode(name)  # not one of Python's codecs that give no text
        return codecs.lookup(name).name
    except (LookupError, ValueError):
        return ""


def decoded(data: bytes, *, file: str, encoding: str = "") -> Decoded:
    """Return the text of some bytes, and how it was read.

    A few stray bytes within a text of UTF-8 do not make it another encoding: they are replaced
    visibly and counted.

    Parameters
    ----------
    data
        The whole file.
    file
        How messages name it.
    encoding
        An encoding that the reader chose, or that the file says of itself.

    Raises
    ------
    ReadError
        It is no text, or not in the encoding chosen; `EncodingChoiceError` when one must be.
    """
    if data.startswith(_UTF32):
        raise ReadError("text-is-utf-32", file=file)
    marked = encoding_of_marks(data)
    named = marked or codec_named(encoding or "utf-8")
    if not named:
        raise ReadError("encoding-is-not-read", file=file, known=", ".join(ENCODINGS))
    try:
        text = data.decode(named).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        if named == "utf-8" and (mended := _mended(data)):
            return mended
        raise _undecided(data, named, error, file) from error
    if "\0" in text:
        if not marked and not encoding:
            raise _choice(data, file, "text-seems-to-be-utf-16")
        raise ReadError("not-a-text", file=file)
    return Decoded(text, named)


def _mended(data: bytes) -> Decoded | None:
    """Return a text of UTF-8 with its stray bytes replaced, if they are few."""
    given = data.count("\ufffd".encode())
    text = data.decode("utf-8", "replace").removeprefix("\ufeff")
    stray = text.count("\ufffd") - given
    right = sum(character > "\x7f" for character in text) - stray
    return Decoded(text, "utf-8", stray) if right >= _STRAY * stray and "\0" not in text else None


def likeliest(data: bytes) -> str:
    """Return some bytes as the text that looks most like words; of names that nobody chooses."""
    choices = encoding_choices(data)
    return data.decode(choices[0].id if choices else "cp437")


def _undecided(data: bytes, named: str, error: UnicodeDecodeError, file: str) -> ReadError:
    said = {"encoding": ENCODINGS.get(named, named), "byte": error.start + 1}
    return _choice(data, file, "text-is-in-another-encoding", **said)


def _choice(data: bytes, file: str, code: str, **said: Any) -> ReadError:
    choices = tuple(encoding_choices(data))
    if not choices:
        return ReadError("not-a-text", file=file)
    error = EncodingChoiceError(code, file=file, **said)
    error.choices = choices
    return error


def encoding_choices(data: bytes) -> list[EncodingChoice]:
    """Return the encodings that fit, those first whose words look most like words."""
    wide = b"\0" in data
    found = []
    for order, (name, label) in enumerate(ENCODINGS.items()):
        if name.startswith("utf-16") != wide:
            continue
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if not _CONTROL.search(text):
            found.append((-_wordlike(text), order, EncodingChoice(name, label, _sample(text))))
    return [choice for *_, choice in sorted(found, key=lambda each: each[:2])[:_CHOICES_MOST]]


def _wordlike(text: str) -> float:
    """Return the share of characters beyond ASCII that stand in words as people write them.

    Letters of one script, small ones after the first; in Latin script not most of a word.
    """
    text = text[:20_000]
    strange = sum(c > "\x7f" for c in text)
    good = 0.0
    for word in _RUN.findall(text):
        beyond = [c for c in word if c > "\x7f"]
        if not beyond or any(c.isupper() for c in word[1:]):
            continue
        if beyond[0] < _LATIN_END:
            good += len(beyond) if 2 * len(beyond) <= len(word) else 0
        elif len(beyond) == len(word) and min(beyond) >= _LATIN_END:
            # A script without capitals cannot be told by them: any other goes first.
            good += len(beyond) * (1 if word.lower() != word.upper() else _CASELESS)
    return good / strange if strange else 0.0


def _sample(text: str) -> str:
    """Return a piece round the first character that is not ASCII."""
    at = next((i for i, c in enumerate(text) if c > "\x7f"), 0)
    start = max(0, text.rfind(" ", 0, max(0, at - 10)) + 1)
    return " ".join(text[start : start + _SAMPLE_CHARACTERS].split())
