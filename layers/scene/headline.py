"""Say in one sentence what a corridor is about: what was said, when, and what the check found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from corridormap.layers.claims.words import counted_results
from corridormap.layers.wording.words import date_label, day_label, full_date, plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from corridormap.layers.claims.verdict import Result
    from corridormap.layers.corridor.corridor import Corridor

__all__ = ["Headline", "headline_of"]


@dataclass(frozen=True)
class Headline:
    """What a headline is made of."""

    written: str = ""
    """The corridor's own sentence: then nothing is counted."""
    of: str = ""
    """What the claims are from: "the article of 29 December 2023"; may be empty."""

    def told(self, results: Iterable[Result]) -> str:
        """Return the sentence for the claims that a map shows, by what testing each gave.

        Empty where it shows none and the corridor has no sentence of its own.
        """
        shown = list(results)
        if self.written or not shown:
            return self.written
        what = f"{len(shown)} statement{'' if len(shown) == 1 else 's'}"
        source = f" of {self.of}" if self.of else ""
        return f"{what}{source} on the map: {counted_results(shown)}"


def headline_of(corridor: Corridor) -> Headline:
    """Return what a corridor's headline is made of."""
    article = corridor.manifest.article
    source = corridor.sources.get(article.source) if article else None
    date = source.issued.iso if source else ""
    said = day_label(date) if date and full_date(date) == date else date_label(date) if date else ""
    of = f"the article of {said}" if said else "the article" if article else ""
    return Headline(plain(corridor.manifest.headline).rstrip("."), of)
