"""Weigh what speaks for a site being the passage sought, apart from the quoted words.

The page does the same in web/anchorevidence.js; change both or neither. Nothing is decided here.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from corridormap.layers.article.passages.sites import Site, changed_sites, sites_of
from corridormap.layers.article.passages.text import (
    Normalised,
    Words,
    completed,
    normalise,
    words_of,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["LIKENESS", "Evidence", "Passage", "Sought"]

LIKENESS = 4.0
"""What a site is worth at which all words stand: as much as a whole context."""
_CONTEXT = 4.0
"""What a whole context is worth: more than the three neighbours of one side."""
_NO_CONTEXT = 1.0
"""What is taken off, so that less than a quarter of the context speaks against a site."""
_CONTEXT_LOOKAHEAD = 3
"""Words within which the next word of a context is looked for: two may have come between."""
_SAME_PLACE = 2.5
"""For the very character that is stored. It settles between equal places in a text that was
not edited; in an edited one it is a coincidence, and decides nothing."""
_PARAGRAPH = 0.25
"""For or against a neighbour being as many paragraphs away as before: a quarter of what its
distance says, as paragraphs are joined and split."""
_PINS_EACH_SIDE = 3
"""Neighbours that are asked: one may have moved, two more outvote it."""
_PIN_BITS = 20
"""Words of this weight, two or three rare ones, do not come together by chance."""
_PIN_MARGIN = 1.5
"""Lead of a neighbour's own place: two fifths of its words or of its context."""
_PIN_NEAR_CHARACTERS = 800
"""At this distance, about a paragraph, a neighbour counts half."""
_SLACK_CHARACTERS = 40
_SLACK_SHARE = 4
"""A distance may change by half a line and a quarter of itself and still speak for a site."""
_WORD_MOST = 40
"""Characters in which a word that a quote cut is looked for."""
_SITES_MOST = 40
"""Places weighed, for speed; words that stand more often say little of any place."""


@dataclass(frozen=True)
class Passage:
    """A passage as an annotation stores it; places count in the text's normal form."""

    id: str
    quote: str
    start: int | None = None
    prefix: str = ""
    suffix: str = ""
    paragraph: int = 0
    """Number of its paragraph; 0 if not known. Only differences between passages count."""


@dataclass(frozen=True, eq=False)
class Sought:
    """A passage with its words, and where they stand."""

    passage: Passage
    words: tuple[str, ...]
    lead: str
    """Signs of the quote before its first word."""
    tail: str
    """Signs after its last word."""
    length: int
    """Characters of the quote."""
    start: int | None
    """Where its first word stood."""
    before: tuple[str, ...]
    """Words stored from before it, the nearest first."""
    after: tuple[str, ...]
    sites: tuple[Site, ...]
    """Where all its words stand; if nowhere, where some do."""
    places: int
    """How often all stand."""
    bits: int
    """How much its words tell in this text."""
    cut: tuple[int, int] = (0, 0)
    """Characters that it lacks of its first and its last word."""

    @classmethod
    def of(cls, passage: Passage, words: Words) -> Sought:
        """Find the sites of a passage in a text."""
        quote = normalise(passage.quote).text
        own = words_of(quote)
        whole = sites_of(words, own.words)
        head = tail = ""
        if not whole and own.words:
            head, tail = _lacking(passage, quote, words)
            longer = words_of(head + quote + tail)
            whole = sites_of(words, longer.words)
            if whole:
                own = longer
            else:
                head = tail = ""
        quoted = head + quote + tail
        lead = quoted[: own.starts[0]] if own.starts else ""
        start = None if passage.start is None else passage.start + len(lead) - len(head)
        before, after = _around(passage)
        return cls(
            passage=passage,
            words=own.words,
            lead=lead,
            tail=quoted[own.ends[-1] :] if own.ends else "",
            length=len(quote),
            start=start,
            before=words_of(before.removesuffix(head)).words[::-1],
            after=words_of(after.removeprefix(tail)).words,
            sites=tuple(_nearest(whole, words, start) or changed_sites(words, own.words)),
            places=len(whole),
            bits=sum(map(words.weight, own.words)),
            cut=(len(head), len(tail)),
        )

    @property
    def has_context(self) -> bool:
        """Whether words before or after it are stored."""
        return bool(self.before or self.after)


def _around(passage: Passage) -> tuple[str, str]:
    """Return what is stored from before and after a passage, with the blanks beside it."""
    return normalise(f"{passage.prefix}|").text[:-1], normalise(f"|{passage.suffix}").text[1:]


def _lacking(passage: Passage, quote: str, words: Words) -> tuple[str, str]:
    """Return what a quote lacks of its first and last word, as stored or at its place."""
    before, after = _around(passage)
    start = passage.start
    if not before and not after and start is not None and words.text.startswith(quote, start):
        end = start + len(quote)
        before, after = (
            words.text[max(0, start - _WORD_MOST) : start],
            words.text[end:][:_WORD_MOST],
        )
    return completed(before, quote, after)


class _Pin(NamedTuple):
    """A passage found beyond doubt, by which others are placed."""

    old: int
    place: int
    new: int
    paragraph: int


