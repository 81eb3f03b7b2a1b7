"""Find the passages of annotations again in a text that may have been edited since.

    exact      the quoted words stand at the stored place
    moved      they stand elsewhere, and only one place is plausible
    doubtful   some of the words were changed, or too little speaks for this one place
    lost       not found

Words count, not the signs and spaces between them, nor how a keyboard writes their letters.
A quote that begins or ends inside a word is completed by its context. A place is judged by the
quoted words, by the words before and after them where these are stored, by how far away the
neighbouring passages are now, by paragraphs, and by the stored place. A quote stored without
prefix and suffix is taken to have stood once in its text. When two places are about as good, or
an unlikely one is the only one, the answer is doubtful, never moved; so it is where a stored
context speaks against the place on both sides.

The page does the same in web/anchor.js; change both or neither:
tests/test_web holds both to the same answers. This module reads no file.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from corridormap.layers.article.passages.evidence import LIKENESS, Evidence, Passage, Sought
from corridormap.layers.article.passages.sites import Site, changed_sites
from corridormap.layers.article.passages.text import Normalised, Words, normalise, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["Anchored", "Passage", "Status", "anchor"]

Status = Literal["exact", "moved", "doubtful", "lost"]

# Evidence is counted in units of about one sure neighbour (see anchor_evidence). What halving
# and doubling each of these does is told in docs/anchors.md; change one only with that table.
_SURE = 2.5
"""Words that stand once, and this much evidence: no look at similar places is needed."""
_MARGIN = 3.5
"""Evidence and lead over the second best that one of several places needs, taken together."""
_MARGIN_EACH = 0.03
"""And this much more for each place: among many, one is the best by chance."""
_UNLIKELY = -3.7
"""Words that stand once are believed down to this, where a like place exists: with no context
stored the neighbours alone speak, and they all speak against a paragraph that moved."""
_UNLIKELY_WITH_CONTEXT = -1.2
"""The same where a context is stored: it moves with its words and would speak for them."""
_TWIN_LIKENESS = 0.4
"""A place as like as this may be the passage itself, with some of its words changed."""
_TWIN = 4.0
"""How much more evidence is asked for as that place grows from this like to the very same."""
_RIVAL_LIKENESS = 0.6
"""A place as like as this is weighed itself."""
_RIVAL_AHEAD = 0.5
"""It rules the whole words out if it leads by this; less is noise."""
_DOUBTFUL_LIKENESS = 0.3
"""Fewer of a quote's words than this are no trace of it."""
_DOUBTFUL_LIKENESS_WORTH = 11.0
_DOUBTFUL_WORTH = 5.5
"""Half of the words are worth a doubtful answer by themselves, a third where the evidence
speaks for the place. More answers would point to another place than are saved from loss."""


@dataclass(frozen=True)
class Anchored:
    """Where a passage stands in a text's normal form; start and end are None if lost."""

    id: str
    status: Status
    start: int | None
    end: int | None
    score: float
    """Share of the quote's words that stand there, weighted by rarity; 0 if lost."""
    places: int
    """How often the quoted words stand in the text."""

    @classmethod
    def lost(cls, passage: str, places: int = 0) -> Anchored:
        """Return the answer for a passage that was not found."""
        return cls(passage, "lost", None, None, 0.0, places)


@dataclass(frozen=True)
class _Choice:
    sought: Sought
    status: Status
    site: Site | None = None


def anchor(
    text: str | Normalised, passages: Sequence[Passage], *, same: bool = False
) -> tuple[Anchored, ...]:
    """Find passages in a text; one answer for each, in the order given.

    Parameters
    ----------
    text
        As given, or in normal form already.
    passages
        In any order; ids need not be unique.
    same
        Whether the text is known to be the very one the stored places were counted in.
    """
    normal = text if isinstance(text, Normalised) else normalise(text)
    words = words_of(normal.text)
    sought = [Sought.of(passage, words) for passage in passages]
    evidence = Evidence(normal, words, sought)
    choices = [_choose(one, words, evidence, same=same) for one in sought]
    return tuple(_anchored(choice, normal.text, words) for choice in _apart(choices))


