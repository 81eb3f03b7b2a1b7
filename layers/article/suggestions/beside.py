"""Weigh the places of a name by what else a text names: countries, and other places.

Of the Tripolis the one is meant that lies in a country of the text, near its other towns.
"""

from __future__ import annotations

import math
from collections import Counter
from operator import itemgetter
from typing import TYPE_CHECKING

from corridormap.geo.outline.places import folded_name
from corridormap.layers.article.suggestions.country_words import country_of
from corridormap.layers.article.suggestions.distance import kilometres

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from corridormap.geo.outline.places import Place
    from corridormap.layers.article.suggestions.tokens import Tokens

__all__ = ["Beside"]

_ANCHORS_MOST = 24
_CLOSE_KM = 350.0
_LATITUDE_KM = 111.0
_SAME_KM = 150.0
_CLEAR = 0.9
"""How much likelier than all others a place must be to speak for others."""
_BANDS_KM = (50, 150, 400, 1000, 2500, 6000)
_BAND = 0.8
_COUNTRY = 1.2
_CLOSE = 0.8
_ENOUGH = 2
_HOME = 1.5
_OWN = 1.0
_CAPITAL = 0.3
_REACH = 5


class Beside:
    """The countries that a text names, and the places that are clear without others."""

    def __init__(self, tokens: Tokens, wanted: Mapping[str, Iterable[tuple[Place, float]]]) -> None:
        self._at = {
            i: iso
            for i, token in enumerate(tokens.all)
            if token.capital and (iso := country_of(token.word, turkic=tokens.turkic))
        }
        pairs = enumerate(zip(tokens.all, tokens.all[1:], strict=False))
        for i, (one, other) in pairs:
            if one.capital and other.capital:
                iso = country_of(f"{one.word} {other.word}", turkic=False)
                self._at |= {i: iso} if iso else {}
        self._countries = frozenset(self._at.values())
        self._anchors: dict[str, Place] = {}
        self._homes: Counter[str] = Counter()
        for name, places in wanted.items():
            if len(self._anchors) == _ANCHORS_MOST:
                break
            clear = self._clear(name, list(places))
            if clear is not None:
                self._anchors[name] = clear
        self._homes.update(place.country for place in self._anchors.values())

    def worth(self, place: Place, distance_km: float, name: str) -> float:
        """Return how likely a name means a place, from its size, nearness and neighbours."""
        worth = math.log10(place.population + 500)
        worth -= _BAND * sum(distance_km > edge for edge in _BANDS_KM)
        worth += _OWN if folded_name(place.name) == name else 0.0
        worth += _CAPITAL if place.capital else 0.0
        worth += _COUNTRY if place.country in self._countries else 0.0
        worth += _CLOSE * self._close(place, name)
        others = sum(self._homes.values()) - (name in self._anchors)
        own = name in self._anchors and self._anchors[name].country == place.country
        return worth + _HOME * (self._homes[place.country] - own) / max(1, others)

    def link(self, place: Place, name: str) -> float:
        """Return what the neighbours say to a place being named at all."""
        if place.country in self._countries or self._close(place, name):
            return 0.5
        return -0.8 if len(self._anchors) > 2 and not self._homes[place.country] else 0.0

    def right_behind(self, last: int) -> str:
        """Return the country that is named right behind a word, as in "Astara in Iran", or ""."""
        return next((self._at[i] for i in range(last + 1, last + _REACH) if i in self._at), "")

    def _clear(self, name: str, places: list[tuple[Place, float]]) -> Place | None:
        ranked = sorted(((self.worth(p, km, name), p) for p, km in places), key=itemgetter(0))
        best, first = ranked.pop()
        rivals = (place for worth, place in ranked if worth > best - _CLEAR)
        clear = all(kilometres(first.at, rival.at) <= _SAME_KM for rival in rivals)
        return first if clear else None

    def _close(self, place: Place, name: str) -> int:
        """Return how many other places that are clear lie near a place: two are enough."""
        count = 0
        for other, anchor in self._anchors.items():
            if abs(anchor.at[1] - place.at[1]) * _LATITUDE_KM > _CLOSE_KM or other == name:
                continue
            count += 1 < kilometres(anchor.at, place.at) <= _CLOSE_KM
            if count == _ENOUGH:
                break
        return count
