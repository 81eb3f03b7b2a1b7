"""Weigh what stands around a name: who, what or which place its neighbours make of it.

Judges words by their neighbours alone; knows no gazetteer and no features.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from corridormap.layers.article.suggestions.context_words import (
    ARTICLES,
    COMMON_ABROAD,
    FUNCTION,
    GEOGRAPHIC,
    OF_BEFORE,
    PEOPLE_AFTER,
    PEOPLE_BEFORE,
    PLACES_BEFORE,
    THINGS_AFTER,
    THINGS_BEFORE,
    WATERS_AFTER,
    WATERS_BEFORE,
)
from corridormap.layers.article.suggestions.country_words import country_of
from corridormap.layers.article.suggestions.words import COMMON

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from corridormap.layers.article.suggestions.tokens import Token, Tokens

__all__ = ["Surroundings"]

_RUN_MOST = 4
_NO_PLACE = -4.0
_WHO = frozenset(("who", "whose", "который", "которая", "quien"))


class Surroundings:
    """The neighbours of the words of a text.

    Parameters
    ----------
    tokens
        The text.
    known
        Words that the gazetteer has as a name.
    """

    def __init__(self, tokens: Tokens, known: Container[str]) -> None:
        self._tokens = tokens
        self._known = known
        self._people = frozenset(self._surnames())

    def weigh(self, first: int, last: int) -> float:
        """Return what speaks for words from first to last being a place, or against it."""
        tokens = self._tokens
        before = tokens.all[first - 1] if first and tokens.joined(first - 1, first) else None
        after = tokens.all[last + 1] if tokens.joined(last, last + 1) else None
        weight = 0.0
        if before is not None:
            weight += self._before(before, first)
        if after is not None:
            weight += self._after(after)
        if (before is not None and before.word in ARTICLES) and self._ends(after):
            weight -= 3.0
        if self._quoted(first, last) or self._strange(first, last) or self._who(last):
            weight += _NO_PLACE
        if first == last and tokens.all[first].word in self._people:
            weight -= 3.0
        return weight

    def _before(self, before: Token, first: int) -> float:
        weight = 1.0 if before.word in PLACES_BEFORE else 0.0
        weight += 0.5 if before.word in GEOGRAPHIC else 0.0
        if before.word in PEOPLE_BEFORE or before.word in THINGS_BEFORE:
            weight += _NO_PLACE
        if before.word in WATERS_BEFORE:
            weight += _NO_PLACE
        if before.word == "of" and first > 1:
            head = self._tokens.all[first - 2].word
            weight += 1.5 if head in GEOGRAPHIC else 0.0
            weight += _NO_PLACE if head in OF_BEFORE or head in WATERS_BEFORE else 0.0
        return weight

    def _after(self, after: Token) -> float:
        if after.word in THINGS_AFTER or after.word in WATERS_AFTER:
            return _NO_PLACE
        if after.word in PEOPLE_AFTER:
            return -2.0
        return 1.0 if after.word in GEOGRAPHIC else 0.0

    def _ends(self, after: Token | None) -> bool:
        """Tell whether a name ends here, and is not the first part of "the Baku office"."""
        return after is None or after.word in FUNCTION

    def _who(self, last: int) -> bool:
        """Tell whether ", who" stands behind."""
        tokens = self._tokens.all
        if last + 1 >= len(tokens) or tokens[last + 1].word not in _WHO:
            return False
        return self._tokens.text[tokens[last].end : tokens[last + 1].start] == ", "

    def _quoted(self, first: int, last: int) -> bool:
        """Tell whether the words, and capitals beside them, stand in quotes of their own."""
        tokens, text = self._tokens.all, self._tokens.text
        for _ in range(_RUN_MOST):
            if first and tokens[first - 1].capital and self._tokens.joined(first - 1, first):
                first -= 1
            if last + 1 < len(tokens) and self._tokens.joined(last, last + 1):
                last += tokens[last + 1].capital
        start, end = tokens[first].start, tokens[last].end
        return text[max(0, start - 1) : start] == '"' == text[end : end + 1]

    def _strange(self, first: int, last: int) -> bool:
        """Tell whether the words are part of a longer name that is no place's."""
        run = (*self._beside(first, -1), *self._beside(last, 1))
        return any(self._stranger(index, first, last) for index in run)

    def _beside(self, index: int, step: int) -> Iterator[int]:
        """Yield the capitalised words before or after, side by side."""
        tokens = self._tokens
        for _ in range(_RUN_MOST):
            here, index = index, index + step
            if not 0 <= index < len(tokens.all) or not tokens.joined(*sorted((here, index))):
                return
            token = tokens.all[index]
            if not token.capital or token.caseless or token.titled or token.word in FUNCTION:
                return
            yield index

    def _stranger(self, index: int, first: int, last: int) -> bool:
        token = self._tokens.all[index]
        if token.word in GEOGRAPHIC or token.raw.isupper() or token.raw[0].isdigit():
            return False
        if token.fresh and (
            token.word in COMMON or token.word in COMMON_ABROAD or token.word in PLACES_BEFORE
            or token.word in self._tokens.in_small
        ):  # fmt: skip
            return False
        if country_of(token.word, turkic=self._tokens.turkic):
            return False
        low, high = (index, first) if index < first else (last, index)
        dashed = "-" in self._tokens.text[self._tokens.all[low].end : self._tokens.all[high].start]
        return not (dashed and token.word in self._known)

    def _surnames(self) -> Iterator[str]:
        """Yield words that somewhere stand behind a title, or between it and a name."""
        tokens = self._tokens.all
        for i, token in enumerate(tokens[:-1]):
            if token.caseless or token.word not in PEOPLE_BEFORE:
                continue
            for j in range(i + 1, min(i + 4, len(tokens))):
                if not tokens[j].capital or not self._tokens.joined(j - 1, j):
                    break
                yield tokens[j].word