def _choose(sought: Sought, words: Words, evidence: Evidence, *, same: bool) -> _Choice:
    """Choose among the sites where all words stand; if none is sure, among the changed too."""
    if not sought.places:
        return _choose_doubtful(sought, _changed(sought, words, evidence), evidence)
    home = next((site for site in sought.sites if words.starts[site.first] == sought.start), None)
    if home and (same or sought.places == 1):
        return _Choice(sought, "exact", home)
    if same and sought.start is None and sought.places == 1:
        return _Choice(sought, "exact", sought.sites[0])
    best, second = float("-inf"), float("-inf")
    chosen = sought.sites[0]
    for site in sought.sites:
        weight = evidence.of(sought, site)
        if weight > best:
            chosen, best, second = site, weight, best
        elif weight > second:
            second = weight
    foreign = chosen is not home and evidence.contradicted(sought, chosen)
    if sought.places == 1 and best >= _SURE and not foreign:
        return _Choice(sought, "moved", chosen)
    changed = _changed(sought, words, evidence)
    clear = sought.places == 1 or 2 * best - second >= _MARGIN + _MARGIN_EACH * sought.places
    if clear and not foreign and _likely(sought, changed, evidence, best):
        return _Choice(sought, "exact" if chosen is home else "moved", chosen)
    return _choose_doubtful(sought, [chosen, *changed], evidence)


def _changed(sought: Sought, words: Words, evidence: Evidence) -> list[Site]:
    """Return the sites where some of the words stand, also where the passage is expected."""
    sites = changed_sites(words, sought.words, evidence.expected(sought))
    return [site for site in sites if site.likeness < 1]


def _likely(sought: Sought, changed: Sequence[Site], evidence: Evidence, best: float) -> bool:
    """Tell whether a site is likely, given the places where nearly the same is said."""
    twin = max((site.likeness for site in changed), default=0.0)
    if sought.places == 1 and twin >= _TWIN_LIKENESS:
        least = _UNLIKELY_WITH_CONTEXT if sought.has_context else _UNLIKELY
        if best < least + _TWIN * (twin - _TWIN_LIKENESS):
            return False
    return not any(
        site.likeness >= _RIVAL_LIKENESS and evidence.of(sought, site) >= best + _RIVAL_AHEAD
        for site in changed
    )


def _choose_doubtful(sought: Sought, sites: Sequence[Site], evidence: Evidence) -> _Choice:
    """Choose the best of sites none of which is sure; lost if none is good enough."""
    chosen: Site | None = None
    most = float("-inf")
    for site in sites:
        weight = evidence.of(sought, site)
        enough = weight + _DOUBTFUL_LIKENESS_WORTH * site.likeness >= _DOUBTFUL_WORTH
        worth = weight + LIKENESS * site.likeness
        if enough and site.likeness >= _DOUBTFUL_LIKENESS and worth > most:
            chosen, most = site, worth
    return _Choice(sought, "lost" if chosen is None else "doubtful", chosen)


def _apart(choices: list[_Choice]) -> Iterator[_Choice]:
    """Make those doubtful that stood apart and now claim the same words."""
    order = sorted(
        (choice.site.first, choice.site.last, index)
        for index, choice in enumerate(choices)
        if choice.site is not None and choice.status in {"exact", "moved"}
    )
    doubtful: set[int] = set()
    for number, (_, last, index) in enumerate(order):
        for first, _, other in order[number + 1 :]:
            if first > last:
                break
            if not _overlapped(choices[index].sought, choices[other].sought):
                doubtful |= {i for i in (index, other) if choices[i].status == "moved"}
    for index, choice in enumerate(choices):
        yield replace(choice, status="doubtful") if index in doubtful else choice


def _overlapped(one: Sought, other: Sought) -> bool:
    """Tell whether two passages stood on the same words; unknown counts as yes."""
    if one.start is None or other.start is None:
        return True
    return one.start < other.start + other.length and other.start < one.start + one.length


def _anchored(choice: _Choice, text: str, words: Words) -> Anchored:
    site, sought = choice.site, choice.sought
    if site is None:
        return Anchored.lost(sought.passage.id, sought.places)
    start, end = words.starts[site.first], words.ends[site.last]
    if site.likeness == 1:
        start, end = start + sought.cut[0], end - sought.cut[1]
    if text.endswith(sought.lead, 0, start):
        start -= len(sought.lead)
    if text.startswith(sought.tail, end):
        end += len(sought.tail)
    return Anchored(sought.passage.id, choice.status, start, end, site.likeness, sought.places)
