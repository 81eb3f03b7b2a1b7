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
            yield fault.at(ANNOTATIONS, annotation.id)
    article = corridor.manifest.article
    if article and article.quote_words_max is not None:
        yield from _quote_findings(corridor, article.quote_words_max)


def _faults(corridor: Corridor, annotation: Annotation) -> Iterator[Fault]:
    # A claim may name places that are in no layer; then it says which.
    if not annotation.features and not (annotation.claim.model_extra or {}).get("places"):
        yield Fault("annotation-points-to-no-feature", "target")
    if not annotation.passages:
        yield Fault("annotation-points-to-no-passage", "target")
    for passage in annotation.passages:
        yield from _passage_faults(corridor, passage)
    check = annotation.claim.check
    for source in check.sources if check and corridor.sources else ():
        if source not in corridor.sources:
            yield Fault(
                "check-names-unknown-source",
                "claim.check.sources",
                source=short(source),
                sources=SOURCES,
            )
    whole = len(corridor.layers) == len(corridor.manifest.layers)
    for index, figure in enumerate(annotation.claim.figures):
        if whole and figure.feature and not corridor.is_in_a_file(figure.feature):
            yield Fault(
                "figure-names-unknown-feature",
                f"claim.figures.{index}.feature",
                figure=short(figure.quantity),
                id=short(figure.feature),
            )


def _passage_faults(corridor: Corridor, passage: Target) -> Iterator[Fault]:
    article = corridor.manifest.article
    source = corridor.sources.get(article.source) if article else None
    if source is not None and source.URL and passage.source not in {source.URL, source.id}:
        yield Fault(
            "passage-is-from-another-text", "target", source=short(passage.source), url=source.URL
        )
    if passage.quote is None:
        yield Fault("passage-has-no-quote", "target")
    position = passage.position
    if position is None or passage.quote is None:
        return
    if position.end - position.start != len(passage.quote.exact):
        yield Fault(
            "position-does-not-fit-quote",
            "target",
            start=position.start,
            end=position.end,
            n=len(passage.quote.exact),
        )


def _quote_findings(corridor: Corridor, words_max: int) -> Iterator[Finding]:
    """Yield quotes that are too long, or adjoin another, for a corridor that is passed on."""
    spans: list[tuple[int, int, str]] = []
    for annotation in corridor.annotations:
        for passage in annotation.passages:
            quote, position = passage.quote, passage.position
            words = len(quote.exact.split()) if quote else 0
            if words > words_max:
                yield Finding(
                    "quote-is-too-long",
                    ANNOTATIONS,
                    annotation.id,
                    "target",
                    words=words,
                    most=words_max,
                )
            if quote and (quote.prefix or quote.suffix):
                yield Finding("quote-has-prefix-or-suffix", ANNOTATIONS, annotation.id, "target")
            if position:
                spans.append((position.start, position.end, annotation.id))
    spans.sort()
    for (_, end, before), (start, _, after) in pairwise(spans):
        if before != after and start <= end + 1:
            yield Finding("quote-adjoins-another", ANNOTATIONS, after, "target", before=before)
