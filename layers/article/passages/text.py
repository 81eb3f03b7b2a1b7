"""Bring a text into the form in which passages are counted, and split it into words.

Normal form: NFC; curly and angled quotes and all dashes straightened; invisible
characters (soft hyphen, zero-width space, word joiner, byte order mark) left out; every
run of white space one space; none at the ends. A place in it is counted in characters
(code points) from 0 and can be turned back into a place in the text as given.

The page does the same in web/normalform.js; change both or neither. This module finds no
passage and reads no file.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["Normalised", "Words", "completed", "normalise", "text_hash", "words_of"]

_SPACE = r"\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_INVISIBLE = r"\xad\u200b\u2060\ufeff"
_RUN = re.compile(f"[{_SPACE}{_INVISIBLE}]+")
_ONLY_INVISIBLE = re.compile(f"[{_INVISIBLE}]+")
_CHUNK = re.compile(r"[\s\S](?:[^\x00-\u02ff]|\xad)*")
_STRAIGHT = str.maketrans(
    dict.fromkeys("‘’‚‛′‹›", "'") | dict.fromkeys("“”„‟″«»", '"') | dict.fromkeys("‐‑‒–—―−", "-")
)
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")

# A word is a number with its inner points and commas, one sign that carries meaning (€,
# %), one character of a script written without spaces, or a run of letters. The ranges
# are written out, because Python and browsers know different versions of Unicode.
_LETTERS = (
    r"A-Za-z\xaa\xb5\xba\xc0-\xd6\xd8-\xf6\xf8-\u060b\u060d-\u061a\u061c-\u061e\u0620-\u06d3"
    r"\u06d5-\u0963\u0966-\u0dff\u0f00-\u1fff\u200c\u200d\u2c00-\u2dff\ua000-\ud7ff"
    r"\ue000-\uf8ff\ufb00-\ufdff\ufe70-\ufefc"
)
_WORD = re.compile(
    r"(?<=[^ ])\[[0-9]{1,2}\]"  # a footnote's mark, which is left out
    r"|[0-9]+(?:[.,][0-9]+)*"
    r"|[$%+<=>&@#\xa2-\xa5\xa7\xa9\xae\xb0\xb1\xd7\xf7\u2030\u20a0-\u20cf\u2122]"
    r"|[\u0e00-\u0eff\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
    f"|[{_LETTERS}]+"
)


_SHAPES = re.compile("[\ufb00-\ufb06\ufb50-\ufdff\ufe70-\ufefc]")
_SAME_LETTERS = str.maketrans(
    dict(zip("\u064a\u0649\u0643\u066b\u066c", "\u06cc\u06cc\u06a9.,", strict=True))
    | {chr(zero + digit): str(digit) for zero in (0x660, 0x6F0) for digit in range(10)}
    | dict.fromkeys("\u0640\u200c\u200d", "")
)
"""Letters and digits that two keyboards write in two ways; stretched and half-spaced words."""
_BOTH_ENDS = frozenset(
    ["and", "or", "und", "oder", "y", "o", "e", "et", "ou", "ve", "və", "ya", "и", "или", "و"]
)
"""Words that follow a hyphen left hanging ("pre- and post-war"): no line's end parted them."""


