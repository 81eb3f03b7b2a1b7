"""Check annotations against the corridor: sources, features, positions and quotes.

Where a passage stands in the article's text is not tested here: the text is not kept.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from corridormap.geo.errors import Fault, Finding
from corridormap.layers.folder.files import ANNOTATIONS, SOURCES
from corridormap.layers.wording.words import short

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corridormap.layers.corridor.annotation import Annotation, Target
    from corridormap.layers.corridor.corridor import Corridor

__all__ = ["annotation_findings"]


def annotation_findings(corridor: Corridor) -> Iterator[Finding]:
    """Yield what is wrong with the annotations, beyond targets that point nowhere."""
    for annotation in corridor.annotations:
        for fault in _faults(corridor, annotation):
            yield Finding(ANNOTATIONS, annotation.id, *fault)
    article = corridor.manifest.article
    if article and article.quote_words_max is not None:
        yield from _quote_findings(corridor, article.quote_words_max)


def _faults(corridor: Corridor, annotation: Annotation) -> Iterator[Fault]:
    # A claim may name places that are in no layer; then it says which.
    if not annotation.features and not (annotation.claim.model_extra or {}).get("places"):
        problem = "the annotation points to no feature"
        yield Fault(problem, "Add a target in one of the layers.", "target")
    if not annotation.passages:
        problem = "the annotation points to no passage"
        yield Fault(problem, "Add a target with a TextQuoteSelector.", "target")
    for passage in annotation.passages:
        yield from _passage_faults(corridor, passage)
    check = annotation.claim.check
    for source in check.sources if check and corridor.sources else ():
        if source not in corridor.sources:
            yield Fault(
                f"the check names the unknown source '{short(source)}'",
                f"Add the id of an entry in {SOURCES}.",
                "claim.check.sources",
            )
    whole = len(corridor.layers) == len(corridor.manifest.layers)
    for index, figure in enumerate(annotation.claim.figures):
        if whole and figure.feature and not corridor.is_in_a_file(figure.feature):
            what = f"the claim's figure '{short(figure.quantity)}'"
            problem = f"{what} names the unknown feature '{short(figure.feature)}'"
            remedy = "Name a feature of one of the layers."
            yield Fault(problem, remedy, f"claim.figures.{index}.feature")


def _passage_faults(corridor: Corridor, passage: Target) -> Iterator[Fault]:
    article = corridor.manifest.article
    source = corridor.sources.get(article.source) if article else None
    if source is not None and source.URL and passage.source not in {source.URL, source.id}:
        yield Fault(
            f"the passage is from '{short(passage.source)}', which is not the article",
            f"Write the article's address: {source.URL}",
            "target",
        )
    if passage.quote is None:
        yield Fault("the passage has no quoted words", "Add a TextQuoteSelector.", "target")
    position = passage.position
    if position is None or passage.quote is None:
        return
    if position.end - position.start != len(passage.quote.exact):
        span = f"the passage runs from {position.start} to {position.end}"
        problem = f"{span}, which is not the length of its quote ({len(passage.quote.exact)})"
        yield Fault(problem, "Count both in the normalised text of the article.", "target")


def _quote_findings(corridor: Corridor, words_max: int) -> Iterator[Finding]:
    """Yield quotes that are too long, or adjoin another, for a corridor that is passed on."""
    spans: list[tuple[int, int, str]] = []
    for annotation in corridor.annotations:
        for passage in annotation.passages:
            quote, position = passage.quote, passage.position
            words = len(quote.exact.split()) if quote else 0
            if words > words_max:
                yield Finding(
                    ANNOTATIONS,
                    annotation.id,
                    f"the quote has {words} words",
                    f"Quote at most {words_max}.",
                    "target",
                )
            if quote and (quote.prefix or quote.suffix):
                yield Finding(
                    ANNOTATIONS,
                    annotation.id,
                    "the quote has a prefix or a suffix",
                    "Leave them out of a corridor that is passed on without the article.",
                    "target",
                )
            if position:
                spans.append((position.start, position.end, annotation.id))
    spans.sort()
    for (_, end, before), (start, _, after) in pairwise(spans):
        if before != after and start <= end + 1:
            yield Finding(
                ANNOTATIONS,
                after,
                f"the quote adjoins that of '{before}'",
                "Quote fewer words, so that some of the article stand between the two.",
                "target",
            )
