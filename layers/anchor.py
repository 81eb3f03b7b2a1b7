"""Find the passages of annotations again in a text that may have been edited since.

    exact      the quoted words stand at the stored place
    moved      they stand elsewhere, and only one place is plausible
    doubtful   some of the words were changed, or too little speaks for one place
    lost       not found

A place is judged by the quoted words, by what stood before and after them where that is
stored, by how far off the neighbouring passages are now, by paragraphs, and by the stored
place itself. When two places are about as good the answer is doubtful, never moved.

The page does the same in web/anchor.js; change both or neither: the cases in
tests/test_web/vectors.json hold for both. This module reads no file.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from layers.anchor_evidence import Evidence, Passage, Sought
from layers.anchor_sites import Site, changed_sites
from layers.text import Normalised, Words, normalise, words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Anchored", "Passage", "Status", "anchor"]

Status = Literal["exact", "moved", "doubtful", "lost"]

_SITES_MOST = 40
_MARGIN = 1.0
_BEST_LEAST = 0.5
_RIVAL_LIKENESS = 0.35
_RIVAL_MARGIN = 1.0
_SURE_BITS = 24
_LIKE_ALONE = 0.6
_LIKE_WITH_EVIDENCE = 0.35
_EVIDENCE_LEAST = 1.0
_LIKENESS = 4.0


@dataclass(frozen=True)
class Anchored:
    """Where a passage stands in a text's normal form; start and end are None if lost."""

    id: str
    status: Status
    start: int | None
    end: int | None
    score: float
    """How sure this is, from 0 to 1."""
    places: int
    """How often the quoted words stand in the text."""


@dataclass(frozen=True)
class _Choice:
    sought: Sought
    status: Status
    site: Site | None = None
    evidence: float = 0.0


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
    """Choose among the sites where all words stand; without one, among those changed."""
    at_place = [site for site in sought.sites if words.starts[site.first] == sought.start]
    if same and at_place:
        return _Choice(sought, "exact", at_place[0], 1.0)
    if not sought.places:
        return _choose_changed(sought, words, evidence)
    sites = sought.sites
    ranked = sorted(((-evidence.of(sought, site), site.first, site) for site in sites), key=lambda r: r[:2])
    best, site = -ranked[0][0], ranked[0][2]
    status: Status = "exact" if site in at_place else "moved"
    if len(ranked) > 1:
        sure = best + ranked[1][0] >= _MARGIN and best >= _BEST_LEAST
    else:
        sure = True
    if sure and status == "moved" and best < _BEST_LEAST:
        sure = _stands_alone(sought, words, evidence, best)
    return _Choice(sought, status if sure else "doubtful", site, best)


def _stands_alone(sought: Sought, words: Words, evidence: Evidence, best: float) -> bool:
    """Tell whether a site that little speaks for may still be called the passage."""
    if sum(map(words.weight, sought.words)) < _SURE_BITS:
        return False
    return not any(
        site.likeness >= _RIVAL_LIKENESS and evidence.of(sought, site) >= best + _RIVAL_MARGIN
        for site in changed_sites(words, sought.words)
        if site.likeness < 1
    )


def _choose_changed(sought: Sought, words: Words, evidence: Evidence) -> _Choice:
    best: tuple[float, Site, float] | None = None
    for site in changed_sites(words, sought.words):
        weight = evidence.of(sought, site)
        least = _LIKE_WITH_EVIDENCE if weight >= _EVIDENCE_LEAST else _LIKE_ALONE
        total = weight + _LIKENESS * site.likeness
        if site.likeness >= least and (best is None or total > best[0]):
            best = (total, site, weight)
    if best is None:
        return _Choice(sought, "lost")
    return _Choice(sought, "doubtful", best[1], best[2])


def _apart(choices: list[_Choice]) -> list[_Choice]:
    """Make passages doubtful that stood apart and now claim the same words."""
    order = sorted(
        (choice.site.first, index)
        for index, choice in enumerate(choices)
        if choice.site is not None and choice.status != "doubtful"
    )
    doubtful: set[int] = set()
    for number, (_, index) in enumerate(order):
        for _, other in order[number + 1 :]:
            if not _overlap(choices[index].site, choices[other].site):
                break
            doubtful |= _weaker(choices, index, other)
    return [
        replace(choice, status="doubtful") if index in doubtful else choice
        for index, choice in enumerate(choices)
    ]


def _overlap(one: Site | None, other: Site | None) -> bool:
    return one is not None and other is not None and other.first <= one.last


def _weaker(choices: list[_Choice], index: int, other: int) -> set[int]:
    one, two = choices[index], choices[other]
    if one.sought.start is None or two.sought.start is None:
        return set()
    apart = one.sought.start - two.sought.start
    length = two.sought if apart < 0 else one.sought
    del length
    return set()


def _anchored(choice: _Choice, text: str, words: Words) -> Anchored:
    site, sought = choice.site, choice.sought
    places = sought.places
    if site is None:
        return Anchored(sought.passage.id, "lost", None, None, 0.0, places)
    start, end = words.starts[site.first], words.ends[site.last]
    if sought.lead and text[:start].endswith(sought.lead):
        start -= len(sought.lead)
    if text.startswith(sought.tail, end):
        end += len(sought.tail)
    return Anchored(sought.passage.id, choice.status, start, end, 1.0, places)
