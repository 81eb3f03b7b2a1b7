"""Judge whether words of a text name a place of the gazetteer, and which one.

GeoNames has 235,000 places with a million spellings, among them Of, Same and Mobile: a
word counts only when its writing, what stands around it, and the size and nearness of the
place speak for it. Looks up names; knows no features.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corridormap.geo.outline.places import folded_name, places_named
from corridormap.layers.article.suggestions.names import stems
from corridormap.layers.article.suggestions.words import (
    BEFORE_PLACES,
    BESIDE_PLACES,
    COMMON,
    CONNECTORS,
    NOT_PLACES_AFTER,
    PLACE_AFTER,
    TITLES,
    WATERS,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from corridormap.geo.outline.places import Place
    from corridormap.layers.article.suggestions.tokens import Token, Tokens

__all__ = ["Near", "Spot", "Weigher", "kilometres", "spellings"]

_LONGEST = 4
_LEAST = 2.0
"""Evidence from which on a place is proposed; bench/suggestions.py shows what it costs."""
_BANDS_KM = (50, 150, 400, 1000, 2500, 6000)
_SIZES = ((1_000_000, 2.0), (200_000, 1.5), (50_000, 1.0), (10_000, 0.5), (2_000, 0.0))
_NEARNESS = ((150, 1.0), (600, 0.5), (2000, 0.0))
_ENDS = ("", "а", "я", "ь", "о", "е", "ы", "и")
_EARTH_KM = 6371.0


@dataclass(frozen=True)
class Near:
    """A place and how far it is from the corridor."""

    place: Place
    distance_km: float

    @property
    def rank(self) -> tuple[int, int]:
        """Nearness in broad bands, and in each the larger first."""
        band = sum(self.distance_km > edge for edge in _BANDS_KM)
        return band, -self.place.population


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
                names = _names(words, turkic=tokens.turkic)
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
    for stem in list(stems(words[0], turkic=turkic))[1:]:
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
        self._near = {
            name: tuple(
                sorted((Near(p, distance_km(p.at)) for p in found), key=lambda near: near.rank)
            )
            for name, found in places.items()
        }
        self.spots = [spot for spot in spots if spot.name in self._near]
        self._people = frozenset(self._surnames())

    def near(self, spot: Spot) -> tuple[Near, ...]:
        """Return the places of a name, the nearest to the corridor first."""
        return self._near[spot.name]

    def likely(self, spot: Spot) -> bool:
        """Tell whether the words are likely to name a place here."""
        best = max(self._standing(near, spot) for near in self._near[spot.name])
        return best + self._writing(spot) + self._around(spot) >= _LEAST

    def _standing(self, near: Near, spot: Spot) -> float:
        """Weigh a place by size, nearness, and whether this is its own name or another one."""
        size = next((worth for least, worth in _SIZES if near.place.population >= least), -0.5)
        close = next((worth for most, worth in _NEARNESS if near.distance_km <= most), -1.0)
        own = 0.5 if folded_name(near.place.name) == spot.name or not spot.name.isascii() else -0.5
        return size + close + own + (0.5 if near.place.capital else 0.0)

    def _writing(self, spot: Spot) -> float:
        token = self._tokens.all[spot.first]
        several = 1.0 if spot.last > spot.first else 0.0
        if token.caseless:
            return several + (0.0 if len(token.raw) > 3 else -3.0)
        weight = several + (0.0 if token.fresh else 1.0)
        if not several and token.word in COMMON:
            weight -= 3.0 if token.fresh else 1.5
        if not several and token.word in self._tokens.in_small:
            weight -= 3.0
        if len(token.raw) <= 3 and not several:
            weight -= 1.0
        return weight - (2.5 if token.word in self._people else 0.0)

    def _around(self, spot: Spot) -> float:
        """Weigh the words before and after."""
        tokens, weight = self._tokens.all, 0.0
        before = tokens[spot.first - 1] if spot.first else None
        after = tokens[spot.last + 1] if spot.last + 1 < len(tokens) else None
        if before is not None and self._tokens.joined(spot.first - 1, spot.first):
            weight += 1.0 if before.word in BEFORE_PLACES else 0.0
            weight += 1.5 if before.word in BESIDE_PLACES or self._named(spot.first) else 0.0
            weight -= 3.0 if before.word in TITLES or before.word in WATERS else 0.0
            weight -= 2.0 if self._stranger(before) else 0.0
        if after is not None and self._tokens.joined(spot.last, spot.last + 1):
            weight += 1.0 if after.word in PLACE_AFTER else 0.0
            weight -= 2.0 if after.word in NOT_PLACES_AFTER else 0.0
            weight -= 2.0 if self._stranger(after) else 0.0
        return weight

    def _named(self, first: int) -> bool:
        """Tell whether "port of", "city of" and the like stand before a word."""
        tokens = self._tokens.all
        return (
            first > 1 and tokens[first - 1].word == "of" and tokens[first - 2].word in BESIDE_PLACES
        )

    def _stranger(self, token: Token) -> bool:
        """Tell whether a word beside is part of a longer name that is no place's."""
        if token.caseless or not token.capital or token.fresh or token.raw[0].isdigit():
            return False
        known = token.word in PLACE_AFTER or token.word in BESIDE_PLACES
        return not known and not token.raw.isupper()

    def _surnames(self) -> Iterator[str]:
        """Yield words that somewhere stand behind a title, or between it and a name."""
        tokens = self._tokens.all
        for i, token in enumerate(tokens[:-1]):
            if token.word not in TITLES:
                continue
            for j in range(i + 1, min(i + 4, len(tokens))):
                if not tokens[j].capital or not self._tokens.joined(j - 1, j):
                    break
                yield tokens[j].word


def kilometres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Return the distance of two positions in degrees, on a sphere: near enough to rank."""
    lon1, lat1, lon2, lat2 = map(math.radians, (*a, *b))
    half = (
        math.sin((lat2 - lat1) / 2) ** 2
        + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    )
    return 2 * _EARTH_KM * math.asin(min(1.0, math.sqrt(half)))
