"""Find where the words of a quote stand in a text, whole or with some words changed.

The page does the same in web/anchorsites.js; change both or neither. Which of several sites is
the right one is not decided here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corridormap.layers.article.passages.text import Words

__all__ = ["Site", "changed_sites", "sites_of"]

_COMMON = 60
"""A word that stands more often is no seed, for speed."""
_SEEDS_LEAST = 2
"""Unless the quote has no better ones: two words make a place."""
_PLACES_MOST = 200
"""Places of a seed that are tried, for speed."""
_NEAR_DIAGONALS = 2
"""Words put in or left out between two seeds that still vote for one place."""
_WINDOWS_MOST = 6
"""Places that are aligned, for speed: those that most of the rarer words vote for."""
_BAND_MOST = 16
"""Words put in or left out within a quote; a longer piece parts it in two."""
_EXTRA_WORD_COST = 2
"""Bits that a word too many costs: a common one is not worth a gap, a rare one is."""
_MATCHES_LEAST = 2
"""One word alone is no passage."""
_ALIKE_SHARE = 0.75
"""Of a word's letters, at both ends, that must stay: another ending, or letters swapped."""
_ALIKE_LEAST = 4
"""Shorter words are alike by chance."""
_DIGITS = frozenset("0123456789")


@dataclass(frozen=True, slots=True)
class Site:
    """A stretch of words that may be a passage."""

    first: int
    last: int
    """Numbers of its first and last word, from 0."""
    likeness: float
    """Share of the quote's words found here, weighted by rarity; 1 if all stand."""


def sites_of(words: Words, wanted: Sequence[str]) -> list[Site]:
    """Return the sites where all wanted words stand side by side, in the text's order."""
    size = len(wanted)
    if not size:
        return []
    seed = min(range(size), key=lambda i: len(words.places.get(wanted[i], ())))
    sought = tuple(wanted)
    return [
        Site(place - seed, place - seed + size - 1, 1.0)
        for place in words.places.get(wanted[seed], ())
        if place >= seed and words.words[place - seed : place - seed + size] == sought
    ]


def changed_sites(words: Words, wanted: Sequence[str], near: Sequence[int] = ()) -> list[Site]:
    """Return sites where at least two wanted words stand in order, the likest first.

    Parameters
    ----------
    near
        Numbers of words around which to look in any case.
    """
    weights = [words.weight(word) for word in wanted]
    narrow = min(_BAND_MOST, 2 + len(wanted) // 4)
    found: dict[tuple[int, int], Site] = {}
    windows = [(diagonal, narrow) for diagonal in _diagonals(words, wanted, weights)]
    for diagonal, band in [*windows, *((place, _BAND_MOST) for place in near)]:
        site = _align(words, wanted, weights, (diagonal, band))
        if site is not None:
            found.setdefault((site.first, site.last), site)
    return sorted(found.values(), key=lambda site: (-site.likeness, site.first, site.last))


def _diagonals(words: Words, wanted: Sequence[str], weights: Sequence[int]) -> list[int]:
    """Return where the quote could begin, by the rarer of its words, the best first."""
    order = sorted(
        (len(words.places[word]), i) for i, word in enumerate(wanted) if word in words.places
    )
    votes: dict[int, int] = {}
    for taken, (seen, i) in enumerate(order):
        if seen > _COMMON and taken >= _SEEDS_LEAST:
            break
        for place in words.places[wanted[i]][:_PLACES_MOST]:
            votes[place - i] = votes.get(place - i, 0) + weights[i]
    near = range(-_NEAR_DIAGONALS, _NEAR_DIAGONALS + 1)
    ranked = sorted((-sum(votes.get(d + by, 0) for by in near), d) for d in votes)
    chosen: list[int] = []
    for _, diagonal in ranked:
        if all(abs(diagonal - other) > _NEAR_DIAGONALS for other in chosen):
            chosen.append(diagonal)
            if len(chosen) == _WINDOWS_MOST:
                break
    return chosen


def _align(
    words: Words, wanted: Sequence[str], weights: Sequence[int], window: tuple[int, int]
) -> Site | None:
    """Align a quote with the words near a diagonal; a word too many costs, one missing not.

    Keeps, for each place of the row, the score and the first and last words matched.
    """
    diagonal, band = window
    begin = max(0, diagonal - band)
    text = words.words[begin : max(begin, diagonal + len(wanted) + band)]
    row: list[tuple[float, int, int, int]] = [(0, -1, -1, 0)] * (len(text) + 1)
    for i, word in enumerate(wanted):
        # Places beyond the band keep what stood there before this word.
        above, row = row, list(row)
        middle = diagonal - begin + i
        for j in range(max(0, middle - band), min(len(text), middle + band + 1)):
            gain = weights[i] * _likeness(word, text[j])
            score, first, last, count = above[j]
            best = above[j + 1]
            if gain:
                score += gain
                first = j if first < 0 else first
                if score >= best[0]:
                    best = (score, first, j, count + 1)
            score, first, last, count = row[j]
            if score - _EXTRA_WORD_COST > best[0]:
                best = (score - _EXTRA_WORD_COST, first, last, count)
            row[j + 1] = best
    score, first, last, count = max(row, key=lambda cell: cell[0])
    if count < _MATCHES_LEAST:
        return None
    return Site(begin + first, begin + last, score / sum(weights))


def _likeness(one: str, other: str) -> float:
    """Return 1 for the same word, 0.5 for one with another ending or a slip, else 0."""
    if one == other:
        return 1.0
    longest, shortest = max(len(one), len(other)), min(len(one), len(other))
    if shortest < _ALIKE_LEAST or shortest < _ALIKE_SHARE * longest or one[0] in _DIGITS:
        return 0.0
    head = 0
    while head < shortest and one[head] == other[head]:
        head += 1
    tail = 0
    while tail < shortest - head and one[-1 - tail] == other[-1 - tail]:
        tail += 1
    return 0.5 if head + tail >= _ALIKE_SHARE * longest else 0.0