@dataclass(frozen=True, eq=False)
class Normalised:
    """A text in normal form that remembers the text it was made from."""

    text: str
    given: str
    starts: Sequence[int]
    """Where each character of the normal form begins in the text as given."""
    ends: Sequence[int]
    """Where it ends there."""
    breaks: tuple[int, ...]
    """Where each paragraph but the first begins in the normal form."""

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return where a stretch of the normal form stands in the text as given."""
        if start >= end:
            at = self.starts[start] if start < len(self.starts) else len(self.given)
            return at, at
        return self.starts[start], self.ends[end - 1]

    def paragraph(self, at: int) -> int:
        """Return the paragraph, from 0, in which a place of the normal form is."""
        return bisect_right(self.breaks, at)


@dataclass(frozen=True, eq=False)
class Words:
    """The words of a text in normal form, in lower case, and where they stand."""

    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    places: Mapping[str, Sequence[int]]
    """Where each word stands, as numbers of words from 0."""
    text: str = ""

    def weight(self, word: str) -> int:
        """Return how much a word tells, in whole bits: much if it is rare in this text."""
        seen = len(self.places.get(word, ()))
        return max(1, (len(self.words) // max(1, seen)).bit_length())


def normalise(text: str) -> Normalised:
    """Bring a text into normal form."""
    composed, at = _composed(text)
    straight = composed.translate(_STRAIGHT)
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    lines: list[tuple[int, bool]] = []

    def take(begin: int, end: int) -> None:
        parts.append(straight[begin:end])
        starts.extend(at[begin:end])
        ends.extend(at[begin + 1 : end + 1])

    done = 0
    for run in _RUN.finditer(straight):
        begin, end = run.span()
        take(done, begin)
        done = end
        if not starts or end == len(straight) or _ONLY_INVISIBLE.fullmatch(run.group()):
            continue
        parts.append(" ")
        starts.append(at[begin])
        ends.append(at[end])
        count = max(run.group().count("\n"), run.group().count("\r"))
        if count:
            lines.append((len(starts), count > 1))
    take(done, len(straight))
    # Lines of a text with blank lines are wrapped, not paragraphs.
    blank = any(wide for _, wide in lines)
    breaks = tuple(place for place, wide in lines if wide or not blank)
    return Normalised("".join(parts), text, starts, ends, breaks)


def _composed(text: str) -> tuple[str, Sequence[int]]:
    """Return the text as NFC, and where each of its characters, and the end, was before."""
    bare = _ONLY_INVISIBLE.sub("", text)
    if unicodedata.is_normalized("NFC", text) and unicodedata.is_normalized("NFC", bare):
        return text, range(len(text) + 1)
    parts: list[str] = []
    at: list[int] = []
    for match in _CHUNK.finditer(text):
        before, begin = match.group(), match.start()
        after = unicodedata.normalize("NFC", before)
        bare = unicodedata.normalize("NFC", _ONLY_INVISIBLE.sub("", before))
        if _ONLY_INVISIBLE.sub("", after) != bare:  # something invisible kept two apart
            after = bare
        parts.append(after)
        at.extend(begin + i * len(before) // len(after) for i in range(len(after)))
    return "".join(parts), [*at, len(text)]


def text_hash(text: str | Normalised) -> str:
    """Return the SHA-256 of a text's normal form, as corridor.toml stores it."""
    normal = text if isinstance(text, Normalised) else normalise(text)
    return hashlib.sha256(normal.text.encode("utf-8", "surrogatepass")).hexdigest()


def words_of(text: str) -> Words:
    """Split a text in normal form into words."""
    # Characters beyond the basic plane become private ones, so that a browser, which
    # counts them twice, finds the same words at the same places.
    plain = _ASTRAL.sub(lambda c: chr(0xE000 + ord(c.group()) % 0x1900), text)
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for match in _WORD.finditer(plain):
        found = match.group()
        if len(found) > 1 and found[0] == "[":
            continue
        word = _folded(found)
        if words and _is_parted(
            plain[starts[-1] : ends[-1]], plain[ends[-1] : match.start()], word
        ):
            words[-1] += word
            ends[-1] = match.end()
            continue
        words.append(word)
        starts.append(match.start())
        ends.append(match.end())
    places: dict[str, list[int]] = {}
    for index, word in enumerate(words):
        places.setdefault(word, []).append(index)
    return Words(tuple(words), tuple(starts), tuple(ends), places, plain)


def _folded(word: str) -> str:
    """Return a word as it is compared: in small letters, however its letters were written."""
    plain = _SHAPES.sub(lambda shape: unicodedata.normalize("NFKC", shape.group()), word.lower())
    return plain.translate(_SAME_LETTERS) or word


def _is_parted(before: str, between: str, word: str) -> bool:
    """Tell whether a hyphen at a line's end parted one word in two."""
    if between != "- " or not _is_small(before[-1]) or not _is_small(word[0]):
        return False
    return word not in _BOTH_ENDS


def _is_small(letter: str) -> bool:
    return letter == letter.lower() != letter.upper()


def completed(before: str, quote: str, after: str) -> tuple[str, str]:
    """Return what a quote lacks of its first and last word, by what stands before and after."""
    head = tail = ""
    for match in _WORD.finditer(before + quote):
        if match.start() < len(before) < match.end():
            head = before[match.start() :]
    for match in _WORD.finditer(quote + after):
        if match.start() < len(quote) < match.end():
            tail = after[: match.end() - len(quote)]
    return head, tail
