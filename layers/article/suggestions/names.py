"""Know the names of a corridor's features in all their spellings, and find them as words.

Names are compared without accents and case, and without the endings that Russian,
Azerbaijani and Turkish add. Knows no gazetteer and judges nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from corridormap.geo import folding
from corridormap.layers.article.passages.text import normalise, words_of
from corridormap.layers.article.suggestions.words import GENERIC, KIND_WORDS
from corridormap.layers.wording.kinds import LASTING_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = [
    "SAMPLES_MOST",
    "Match",
    "NameIndex",
    "Named",
    "bare",
    "folded",
    "named_feature",
    "stems",
]


def _listed(words: str) -> tuple[str, ...]:
    return tuple(words.split())


_SPLIT = re.compile(r"\s*(?:\(|\)|,| / )\s*")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_ARABIC = re.compile(r"[\u0590-\u08ff]")
_FIRST_CASE = frozenset("аяоеыиь")
_CYRILLIC_ENDS = _listed(
    "ами ями ого ему ому ыми ими ои еи ою ею ом ем ам ям ах ях ов ев ыи ии ая яя ое ее ых их ую юю"
    " а я о е и ы у ю ь"
)
_TURKIC_PLAIN = _listed(
    "ndaki daki deki ndan nden dan den tan ten nda nde da de ta te nin nun in un na ne ya ye a e"
    " ni nu yi yu i u la le lar ler"
)
_TURKIC_ENDS = tuple(
    dict.fromkeys(
        form
        for end in _TURKIC_PLAIN
        for form in (end, end.replace("e", "ə"), end.replace("i", "ı"))
    )
)
"""As they are, and as they are written where letters are not made one."""
_SHORT = MappingProxyType({"st": "saint", "mt": "mount"})
_STEM_LEAST = 3
_TURKIC_STEM_LEAST = 4
SAMPLES_MOST = 24


def folded(word: str) -> str:
    """Return a word without case and accents, letters of one sound made one."""
    plain = folding.folded(word)
    return _SHORT.get(plain, plain)


def bare(word: str) -> str:
    """Return a folded Russian name without the ending of its first case; any other as it is."""
    cut = _CYRILLIC.search(word) and word[-1] in _FIRST_CASE and len(word) > _STEM_LEAST
    return word[:-1] if cut else word


@lru_cache(maxsize=16_384)
def stems(word: str, *, turkic: bool) -> tuple[str, ...]:
    """Return a folded word and what it may be without an ending."""
    ends: tuple[str, ...] = ()
    least = 0
    if _CYRILLIC.search(word):
        ends, least = _CYRILLIC_ENDS, _STEM_LEAST
    elif turkic and not _ARABIC.search(word):
        ends, least = _TURKIC_ENDS, _TURKIC_STEM_LEAST
    cut = (word.removesuffix(end) for end in ends if word.endswith(end))
    return (word, *(stem for stem in cut if len(stem) >= least))


@dataclass(frozen=True)
class Named:
    """A feature with all its names, and where it is."""

    id: str
    layer: str
    kind: str
    name: str
    names: tuple[str, ...]
    points: tuple[tuple[float, float], ...]
    """Some of its positions: longitude and latitude in degrees."""

    @property
    def standing(self) -> bool:
        """Whether it is a place and not something built there."""
        return self.kind in LASTING_KINDS


class Match(NamedTuple):
    """A feature that some words may name."""

    feature: Named
    whole: bool
    """Whether they are its whole name."""


def named_feature(layer: str, feature: Any) -> Named | None:
    """Return what names a GeoJSON feature; None when it has no id or no name."""
    if not isinstance(feature, dict) or not isinstance(feature.get("properties"), dict):
        return None
    said = feature["properties"]
    keys = [key for key in said if key in {"name", "label"} or str(key).startswith("name:")]
    names = [said[key] for key in keys if isinstance(said[key], str) and said[key].strip()]
    id_ = feature.get("id")
    if not isinstance(id_, str) or not names:
        return None
    geometry = feature.get("geometry")
    points = list(_positions(geometry.get("coordinates") if isinstance(geometry, dict) else None))
    step = max(1, len(points) // SAMPLES_MOST)
    main = said.get("name")
    name = main if isinstance(main, str) and main else names[0]
    kind = str(said.get("kind", ""))
    return Named(id_, layer, kind, name, tuple(dict.fromkeys(names)), tuple(points[::step]))


def _positions(value: Any) -> Iterator[tuple[float, float]]:
    if not isinstance(value, (list, tuple)):
        return
    if len(value) >= 2 and all(isinstance(n, (int, float)) for n in value[:2]):
        yield float(value[0]), float(value[1])
        return
    for part in value:
        yield from _positions(part)


class NameIndex:
    """The names of features, to be found by their words."""

    def __init__(self, features: Iterable[Named], countries: frozenset[str]) -> None:
        self._phrases: dict[tuple[str, ...], dict[str, Match]] = {}
        self._proper: dict[str, dict[str, Named]] = {}
        self._leading: set[str] = set()
        self._first: set[str] = set()
        self.longest = 1
        for feature in features:
            for name in feature.names:
                self._add(feature, name, countries)

    def phrase(self, words: Sequence[str], *, turkic: bool) -> tuple[Match, ...]:
        """Return the features that words side by side name, whole names first."""
        for last in stems(words[-1], turkic=turkic):
            found = self._phrases.get((*words[:-1], last))
            if found:
                return tuple(sorted(found.values(), key=_order))
        return ()

    def begins(self, word: str) -> bool:
        """Tell whether a name of several words begins with the word."""
        return word in self._first

    def part(self, word: str, *, turkic: bool) -> tuple[Named, ...]:
        """Return the features of whose names a word is a telling part."""
        for stem in stems(word, turkic=turkic):
            if stem in self._proper:
                return tuple(self._proper[stem].values())
        return ()

    def leads(self, word: str, *, turkic: bool) -> bool:
        """Tell whether a name begins with the word, or several have it."""
        found = [stem for stem in stems(word, turkic=turkic) if stem in self._proper]
        return any(stem in self._leading or len(self._proper[stem]) > 1 for stem in found)

    def _add(self, feature: Named, name: str, countries: frozenset[str]) -> None:
        words = _words(name)
        self._phrase(feature, words, whole=True)
        outside = _words(_SPLIT.split(name)[0])
        self._phrase(feature, outside, whole=True)
        proper = [w for w in outside if w not in KIND_WORDS and w not in GENERIC]
        ends = (proper[0], proper[-1]) if proper else ()
        if len(proper) > 1 and not feature.standing:
            self._phrase(feature, proper, whole=False)
            self._phrase(feature, ends, whole=False)
            self._phrase(feature, ends[::-1], whole=False)
        for word in words:
            telling = word not in KIND_WORDS and word not in GENERIC and word not in countries
            if telling and len(word) >= _STEM_LEAST:
                for stem in {word, bare(word)}:
                    self._proper.setdefault(stem, {})[feature.id] = feature
                    if proper and word == proper[0]:
                        self._leading.add(stem)

    def _phrase(self, feature: Named, words: Sequence[str], *, whole: bool) -> None:
        if not words or all(word in KIND_WORDS or word in GENERIC for word in words):
            return
        if len(words) > 1:
            self._first.add(words[0])
        for last in {words[-1], bare(words[-1])}:
            known = self._phrases.setdefault((*words[:-1], last), {})
            if feature.id not in known or (whole and not known[feature.id].whole):
                known[feature.id] = Match(feature, whole)
        self.longest = max(self.longest, len(words))


def _order(match: Match) -> tuple[bool, bool]:
    return (not match.feature.standing, not match.whole)


def _words(name: str) -> list[str]:
    return [folded(word) for word in words_of(normalise(name).text).words]
