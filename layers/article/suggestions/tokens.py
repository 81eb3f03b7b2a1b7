"""Cut a text into words with what their writing tells: capitals, and where sentences begin.

Judges nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from corridormap.layers.article.passages.text import words_of
from corridormap.layers.article.suggestions.names import folded

if TYPE_CHECKING:
    from corridormap.layers.article.passages.text import Normalised

__all__ = ["Token", "Tokens"]

_JOINED = re.compile(r"[ \-'.]{1,2}")
_BEGINS = re.compile(r"[.!?:;][\"')\]]* $")
_ENDING = re.compile(r"(?<=\w)'(?=[a-zı]{1,6}\b)")
_BEGINNING = 5
_TURKIC = frozenset("əığşƏİĞŞ")
_TURKIC_SHARE = 0.01
_TURKIC_WORDS = frozenset(
    ("ve", "ile", "bir", "ucun", "icin", "olan", "yeni", "kecen", "kecir", "yol", "gore", "hem")
)
"""Of Azerbaijani and Turkish typed without their own letters."""
_TURKIC_WORD_SHARE = 0.05
_TITLE_WORDS = 3
_TITLE_SHARE = 0.6


@dataclass(frozen=True)
class Token:
    """One word of a text in normal form."""

    raw: str
    """As written."""
    word: str
    """Without case and accents."""
    start: int
    end: int
    capital: bool
    """Whether it begins with a capital, or its script has none."""
    fresh: bool
    """Whether the capital says nothing: it begins a sentence, or stands in a title."""
    caseless: bool
    titled: bool = False
    """Whether it stands in a title, where every word has a capital."""


class Tokens:
    """The words of a text."""

    def __init__(self, normal: Normalised) -> None:
        self.text = normal.text
        words = words_of(normal.text)
        places = tuple(zip(words.starts, words.ends, strict=True))
        titles = self._titles(normal, places)
        begins = self._begins(normal, places) | titles
        self.all = tuple(
            self._token(start, end, fresh=i in begins, titled=i in titles)
            for i, (start, end) in enumerate(places)
        )
        letters = [c for c in normal.text if c.isalpha()]
        turkic = sum(c in _TURKIC for c in letters) > _TURKIC_SHARE * len(letters)
        plain = sum(token.word in _TURKIC_WORDS for token in self.all)
        self.turkic = turkic or (plain > 1 and plain >= _TURKIC_WORD_SHARE * len(self.all))

    @cached_property
    def in_small(self) -> frozenset[str]:
        """Words that the text also writes with a small letter."""
        return frozenset(t.word for t in self.all if not t.capital)

    @cached_property
    def small_beginnings(self) -> frozenset[str]:
        """Beginnings of words with a small letter, for languages whose words change at the end."""
        return frozenset(word[:_BEGINNING] for word in self.in_small if len(word) > _BEGINNING)

    @cached_property
    def apostrophes(self) -> bool:
        """Whether endings stand behind an apostrophe, as Turkish writes them behind names."""
        return len(_ENDING.findall(self.text)) > 1

    @cached_property
    def _reaches(self) -> tuple[int, ...]:
        """For each word the last one that stands side by side with it and all between."""
        out = list(range(len(self.all)))
        for i in range(len(out) - 2, -1, -1):
            out[i] = out[i + 1] if self._beside(i) else i
        return tuple(out)

    def joined(self, first: int, last: int) -> bool:
        """Tell whether words stand side by side, with no stop or comma between them."""
        return last < len(self.all) and last <= self._reaches[first]

    def _beside(self, index: int) -> bool:
        if index + 1 >= len(self.all):
            return False
        one, other = self.all[index], self.all[index + 1]
        between = self.text[one.end : other.start]
        if not _JOINED.fullmatch(between):
            return False
        return "." not in between or len(one.raw) <= 2

    def _token(self, start: int, end: int, *, fresh: bool, titled: bool) -> Token:
        raw = self.text[start:end]
        caseless = raw[0].lower() == raw[0].upper() and raw[0].isalpha()
        capital = raw[0].isupper() or caseless
        return Token(raw, folded(raw), start, end, capital, fresh, caseless, titled)

    def _begins(self, normal: Normalised, places: tuple[tuple[int, int], ...]) -> set[int]:
        """Return the numbers of the words that begin sentences."""
        out: set[int] = set()
        last = -1
        for i, (start, _) in enumerate(places):
            paragraph = normal.paragraph(start)
            if paragraph != last or _BEGINS.search(
                self.text[max(0, start - 6) : start].rstrip("\"'([")
            ):
                out.add(i)
            last = paragraph
        return out

    def _titles(self, normal: Normalised, places: tuple[tuple[int, int], ...]) -> set[int]:
        """Return the numbers of the words in paragraphs of capitals."""
        out: set[int] = set()
        by_paragraph: dict[int, list[int]] = {}
        for i, (start, _) in enumerate(places):
            by_paragraph.setdefault(normal.paragraph(start), []).append(i)
        for numbers in by_paragraph.values():
            long = [self.text[places[i][0]] for i in numbers if places[i][1] - places[i][0] > 3]
            capitals = sum(c.isupper() for c in long)
            if len(long) >= _TITLE_WORDS and capitals >= _TITLE_SHARE * len(long):
                out.update(numbers)
        return out
