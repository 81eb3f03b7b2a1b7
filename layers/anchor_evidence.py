"""Weigh what speaks for a site being the passage sought, apart from the quoted words.

The page does the same in web/anchor.js; change both or neither. Nothing is decided here.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from layers.anchor_sites import Site, changed_sites, sites_of
from layers.text import Normalised, Words, normalise, words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Evidence", "Passage", "Sought"]

_PINS_EACH_SIDE = 3
_PIN_BITS_LEAST = 20
_PIN_MARGIN = 1.5
_LIKENESS = 4.0
_SITES_MOST = 40
_SLACK_CHARACTERS = 40
_SLACK_SHARE = 4
_NEAR_CHARACTERS = 400
_PARAGRAPH = 0.25
_CONTEXT_LOOKAHEAD = 3
_CONTEXT = 4.0
_CONTEXT_AGAINST = 1.0
_SAME_PLACE = 1.5
_NEAR_PLACE = 0.5


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
    """A passage with its words, and the sites where all of them stand."""

    passage: Passage
    words: tuple[str, ...]
    lead: str
    """Signs of the quote before its first word."""
    tail: str
    """Signs after its last word."""
    start: int | None
    """Where its first word stood."""
    before: tuple[str, ...]
    """Words stored from before it, the nearest first."""
    after: tuple[str, ...]
    sites: tuple[Site, ...]
    """Where all of them stand now; if nowhere, where some do."""
    places: int
    """How often all of them stand."""
    bits: int
    """How much they tell in this text."""

    @classmethod
    def of(cls, passage: Passage, words: Words) -> Sought:
        """Find the sites of a passage in a text."""
        quote = normalise(passage.quote).text
        own = words_of(quote)
        whole = sites_of(words, own.words)
        lead = quote[: own.starts[0]] if own.starts else quote
        return cls(
            passage=passage,
            words=own.words,
            lead=lead,
            tail=quote[own.ends[-1] :] if own.ends else "",
            start=None if passage.start is None else passage.start + len(lead),
            before=words_of(normalise(passage.prefix).text).words[::-1],
            after=words_of(normalise(passage.suffix).text).words,
            sites=tuple(_nearest(whole, words, passage.start) or changed_sites(words, own.words)),
            places=len(whole),
            bits=sum(map(words.weight, own.words)),
        )


class Evidence:
    """What a text and the passages sought in it tell about one another."""

    def __init__(self, normal: Normalised, words: Words, sought: Sequence[Sought]) -> None:
        self._normal = normal
        self._words = words
        pins = sorted(
            (one.start, index)
            for index, one in enumerate(sought)
            if one.start is not None and self._pin(one) is not None
        )
        self._starts = [start for start, _ in pins]
        self._pins = [(sought[index], self._pin(sought[index])) for _, index in pins]

    def _pin(self, sought: Sought) -> Site | None:
        """Return the site of a passage that is sure enough to place others by, or None."""
        ranked = sorted(
            ((-_LIKENESS * site.likeness - self.context(sought, site), site.first, site) for site in sought.sites),
            key=lambda r: r[:2],
        )
        if not ranked or sought.bits * ranked[0][2].likeness < _PIN_BITS_LEAST:
            return None
        if len(ranked) > 1 and ranked[1][0] - ranked[0][0] < _PIN_MARGIN:
            return None
        return ranked[0][2]

    def of(self, sought: Sought, site: Site) -> float:
        """Return what speaks for a site (positive) or against it; 0 if nothing is known."""
        return self.context(sought, site) + self.neighbours(sought, site) + self._place(sought, site)

    def context(self, sought: Sought, site: Site) -> float:
        """Weigh the words before and after."""
        before, of_before = self._matched(sought.before, site.first, -1)
        after, of_after = self._matched(sought.after, site.last, 1)
        total = of_before + of_after
        return _CONTEXT * (before + after) / total - _CONTEXT_AGAINST if total else 0.0

    def _matched(self, stored: Sequence[str], origin: int, step: int) -> tuple[int, int]:
        """Return the weight of stored words that follow in order, and the weight of all."""
        words = self._words.words
        got = total = 0
        at = origin + step
        for number, word in enumerate(stored):
            weight = self._words.weight(word)
            total += weight
            # The outermost word may have been cut.
            cut = number == len(stored) - 1
            for ahead in range(_CONTEXT_LOOKAHEAD):
                place = at + ahead * step
                if not 0 <= place < len(words):
                    break
                other = words[place]
                if word == other or (
                    cut and (other.endswith(word) if step < 0 else other.startswith(word))
                ):
                    got += weight
                    at = place + step
                    break
        return got, total

    def neighbours(self, sought: Sought, site: Site) -> float:
        """Weigh how far the nearest sure passages are, against how far they were."""
        if sought.start is None:
            return 0.0
        middle = bisect_left(self._starts, sought.start)
        before = [pin for pin in self._pins[:middle][-_PINS_EACH_SIDE - 1 :] if pin[0] is not sought]
        after = [pin for pin in self._pins[middle:][: _PINS_EACH_SIDE + 1] if pin[0] is not sought]
        pins = [*before[-_PINS_EACH_SIDE:], *after[:_PINS_EACH_SIDE]]
        self.raw = []
        self.last = [self._agrees(sought, site, *pin) for pin in pins]
        return sum(self.last, 0.0)

    def _agrees(self, sought: Sought, site: Site, pin: Sought, at: Site) -> float:
        start, other = self._words.starts[site.first], self._words.starts[at.first]
        gap = (sought.start or 0) - (pin.start or 0)
        slack = _SLACK_CHARACTERS + abs(gap) / _SLACK_SHARE
        self.raw.append((abs(start-other-gap),abs(gap)))
        agreement = 2 * slack / (slack + abs(start - other - gap)) - 1
        paragraph = sought.passage.paragraph, pin.passage.paragraph
        if all(paragraph):
            moved = self._normal.paragraph(start) - self._normal.paragraph(other)
            agreement += _PARAGRAPH if moved == paragraph[0] - paragraph[1] else -_PARAGRAPH
        return agreement * _NEAR_CHARACTERS / (_NEAR_CHARACTERS + abs(gap))

    def _place(self, sought: Sought, site: Site) -> float:
        """Weigh the stored place itself, which any edit before it changes."""
        if sought.start is None:
            return 0.0
        off = abs(self._words.starts[site.first] - sought.start)
        if off == 0:
            return _SAME_PLACE + _NEAR_PLACE
        return _NEAR_PLACE * max(0.0, 1 - off / _NEAR_CHARACTERS)


def _nearest(sites: list[Site], words: Words, start: int | None) -> list[Site]:
    """Return not too many sites: those nearest to where the passage stood."""
    if len(sites) <= _SITES_MOST:
        return sites
    home = start or 0
    order = sorted((abs(words.starts[site.first] - home), site.first) for site in sites)
    kept = {first for _, first in order[:_SITES_MOST]}
    return [site for site in sites if site.first in kept]
