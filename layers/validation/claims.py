"""Find what is wrong with the figures and the checks of claims.

Values that cannot be read, sources that nobody lists, a check by hand that says other than
the rule. What a claim's test gives is said elsewhere.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from corridormap.geo.errors import CorridorError, Fault, Finding
from corridormap.layers.claims.checks import check_claims
from corridormap.layers.claims.claims import outcome_of
from corridormap.layers.claims.verdict import agrees_with
from corridormap.layers.claims.words import RESULT_WORDS
from corridormap.layers.folder.files import ANNOTATIONS, SOURCES
from corridormap.layers.wording.words import short

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corridormap.layers.claims.checks import ClaimCheck
    from corridormap.layers.corridor.annotation import Annotation
    from corridormap.layers.corridor.claim import ClaimFigure
    from corridormap.layers.corridor.corridor import Corridor

__all__ = ["claim_findings"]


def claim_findings(corridor: Corridor) -> Iterator[Finding]:
    """Yield what is wrong with claims' figures and checks, each naming its annotation."""
    checks = {check.id: check for check in check_claims(corridor) if check.kind == "claim"}
    for annotation in corridor.annotations:
        for fault in _faults(corridor, annotation, checks[annotation.id]):
            yield fault.at(ANNOTATIONS, annotation.id)


def _faults(corridor: Corridor, annotation: Annotation, check: ClaimCheck) -> Iterator[Fault]:
    for index, figure in enumerate(annotation.claim.figures):
        yield from _figure_faults(corridor, figure, f"claim.figures.{index}")
    hand = annotation.claim.check
    if hand is not None and not check.by_hand and not agrees_with(hand, check.result):
        word = RESULT_WORDS[check.result].lower()
        rule = f"the rule says '{word}' ({short(check.finding, 100)})"
        yield Fault(
            "check-by-hand-contradicts", "claim.check.result", result=hand.result, rule=rule
        )


def _figure_faults(corridor: Corridor, figure: ClaimFigure, field: str) -> Iterator[Fault]:
    name = short(figure.quantity)
    try:
        outcome_of(corridor, figure, article="")
    except CorridorError as error:
        lost = error.finding.within("figure-cannot-be-tested", figure=name)
        yield replace(lost, field=field)
    for index, given in enumerate(figure.evidence):
        for source in given.sources:
            if corridor.sources and source not in corridor.sources:
                yield Fault(
                    "figure-names-unknown-source",
                    f"{field}.evidence.{index}.sources",
                    figure=name,
                    source=short(source),
                    sources=SOURCES,
                )
