"""Judge whether words of a text name a place of the gazetteer, and which one.

GeoNames has 235,000 places with a million spellings, among them Of, Same and Mobile: a
word counts only when its writing, what stands around it, and the size and nearness of the
place speak for it. Looks up names; knows no features.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from corridormap.geo.outline.places import folded_name, places_named
from corridormap.layers.article.suggestions.beside import Beside
from corridormap.layers.article.suggestions.context_words import COMMON_ABROAD, DATES
from corridormap.layers.article.suggestions.names import stems
from corridormap.layers.article.suggestions.surroundings import Surroundings
from corridormap.layers.article.suggestions.words import COMMON, CONNECTORS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from corridormap.geo.outline.places import Place
    from corridormap.layers.article.suggestions.tokens import Token, Tokens

__all__ = ["Near", "Spot", "Weigher", "spellings"]

_LONGEST = 4
_LEAST = 2.0
"""Evidence from which on a place is proposed; bench/suggestions.py shows what it costs."""
_SIZES = ((1_000_000, 2.0), (200_000, 1.5), (50_000, 1.0), (10_000, 0.5), (2_000, 0.0))
_RIGHT_BEHIND = 2.0
_NEARNESS = ((150, 1.0), (600, 0.5), (2000, 0.0))
_ENDS = ("", "а", "я", "ь", "о", "е", "ы", "и")


@dataclass(frozen=True)
class Near:
    """A place and how far it is from the corridor."""

    place: Place
    distance_km: float
    worth: float
    """How likely it is meant, compared with others of the name."""

    @property
    def rank(self) -> float:
        """Order by worth, the likeliest first."""
        return -self.worth


@dataclass(frozen=True)
class Spot:
    """Words side by side that the gazetteer has a name for."""

    first: int
    last: int
    name: str
    """As the gazetteer spells it."""


def spellings(tokens: Tokens) -> Iterator[Spot]:
    """Yield the words, one to four side by side, that may name a place."""
    for first, token in enumerate(tokens.all):
        if not _may_begin(token):
            continue
        words: list[str] = []
        for last in range(first, min(first + _LONGEST, len(tokens.all))):
            here = tokens.all[last]
            if last > first and not tokens.joined(last - 1, last):
                break
            words.append(folded_name(here.raw))
            if here.capital and words[-1]:
                names = _names(words, turkic=tokens.turkic and not tokens.apostrophes)
                yield from (Spot(first, last, name) for name in names)
            elif here.word not in CONNECTORS:
                break


def _may_begin(token: Token) -> bool:
    if not token.capital or len(token.raw) < 2 or token.raw[0].isdigit():
        return False
    # All capitals are abbreviations, or the place at the head of a report.
    return token.caseless or not token.raw.isupper() or (token.fresh and len(token.raw) > 3)


def _names(words: list[str], *, turkic: bool) -> Iterator[str]:
    """Yield how the gazetteer may spell some words: as they are, then without endings."""
    yield " ".join(words)
    if len(words) > 1:
        return
    cyrillic = "\u0400" <= words[0][0] <= "\u04ff"
    for stem in stems(words[0], turkic=turkic)[1:]:
        yield from (stem + end for end in (_ENDS if cyrillic else ("",)))


class Weigher:
    """Places of a text's names, and what speaks for each.

    Parameters
    ----------
    tokens
        The text.
    distance_km
        Tells how far a position is from the corridor.
    look_up
        Finds places by name; the gazetteer that ships with the tool.
    """

    def __init__(
        self,
        tokens: Tokens,
        distance_km: Callable[[tuple[float, float]], float],
        look_up: Callable[[set[str]], Mapping[str, tuple[Place, ...]]] = places_named,
    ) -> None:
        self._tokens = tokens
        spots = list(spellings(tokens))
        places = look_up({spot.name for spot in spots})
        near = {name: [(p, distance_km(p.at)) for p in found] for name, found in places.items()}
        self.spots = [spot for spot in spots if spot.name in near]
        self._surroundings = Surroundings(tokens, places)
        sure = {spot.name: near[spot.name] for spot in self.spots if self._sure(spot)}
        self._beside = Beside(tokens, sure)
        self._standings: dict[str, float] = {}
        self._near = {
            name: tuple(
                sorted(
                    (Near(p, km, self._beside.worth(p, km, name)) for p, km in found),
                    key=lambda near: near.rank,
                )
            )
            for name, found in near.items()
        }

    def near(self, spot: Spot) -> tuple[Near, ...]:
        """Return the places of a name, the likeliest first."""
        country = self._beside.right_behind(spot.last)
        if not country:
            return self._near[spot.name]
        return tuple(
            replace(near, worth=near.worth + _RIGHT_BEHIND)
            if near.place.country == country
            else near
            for near in self._near[spot.name]
        )

    def _sure(self, spot: Spot) -> bool:
        """Tell whether the writing alone says that a place is meant: others may lean on it."""
        token = self._tokens.all[spot.first]
        if token.fresh or self._writing(spot) < (0.0 if token.caseless else 1.0):
            return False
        return self._surroundings.weigh(spot.first, spot.last) >= (1.0 if token.caseless else 0.0)

    def likely(self, spot: Spot) -> bool:
        """Tell whether the words are likely to name a place here."""
        standing = self._standing(spot.name)
        around = self._surroundings.weigh(spot.first, spot.last)
        return standing + self._writing(spot) + around >= _LEAST

    def _standing(self, name: str) -> float:
        """Return what the best of a name's places has for it."""
        if name not in self._standings:
            self._standings[name] = max(self._stands(near, name) for near in self._near[name])
        return self._standings[name]

    def _stands(self, near: Near, name: str) -> float:
        """Weigh a place by size, nearness, neighbours, and whether this is its own name."""
        size = next((worth for least, worth in _SIZES if near.place.population >= least), -0.5)
        close = next((worth for most, worth in _NEARNESS if near.distance_km <= most), -1.0)
        own = 0.5 if not name.isascii() or folded_name(near.place.name) == name else -0.5
        beside = self._beside.link(near.place, name)
        return size + close + own + (0.5 if near.place.capital else 0.0) + beside

    def _writing(self, spot: Spot) -> float:
        token = self._tokens.all[spot.first]
        several = 1.0 if spot.last > spot.first else 0.0
        if not several and (token.word in COMMON_ABROAD or token.word in DATES):
            return -4.0
        if token.caseless:
            return several + (0.0 if len(token.raw) > 3 else -2.0)
        weight = several + (0.0 if token.fresh else 1.0)
        if not several and token.word in COMMON:
            weight -= 3.0 if token.fresh else 1.5
        if not several and self._in_small(token):
            weight -= 3.0
        if len(token.raw) <= 3 and not several:
            weight -= 1.0
        return weight

    def _in_small(self, token: Token) -> bool:
        """Tell whether the text writes the word with a small letter too."""
        if token.word in self._tokens.in_small:
            return True
        changing = self._tokens.turkic or "\u0400" <= token.word[0] <= "\u04ff"
        return changing and token.fresh and token.word[:5] in self._tokens.small_beginnings
