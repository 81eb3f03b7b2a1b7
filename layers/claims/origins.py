"""Count sources by their origins: prints of one text and readouts of one talk are one.

An origin is a connected component: sources tied by what they derive from, by one text, or by
one occasion that they report. Among the sources of one test those of one house count as one
too. Equal addresses and equal passages are guesses, and told as such until a person says
`same_text_as` or `independent_of`. Which origin is right is not decided here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from corridormap.layers.claims.evidence import MAP
from corridormap.layers.corridor.corridor import once_for

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence

    from corridormap.layers.corridor.corridor import Corridor
    from corridormap.layers.corridor.feature import Figure, StatusEvent
    from corridormap.layers.corridor.source import Source
    from corridormap.layers.corridor.where import Where

__all__ = ["Guess", "Origin", "Origins", "origins_of", "places_of", "same_addresses"]

Guess = Literal["", "address", "passage"]
"""What an origin was guessed from, if nobody has said it: equal addresses or equal words."""

_WORDS_LEAST = 4
"""Fewer equal words are chance."""


@dataclass(frozen=True)
class Origin:
    """Sources that count as one."""

    sources: tuple[str, ...]
    own: bool
    """Whether the article is of it."""
    guess: Guess = ""


class Origins:
    """The origins of a corridor's sources.

    Parameters
    ----------
    sources
        The bibliography.
    article
        The id of the article's source; may be empty.
    passages
        Pairs of a source's id and words that stand in it, folded.
    """

    def __init__(
        self, sources: Mapping[str, Source], article: str, passages: Iterable[tuple[str, str]] = ()
    ) -> None:
        self._sources = sources
        self._article = article
        self._said = _Sets()
        for id_, source in sources.items():
            for other in (*source.derives_from, *source.same_text_as):
                if other in sources:
                    self._said.join(id_, other)
            for occasion in source.readout_of:
                self._said.join(id_, ("occasion", " ".join(occasion.casefold().split())))
        self._guesses: list[tuple[str, str, Guess]] = []
        self._guess(same_addresses(sources), "address")
        self._guess(_same_passages(sources, passages), "passage")

    def _guess(self, pairs: Iterable[tuple[str, str]], guess: Guess) -> None:
        """Keep pairs of sources that look like one, but for those found to be two."""
        for one, two in pairs:
            denied = (*self._sources[one].independent_of, *self._sources[two].independent_of)
            if one not in denied and two not in denied:
                self._guesses.append((one, two, guess))

    def of(self, ids: Iterable[str]) -> tuple[Origin, ...]:
        """Return the origins of some sources, in the order in which they are first met."""
        asked = list(dict.fromkeys(ids))
        sets = self._said.copy()
        for id_ in [*asked, self._article]:
            house = self._sources[id_].house if id_ in self._sources else ""
            if house:
                sets.join(id_, ("house", house))
        told: dict[Hashable, Guess] = {}
        for one, two, guess in self._guesses:
            if sets.root(one) != sets.root(two):
                sets.join(one, two)
                told[one] = guess
        groups: dict[Hashable, list[str]] = {}
        for id_ in asked:
            groups.setdefault(sets.root(id_), []).append(id_)
        own = sets.root(self._article) if self._article else None
        guesses = {sets.root(id_): guess for id_, guess in told.items()}
        return tuple(
            Origin(
                tuple(members),
                own == root,
                guesses.get(root, "") if len(members) > 1 or own == root else "",
            )
            for root, members in groups.items()
        )

    def independent(self, agreeing: Sequence[Origin]) -> int:
        """Return how many origins other than the article's there are among some.

        An article that was written from its sources has one of those that agree from them.
        """
        own = any(origin.own for origin in agreeing)
        sourced = sum(not origin.own and origin.sources != (MAP,) for origin in agreeing)
        drawn = sum(origin.sources == (MAP,) for origin in agreeing)
        return drawn + sourced - bool(self.compiled and sourced and not own)

    @property
    def compiled(self) -> bool:
        """Whether the article was written from the sources that it is held against."""
        source = self._sources.get(self._article)
        return source is not None and source.compiled


@once_for
def origins_of(corridor: Corridor) -> Origins:
    """Return the origins of a corridor's sources."""
    article = corridor.manifest.article
    passages = [(place.source, place.passage) for place in places_of(corridor)]
    return Origins(corridor.sources, article.source if article else "", passages)


def places_of(corridor: Corridor) -> Iterator[Where]:
    """Yield every place in a source that figures, events and claims name."""
    for layer in corridor.layers:
        for said in layer.features.values():
            told: tuple[StatusEvent | Figure, ...] = (*said.status_history, *said.figures)
            for one in told:
                yield from one.where
    for annotation in corridor.annotations:
        if annotation.claim.check is not None:
            yield from annotation.claim.check.where
        for figure in annotation.claim.figures:
            for given in figure.evidence:
                yield from given.where


def same_addresses(sources: Mapping[str, Source]) -> Iterator[tuple[str, str]]:
    """Yield the ids of sources with one address, each with the first that has it."""
    first: dict[str, str] = {}
    for id_, source in sources.items():
        address = source.address
        if address and (before := first.setdefault(address, id_)) != id_:
            yield before, id_


def _same_passages(
    sources: Mapping[str, Source], passages: Iterable[tuple[str, str]]
) -> Iterator[tuple[str, str]]:
    first: dict[str, str] = {}
    for id_, words in passages:
        long = id_ in sources and len(words.split()) >= _WORDS_LEAST
        if long and (before := first.setdefault(words, id_)) != id_:
            yield before, id_


class _Sets:
    """Disjoint sets, joined one by one."""

    def __init__(self, parents: Mapping[Hashable, Hashable] | None = None) -> None:
        self._parents = dict(parents or {})

    def copy(self) -> _Sets:
        return _Sets(self._parents)

    def root(self, one: Hashable) -> Hashable:
        while (parent := self._parents.get(one, one)) != one:
            one = parent
        return one

    def join(self, one: Hashable, two: Hashable) -> None:
        self._parents[self.root(two)] = self.root(one)