class Evidence:
    """What a text and the passages sought in it tell about one another."""

    def __init__(self, normal: Normalised, words: Words, sought: Sequence[Sought]) -> None:
        self._normal = normal
        self._words = words
        self._index = {id(one): index for index, one in enumerate(sought)}
        self._pins: list[_Pin] = []
        for index, one in enumerate(sought):
            site = self._sure_site(one)
            if one.start is not None and site is not None:
                new = words.starts[site.first]
                self._pins.append(_Pin(one.start, index, new, one.passage.paragraph))
        self._pins.sort()

    def _sure_site(self, sought: Sought) -> Site | None:
        """Return the site that quote and context alone leave no doubt about, or None."""
        best: Site | None = None
        most = second = float("-inf")
        for site in sought.sites:
            worth = LIKENESS * site.likeness + self.context(sought, site)
            if worth > most:
                best, most, second = site, worth, most
            elif worth > second:
                second = worth
        if best is None or sought.bits * best.likeness < _PIN_BITS or most - second < _PIN_MARGIN:
            return None
        return best

    def of(self, sought: Sought, site: Site) -> float:
        """Return what speaks for a site (positive) or against it; 0 if nothing is known."""
        start = self._words.starts[site.first]
        weight = self.context(sought, site)
        if sought.start is None:
            return weight
        for pin in self._pins_near(sought):
            weight += self._agreement(sought, start, pin)
        return weight + (_SAME_PLACE if start == sought.start else 0.0)

    def context(self, sought: Sought, site: Site) -> float:
        """Weigh the words before and after."""
        if not sought.has_context:
            return 0.0
        before, of_before = self._matched(sought.before, site.first, -1)
        after, of_after = self._matched(sought.after, site.last, 1)
        return _CONTEXT * (before + after) / (of_before + of_after) - _NO_CONTEXT

    def contradicted(self, sought: Sought, site: Site) -> bool:
        """Tell whether the words stored on both sides speak against a site, the nearest too."""
        words = self._words.words
        if not sought.before or not sought.after or self.context(sought, site) >= 0:
            return False
        left = words[site.first - 1] if site.first else ""
        right = words[site.last + 1] if site.last + 1 < len(words) else ""
        return left != sought.before[0] and right != sought.after[0]

    def _matched(self, stored: Sequence[str], origin: int, step: int) -> tuple[int, int]:
        """Return the weight of the stored words that follow in order, and that of all."""
        words = self._words.words
        got = total = 0
        at = origin + step
        for number, word in enumerate(stored):
            weight = self._words.weight(word)
            total += weight
            outermost = number == len(stored) - 1
            for place in range(at, at + _CONTEXT_LOOKAHEAD * step, step):
                if not 0 <= place < len(words):
                    break
                # The outermost word may have been cut when it was stored.
                other = words[place]
                cut = outermost and (other.endswith(word) if step < 0 else other.startswith(word))
                if word == other or cut:
                    got += weight
                    at = place + step
                    break
        return got, total

    def _pins_near(self, sought: Sought) -> list[_Pin]:
        """Return the nearest sure passages that stood before this one and after it."""
        own = self._index[id(sought)]
        middle = bisect_left(self._pins, (sought.start, own))
        after = middle
        if middle < len(self._pins) and self._pins[middle].place == own:
            after += 1
        before = self._pins[max(0, middle - _PINS_EACH_SIDE) : middle]
        return before + self._pins[after : after + _PINS_EACH_SIDE]

    def expected(self, sought: Sought) -> list[int]:
        """Return the words at which the nearest sure passages lead to expect a passage."""
        if sought.start is None:
            return []
        pins = self._pins_near(sought)
        before = [pin for pin in pins if pin.old <= sought.start][-1:]
        after = [pin for pin in pins if pin.old > sought.start][:1]
        places = [pin.new + sought.start - pin.old for pin in before + after]
        return sorted({bisect_left(self._words.starts, place) for place in places})

    def _agreement(self, sought: Sought, start: int, pin: _Pin) -> float:
        """Weigh the distance to a sure passage against what it was, from -1 to 1."""
        gap = (sought.start or 0) - pin.old
        slack = _SLACK_CHARACTERS + abs(gap) / _SLACK_SHARE
        agreement = 2 * slack / (slack + abs(start - pin.new - gap)) - 1
        paragraph = sought.passage.paragraph
        if paragraph and pin.paragraph:
            apart = self._normal.paragraph(start) - self._normal.paragraph(pin.new)
            agreement += _PARAGRAPH if apart == paragraph - pin.paragraph else -_PARAGRAPH
        return agreement * _PIN_NEAR_CHARACTERS / (_PIN_NEAR_CHARACTERS + abs(gap))


def _nearest(sites: list[Site], words: Words, start: int | None) -> list[Site]:
    """Return not too many sites: those nearest to where the passage stood."""
    if len(sites) <= _SITES_MOST:
        return sites
    home = start or 0
    order = sorted((abs(words.starts[site.first] - home), site.first) for site in sites)
    kept = {first for _, first in order[:_SITES_MOST]}
    return [site for site in sites if site.first in kept]
