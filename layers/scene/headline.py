"""Say in one sentence what a corridor is about: what was said, when, and what the check found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from corridormap.layers.claims.words import COUNTED
from corridormap.layers.wording.words import date_label, day_label, full_date, plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from corridormap.layers.claims.verdict import Result
    from corridormap.layers.corridor.corridor import Corridor

__all__ = ["CountedResults", "Headline", "headline_of"]


@dataclass(frozen=True)
class CountedResults:
    """What is said, behind their number, of claims that were tested with these results."""

    results: tuple[Result, ...]
    one: str
    many: str


@dataclass(frozen=True)
class Headline:
    """The words of a headline; a map counts the claims that it shows."""

    written: str
    """The corridor's own sentence: then nothing is counted. Or empty."""
    one: str
    """Behind the number of one claim: "statement of the article of 29 December 2023 on the map"."""
    many: str
    found: tuple[CountedResults, ...]
    """What testing gave, in the order in which it is told."""

    def told(self, results: Iterable[Result]) -> str:
        """Return the sentence for the claims that a map shows, by what testing each gave.

        Empty where it shows none and the corridor has no sentence of its own. As in
        app/browser/page/headline.js.
        """
        shown = list(results)
        if self.written or not shown:
            return self.written
        counts = ((words, sum(each in words.results for each in shown)) for words in self.found)
        said = [f"{n} {words.one if n == 1 else words.many}" for words, n in counts if n]
        what = self.one if len(shown) == 1 else self.many
        return f"{len(shown)} {what}: {', '.join(said)}"


def headline_of(corridor: Corridor) -> Headline:
    """Return the words of a corridor's headline."""
    article = corridor.manifest.article
    source = corridor.sources.get(article.source) if article else None
    date = source.issued.iso if source else ""
    said = day_label(date) if date and full_date(date) == date else date_label(date) if date else ""
    of = f" of the article{f' of {said}' if said else ''}" if article else ""
    return Headline(
        plain(corridor.manifest.headline).rstrip("."),
        f"statement{of} on the map",
        f"statements{of} on the map",
        tuple(
            CountedResults(tuple(r for r in COUNTED if COUNTED[r] == words), *words)
            for words in dict.fromkeys(COUNTED.values())
        ),
    )
