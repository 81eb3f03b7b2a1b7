"""Find the names of features and places in a text, with what each may be.

Names of the corridor's features count in all their spellings, whole or as the telling part
of "Aghband road bridge"; towns come from the gazetteer. Everything is a proposal with its
candidates ranked; nothing is linked by itself. Countries are no places here: a text is full
of them, and towns called Armenia or Georgia are rarely meant.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from corridormap.geo.outline.places import country_names, places_named
from corridormap.layers.article.passages.text import Normalised, normalise, words_of
from corridormap.layers.article.suggestions.candidates import (
    SAME_PLACE_KM,
    Candidate,
    of_feature,
    of_place,
    place_key,
    twins_of,
)
from corridormap.layers.article.suggestions.country_words import country_of
from corridormap.layers.article.suggestions.distance import kilometres
from corridormap.layers.article.suggestions.names import Named, NameIndex, folded
from corridormap.layers.article.suggestions.places import Near, Weigher
from corridormap.layers.article.suggestions.tokens import Tokens
from corridormap.layers.article.suggestions.words import (
    COMMON,
    COUNTRY_WORDS,
    KIND_WORDS,
    MODIFIERS,
    WATERS,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from corridormap.geo.outline.places import Place

    LookUp = Callable[[set[str]], Mapping[str, tuple[Place, ...]]]

__all__ = ["Candidate", "Mention", "suggest"]

_PLACES_MOST = 4
_PLACES_BESIDE_MOST = 2
"""... beside features of the name."""
_FEATURES_MOST = 8
_FAR_KM = 600.0
_BEHIND_MOST = 3
_BELONGING = ("i", "n", "an", "ian")


@dataclass(frozen=True)
class Mention:
    """A name where it stands in the text's normal form, its likeliest meaning first."""

    start: int
    end: int
    text: str
    candidates: tuple[Candidate, ...]


def suggest(
    text: str | Normalised, features: Sequence[Named], *, look_up: LookUp = places_named
) -> tuple[Mention, ...]:
    """Return the names in a text that may be features or places, in its order.

    Parameters
    ----------
    text
        As given, or in normal form already.
    features
        Those of the corridor.
    look_up
        Finds places by folded names.

    Raises
    ------
    AssetError
        If the gazetteer is missing or broken.
    """
    normal = text if isinstance(text, Normalised) else normalise(text)
    return tuple(_Search(normal, features, look_up).mentions())


class _Search:
    """One text against one corridor."""

    def __init__(self, normal: Normalised, features: Sequence[Named], look_up: LookUp) -> None:
        self._tokens = Tokens(normal)
        self._points = [point for feature in features for point in feature.points]
        self._countries = _countries()
        self._index = NameIndex(features, frozenset(w for c in self._countries for w in c.split()))
        self._weigher = Weigher(self._tokens, self._distance_km, look_up)
        self._spots: dict[int, dict[int, list[Near]]] = {}
        for spot in self._weigher.spots:
            ends = self._spots.setdefault(spot.first, {})
            if self._weigher.likely(spot):
                ends.setdefault(spot.last, []).extend(self._weigher.near(spot))
        self._twins = twins_of(features, look_up)

    def mentions(self) -> Iterator[Mention]:
        at = 0
        while at < len(self._tokens.all):
            last, candidates = self._at(at)
            if candidates:
                start, end = self._tokens.all[at].start, self._tokens.all[last].end
                yield Mention(start, end, self._tokens.text[start:end], candidates)
            at = last + 1

    def _at(self, first: int) -> tuple[int, tuple[Candidate, ...]]:
        """Return the last word of the longest name that begins here, and what it may be."""
        if not self._tokens.all[first].capital:
            return first, ()
        spots = self._spots.get(first, {})
        word = self._tokens.all[first].word
        reach = max(4, max(spots, default=0) - first + 1)
        reach = max(reach, self._index.longest) if self._index.begins(word) else reach
        for last in range(min(first + reach, len(self._tokens.all)) - 1, first - 1, -1):
            if not self._tokens.joined(first, last):
                continue
            found = self._features(first, last)
            if not found and self._is_country(first, last):
                return last, ()
            places = spots.get(last, [])
            if found or places:
                return self._with_kind(first, last, found, places)
        return self._part(first)

    def _is_country(self, first: int, last: int) -> bool:
        """Tell whether words are a country's name, or what belongs to it: Azerbaijani."""
        words = [token.word for token in self._tokens.all[first : last + 1]]
        if len(words) == 1 and country_of(words[0], turkic=self._tokens.turkic):
            return True
        stems = {words[-1]}
        stems |= {words[-1].removesuffix(end) for end in _BELONGING if len(words[-1]) > 5}
        return any(" ".join([*words[:-1], stem]) in self._countries for stem in stems)

    def _features(self, first: int, last: int) -> list[Named]:
        tokens = self._tokens.all[first : last + 1]
        if len(tokens) == 1 and self._doubtful_word(first):
            return []
        words = [token.word for token in tokens]
        return [m.feature for m in self._index.phrase(words, turkic=self._tokens.turkic)]

    def _doubtful_word(self, index: int) -> bool:
        token = self._tokens.all[index]
        if token.caseless:
            return False
        return token.word in COMMON or token.word in self._tokens.in_small

    def _part(self, first: int) -> tuple[int, tuple[Candidate, ...]]:
        """Return the features of whose names the word is a telling part."""
        token = self._tokens.all[first]
        if self._doubtful_word(first) or len(token.raw) < 4:
            return first, ()
        if self._is_water(first):
            return first, ()
        found = self._named_in_part(first)
        kinds, last = self._kinds_behind(first)
        alike = [feature for feature in found if feature.kind in kinds]
        if alike:
            return last, self._candidates(alike, [])
        # A part of a single name, and not its first, says too little by itself.
        leads = self._index.leads(token.word, turkic=self._tokens.turkic)
        return first, self._candidates(found if leads else (), [])

    def _is_water(self, index: int) -> bool:
        tokens = self._tokens.all
        return index + 1 < len(tokens) and tokens[index + 1].word in WATERS

    def _with_kind(
        self, first: int, last: int, found: list[Named], places: list[Near]
    ) -> tuple[int, tuple[Candidate, ...]]:
        """Return what a name may be, and how far it goes with a word like "bridge" behind."""
        kinds, end = self._kinds_behind(last)
        parts = [f for i in range(first, last + 1) for f in self._named_in_part(i)]
        alike = [f for f in parts if f.kind in kinds and self._all_in(f, first, last)]
        twins = [f for near in places for f in self._twins.get(place_key(near.place), ())]
        features = [*alike, *found, *twins]
        if features:
            # Beside a feature of the name, a far place that only has it too is noise.
            places = [n for n in places if n.distance_km < _FAR_KM or self._is_own(n, first, last)]
        candidates = self._candidates(features, places)
        return (end if alike else last), candidates

    def _is_own(self, near: Near, first: int, last: int) -> bool:
        """Tell whether words are what a place is called in the first place."""
        said = " ".join(token.word for token in self._tokens.all[first : last + 1])
        return folded(near.place.name) == said

    def _named_in_part(self, index: int) -> tuple[Named, ...]:
        return self._index.part(self._tokens.all[index].word, turkic=self._tokens.turkic)

    def _all_in(self, feature: Named, first: int, last: int) -> bool:
        """Tell whether all telling words from first to last are in a feature's names."""
        return all(
            feature in parts for i in range(first, last + 1) if (parts := self._named_in_part(i))
        )

    def _kinds_behind(self, last: int) -> tuple[frozenset[str], int]:
        """Return the kinds that the words behind a name speak of, and where they end."""
        kinds: frozenset[str] = frozenset()
        end = last
        for i in range(last + 1, min(last + 1 + _BEHIND_MOST, len(self._tokens.all))):
            word = self._tokens.all[i].word
            if not self._tokens.joined(i - 1, i):
                break
            if word in KIND_WORDS:
                kinds, end = KIND_WORDS[word], i
            elif word not in MODIFIERS:
                break
        return kinds, end

    def _candidates(
        self, features: Sequence[Named], places: Sequence[Near]
    ) -> tuple[Candidate, ...]:
        unique = list(dict.fromkeys(features))[:_FEATURES_MOST]
        out = [of_feature(feature) for feature in unique]
        standing = [point for f in unique if f.standing for point in f.points]
        others = [
            near
            for near in sorted(dict.fromkeys(places), key=lambda near: near.rank)
            if all(kilometres(near.place.at, point) > SAME_PLACE_KM for point in standing)
        ]
        most = _PLACES_BESIDE_MOST if out else _PLACES_MOST
        return (*out, *(of_place(near) for near in others[:most]))

    def _distance_km(self, at: tuple[float, float]) -> float:
        return min((kilometres(at, point) for point in self._points), default=0.0)


@cache
def _countries() -> frozenset[str]:
    names = (*country_names().values(), *COUNTRY_WORDS)
    return frozenset(" ".join(map(folded, words_of(normalise(name).text).words)) for name in names)
